// SPDX-License-Identifier: GPL-3.0-or-later
#include "filter/model/acceptance.h"

#include "filter/model/model.h"

#include <algorithm>

namespace bothways::filter {

bool Acceptance::takes(const Packet &other) const
{
    return packet.payloadType() == other.payloadType() && packet.source == other.source &&
           packet.destination == other.destination && packet.protocol == other.protocol && packet.icmpType == other.icmpType &&
           packet.destinationPort == other.destinationPort;
}

std::optional<Place> Acceptance::placeIn(const std::vector<Table> &tables) const
{
    const auto table = std::find_if(tables.begin(), tables.end(), [this](const Table &each) {
        return each.backend == before.backend && each.flavour == before.flavour && each.family == before.family &&
               each.name == before.table;
    });
    if (table == tables.end()) {
        return std::nullopt;
    }
    const auto chain = table->chainIndex.find(before.chain);
    if (chain == table->chainIndex.end()) {
        return std::nullopt;
    }
    const auto &found = table->chains.at(chain->second);
    if (before.policy) {
        return Place{&*table, &found, nullptr, -1};
    }
    const auto isIt = [this, &found](const Rule &rule) {
        return before.handle > 0 ? rule.handle == before.handle : &rule - found.rules.data() + 1 == before.position;
    };
    const auto rule = std::find_if(found.rules.begin(), found.rules.end(), isIt);
    return rule == found.rules.end() ? std::nullopt : std::optional(Place{&*table, &found, nullptr, rule - found.rules.begin()});
}

} // namespace bothways::filter
