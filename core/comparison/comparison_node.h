// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "comparison/comparison.h"

#include <vector>

/// What the two machines are. Private to core/comparison.
namespace bothways::comparison {

/// The two machines of an evidence, the guest's where it was read.
struct Machine {
    QString id;    ///< "host"
    QString title; ///< translated: "on this host"
    const evidence::NodeFacts *before = nullptr;
    const evidence::NodeFacts *after = nullptr;
    QString whyBefore; ///< why it was not read
    QString whyAfter;
};
std::vector<Machine> machinesOf(const evidence::Evidence &before, const evidence::Evidence &after);

void compareNodes(Comparison &comparison, const evidence::Evidence &before, const evidence::Evidence &after);

} // namespace bothways::comparison
