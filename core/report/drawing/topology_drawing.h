// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "report/drawing/drawing.h"
#include "shown/topology.h"

namespace bothways::report {

Drawing drawingOf(const shown::Topology &topology);

} // namespace bothways::report
