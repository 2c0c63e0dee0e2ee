// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/painted_chart.h"

namespace bothways::ui {

LiveChart *makeLiveChart(QWidget *parent) { return new PaintedChart(parent); }

} // namespace bothways::ui
