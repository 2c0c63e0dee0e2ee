// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "comparison/comparison.h"
#include "conclusion/conclusion.h"
#include "report/depth.h"

#include <QByteArray>

namespace bothways::report {

/// One file: styles and script inside, no network, Copy buttons; complete without script.
QByteArray toHtml(const conclusion::Conclusion &conclusion, Depth depth = Depth::Whole);
QByteArray toHtml(const comparison::Comparison &comparison);

} // namespace bothways::report
