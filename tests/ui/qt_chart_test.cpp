// SPDX-License-Identifier: GPL-3.0-or-later
#include "catch.h"
#include "charts/live_chart.h"
#include "support.h"

#include <QChart>
#include <QChartView>
#include <QValueAxis>

using namespace Qt::Literals::StringLiterals;
using namespace bothways::ui;
using namespace bothways::ui::test;

namespace {

constexpr std::int64_t begin = 1'764'150'000'000;

} // namespace

TEST_CASE("a jump from seconds to half an hour never lays out more ticks than fit", "[chart]")
{
    application();
    const std::unique_ptr<LiveChart> chart(makeLiveChart());
    const int series = chart->addSeries({.id = u"x"_s, .name = u"x"_s, .tone = style::Tone::Accent});
    constexpr std::int64_t length = 1'800'000; // for a day, a chart that fails would take minutes
    for (const auto after : {std::int64_t{0}, std::int64_t{1000}, std::int64_t{2000}, length}) {
        chart->append(series, {.atMs = begin + after, .rttMs = 1.0});
    }
    chart->resize(800, 200);
    chart->show();
    chart->flush();
    double most = 0;
    int changes = 0;
    const auto axes = chart->findChild<QChartView *>()->chart()->axes(Qt::Horizontal);
    REQUIRE(axes.size() == 1);
    const auto *time = qobject_cast<QValueAxis *>(axes.constFirst());
    REQUIRE(time != nullptr);
    const auto look = [&most, &changes, time] {
        most = std::max(most, (time->max() - time->min()) / time->tickInterval());
        ++changes;
    };
    QObject::connect(time, &QValueAxis::rangeChanged, chart.get(), look);
    QObject::connect(time, &QValueAxis::tickIntervalChanged, chart.get(), look);
    for (const auto view : {std::int64_t{2000}, length, std::int64_t{3000}, length, std::int64_t{60'000}}) {
        chart->show(begin, begin + view);
        chart->flush();
    }
    CHECK(changes >= 8);
    CHECK(most < 30);
}
