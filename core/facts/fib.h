// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "evidence/node.h"

#include <optional>

/// Routing tables as several rooms look into them; which one decides, core/way tells.
namespace bothways::facts {

/// The routes of one table that cover the destination, best first.
std::vector<const evidence::Route *> covering(const std::vector<evidence::Route> &routes, const net::IpAddress &destination,
                                              quint32 table);

/// RTN_* (linux/rtnetlink.h) of an address as the tables say, as `fib saddr type` and xtables' addrtype ask: local, or unicast
/// where a route covers it; else nothing.
std::optional<int> addressType(const evidence::NodeFacts &facts, const net::IpAddress &address);

} // namespace bothways::facts
