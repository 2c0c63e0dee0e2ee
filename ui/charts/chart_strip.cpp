// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/chart_strip.h"

#include "style/appearance.h"

#include <QEvent>
#include <QPainter>

#include <algorithm>

namespace bothways::ui {

namespace {

constexpr int laneHeight = 8;
constexpr int laneGap = 3;
constexpr double leastMark = 3; ///< px: a lower mark is not seen
constexpr int columnWidth = 3;  ///< px: nor is a narrower one
constexpr int apart = 2 * style::unit;

} // namespace

void drawMark(QPainter &painter, int series, const QPointF &centre, double size)
{
    const double half = size / 2;
    switch (series % 4) {
    case 0:
        painter.drawEllipse(centre, half, half);
        return;
    case 1:
        painter.drawRect(QRectF(centre.x() - half * 0.9, centre.y() - half * 0.9, size * 0.9, size * 0.9));
        return;
    case 2:
        painter.drawPolygon(QPolygonF{
            {centre.x(), centre.y() - half}, {centre.x() + half, centre.y() + half}, {centre.x() - half, centre.y() + half}});
        return;
    default:
        painter.drawPolygon(QPolygonF{{centre.x(), centre.y() - half},
                                      {centre.x() + half, centre.y()},
                                      {centre.x(), centre.y() + half},
                                      {centre.x() - half, centre.y()}});
    }
}

SeriesMark::SeriesMark(int series, style::Tone tone, QWidget *parent) : QWidget(parent), m_series(series), m_tone(tone)
{
    setFixedSize(3 * style::unit, 3 * style::unit);
}

void SeriesMark::paintEvent(QPaintEvent * /*event*/)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(style::tokens(palette()).of(m_tone));
    drawMark(painter, m_series, QRectF(rect()).center(), width() - 3.0);
}

ChartStrip::ChartStrip(QWidget *parent) : QWidget(parent) { measure(); }

void ChartStrip::measure()
{
    setFont(style::font(style::Type::Small, parentWidget() != nullptr ? parentWidget()->font() : font()));
    const auto lanes = static_cast<int>(m_lanes.size());
    setFixedHeight(fontMetrics().height() + laneGap + lanes * (laneHeight + laneGap));
}

void ChartStrip::show(const LiveChart &chart, const std::vector<Tick> &ticks, double left, double width)
{
    m_left = left;
    m_width = width;
    m_from = chart.fromMs();
    m_to = chart.toMs();
    m_ticks = ticks;
    m_date = chart.isEmpty() ? QString() : clockTime(m_from).section(u' ', 0, 0).mid(5);
    const bool other = static_cast<int>(m_lanes.size()) != chart.seriesCount();
    m_lanes.resize(static_cast<std::size_t>(chart.seriesCount()));
    for (int i = 0; i < chart.seriesCount(); ++i) {
        const int columns = std::max(1, static_cast<int>(width) / columnWidth);
        m_lanes[static_cast<std::size_t>(i)] = {chart.info(i).tone, chart.series(i).reduce(m_from, m_to, columns)};
    }
    if (other) {
        measure();
    }
    update();
}

void ChartStrip::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::ApplicationFontChange) {
        measure();
    }
}

void ChartStrip::paintEvent(QPaintEvent * /*event*/)
{
    QPainter painter(this);
    paintTimes(painter);
    double top = fontMetrics().height() + laneGap;
    for (int i = 0; i < static_cast<int>(m_lanes.size()); ++i) {
        paintLane(painter, i, top);
        top += laneHeight + laneGap;
    }
}

/// The date at the left, then the times that have room.
void ChartStrip::paintTimes(QPainter &painter) const
{
    const auto metrics = fontMetrics();
    painter.setPen(style::tokens(palette()).grey);
    double taken = 0;
    const bool dated = !m_ticks.empty() && m_ticks.front().text.startsWith(m_date);
    if (!dated && !m_date.isEmpty()) {
        painter.drawText(QPointF(style::unit / 2.0, metrics.ascent()), m_date);
        taken = metrics.horizontalAdvance(m_date) + apart;
    }
    for (const auto &tick : m_ticks) {
        const double width = metrics.horizontalAdvance(tick.text);
        const double middle = m_left + m_width * static_cast<double>(tick.atMs - m_from) /
                                           static_cast<double>(std::max<std::int64_t>(1, m_to - m_from));
        const double left = middle - width / 2;
        if (left >= taken && left + width <= this->width()) {
            painter.drawText(QPointF(left, metrics.ascent()), tick.text);
            taken = left + width + apart;
        }
    }
}

void ChartStrip::paintLane(QPainter &painter, int series, double top) const
{
    const auto tokens = style::tokens(palette());
    const auto &lane = m_lanes[static_cast<std::size_t>(series)];
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(tokens.of(lane.tone));
    drawMark(painter, series, QPointF(std::max(laneHeight / 2.0, m_left - 2 * style::unit), top + laneHeight / 2.0),
             laneHeight - 1);
    painter.setRenderHint(QPainter::Antialiasing, false);
    painter.fillRect(QRectF(m_left, top + laneHeight - 1, m_width, 1), tokens.line);
    const double width = m_width / std::max(1.0, static_cast<double>(lane.columns.size()));
    for (std::size_t i = 0; i < lane.columns.size(); ++i) {
        const auto &column = lane.columns[i];
        if (column.lost > 0) {
            const double share = static_cast<double>(column.lost) / column.sent();
            const double height = std::max(leastMark, share * laneHeight);
            painter.fillRect(QRectF(m_left + static_cast<double>(i) * width, top + laneHeight - height, width - 1, height),
                             tokens.bad);
        }
    }
}

} // namespace bothways::ui
