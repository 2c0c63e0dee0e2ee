// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "evidence/probes.h"
#include "net/address.h"

/// What an error means for one echo request. Pure. Source: RFC 792, 1812, 4443; errno values as measured (facts: route types,
/// ARP).
namespace bothways::probe {

/// An ICMP error about our request. `fromOurselves`: its sender is an address of this machine, so our own kernel made it.
evidence::EchoOutcome outcomeOfIcmp(net::Family family, int type, int code, bool fromOurselves);

/// errno of the send call itself: a route or our own packet filter refused.
evidence::EchoOutcome outcomeOfSendError(int errorNumber);

/// errno that the error queue reports with origin "local".
evidence::EchoOutcome outcomeOfLocalError(int errorNumber);

} // namespace bothways::probe
