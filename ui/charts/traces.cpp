// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/traces.h"

#include "charts/chart_strip.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace bothways::ui {

namespace {

constexpr double lineWidth = 1.5;
constexpr double markSize = 5;
constexpr double lossHeight = 5; ///< px, of a mark on the axis
constexpr int markEvery = 8;     ///< px a sample, from which on each has a mark
constexpr std::int64_t pauseMs = 5000;
constexpr int bandOpacity = 46; ///< of 255

/// Neither within a pause, in which nothing was asked, nor over a loss does a line go on.
std::int64_t longestStep(const SampleSeries &series, std::int64_t fromMs, std::int64_t toMs)
{
    const auto count = static_cast<std::int64_t>(series.countBefore(toMs) - series.countBefore(fromMs));
    return count < 2 ? pauseMs : std::max(pauseMs, 3 * (toMs - fromMs) / count);
}

void addBands(Trace &trace, const LiveChart &chart, const RttRange &range, QSizeF plot)
{
    const auto points = jitterBand(chart.series(trace.series), chart.fromMs(), chart.toMs(), static_cast<int>(plot.width()));
    const double scale = plot.width() / static_cast<double>(chart.toMs() - chart.fromMs());
    const auto place = [&](const BandPoint &point, double value) {
        return QPointF(static_cast<double>(point.atMs - chart.fromMs()) * scale, (1 - range.share(value)) * plot.height());
    };
    for (std::size_t first = 0; first < points.size(); ++first) {
        auto last = first;
        while (last < points.size() && points[last].measured) {
            ++last;
        }
        QPolygonF band;
        for (auto i = first; i < last; ++i) {
            band << place(points[i], points[i].high);
        }
        for (auto i = last; i > first; --i) {
            band << place(points[i - 1], points[i - 1].low);
        }
        if (last - first > 1) {
            trace.bands.push_back(band);
        }
        first = last;
    }
}

/// Each column from its shortest time to its longest, and on to where the one before it ends.
void addColumns(Trace &trace, const QPolygonF &line)
{
    double top = line.first().y();
    double bottom = top;
    for (qsizetype i = 0; i < line.size();) {
        const auto place = line[i];
        const double left = i == 0 ? place.x() - 0.5 : trace.columns.back().right();
        double highest = std::min(place.y(), bottom);
        double lowest = std::max(place.y(), top);
        top = place.y();
        bottom = place.y();
        for (; i < line.size() && line[i].x() == place.x(); ++i) {
            top = std::min(top, line[i].y());
            bottom = std::max(bottom, line[i].y());
        }
        highest = std::min(highest, top);
        lowest = std::max(lowest, bottom);
        trace.columns.emplace_back(left, highest - lineWidth / 2, place.x() + 0.5 - left, lowest - highest + lineWidth);
    }
}

/// A line that is being drawn; nothing was lost on it.
class Piece {
public:
    Piece(Trace &trace, bool dense) : m_trace(trace), m_dense(dense) {}
    bool isEmpty() const { return m_line.isEmpty(); }
    double right() const { return m_line.last().x(); }
    /// On to the shortest and the longest time of a column, the nearer one first.
    void add(const Column &column, const QPointF &low, const QPointF &high)
    {
        const bool lowFirst = m_line.isEmpty() || std::abs(m_line.last().y() - low.y()) <= std::abs(m_line.last().y() - high.y());
        m_line << (lowFirst ? low : high);
        if (column.maximum > column.minimum) {
            m_line << (lowFirst ? high : low);
        }
    }
    void end()
    {
        if (m_line.size() == 1) {
            m_trace.marks.push_back(m_line.first());
        } else if (!m_line.isEmpty() && m_dense) {
            addColumns(m_trace, m_line);
        } else if (!m_line.isEmpty()) {
            for (qsizetype i = 1; i < m_line.size(); ++i) {
                m_trace.lines.append(QLineF(m_line[i - 1], m_line[i]));
            }
        }
        m_line.clear();
    }

private:
    Trace &m_trace;
    bool m_dense;
    QPolygonF m_line;
};

} // namespace

Column shown(const LiveChart &chart)
{
    Column all;
    for (int i = 0; i < chart.seriesCount(); ++i) {
        all.add(chart.series(i).summary(chart.fromMs(), chart.toMs()));
    }
    return all;
}

Trace traceOf(const LiveChart &chart, int series, const RttRange &range, QSizeF plot)
{
    Trace trace;
    trace.series = series;
    const int pixels = std::max(1, static_cast<int>(plot.width()));
    const auto &samples = chart.series(series);
    const auto columns = samples.reduce(chart.fromMs(), chart.toMs(), pixels);
    const double columnMs = static_cast<double>(chart.toMs() - chart.fromMs()) / pixels;
    const double longest = std::max(1.0, static_cast<double>(longestStep(samples, chart.fromMs(), chart.toMs())) / columnMs);
    const auto height = [&](double value) { return (1 - range.share(value)) * plot.height(); };
    const auto sent = samples.summary(chart.fromMs(), chart.toMs()).sent();
    const bool apart = sent > 0 && pixels / sent >= markEvery;
    Piece piece(trace, 2 * sent > pixels);
    for (int i = 0; i < pixels; ++i) {
        const auto &column = columns[static_cast<std::size_t>(i)];
        const double x = i + 0.5;
        if (column.lost > 0) {
            trace.losses.push_back(x);
        }
        if (column.answered == 0) {
            if (column.lost > 0) {
                piece.end();
            }
            continue;
        }
        if (!piece.isEmpty() && x - piece.right() > longest) {
            piece.end();
        }
        const QPointF low(x, height(column.minimum));
        piece.add(column, low, QPointF(x, height(column.maximum)));
        if (apart) {
            trace.marks.push_back(low);
        }
    }
    piece.end();
    addBands(trace, chart, range, plot);
    return trace;
}

void paint(QPainter &painter, const Trace &trace, const style::Tokens &tokens, style::Tone tone, QSizeF plot)
{
    painter.setRenderHint(QPainter::Antialiasing, false); // there can be as many as pixels
    for (const double x : trace.losses) {
        painter.fillRect(QRectF(x - 1, plot.height() - lossHeight, 2, lossHeight), tokens.bad);
    }
    auto faint = tokens.of(tone);
    faint.setAlpha(bandOpacity);
    painter.setPen(Qt::NoPen);
    painter.setBrush(faint);
    // A band a pixel a sample is rough anyway; smoothing its edges would take most of the frame.
    painter.setRenderHint(QPainter::Antialiasing, trace.columns.empty());
    for (const auto &band : trace.bands) {
        painter.drawPolygon(band);
    }
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(tokens.of(tone), lineWidth));
    painter.drawLines(trace.lines);
    painter.setRenderHint(QPainter::Antialiasing, false);
    for (const auto &column : trace.columns) {
        painter.fillRect(column, tokens.of(tone));
    }
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(tokens.of(tone));
    for (const auto &mark : trace.marks) {
        drawMark(painter, trace.series, mark, markSize);
    }
}

} // namespace bothways::ui
