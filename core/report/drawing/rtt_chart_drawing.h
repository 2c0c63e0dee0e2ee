// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "report/drawing/drawing.h"
#include "shown/rtt_chart.h"

namespace bothways::report {

Drawing drawingOf(const shown::RttChart &chart);

} // namespace bothways::report
