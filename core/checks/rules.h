// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "checks/checks.h"

#include <optional>
#include <vector>

/// Packet filters as the policy checks ask them. Private to core/checks.
namespace bothways::checks {

/// Reads every dump of one machine into one ruleset, and says of each why it could not be.
Rules readRules(const std::vector<evidence::RulesetDump> &dumps);

/// What a hook does with a packet, as far as what was read tells.
struct Passage {
    enum class Fate { Passes, Stopped, Open };
    Fate fate = Fate::Open;
    filter::Hook hook = filter::Hook::Input;
    filter::Packet packet;
    std::vector<filter::RuleRef> stoppers; ///< first one first
    QStringList open;                      ///< translated: what could not be evaluated
};

struct Leg {
    filter::Hook hook = filter::Hook::Input;
    filter::Packet packet;
};

/// Through the hooks in order: the first that stops it decides; otherwise open if any is open.
Passage pass(const Rules &rules, const std::vector<Leg> &legs);

/// How many packets the rule counted between two readings of the same ruleset; empty if it has no counter or is not in both.
std::optional<qint64> grown(const Rules &before, const Rules &after, const Passage &passage);

/// True if the same packet would pass from a source that an accepting rule names: the filter lets in others, not us.
bool passesFromNamedSource(const Rules &rules, const std::vector<evidence::RulesetDump> &dumps, const Passage &stopped);

} // namespace bothways::checks
