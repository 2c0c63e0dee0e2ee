// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/scale.h"

#include "words/numbers.h"
#include "words/text.h"

#include <QDateTime>
#include <QLocale>

#include <algorithm>
#include <cmath>

namespace bothways::ui {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr std::int64_t second = 1000;
constexpr std::int64_t minute = 60 * second;
constexpr std::int64_t hour = 60 * minute;
constexpr std::int64_t day = 24 * hour;
constexpr std::int64_t steps[] = {
    10,          20,          50,        100,        200,        500,         second,      2 * second,  5 * second, 10 * second,
    15 * second, 30 * second, minute,    2 * minute, 5 * minute, 10 * minute, 15 * minute, 30 * minute, hour,       2 * hour,
    3 * hour,    6 * hour,    12 * hour, day,        2 * day,    7 * day,     14 * day,    28 * day,    56 * day,   112 * day};

constexpr double lowestMs = 0.01;        ///< what a clock in user space can still tell apart
constexpr double lowestTopMs = 0.05;     ///< a linear scale shows no finer noise than that
constexpr int heightForThreeLabels = 62; ///< px of the plot
constexpr int widthPerTime = 110;        ///< px, of a label and the room around it
constexpr int bandStep = 8;              ///< px
constexpr int bandSamples = 3;           ///< a step is never shorter than so many
constexpr int fewestForBand = 6;         ///< answers: the deviation of fewer says little
constexpr int bandReach = 1;             ///< steps to either side that a point sums up as well

QDateTime local(std::int64_t atMs) { return QDateTime::fromMSecsSinceEpoch(atMs); }

QString tickText(std::int64_t atMs, std::int64_t stepMs, bool dated)
{
    const auto at = local(atMs);
    QString clock = at.toString(stepMs < second ? u"HH:mm:ss.zzz"_s : stepMs < minute ? u"HH:mm:ss"_s : u"HH:mm"_s);
    if (!dated) {
        return clock;
    }
    //: a date on an axis, as QDateTime::toString() takes it: day and month
    const QString date = at.toString(translate("chart", "MM-dd"));
    return stepMs >= day ? date : date + u' ' + clock;
}

} // namespace

double RttRange::share(double rttMs) const
{
    if (!logarithmic) {
        return (rttMs - low) / (high - low);
    }
    return std::log(std::max(rttMs, low) / low) / std::log(high / low);
}

RttRange rttRange(double lowest, double highest, bool logarithmic)
{
    if (logarithmic) {
        const double bottom = std::pow(10.0, std::floor(std::log10(std::max(lowest, lowestMs)) + 1e-9));
        const double top = std::pow(10.0, std::ceil(std::log10(std::max(highest, lowestMs)) - 1e-9));
        return {.low = bottom, .high = std::max(top, bottom * 10), .logarithmic = true};
    }
    const double most = highest > 0 ? std::max(highest, lowestTopMs) : 1.0;
    const double magnitude = std::pow(10.0, std::floor(std::log10(most)));
    return {.low = 0, .high = std::ceil(most * 1.1 / magnitude) * magnitude};
}

QString RttGrid::text(double value) const
{
    return u"%1 ms"_s.arg(decimals < 0 ? QString::number(value, 'g') : QString::number(value, 'f', decimals));
}

RttGrid rttGrid(const RttRange &range, double plotHeight, double labelHeight)
{
    RttGrid grid;
    if (range.logarithmic) {
        const double decades = std::round(std::log10(range.high / range.low));
        grid.decades = static_cast<int>(std::max(1.0, std::ceil(labelHeight * decades / std::max(1.0, plotHeight))));
        for (int decade = 0; decade <= static_cast<int>(decades); decade += grid.decades) {
            grid.values.push_back(range.low * std::pow(10.0, decade));
        }
        return grid;
    }
    grid.decimals = range.high < 1 ? 2 : range.high < 10 ? 1 : 0;
    const int gaps = plotHeight < heightForThreeLabels ? 1 : 2;
    for (int gap = 0; gap <= gaps; ++gap) {
        grid.values.push_back(range.low + (range.high - range.low) * gap / gaps);
    }
    return grid;
}

TimeTicks timeTicks(std::int64_t fromMs, std::int64_t toMs, int most)
{
    TimeTicks result;
    if (toMs <= fromMs || most < 1) {
        return result;
    }
    const auto found =
        std::find_if(std::begin(steps), std::end(steps), [&](auto step) { return (toMs - fromMs) / step <= most; });
    result.stepMs = found == std::end(steps) ? std::max(steps[std::size(steps) - 1], (toMs - fromMs) / most) : *found;
    // Round on the clock on the wall, which is not round since the epoch everywhere.
    const std::int64_t offset = local(fromMs).offsetFromUtc() * second;
    const bool dated = toMs - fromMs > day || result.stepMs >= day;
    auto at = (fromMs + offset) / result.stepMs * result.stepMs - offset;
    for (; at <= toMs; at += result.stepMs) {
        if (at >= fromMs) {
            result.ticks.push_back({at, tickText(at, result.stepMs, dated)});
        }
    }
    return result;
}

int mostTimes(double plotWidth) { return std::max(1, static_cast<int>(plotWidth) / widthPerTime); }

std::vector<BandPoint> jitterBand(const SampleSeries &series, std::int64_t fromMs, std::int64_t toMs, int pixels)
{
    std::vector<BandPoint> points;
    if (series.isEmpty() || toMs <= fromMs || pixels < 1) {
        return points;
    }
    const auto spacing = (series.lastMs() - series.firstMs()) / static_cast<std::int64_t>(series.size());
    const auto step = std::max({std::int64_t{1}, (toMs - fromMs) * bandStep / pixels, spacing * bandSamples});
    const auto first = fromMs / step * step - step;
    for (auto begin = first; begin <= toMs + step; begin += step) {
        const auto around = series.summary(begin - bandReach * step, begin + (bandReach + 1) * step - 1);
        BandPoint point{.atMs = begin + step / 2};
        if (const auto deviation = around.deviation(); deviation && around.answered >= fewestForBand) {
            point.low = std::max(around.minimum, *around.average() - *deviation);
            point.high = std::min(around.maximum, *around.average() + *deviation);
            point.measured = true;
        }
        points.push_back(point);
    }
    return points;
}

QString duration(std::int64_t lengthMs)
{
    const auto about = [&](std::int64_t unit) {
        const double count = static_cast<double>(lengthMs) / static_cast<double>(unit);
        return QString::number(count, 'f', count < 10 && std::abs(count - std::round(count)) > 0.05 ? 1 : 0);
    };
    if (lengthMs < second) {
        return milliseconds(static_cast<double>(lengthMs));
    }
    if (lengthMs < 2 * minute) {
        return translate("chart", "%1 s").arg(about(second));
    }
    if (lengthMs < 2 * hour) {
        return translate("chart", "%1 min").arg(about(minute));
    }
    return lengthMs < 2 * day ? translate("chart", "%1 h").arg(about(hour)) : translate("chart", "%1 days").arg(about(day));
}

QString clockTime(std::int64_t atMs) { return local(atMs).toString(u"yyyy-MM-dd HH:mm:ss"_s); }
QString preciseClock(std::int64_t atMs) { return local(atMs).toString(u"yyyy-MM-dd HH:mm:ss.zzz"_s); }

} // namespace bothways::ui
