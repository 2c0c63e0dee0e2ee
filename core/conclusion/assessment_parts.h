// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "conclusion/assessment.h"
#include "conclusion/curve.h"

/// What the dimensions share. Private to core/conclusion.
namespace bothways::conclusion {

/// An input whose points are read off a curve.
Input measured(const char *id, QString title, double value, const char *unit, Curve curve, QString source);
/// The least points of the inputs, where there are any: a way is as good as its worst place.
void takeLowest(Rating &rating);
/// Growth of a counter between two readings, as a number that no hostile session can make overflow; empty where it fell.
std::optional<double> growth(qint64 before, qint64 after);

} // namespace bothways::conclusion
