// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/painted_chart.h"

#include "charts/chart_strip.h"
#include "style/appearance.h"

#include <QEvent>
#include <QPainter>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace bothways::ui {

namespace {

constexpr double labelGap = 1.5 * style::unit; ///< px between a label and the plot

} // namespace

PaintedChart::PaintedChart(QWidget *parent) : LiveChart(parent), m_strip(new ChartStrip(this))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addStretch(1);
    layout->addWidget(m_strip);
    dress();
}

QRectF PaintedChart::plot() const
{
    const double half = std::ceil(QFontMetricsF(m_small).height() / 2); // of the labels at the top and at the bottom
    const double left = m_labelsWidth + labelGap;
    const double bottom = height() - m_strip->height() - half;
    return {left, half, std::max(1.0, width() - left - labelGap), std::max(1.0, bottom - half)};
}

void PaintedChart::dress()
{
    m_small = style::font(style::Type::Small, font());
    presentSoon();
}

void PaintedChart::changeEvent(QEvent *event)
{
    LiveChart::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange) {
        dress();
    }
}

void PaintedChart::measureLabels(const RttRange &range)
{
    const QFontMetricsF metrics(m_small);
    const auto grid = rttGrid(range, plot().height(), metrics.height());
    m_labels.clear();
    m_labelsWidth = 0;
    for (const double value : grid.values) {
        m_labels.push_back({range.share(value), grid.text(value)});
        m_labelsWidth = std::max(m_labelsWidth, std::ceil(metrics.horizontalAdvance(m_labels.back().text)));
    }
}

void PaintedChart::present()
{
    const auto all = shown(*this);
    const auto range = rttRange(all.minimum, all.maximum, isLogarithmic());
    measureLabels(range);
    const auto area = plot();
    const auto times = timeTicks(fromMs(), toMs(), mostTimes(area.width()));
    m_times.clear();
    for (const auto &tick : times.ticks) {
        m_times.push_back(static_cast<double>(tick.atMs - fromMs()) / static_cast<double>(toMs() - fromMs()));
    }
    m_traces.clear();
    for (int i = 0; i < seriesCount(); ++i) {
        m_traces.push_back(traceOf(*this, i, range, area.size()));
    }
    m_strip->show(*this, times.ticks, area.left(), area.width());
    update();
}

void PaintedChart::paintGrid(QPainter &painter, const QRectF &area) const
{
    const auto tokens = style::tokens(palette());
    painter.setFont(m_small);
    const double labelHeight = QFontMetricsF(m_small).height();
    for (const auto &label : m_labels) {
        const double y = std::round(area.bottom() - label.share * area.height());
        painter.fillRect(QRectF(area.left(), y, area.width(), 1), tokens.line);
        painter.setPen(tokens.grey);
        painter.drawText(QRectF(0, y - labelHeight / 2, m_labelsWidth, labelHeight), Qt::AlignRight | Qt::AlignVCenter,
                         label.text);
    }
    for (const double share : m_times) {
        painter.fillRect(QRectF(std::round(area.left() + share * area.width()), area.top(), 1, area.height()), tokens.line);
    }
}

void PaintedChart::paintEvent(QPaintEvent * /*event*/)
{
    QPainter painter(this);
    const auto tokens = style::tokens(palette());
    const auto area = plot();
    paintGrid(painter, area);
    painter.setClipRect(area);
    painter.translate(area.topLeft());
    for (const auto &trace : m_traces) {
        ui::paint(painter, trace, tokens, info(trace.series).tone, area.size());
    }
}

} // namespace bothways::ui
