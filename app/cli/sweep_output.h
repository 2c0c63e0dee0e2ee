// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sweep_command.h"

namespace bothways::cli {

/// What a sweep is counted up to.
struct SweepTotals {
    int all = 0;
    int answered = 0;  ///< ICMP echo
    int onLink = 0;    ///< addresses on a link of ours
    int owned = 0;     ///< of these, those that somebody answers for
    int unsent = 0;    ///< no echo request left for them, for whatever reason
    int undecided = 0; ///< the run was stopped before their answer was due
};
SweepTotals totalsOf(const evidence::Sweep &sweep);
/// Piece by piece, since there may be 65,536 addresses.
void writeSweepJson(const QStringList &targets, const evidence::Sweep &sweep,
                    const std::function<void(const QByteArray &)> &write);
QString sweepText(const evidence::Sweep &sweep);

} // namespace bothways::cli
