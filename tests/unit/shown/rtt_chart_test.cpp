// SPDX-License-Identifier: GPL-3.0-or-later
// Round-trip times over the run, a lane a direction.
#include "catch.h"

#include "../conclusion/cases.h"
#include "shown/rtt_chart.h"

using namespace bothways;
using namespace bothways::test;

TEST_CASE("the chart tells what was lost, and when it is known, by its number", "[chart]")
{
    auto evidence = guestDrops();
    auto chart = shown::rttChartOf(conclusion::conclude(evidence));
    REQUIRE(chart.lanes.size() == 2);
    CHECK(chart.lanes[0].lost() == 10);
    CHECK(shown::lostNumbers(chart.lanes[0]) == u"1\u201310"_s);
    CHECK(chart.lanes[1].lost() == 0);
    CHECK(shown::lostNumbers(chart.lanes[1]).isEmpty());
    CHECK_FALSE(chart.lanes[0].timed); // nobody noted when they were sent

    evidence.probes.echoes = {seen(timedSeries(15))};
    chart = shown::rttChartOf(conclusion::conclude(evidence));
    CHECK(chart.lanes[0].timed);
    CHECK(shown::lostNumbers(chart.lanes[0]) == u"5, 10, 15"_s);

    evidence.probes.echoes.clear();
    evidence.guest = {};
    CHECK(shown::rttChartOf(conclusion::conclude(evidence)).isEmpty());
}
