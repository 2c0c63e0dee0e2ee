// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "conclusion/conclusion.h"

#include <QString>

#include <vector>

/// What makes the pair harder to break and to abuse, beyond the fault at hand: filled in from the evidence where it was read,
/// else general. Pure. Private to core.
namespace bothways::conclusion {

struct Advice {
    /// Done: read, and as it should be. Advised: read, and to be changed. General: not read here, or a matter of what is wanted.
    enum class State { Done, Advised, General };
    QString id; ///< stable: "filter-width"
    State state = State::General;
    QString layer;                           ///< translated
    QString measure;                         ///< translated: what is so, and what to do
    facts::Where where = facts::Where::Host; ///< where `verify` runs
    QString verify;                          ///< one command, quoted for POSIX sh; empty where there is none
};

std::vector<Advice> hardeningOf(const facts::Case &given);
QString name(Advice::State state); ///< "done", "advised", "general"
QString word(Advice::State state); ///< translated

} // namespace bothways::conclusion
