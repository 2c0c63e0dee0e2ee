// SPDX-License-Identifier: GPL-3.0-or-later
#include "filter/model/guard.h"

#include "filter/model/match.h"

namespace bothways::filter {
namespace {

/// Of the comparisons in front of everything else, the one that tells most packets apart.
Guard guardOf(const Rule &rule)
{
    Guard best;
    int highest = -1;
    for (const auto &statement : rule.statements) {
        const auto *match = std::get_if<Match>(&statement);
        if (std::holds_alternative<FirstFragment>(statement)) {
            continue; // the walk of a fragment asks no guard
        }
        if (match == nullptr) {
            break;
        }
        const bool plain = match->op == Operator::In && match->fields.size() == 1 && match->fields.front().operations.empty();
        const auto interval = plain ? match->elements->single() : std::nullopt;
        if (interval && interval->first.high == interval->last.high && specificity(match->fields) > highest) {
            highest = specificity(match->fields);
            best = {match->fields.front().key, match->fields.front().mask, interval->first.high, interval->first.low,
                    interval->last.low - interval->first.low};
        }
    }
    return best;
}

} // namespace

void addGuards(Chain &chain)
{
    chain.guards.clear();
    chain.guards.reserve(chain.rules.size());
    for (const auto &rule : chain.rules) {
        chain.guards.push_back(guardOf(rule));
    }
}

} // namespace bothways::filter
