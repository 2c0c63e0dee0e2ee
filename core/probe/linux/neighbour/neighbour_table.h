// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/address.h"

#include <optional>
#include <vector>

/// The kernel's neighbour table, which anyone may read (rtnetlink(7), RTM_GETNEIGH).
namespace bothways::probe {

struct TableEntry {
    int interface = 0; ///< its index
    net::IpAddress address;
    net::MacAddress mac;
    bool confirmed = false; ///< reachable, or set by hand: not merely remembered
};

/// Entries with a hardware address. Empty where the kernel does not answer.
std::vector<TableEntry> neighbourTable(net::Family family);

} // namespace bothways::probe
