// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "evidence/evidence.h"
#include "probe/linux/neighbour/neighbour_frames.h"

#include <chrono>
#include <stop_token>

namespace bothways::probe {

/// ARP for IPv4, neighbour solicitation for IPv6, on an Ethernet interface; needs CAP_NET_RAW.
/// Listens for the whole of `wait` after the last request, so that a second owner is heard too.
evidence::Reading<evidence::NeighbourProbe> neighbour(const net::IpAddress &target, const QString &interface, int requests,
                                                      std::chrono::milliseconds wait, const std::stop_token &stop);

/// What asking gave, by whoever asked, as evidence.
evidence::Reading<evidence::NeighbourProbe> neighbourReading(const net::IpAddress &target, const QString &interface,
                                                             const NeighbourOutcome &outcome);

} // namespace bothways::probe
