// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <optional>

/// How numbers are said, everywhere. Pure; with a decimal point in every language.
namespace bothways {

/// Three significant figures from 1 on, three decimals below; a whole number has none: "0.421", "1.23", "12.3", "1234", "5".
QString figures(double value);
/// "0.421 ms", translated.
QString milliseconds(double value);
QString millisecondsOf(std::optional<qint64> nanoseconds); ///< the same; a dash for none
/// "98 %", "4.2 %", translated. `share` of 1; with so many decimals, but a whole number has none. Never 0 % or 100 % unless it is
/// exactly that: "under 1 %", "over 99.9 %".
QString percent(double share, int decimals = 0);

} // namespace bothways
