// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <span>

/// From a measured value to points. Private to core/conclusion.
namespace bothways::conclusion {

/// A value whose points are fixed; between two of them lies a straight line, beyond the last ones it is level.
struct Anchor {
    double value = 0;
    double points = 0;
    const char *name = ""; ///< QT_TRANSLATE_NOOP("assessment", ...): why there; empty where it needs none
};
using Curve = std::span<const Anchor>; ///< by rising value, two at least

double pointsAt(Curve curve, double value);
/// "0 % gives 0 points, 90 % gives 50 (alert), 100 % gives 100": from the very anchors, so that it cannot say anything else.
QString describe(Curve curve, const QString &unit);

} // namespace bothways::conclusion
