// SPDX-License-Identifier: GPL-3.0-or-later
#include "facts/fib.h"

#include <algorithm>

namespace bothways::facts {

using evidence::RouteType;

std::vector<const evidence::Route *> covering(const std::vector<evidence::Route> &routes, const net::IpAddress &destination,
                                              quint32 table)
{
    std::vector<const evidence::Route *> result;
    for (const auto &route : routes) {
        if (route.table == table && route.destination.address().family() == destination.family() &&
            route.destination.contains(destination)) {
            result.push_back(&route);
        }
    }
    std::stable_sort(result.begin(), result.end(), [](const auto *a, const auto *b) {
        return a->destination.length() != b->destination.length() ? a->destination.length() > b->destination.length()
                                                                  : a->metric < b->metric;
    });
    return result;
}

std::optional<int> addressType(const evidence::NodeFacts &facts, const net::IpAddress &address)
{
    constexpr quint32 localTable = 255;
    constexpr int unicast = 1;
    constexpr int local = 2;
    if (!facts.routes.isRead()) {
        return std::nullopt;
    }
    bool covered = false;
    for (const auto &route : facts.routes.value) {
        if (route.destination.address().family() != address.family() || !route.destination.contains(address)) {
            continue;
        }
        if (route.table == localTable) {
            return route.type == RouteType::Local ? std::optional(local) : std::nullopt; // a broadcast address, or a special one
        }
        covered = covered || route.type == RouteType::Unicast;
    }
    return covered ? std::optional(unicast) : std::nullopt;
}

} // namespace bothways::facts
