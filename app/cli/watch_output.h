// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "watch_command.h"

namespace bothways::cli {

/// What a run was, beside its monitor.
struct WatchFacts {
    QString target;
    QString series;
    QDateTime started; ///< of this run, not of the series
    QDateTime finished;
    bool interrupted = false;
    bool replayed = false;
    qint64 damaged = 0;
    QStringList problems;
};
QByteArray watchJson(const WatchFacts &facts, const watch::Monitor &monitor);
QByteArray csvHead();
QByteArray csvLine(const watch::Sample &sample);
/// "2026-11-24 10:15:13  Alert: ...": local time, safe for a terminal.
QString eventLine(const watch::Event &event);
/// One line: how it is now.
QString nowLine(const watch::Monitor &monitor);
/// A table of the last buckets beside what is usual, and the sums.
QString watchText(const watch::Monitor &monitor);

} // namespace bothways::cli
