// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "conclusion/conclusion.h"
#include "facts/rules.h"
#include "facts/scene.h"
#include "shown/topology.h"

/// What stands on the way, before it has a place. Private to core/shown.
namespace bothways::shown {

/// Columns from the host's stack to the guest's. Not every column is used.
enum class Column { Host, Interface, Port, Gateway, Nic, Guest };
inline constexpr int columnCount = 6;

enum class Heading { ToVm, ToHost };

struct Placed {
    Column column = Column::Host;
    TopologyNode node;
};

/// A hook, or several hooks passed one after the other, on one lane between two columns.
struct Gate {
    Column after = Column::Host; ///< stands between this column and the next one that is used
    Heading heading = Heading::ToVm;
    TopologyNode node;
};

/// Something beside the way: other ports of the bridge, other interfaces, the way out.
struct SideRow {
    bool ofHost = true;  ///< hangs at the host's stack, else at the interface of the way
    bool joined = false; ///< its first box is the one of the row above, which spans both
    bool nat = false;    ///< the VM's network is translated on its way out here
    std::vector<Placed> nodes;
};

struct Plan {
    std::vector<Placed> way; ///< from the host's stack to the guest's
    std::vector<Gate> gates;
    std::vector<SideRow> rows;
    QString hostTitle;
    QString vmTitle;
    int hidden = 0; ///< side rows left out
};

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

Plan planOf(const facts::Case &given, const Fate &fate);
Fate fateOf(const conclusion::Conclusion &conclusion);
void tell(Topology &topology, const Fate &fate, const Plan &plan);

/// Facts and raw text of what is on the way.
void describeLink(TopologyNode &node, const evidence::NodeFacts &facts, const QString &link);
void describeStack(TopologyNode &node, const evidence::Reading<evidence::NodeFacts> &facts);
/// The base chains that a packet meets there.
void describeGate(TopologyNode &node, const facts::Rules &rules, bool inwards, bool bridge);

/// Gives everything its place.
Topology layOut(Plan plan, const Fate &fate);

} // namespace bothways::shown
