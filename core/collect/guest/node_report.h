// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "collect/guest/sections.h"

/// What the readers of both systems ask of a report. Private to core/collect/guest.
namespace bothways::collect::guest {

/// The addresses that the guest pinged, in their order, and whether it chose its default gateway itself.
struct PingTargets {
    std::vector<net::IpAddress> addresses;
    bool isGateway = false;
};
PingTargets pingTargets(const Report &report);
/// Addresses the guest itself owns, of what was read.
std::vector<net::IpAddress> ownAddresses(const evidence::NodeFacts &facts);

} // namespace bothways::collect::guest
