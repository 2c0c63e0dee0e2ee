// SPDX-License-Identifier: GPL-3.0-or-later
#include "catch.h"
#include "charts/painted_chart.h"
#include "support.h"

#include <QImage>

using namespace Qt::Literals::StringLiterals;
using namespace bothways::ui;
using namespace bothways::ui::test;

namespace {

constexpr std::int64_t begin = 1'764'150'000'000;

} // namespace

TEST_CASE("this program's wizard draws its chart without Qt Charts", "[chart]")
{
    Wizard wizard(engineGiving(guestDropsEcho()));
    wizard.controller->choose(u"db7"_s);
    CHECK(dynamic_cast<PaintedChart *>(wizard.find<LiveChart>("chart")) != nullptr);
}

TEST_CASE("labels, grid and samples stand where the scale says", "[chart]")
{
    application();
    PaintedChart chart;
    const int series = chart.addSeries({.id = u"x"_s, .name = u"x"_s, .tone = style::Tone::Accent});
    for (int i = 0; i <= 600; ++i) {
        chart.append(series, {.atMs = begin + i * 100, .rttMs = 9.0});
    }
    chart.resize(800, 200);
    chart.show();
    chart.show(begin, begin + 60'000);
    const auto plot = chart.plot();
    REQUIRE(plot.width() > 600);
    REQUIRE(plot.height() > 100);
    CHECK(plot.left() > 20); // room for the labels
    const auto image = chart.grab().toImage();
    const auto colours = style::tokens(chart.palette());
    // 0, 5 and 10 ms: a line each, and beside it its label.
    for (const double share : {0.0, 0.5, 1.0}) {
        const int y = static_cast<int>(std::lround(plot.bottom() - share * plot.height()));
        const QRect line(static_cast<int>(plot.left()) + 2, y, static_cast<int>(plot.width()) - 4, 1);
        CHECK(pixelsOf(image.copy(line), colours.line) > line.width() / 2);
        const QRect label(0, y - 8, static_cast<int>(plot.left()) - 4, 16);
        CHECK(pixelsOf(image.copy(label), colours.ground) < label.width() * label.height());
        CHECK(pixelsOf(image.copy(label), colours.card) < label.width() * label.height());
    }
    // All samples took 9 ms: nothing of their colour is elsewhere.
    const int at = static_cast<int>(std::lround(plot.bottom() - 0.9 * plot.height()));
    const auto inPlot = plot.toRect();
    CHECK(pixelsOf(image.copy(QRect(inPlot.left(), at - 3, inPlot.width(), 7)), colours.accent) > inPlot.width() / 2);
    CHECK(pixelsOf(image.copy(QRect(inPlot.left(), at + 6, inPlot.width(), inPlot.bottom() - at - 6)), colours.accent) == 0);
}

TEST_CASE("longer labels leave the plot less room, and it follows the size", "[chart]")
{
    application();
    PaintedChart chart;
    const int series = chart.addSeries({.id = u"x"_s, .name = u"x"_s, .tone = style::Tone::Accent});
    chart.append(series, {.atMs = begin, .rttMs = 2.0});
    chart.resize(800, 200);
    chart.show();
    chart.flush();
    const auto before = chart.plot();
    chart.append(series, {.atMs = begin + 1000, .rttMs = 74'000.0});
    chart.flush();
    CHECK(chart.plot().left() > before.left());
    CHECK(chart.plot().right() == before.right());
    chart.resize(400, 120);
    CHECK(chart.plot().right() < 400);
    CHECK(chart.plot().height() < before.height());
    chart.resize(10, 10);
    CHECK(chart.plot().width() >= 1);
    CHECK(chart.plot().height() >= 1);
    chart.flush();
    chart.grab();
}
