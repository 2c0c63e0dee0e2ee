// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "filter/model/place.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// What a walk through a hook says.
namespace bothways::filter {

enum class Verdict : std::uint8_t { Accept, Drop, Reject, Queue, Undecided };

struct Undecided {
    RuleRef rule;
    std::string expression; ///< what could not be evaluated, verbatim
    std::string why;
};

/// What the verdict rests on that no packet tells: a rate or an amount counted as not used up.
struct Assumption {
    RuleRef rule;
    std::string expression;
};

struct Answer {
    Verdict verdict = Verdict::Accept;
    std::optional<RuleRef> rule; ///< decided by this rule or policy; none where there is no base chain at this hook
    bool ruleCertain =
        true; ///< false: which rule or policy gives the verdict depends on something unknown; `rule` is one of them
    std::string matchedField;  ///< the field of the packet on which the deciding rule matched, e.g. "icmp type echo-request"
    std::vector<RuleRef> path; ///< rules that matched, in order
    std::vector<Undecided> undecided;    ///< only where the verdict is Undecided: what it depends on
    std::vector<Assumption> assumptions; ///< in the order in which they were made
    bool canPass = true; ///< false: whatever the unknown is, the packet does not pass (Undecided between drop and reject too)
};

std::string_view name(Verdict verdict);

} // namespace bothways::filter
