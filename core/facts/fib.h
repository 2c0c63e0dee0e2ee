// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "evidence/node.h"

#include <optional>

/// Forwarding decisions over a routing table that was read: rules by priority, longest prefix, lowest metric, as
/// fib_rules_lookup and fib_table_lookup do.
namespace bothways::facts {

struct Lookup {
    enum class Kind { Found, None, Unknown };
    Kind kind = Kind::Unknown;
    std::optional<evidence::Route> route; ///< with Found
    QString interface;                    ///< of the first next hop
};

/// How this machine would send an echo to `destination` from `source`. Unknown where the tables were not read or a rule depends
/// on something that cannot be told here (marks, interfaces, users).
Lookup lookup(const evidence::NodeFacts &facts, const net::IpAddress &destination, const std::optional<net::IpAddress> &source);

/// The routes of one table that cover the destination, best first.
std::vector<const evidence::Route *> covering(const std::vector<evidence::Route> &routes, const net::IpAddress &destination,
                                              quint32 table);

} // namespace bothways::facts
