// SPDX-License-Identifier: GPL-3.0-or-later
#include "filter/model/order.h"

#include <algorithm>
#include <tuple>

namespace bothways::filter {
namespace {

/// The higher, the later it was registered. When the legacy tables were is not to be seen; they are taken for the oldest.
std::pair<bool, std::size_t> registration(const BaseChain &each, std::size_t place)
{
    return {each.table->flavour != "legacy", place};
}

struct Registered {
    BaseChain base;
    std::pair<bool, std::size_t> hook; ///< of what hangs at the hook: for all of NAT together the first of its chains
    int own = 0;
    std::pair<bool, std::size_t> chain;
};

/// nf_hook_entries_grow() puts a new entry in front of those with the same priority: the last one runs first. It orders the
/// chains of NAT among each other likewise.
bool runsBefore(const Registered &a, const Registered &b)
{
    return std::tie(a.base.priority, b.hook, a.own, b.chain) < std::tie(b.base.priority, a.hook, b.own, a.chain);
}

} // namespace

int natPriority(Hook hook)
{
    return hook == Hook::Prerouting || hook == Hook::Output ? -100 : 100; // NF_IP_PRI_NAT_DST, NF_IP_PRI_NAT_SRC
}

std::vector<BaseChain> baseChains(const std::vector<Table> &tables, Hook hook, const Packet &packet)
{
    std::vector<Registered> found;
    std::optional<std::pair<bool, std::size_t>> nat;
    for (const auto &table : tables) {
        if (table.dormant) {
            continue;
        }
        for (std::size_t i = 0; i < table.chains.size(); ++i) {
            const auto &base = table.chains[i].base;
            if (!base || base->hook != hook || table.sees(*base, packet) == Truth::No) {
                continue;
            }
            BaseChain each{&table, i, base->nat ? natPriority(hook) : base->priority, base->nat};
            const auto at = registration(each, found.size());
            nat = base->nat ? std::min(nat.value_or(at), at) : nat;
            found.push_back({each, at, base->priority, at});
        }
    }
    for (auto &each : found) {
        each.hook = each.base.nat ? *nat : each.hook;
    }
    std::sort(found.begin(), found.end(), runsBefore);
    std::vector<BaseChain> chains;
    std::transform(found.begin(), found.end(), std::back_inserter(chains), [](const Registered &each) { return each.base; });
    return chains;
}

} // namespace bothways::filter
