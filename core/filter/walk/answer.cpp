// SPDX-License-Identifier: GPL-3.0-or-later
#include "filter/walk/answer.h"

namespace bothways::filter {
std::string_view name(Verdict verdict)
{
    switch (verdict) {
    case Verdict::Accept:
        return "accept";
    case Verdict::Drop:
        return "drop";
    case Verdict::Reject:
        return "reject";
    case Verdict::Queue:
        return "queue";
    case Verdict::Undecided:
        return "undecided";
    }
    return {};
}

} // namespace bothways::filter
