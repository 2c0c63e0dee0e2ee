// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "filter/model/model.h"

/// Which base chains a packet comes by at a hook, in the kernel's order. Source: net/netfilter/core.c, nf_nat_core.c.
namespace bothways::filter {

constexpr int conntrackPriority = -200; // NF_IP_PRI_CONNTRACK

struct BaseChain {
    const Table *table = nullptr;
    std::size_t chain = 0;
    int priority = 0; ///< at which it runs
    bool nat = false;

    const Chain &get() const { return table->chains[chain]; }
};

/// Where address translation hangs, whatever priority its chains have among each other.
int natPriority(Hook hook);
/// Chains whose devices are not known for certain are among them: ask Table::sees().
std::vector<BaseChain> baseChains(const std::vector<Table> &tables, Hook hook, const Packet &packet);

} // namespace bothways::filter
