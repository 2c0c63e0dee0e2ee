// SPDX-License-Identifier: GPL-3.0-or-later
#include "conclusion/curve.h"

#include "conclusion/assessment.h"
#include "words/punctuation.h"
#include "words/text.h"

#include <algorithm>

namespace bothways::conclusion {

double pointsAt(Curve curve, double value)
{
    const auto *const above =
        std::find_if(curve.data(), curve.data() + curve.size(), [&](const Anchor &anchor) { return anchor.value >= value; });
    if (above == curve.data() + curve.size()) {
        return curve.back().points;
    }
    if (above == curve.data()) {
        return curve.front().points;
    }
    const auto &below = *(above - 1);
    return below.points + (above->points - below.points) * (value - below.value) / (above->value - below.value);
}

QString describe(Curve curve, const QString &unit)
{
    QStringList parts;
    for (const auto &anchor : curve) {
        const auto value = shown(anchor.value, unit);
        const auto points = QString::number(anchor.points, 'f', 0);
        parts << (*anchor.name == '\0'
                      ? translate("assessment", "%1 gives %2").arg(value, points)
                      : translate("assessment", "%1 (%3) gives %2").arg(value, points, translate("assessment", anchor.name)));
    }
    return listed(parts);
}

} // namespace bothways::conclusion
