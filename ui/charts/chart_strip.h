// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "charts/live_chart.h"
#include "charts/scale.h"

namespace bothways::ui {

/// Each series has a shape besides its colour: circle, square, triangle, diamond.
void drawMark(QPainter &painter, int series, const QPointF &centre, double size);

/// A mark of a series in its colour, beside its name.
class SeriesMark : public QWidget {
public:
    SeriesMark(int series, style::Tone tone, QWidget *parent = nullptr);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    int m_series;
    style::Tone m_tone;
};

/// Under the plot: the time, and a lane a series with the share of lost requests, a full lane being 100 %.
class ChartStrip : public QWidget {
public:
    explicit ChartStrip(QWidget *parent = nullptr);
    /// `plot`: where the chart above draws, in this widget's x.
    void show(const LiveChart &chart, const std::vector<Tick> &ticks, double left, double width);
    using QWidget::show;

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    struct Lane {
        style::Tone tone = style::Tone::Accent;
        std::vector<Column> columns;
    };
    void measure();
    void paintTimes(QPainter &painter) const;
    void paintLane(QPainter &painter, int series, double top) const;

    std::vector<Lane> m_lanes;
    std::vector<Tick> m_ticks;
    QString m_date;
    std::int64_t m_from = 0;
    std::int64_t m_to = 1;
    double m_left = 0;
    double m_width = 0;
};

} // namespace bothways::ui
