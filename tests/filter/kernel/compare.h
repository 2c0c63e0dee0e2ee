// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "subject.h"
#include "visit.h"

namespace bothways::kernel {

/// What one comparison found.
struct Finding {
    enum class Kind : std::uint8_t { Agreement, Undecided, Disagreement };
    Kind kind = Kind::Agreement;
    std::string kernel;   ///< verdict and deciding rule, or what differs
    std::string walk;     ///< likewise
    std::string reason;   ///< why undecided
    bool stopped = false; ///< by the kernel
    bool partial = false; ///< the verdict is certain, but not every rule on the way, or not the one that gives it
};

/// The walk's answer beside what the kernel did: verdict, deciding rule, and all rules that matched, in order.
Finding compare(const Subject &subject, const Visit &visit, const filter::Answer &answer);

/// One line for people.
std::string describe(const filter::Packet &packet);

} // namespace bothways::kernel
