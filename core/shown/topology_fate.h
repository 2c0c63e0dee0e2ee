// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "conclusion/conclusion.h"
#include "shown/topology.h"

#include <QString>

/// Where the request or the reply dies. Private to core/shown.
namespace bothways::shown {

enum class Heading { ToVm, ToHost };

/// The end of the journey: which node stops what goes in which direction.
struct Fate {
    TopologyState whole = TopologyState::Plain;
    bool fromHost = true; ///< the host asks, else the VM
    QString node;         ///< id; empty: nowhere, or not known
    Heading heading = Heading::ToVm;
    bool leaving = false; ///< it dies as it leaves the node, else as it comes to it
    bool certain = false; ///< proven or probable: then what stands before it is known to work
    QString hook;         ///< of a gate
    const diagnosis::Cause *cause = nullptr;
};

Fate fateOf(const conclusion::Conclusion &conclusion);

struct Plan; // shown/topology_plan.h
void tell(Topology &topology, const Fate &fate, const Plan &plan);

} // namespace bothways::shown
