// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "facts/rules.h"
#include "shown/topology.h"

/// What is known of a node. Private to core/shown.
namespace bothways::shown {

/// Facts and raw text of what is on the way.
void describeLink(TopologyNode &node, const evidence::NodeFacts &facts, const QString &link);
void describeStack(TopologyNode &node, const evidence::Reading<evidence::NodeFacts> &facts);
/// The base chains that a packet meets there.
void describeGate(TopologyNode &node, const facts::Rules &rules, bool inwards, bool bridge);

} // namespace bothways::shown
