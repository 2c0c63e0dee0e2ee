// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "collect/guest/sections.h"

/// Sections to evidence, one file per system. Private to core/collect/guest.
namespace bothways::collect::guest {

evidence::Guest linuxGuest(const Report &report);
evidence::NodeSnapshot linuxNodeSnapshot(const Report &report);
evidence::Guest windowsGuest(const Report &report);
evidence::NodeSnapshot windowsNodeSnapshot(const Report &report);

/// The addresses that the guest pinged, in their order, and whether it chose its default gateway itself.
struct PingTargets {
    std::vector<net::IpAddress> addresses;
    bool isGateway = false;
};
PingTargets pingTargets(const Report &report);
/// Addresses the guest itself owns, of what was read.
std::vector<net::IpAddress> ownAddresses(const evidence::NodeFacts &facts);

} // namespace bothways::collect::guest
