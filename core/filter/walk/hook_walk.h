// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "filter/ruleset.h"
#include "filter/walk/answer.h"
#include "filter/walk/passing.h"

#include <vector>

/// One packet at one hook.
namespace bothways::filter {

/// One packet through every base chain of a hook in kernel order of priority. Three-valued: a verdict that depends on
/// something unknown is Undecided and names it. An accept ends only its own base chain; any drop wins.
Answer walk(const Ruleset &rules, Hook hook, const Packet &packet);

/// What is missing of what judges the packet at this hook; empty: nothing that is known of. Where something is, no accept holds.
std::vector<Missing> missing(const Ruleset &rules, Hook hook, const Packet &packet);

/// All rules that would stop the packet at this hook if those before them were mended, first one first.
std::vector<RuleRef> blockers(const Ruleset &rules, Hook hook, const Packet &packet);

/// The same for a packet that came from an earlier hook, and goes on to the next.
Answer walk(const Ruleset &rules, Hook hook, Passing &passing);
std::vector<RuleRef> blockers(const Ruleset &rules, Hook hook, Passing passing);

} // namespace bothways::filter
