// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/drawing/rtt_chart_drawing.h"

#include "shown/terms.h"
#include "words/numbers.h"
#include "words/text.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

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
constexpr int columnWidth = 4;         ///< samples that would stand closer are drawn as one column from least to most
constexpr int half = 4;                ///< of a cross
constexpr double logarithmicFrom = 50; ///< most by least: then equal steps are equal factors

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

void addDot(Drawing &drawing, QPoint at) { drawing.add(Disc{at, 3, {Role::Sample}}); }

void addCross(Drawing &drawing, QPoint at)
{
    drawing.add(Line{at - QPoint(half, half), at + QPoint(half, half), {Role::Lost}});
    drawing.add(Line{at + QPoint(-half, half), at + QPoint(half, -half), {Role::Lost}});
}

class LaneDrawer {
public:
    LaneDrawer(Drawing &drawing, const shown::RttLane &lane, const Scale &scale, int top)
        : m_drawing(drawing), m_lane(lane), m_scale(scale), m_zero(top + head + plotHeight)
    {}

    void draw()
    {
        const int top = m_zero - plotHeight - head;
        m_drawing.addWords({gutter, top + 16}, TextRole::Name, m_lane.title);
        m_drawing.addFitted({gutter + 240, top + 16}, TextRole::Small, m_lane.facts, plotWidth - 240);
        if (m_lane.samples.empty()) {
            m_drawing.add(Line{{gutter, m_zero}, {width - margin, m_zero}, {Role::Axis}});
            m_drawing.addWords({gutter + plotWidth / 2, m_zero - plotHeight / 2}, TextRole::Small,
                               translate("report", "no times of single pings were recorded"), true);
            return;
        }
        axes();
        marks();
    }

private:
    double first() const { return m_lane.samples.front().at; }
    double span() const { return std::max(m_lane.samples.back().at - first(), std::numeric_limits<double>::epsilon()); }
    int x(double at) const
    {
        return gutter + (m_lane.samples.size() == 1 ? plotWidth / 2
                                                    : half + static_cast<int>((at - first()) / span() * (plotWidth - 2 * half)));
    }

    void axes()
    {
        for (const double tick : m_scale.ticks()) {
            const int y = m_zero - m_scale.y(tick);
            m_drawing.add(Line{{gutter, y}, {width - margin, y}, {y == m_zero ? Role::Axis : Role::Grid}});
            m_drawing.addFitted({4, y + 4}, TextRole::Small, milliseconds(tick), gutter - 8);
        }
        const int below = m_zero + lossRoom + 14;
        const auto label = [&](double at) {
            return m_lane.timed ? translate("report", "%1 s").arg(QString::number(at, 'f', 1)) : QString::number(std::lround(at));
        };
        m_drawing.addWords({x(first()), below}, TextRole::Small, label(first()), true);
        if (m_lane.samples.size() > 1) {
            const auto last = m_lane.samples.back().at;
            m_drawing.addWords({x(last), below}, TextRole::Small, label(last), true);
        }
        m_drawing.addWords(
            {gutter + plotWidth / 2, below}, TextRole::Small,
            m_lane.timed ? translate("report", "time since the first ping") : translate("report", "number of the ping"), true);
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

    /// The way from time to time, and above it the marks.
    void marks()
    {
        Polyline way{{}, {Role::Curve}};
        Drawing above;
        bool together = false;
        const auto all = columns();
        for (std::size_t i = 0; i < all.size(); ++i) {
            const auto &column = all[i];
            const int x = gutter + static_cast<int>(i) * columnWidth;
            if (column.lost > 0) {
                addCross(above, {x, m_zero + lossRoom / 2});
                together = together && column.answered > 0;
            }
            if (column.answered == 0) {
                continue;
            }
            const QPoint least(x, m_zero - m_scale.y(column.least));
            const QPoint most(x, m_zero - m_scale.y(column.most));
            if (!together) {
                way.parts.emplace_back();
            }
            way.parts.back().push_back(most);
            together = true;
            addDot(above, most);
            if (column.answered > 1 && least != most) {
                above.add(Line{least, most, {Role::Curve}});
            }
        }
        if (!way.parts.empty()) {
            m_drawing.add(std::move(way));
        }
        for (auto &shape : above.shapes) {
            m_drawing.add(std::move(shape));
        }
    }

    Drawing &m_drawing;
    const shown::RttLane &m_lane;
    const Scale &m_scale;
    int m_zero;
};

} // namespace

Drawing drawingOf(const shown::RttChart &chart)
{
    const auto scale = scaleOf(chart);
    const int height = laneHeight * static_cast<int>(chart.lanes.size()) + legend;
    QStringList lost;
    for (const auto &lane : chart.lanes) {
        lost << translate("report", "%1, lost: %2").arg(lane.title, lane.lost() == 0 ? u"0"_s : shown::lostNumbers(lane));
    }
    Drawing drawing{{width, height}, shown::visible(chart.sentence), shown::visible(lost.join(u"; "_s)), {}};
    int top = 0;
    for (const auto &lane : chart.lanes) {
        LaneDrawer(drawing, lane, scale, top).draw();
        top += laneHeight;
    }
    const int y = height - 8;
    addDot(drawing, {gutter + half, y - 4});
    drawing.addWords({gutter + 16, y}, TextRole::Small, translate("report", "answered, after how long"));
    addCross(drawing, {gutter + 244, y - 4});
    drawing.addWords({gutter + 256, y}, TextRole::Small, translate("report", "lost"));
    return drawing;
}

} // namespace bothways::report
