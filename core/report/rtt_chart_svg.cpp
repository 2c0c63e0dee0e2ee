// SPDX-License-Identifier: GPL-3.0-or-later
#include "shown/rtt_chart.h"

#include "report/svg.h"
#include "report/svg_parts.h"
#include "shown/terms.h"
#include "words/text.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace bothways::report {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int width = 920;
constexpr int gutter = 76; ///< at the left, for the times
constexpr int margin = 20;
constexpr int plotWidth = width - gutter - margin;
constexpr int head = 26; ///< of a lane: its title
constexpr int plotHeight = 88;
constexpr int foot = 44;     ///< of a lane: its axis
constexpr int lossRoom = 14; ///< below the zero line, where the losses are marked
constexpr int laneHeight = head + plotHeight + lossRoom + foot;
constexpr int legend = 20;
constexpr int columnWidth = 4; ///< samples that would stand closer are drawn as one column from least to most
constexpr int size = 11;
constexpr int half = 4;                ///< of a cross
constexpr double logarithmicFrom = 50; ///< most by least: then equal steps are equal factors

constexpr char style[] = "svg.way .h{fill:none;stroke:var(--accent);stroke-width:1.5}svg.way .i{fill:var(--accent)}"
                         "svg.way .y{stroke:var(--line);stroke-width:1}svg.way .z{stroke:var(--grey);stroke-width:1}";

/// 1, 2 or 5 times a power of ten, not less than the value.
double roundUp(double value)
{
    const double power = std::pow(10, std::floor(std::log10(value)));
    for (const double step : {1.0, 2.0, 5.0}) {
        if (value <= step * power) {
            return step * power;
        }
    }
    return 10 * power;
}

/// The same for all lanes, so that they can be compared.
struct Scale {
    double bottom = 0; ///< ms
    double top = 1;
    bool logarithmic = false;

    int y(double ms) const ///< px above the zero line
    {
        const double part = logarithmic ? std::log(std::max(ms, bottom) / bottom) / std::log(top / bottom) : ms / top;
        return static_cast<int>(std::lround(std::clamp(part, 0.0, 1.0) * plotHeight));
    }
    std::vector<double> ticks() const
    {
        if (!logarithmic) {
            return {0, top / 2, top};
        }
        std::vector<double> marks;
        const int decades = static_cast<int>(std::lround(std::log10(top / bottom)));
        const int step = std::max(1, (decades + 3) / 4);
        for (int i = 0; i <= decades; i += step) {
            marks.push_back(bottom * std::pow(10, i));
        }
        return marks;
    }
};

Scale scaleOf(const shown::RttChart &chart)
{
    double least = std::numeric_limits<double>::max();
    double most = 0;
    for (const auto &lane : chart.lanes) {
        for (const auto &sample : lane.samples) {
            if (sample.ms && *sample.ms > 0) {
                least = std::min(least, *sample.ms);
                most = std::max(most, *sample.ms);
            }
        }
    }
    Scale scale;
    if (most <= 0) {
        return scale;
    }
    scale.logarithmic = most / least >= logarithmicFrom;
    scale.top = scale.logarithmic ? std::pow(10, std::ceil(std::log10(most))) : roundUp(most);
    scale.bottom = scale.logarithmic ? std::pow(10, std::floor(std::log10(least))) : 0;
    return scale;
}

struct Column {
    double least = std::numeric_limits<double>::max();
    double most = 0;
    int answered = 0;
    int lost = 0;
};

QString tickLabel(double ms) { return ms > 0 ? shown::milliseconds(ms) : translate("report", "0 ms"); }

QString dot(QPoint at)
{
    return u"<circle cx=\"%1\" cy=\"%2\" r=\"3\" class=\"i\"/>"_s.arg(QString::number(at.x()), QString::number(at.y()));
}

QString cross(QPoint at)
{
    return svgLine(at - QPoint(half, half), at + QPoint(half, half), u"b"_s) +
           svgLine(at + QPoint(-half, half), at + QPoint(half, -half), u"b"_s);
}

class LaneDrawer {
public:
    LaneDrawer(const shown::RttLane &lane, const Scale &scale, int top)
        : m_lane(lane), m_scale(scale), m_zero(top + head + plotHeight)
    {}

    QString draw() const
    {
        const int top = m_zero - plotHeight - head;
        QString svg = svgText(gutter, top + 16, "t", m_lane.title);
        svg += svgText(gutter + 240, top + 16, "s", fitted(m_lane.facts, plotWidth - 240, size));
        if (m_lane.samples.empty()) {
            return svg + svgLine(QPoint(gutter, m_zero), QPoint(width - margin, m_zero), u"z"_s) +
                   svgText(gutter + plotWidth / 2, m_zero - plotHeight / 2, "s",
                           translate("report", "no times of single pings were recorded"), true);
        }
        return svg + axes() + marks();
    }

private:
    double first() const { return m_lane.samples.front().at; }
    double span() const { return std::max(m_lane.samples.back().at - first(), std::numeric_limits<double>::epsilon()); }
    int x(double at) const
    {
        return gutter + (m_lane.samples.size() == 1 ? plotWidth / 2
                                                    : half + static_cast<int>((at - first()) / span() * (plotWidth - 2 * half)));
    }

    QString axes() const
    {
        QString svg;
        for (const double tick : m_scale.ticks()) {
            const int y = m_zero - m_scale.y(tick);
            svg += svgLine(QPoint(gutter, y), QPoint(width - margin, y), y == m_zero ? u"z"_s : u"y"_s);
            svg += svgText(4, y + 4, "s", fitted(tickLabel(tick), gutter - 8, size));
        }
        const int below = m_zero + lossRoom + 14;
        const auto label = [&](double at) {
            return m_lane.timed ? translate("report", "%1 s").arg(QString::number(at, 'f', 1)) : QString::number(std::lround(at));
        };
        svg += svgText(x(first()), below, "s", label(first()), true);
        if (m_lane.samples.size() > 1) {
            svg += svgText(x(m_lane.samples.back().at), below, "s", label(m_lane.samples.back().at), true);
        }
        return svg + svgText(gutter + plotWidth / 2, below, "s",
                             m_lane.timed ? translate("report", "time since the first ping")
                                          : translate("report", "number of the ping"),
                             true);
    }

    std::vector<Column> columns() const
    {
        std::vector<Column> all(plotWidth / columnWidth + 1);
        for (const auto &sample : m_lane.samples) {
            auto &column = all[static_cast<std::size_t>((x(sample.at) - gutter) / columnWidth)];
            if (sample.ms) {
                column.least = std::min(column.least, *sample.ms);
                column.most = std::max(column.most, *sample.ms);
                ++column.answered;
            } else {
                ++column.lost;
            }
        }
        return all;
    }

    QString marks() const
    {
        QString way;
        QString points;
        bool together = false;
        const auto all = columns();
        for (std::size_t i = 0; i < all.size(); ++i) {
            const auto &column = all[i];
            const int x = gutter + static_cast<int>(i) * columnWidth;
            if (column.lost > 0) {
                points += cross(QPoint(x, m_zero + lossRoom / 2));
                together = together && column.answered > 0;
            }
            if (column.answered == 0) {
                continue;
            }
            const QPoint least(x, m_zero - m_scale.y(column.least));
            const QPoint most(x, m_zero - m_scale.y(column.most));
            way += u"%1%2 %3"_s.arg(together ? u"L"_s : u"M"_s, QString::number(most.x()), QString::number(most.y()));
            together = true;
            points += dot(most);
            points += column.answered > 1 && least != most ? svgLine(least, most, u"h"_s) : QString();
        }
        return (way.isEmpty() ? way : u"<path d=\"%1\" class=\"h\"/>"_s.arg(way)) + points;
    }

    const shown::RttLane &m_lane;
    const Scale &m_scale;
    int m_zero;
};

} // namespace

QString rttChartStyle() { return QLatin1String(style); }

QString toSvg(const shown::RttChart &chart)
{
    const auto scale = scaleOf(chart);
    const int height = laneHeight * static_cast<int>(chart.lanes.size()) + legend;
    QStringList lost;
    for (const auto &lane : chart.lanes) {
        lost << translate("report", "%1, lost: %2").arg(lane.title, lane.lost() == 0 ? u"0"_s : shown::lostNumbers(lane));
    }
    QString svg = u"<svg class=\"way\" role=\"img\" viewBox=\"0 0 %1 %2\" width=\"%1\"><title>%3</title><desc>%4</desc>"_s.arg(
        QString::number(width), QString::number(height), shown::visible(chart.sentence).toHtmlEscaped(),
        shown::visible(lost.join(u"; "_s)).toHtmlEscaped());
    int top = 0;
    for (const auto &lane : chart.lanes) {
        svg += LaneDrawer(lane, scale, top).draw();
        top += laneHeight;
    }
    const int y = height - 8;
    svg += dot(QPoint(gutter + half, y - 4)) + svgText(gutter + 16, y, "s", translate("report", "answered, after how long"));
    svg += cross(QPoint(gutter + 244, y - 4)) + svgText(gutter + 256, y, "s", translate("report", "lost"));
    return svg + u"</svg>"_s;
}

} // namespace bothways::report
