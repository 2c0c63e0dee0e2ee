// SPDX-License-Identifier: GPL-3.0-or-later
#include "filter/model/place.h"

#include "filter/model/owner.h"

namespace bothways::filter {

RuleRef reference(const Place &place)
{
    const auto &table = *place.table;
    const auto &chain = *place.chain;
    RuleRef ref;
    ref.backend = table.backend;
    ref.flavour = table.flavour;
    ref.family = table.family;
    ref.table = table.name;
    ref.chain = chain.name;
    ref.jumpedFrom = place.base == place.chain ? std::string{} : place.base->name;
    const Rule *rule = nullptr;
    if (place.rule < 0) {
        ref.policy = true;
        ref.handle = chain.handle;
        ref.text = chain.base && chain.base->dropByPolicy ? "policy drop" : "policy accept";
        ref.packets = chain.packets;
    } else {
        rule = &chain.rules[static_cast<std::size_t>(place.rule)];
        ref.handle = rule->handle;
        ref.position = static_cast<int>(place.rule) + 1;
        ref.text = rule->text;
        ref.packets = rule->packets;
    }
    auto owner = ownerOf(table, chain, rule);
    ref.owner = std::move(owner.program);
    ref.zone = std::move(owner.zone);
    return ref;
}

} // namespace bothways::filter
