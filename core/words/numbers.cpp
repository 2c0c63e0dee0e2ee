// SPDX-License-Identifier: GPL-3.0-or-later
#include "words/numbers.h"

#include "words/text.h"

#include <cmath>

namespace bothways {

namespace {

constexpr double exact = 1e-9; ///< parts of a hundred that come of binary fractions

} // namespace

QString figures(double value)
{
    const double size = std::abs(value);
    const int decimals = value == std::floor(value) || size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3;
    return QString::number(value, 'f', decimals);
}

QString milliseconds(double value) { return translate("numbers", "%1 ms").arg(figures(value)); }

QString millisecondsOf(std::optional<qint64> nanoseconds)
{
    return nanoseconds ? milliseconds(static_cast<double>(*nanoseconds) / 1e6) : QStringLiteral("\u2013");
}

QString percent(double share, int decimals)
{
    const double hundredths = share * 100;
    const double step = std::pow(10, -decimals);
    if (hundredths > 0 && hundredths < step) {
        return translate("numbers", "under %1 %").arg(QString::number(step, 'f', decimals));
    }
    if (hundredths > 100 - step && hundredths < 100) {
        return translate("numbers", "over %1 %").arg(QString::number(100 - step, 'f', decimals));
    }
    const double whole = std::round(hundredths);
    return translate("numbers", "%1 %")
        .arg(QString::number(hundredths, 'f', std::abs(hundredths - whole) < exact ? 0 : decimals));
}

} // namespace bothways
