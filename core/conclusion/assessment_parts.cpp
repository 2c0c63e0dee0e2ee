// SPDX-License-Identifier: GPL-3.0-or-later
#include "conclusion/assessment_parts.h"

#include <algorithm>
#include <utility>

namespace bothways::conclusion {

Input measured(const char *id, QString title, double value, const char *unit, Curve curve, QString source)
{
    const auto unitText = QString::fromLatin1(unit);
    return {QString::fromLatin1(id),   std::move(title), value, unitText, pointsAt(curve, value),
            describe(curve, unitText), std::move(source)};
}

void takeLowest(Rating &rating)
{
    for (const auto &input : rating.inputs) {
        rating.points = std::min(rating.points.value_or(100), input.points);
    }
}

std::optional<double> growth(qint64 before, qint64 after)
{
    return after < before ? std::nullopt : std::optional(static_cast<double>(after) - static_cast<double>(before));
}

} // namespace bothways::conclusion
