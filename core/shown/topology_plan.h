// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "facts/case.h"
#include "shown/topology_fate.h"

#include <vector>

/// What stands on the way, before it has a place. Private to core/shown.
namespace bothways::shown {

/// Columns from the host's stack to the guest's. Not every column is used.
enum class Column { Host, Interface, Port, Gateway, Nic, Guest };
inline constexpr int columnCount = 6;

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

Plan planOf(const facts::Case &given, const Fate &fate);

} // namespace bothways::shown
