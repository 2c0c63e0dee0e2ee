// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "comparison/comparison.h"
#include "conclusion/conclusion.h"
#include "report/depth.h"

#include <QByteArray>

namespace bothways::report {

/// CommonMark with tables.
QByteArray toMarkdown(const conclusion::Conclusion &conclusion, Depth depth = Depth::Whole);
QByteArray toMarkdown(const comparison::Comparison &comparison);

} // namespace bothways::report
