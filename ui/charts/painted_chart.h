// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "charts/live_chart.h"
#include "charts/scale.h"
#include "charts/traces.h"

namespace bothways::ui {

class ChartStrip;

/// The live chart without Qt Charts: axes, grid and labels are drawn here, the samples as everywhere.
class PaintedChart : public LiveChart {
public:
    explicit PaintedChart(QWidget *parent = nullptr);
    QRectF plot() const override;

protected:
    void present() override;
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    struct Label {
        double share = 0; ///< of the plot's height, from its bottom
        QString text;
    };
    void dress();
    void measureLabels(const RttRange &range);
    void paintGrid(QPainter &painter, const QRectF &area) const;

    ChartStrip *m_strip;
    QFont m_small;
    double m_labelsWidth = 0;
    std::vector<Label> m_labels;
    std::vector<double> m_times; ///< shares of the plot's width
    std::vector<Trace> m_traces;
};

} // namespace bothways::ui
