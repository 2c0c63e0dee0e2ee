// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "comparison/comparison.h"
#include "conclusion/conclusion.h"

#include <QString>

namespace bothways::report {

/// For a terminal; `colour` adds ANSI colours. Control characters of anything read from outside are made visible.
QString toText(const conclusion::Conclusion &conclusion, bool colour);
QString toText(const comparison::Comparison &comparison, bool colour);

} // namespace bothways::report
