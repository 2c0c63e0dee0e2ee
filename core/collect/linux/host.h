// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "collect/linux/rulesets.h"
#include "collect/route_question.h"
#include "evidence/node.h"

#include <vector>

/// Reads this machine (the network namespace of the calling thread) through kernel APIs: rtnetlink, libnftables, /proc/sys.
namespace bothways::collect {

/// Everything. Each part reads or says why not; it never throws and never needs rights to start.
evidence::NodeFacts readHost(const std::vector<RouteQuestion> &questions, const ElevatedReader &elevated = {});
/// The quickly changing part: counters, neighbours, and rulesets (for their counters) when asked.
evidence::NodeSnapshot readSnapshot(bool withRulesets, const ElevatedReader &elevated = {});

} // namespace bothways::collect
