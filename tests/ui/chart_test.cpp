// SPDX-License-Identifier: GPL-3.0-or-later
#include "catch.h"
#include "charts/scale.h"
#include "charts/time_window.h"
#include "models/samples_csv.h"

#include <QDateTime>
#include <QStringList>

#include <algorithm>

using namespace Qt::Literals::StringLiterals;
using namespace bothways::ui;

namespace {

constexpr std::int64_t begin = 1'764'150'000'000;
constexpr Extent day{begin, begin + 86'400'000};

QByteArray csv(const std::vector<NamedSamples> &series)
{
    QByteArray all;
    CHECK(samplesCsv(series, [&](const QByteArray &piece) {
        all += piece;
        return true;
    }));
    return all;
}

} // namespace

TEST_CASE("a window follows until somebody moves it, and again after a reset", "[chart]")
{
    TimeWindow window;
    window.adjust(day);
    CHECK(window.toMs() == day.lastMs);
    CHECK(window.lengthMs() == TimeWindow::usualMs);
    window.adjust({begin, day.lastMs + 1000});
    CHECK(window.toMs() == day.lastMs + 1000);
    window.pan(-60'000, day);
    CHECK_FALSE(window.isFollowing());
    const auto to = window.toMs();
    window.adjust({begin, day.lastMs + 5000});
    CHECK(window.toMs() == to);
    window.reset();
    window.adjust(day);
    CHECK(window.toMs() == day.lastMs);
}

TEST_CASE("zooming keeps what is under the pointer where it is", "[chart]")
{
    TimeWindow window;
    window.show(begin + 1'000'000, begin + 1'100'000);
    const auto around = begin + 1'025'000;
    for (int i = 0; i < 10; ++i) {
        window.zoom(0.8, around, day);
        const double share = static_cast<double>(around - window.fromMs()) / static_cast<double>(window.lengthMs());
        CHECK(share == Approx(0.25).margin(0.001));
    }
    for (int i = 0; i < 100; ++i) {
        window.zoom(0.8, around, day);
    }
    CHECK(window.lengthMs() == TimeWindow::shortestMs);
    for (int i = 0; i < 200; ++i) {
        window.zoom(1.25, around, day);
    }
    CHECK(window.fromMs() == day.firstMs);
    CHECK(window.toMs() == day.lastMs);
}

TEST_CASE("no way leads out of what there is", "[chart]")
{
    TimeWindow window;
    window.adjust(day);
    window.pan(1'000'000'000, day);
    CHECK(window.toMs() == day.lastMs);
    window.pan(-1'000'000'000, day);
    CHECK(window.fromMs() == day.firstMs);
    CHECK(window.lengthMs() == TimeWindow::usualMs);
}

TEST_CASE("keys zoom around the newest sample while following", "[chart]")
{
    TimeWindow window;
    window.adjust(day);
    window.zoom(0.5, day);
    CHECK(window.isFollowing());
    CHECK(window.toMs() == day.lastMs);
    CHECK(window.lengthMs() == TimeWindow::usualMs / 2);
    for (int i = 0; i < 30; ++i) {
        window.zoom(2, day);
    }
    CHECK(window.fromMs() == day.firstMs);
    CHECK(window.isFollowing());
}

TEST_CASE("a scale has room for everything shown", "[chart]")
{
    for (const double highest : {0.0, 0.004, 0.05, 0.3, 1.0, 9.7, 99.0, 740.0, 12'345.0}) {
        const auto linear = rttRange(highest / 10, highest, false);
        CHECK(linear.low == 0);
        CHECK(linear.share(highest) <= 1);
        const auto logarithmic = rttRange(highest / 10, highest, true);
        CHECK(logarithmic.low >= 0.0099);
        CHECK(logarithmic.high >= logarithmic.low * 9.99);
        CHECK(logarithmic.share(highest) <= 1.0001);
        CHECK(logarithmic.share(0) == 0); // below the lowest decade is drawn on the axis, not outside
    }
    CHECK(rttRange(0.4, 740, true).share(10) == Approx(0.5));
}

TEST_CASE("lines across the plot are as many as their labels have room for", "[chart]")
{
    const auto high = rttGrid(rttRange(0.2, 0.8, false), 100, 12);
    CHECK(high.values == std::vector<double>{0, 0.45, 0.9});
    CHECK(high.text(high.values[1]) == u"0.45 ms");
    const auto low = rttGrid(rttRange(0, 740, false), 40, 12);
    CHECK(low.values == std::vector<double>{0, 900});
    CHECK(low.text(low.values[1]) == u"900 ms");
    const auto range = rttRange(0.01, 9000, true); // six decades
    const auto all = rttGrid(range, 100, 12);
    REQUIRE(all.values.size() == 7);
    CHECK(all.values.back() == Approx(range.high));
    CHECK(all.text(all.values[1]) == u"0.1 ms");
    const auto some = rttGrid(range, 40, 12);
    REQUIRE(some.values.size() == 4);
    CHECK(some.decades == 2);
    CHECK(some.values[1] == Approx(1));
    CHECK(rttGrid(range, 0, 12).values.size() == 1);
    CHECK(mostTimes(0) == 1);
    CHECK(mostTimes(1200) == 10);
}

TEST_CASE("times stand at round places of the clock, and dates where a day is not enough", "[chart]")
{
    for (const std::int64_t length : {100LL, 4000LL, 300'000LL, 7'200'000LL, 86'400'000LL, 40LL * 86'400'000}) {
        const auto times = timeTicks(begin + 123, begin + 123 + length, 8);
        INFO("length " << length << ", step " << times.stepMs);
        REQUIRE_FALSE(times.ticks.empty());
        CHECK(times.ticks.size() <= 9);
        for (const auto &tick : times.ticks) {
            CHECK(tick.atMs >= begin + 123);
            CHECK(tick.atMs <= begin + 123 + length);
            const auto local = QDateTime::fromMSecsSinceEpoch(tick.atMs);
            CHECK(local.time().msecsSinceStartOfDay() % std::min<std::int64_t>(times.stepMs, 86'400'000) == 0);
            CHECK(tick.text.contains(u'-') == (length > 86'400'000));
        }
    }
    CHECK(timeTicks(5, 5, 8).ticks.empty());
}

TEST_CASE("the band is mean and deviation, within what was measured, and does not wobble", "[chart]")
{
    SampleSeries series;
    for (int i = 0; i < 6000; ++i) {
        series.append({.atMs = begin + i * 100, .rttMs = i == 3000 ? 500.0 : i % 2 == 0 ? 1.0 : 3.0});
    }
    const auto points = jitterBand(series, begin, begin + 600'000, 600);
    REQUIRE(points.size() > 50);
    for (const auto &point : points) {
        CHECK((!point.measured || (point.low >= 1.0 && point.high <= 500.0 && point.low < point.high)));
    }
    const auto calm = std::find_if(points.begin(), points.end(), [](const auto &point) { return point.measured; });
    CHECK(calm->low == Approx(1.0).margin(0.1));
    CHECK(calm->high == Approx(3.0).margin(0.1));
    const auto moved = jitterBand(series, begin + 777, begin + 600'777, 600);
    for (const auto &point : moved) {
        const auto same = std::find_if(points.begin(), points.end(), [&](const auto &other) { return other.atMs == point.atMs; });
        CHECK((same == points.end() || (same->low == point.low && same->high == point.high)));
    }
    CHECK(jitterBand({}, 0, 100, 10).empty());
}

TEST_CASE("CSV has every sample of every series in the order of time", "[chart]")
{
    NamedSamples a{u"vm-to-host"_s, {}};
    NamedSamples b{u"host-to-vm"_s, {}};
    a.samples.append({.atMs = 1'000, .rttMs = 0.8});
    a.samples.append({.atMs = 3'005, .rttMs = {}});
    b.samples.append({.atMs = 2'000, .rttMs = 740.123456});
    CHECK(csv({a, b}) == "time,series,rtt_ms,lost\n"
                         "1970-01-01T00:00:01.000Z,vm-to-host,0.800000,0\n"
                         "1970-01-01T00:00:02.000Z,host-to-vm,740.123456,0\n"
                         "1970-01-01T00:00:03.005Z,vm-to-host,,1\n");
    CHECK(csv({}) == "time,series,rtt_ms,lost\n");
}

TEST_CASE("CSV is written in bounded pieces and stops when told to", "[chart]")
{
    NamedSamples many{u"host-to-vm"_s, {}};
    for (int i = 0; i < 100'000; ++i) {
        many.samples.append({.atMs = begin + i, .rttMs = 1.0});
    }
    int pieces = 0;
    qsizetype largest = 0;
    CHECK_FALSE(samplesCsv({many}, [&](const QByteArray &piece) {
        largest = std::max(largest, piece.size());
        return ++pieces < 3;
    }));
    CHECK(pieces == 3);
    CHECK(largest < 2 << 20);
    CHECK(csv({many}).count('\n') == 100'001);
}

TEST_CASE("lengths of time are told in words that fit", "[chart]")
{
    CHECK(duration(250) == u"250 ms");
    CHECK(duration(4000) == u"4 s");
    CHECK(duration(TimeWindow::usualMs) == u"5 min");
    CHECK(duration(86'400'000) == u"24 h");
    CHECK(duration(5LL * 86'400'000) == u"5 days");
}
