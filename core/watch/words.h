// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "watch/monitor.h"

#include <QString>

namespace bothways::watch {

QString title(Measure measure);               ///< translated: "ICMP loss"
QString word(Fit fit);                        ///< translated: "usual"
QString shown(double value, Measure measure); ///< "5.0 %", "0.42 ms"
QString sentence(const Event &event); ///< translated, without its time. What came from outside is not made safe for a terminal

// For JSON and CSV: never translated.
QString name(Kind kind);
QString name(Outcome outcome);
QString name(Measure measure);
QString name(Fit fit);
QString name(What what);

} // namespace bothways::watch
