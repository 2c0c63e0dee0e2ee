// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "report/drawing/drawing.h"
#include "shown/journey_timeline.h"

namespace bothways::report {

Drawing drawingOf(const shown::Timeline &timeline);

} // namespace bothways::report
