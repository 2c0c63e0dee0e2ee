// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "charts/live_chart.h"
#include "charts/scale.h"

#include <QColor>
#include <QPolygonF>

namespace bothways::ui {

/// One series as it is drawn into a plot: pieces of line that nothing was lost between, the band around them, single samples.
/// Pure geometry, in pixels of the plot from its top left.
struct Trace {
    int series = 0;
    QList<QLineF> lines;         ///< one by one: a stroke of a thousand points takes a hundred times as long to paint
    std::vector<QRectF> columns; ///< instead of lines where samples stand closer than pixels
    std::vector<QPolygonF> bands;
    std::vector<QPointF> marks; ///< where samples stand far apart, or alone
    std::vector<double> losses; ///< x of columns in which something was lost
};

/// Smallest and largest of what is shown; `sent` is 0 where there is nothing.
Column shown(const LiveChart &chart);
Trace traceOf(const LiveChart &chart, int series, const RttRange &range, QSizeF plot);
void paint(QPainter &painter, const Trace &trace, const style::Tokens &tokens, style::Tone tone, QSizeF plot);

} // namespace bothways::ui
