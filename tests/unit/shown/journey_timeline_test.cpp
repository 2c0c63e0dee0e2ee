// SPDX-License-Identifier: GPL-3.0-or-later
// The journey of a packet as a drawing and as words.
#include "catch.h"

#include "../conclusion/cases.h"
#include "evidence/utc.h"
#include "shown/journey_timeline.h"

#include <QRegularExpression>

#include <limits>

using namespace bothways;
using namespace bothways::test;
using evidence::JourneyKind;
using evidence::Leg;
using evidence::PointRole;
using facts::JourneyEnd;
using Kind = shown::TimelineStation::Kind;

namespace {

/// The only journey of its captures, drawn.
shown::Timeline drawn(const evidence::Journey &journey, std::vector<evidence::CapturePoint> points = captured().points)
{
    evidence::Captures captures;
    captures.points = std::move(points);
    captures.journeys = {journey};
    const auto journeys = shown::journeysOf(facts::Case(watched(captures)));
    REQUIRE(journeys.groups.size() == 1);
    return journeys.groups.front().timeline;
}

QStringList names(const shown::Timeline &timeline)
{
    QStringList names;
    for (const auto &station : timeline.stations) {
        names << station.name;
    }
    return names;
}

/// "request > br0 vnet0": what a row shows.
QString rowOf(const shown::Timeline &timeline, std::size_t index)
{
    const auto &pass = timeline.passes.at(index);
    QStringList parts{pass.word, pass.rightwards ? u">"_s : u"<"_s};
    for (const auto &sighting : pass.sightings) {
        parts << timeline.stations[static_cast<std::size_t>(sighting.station)].name;
    }
    return parts.join(u' ');
}

} // namespace

TEST_CASE("groups: echo between host and VM first, and of these what was lost", "[timeline]")
{
    const auto journeys = shown::journeysOf(facts::Case(watched()));
    REQUIRE(journeys.groups.size() == 3);
    const auto &lost = journeys.groups[0];
    CHECK(lost.kind == JourneyKind::Echo);
    CHECK(lost.way == facts::Way::HostToVm);
    CHECK(lost.end == JourneyEnd::Lost);
    CHECK(lost.count == 10);
    CHECK(lost.name == u"ICMP echo, host to VM");
    CHECK(lost.fate == u"10 of 10 without an answer: lost between vnet0 and VM, or in it");
    CHECK(describe(lost) == lost.name + u": "_s + lost.fate);
    CHECK(journeys.groups[1].end == JourneyEnd::Answered);
    CHECK(journeys.groups[1].way == facts::Way::VmToHost);
    CHECK(journeys.groups[1].fate == u"1 of 1 answered");
    CHECK(journeys.groups[2].kind == JourneyKind::Arp);
    CHECK(journeys.groupsLeftOut == 0);
    REQUIRE(journeys.points.size() == 4);
    CHECK(journeys.points[0].whole);
    CHECK(describe(journeys.points[0]) == u"frames: 30");
    CHECK(describe(journeys.points[3]) == u"not opened: the network is down");
}

TEST_CASE("a request that entered the VM's port and was not answered", "[timeline]")
{
    const auto timeline = shown::journeysOf(facts::Case(watched())).groups.front().timeline;
    CHECK(names(timeline) == QStringList{u"host"_s, u"br0"_s, u"vnet0"_s, u"VM"_s, u"vnet1"_s});
    CHECK(timeline.stations[0].kind == Kind::End);
    CHECK(timeline.stations[0].caption == QLatin1String(hostAddress));
    CHECK(timeline.stations[2].caption == u"VM's port");
    CHECK(timeline.stations[4].kind == Kind::Beside);
    REQUIRE(timeline.passes.size() == 1);
    CHECK(rowOf(timeline, 0) == u"request > br0 vnet0 vnet1");
    CHECK(timeline.passes[0].from == 0);
    CHECK(timeline.passes[0].to == -1);
    CHECK(timeline.passes[0].sightings[1].sinceNs == 9'000);
    const auto &words = timeline.passes[0].sightings[1].words;
    INFO(words.toStdString());
    for (const auto *part : {"request at vnet0", "01.000009000 UTC", "9 µs after the first", "10.0.0.1 to 10.0.0.10",
                             "02:00:00:00:00:01 to 02:00:00:00:00:10", "TTL 64"}) {
        CHECK(words.contains(QString::fromUtf8(part)));
    }
    REQUIRE(timeline.loss);
    CHECK(timeline.loss->from == 2);
    CHECK(timeline.loss->to == 3);
    CHECK_FALSE(timeline.loss->certain);
    CHECK(timeline.sentence.contains(u"vnet0"));
}

TEST_CASE("the VM's own question runs from right to left and its answer back", "[timeline]")
{
    const auto timeline = shown::journeysOf(facts::Case(watched())).groups[1].timeline;
    CHECK(names(timeline) == QStringList{u"host"_s, u"br0"_s, u"vnet0"_s, u"VM"_s});
    REQUIRE(timeline.passes.size() == 2);
    CHECK(rowOf(timeline, 0) == u"request < vnet0 br0");
    CHECK(rowOf(timeline, 1) == u"answer > br0 vnet0");
    CHECK(timeline.passes[0].from == 3);
    CHECK(timeline.passes[0].to == 0);
    CHECK(timeline.passes[1].from == 0);
    CHECK(timeline.passes[1].to == 3);
    CHECK_FALSE(timeline.loss);
}

TEST_CASE("an answer that is lost has its cross in its own row", "[timeline]")
{
    const auto timeline =
        drawn(journeyOf(JourneyKind::Echo, hostAddress, vmAddress, 1, {{0, Leg::Request}, {1, Leg::Request}, {1, Leg::Reply}}));
    REQUIRE(timeline.passes.size() == 2);
    CHECK(timeline.passes[0].to == 3);
    REQUIRE(timeline.loss);
    CHECK(timeline.loss->pass == 1);
    CHECK(timeline.loss->from == 2);
    CHECK(timeline.loss->to == 1);
    CHECK(timeline.loss->certain);
    CHECK(timeline.loss->words == u"answer lost");
}

TEST_CASE("a frame sent again is a row of its own", "[timeline]")
{
    const auto again = drawn(journeyOf(JourneyKind::Tcp, hostAddress, vmAddress, 22,
                                       {{0, Leg::Request}, {1, Leg::Request}, {0, Leg::Request}, {1, Leg::Request}}));
    REQUIRE(again.passes.size() == 2);
    CHECK(rowOf(again, 1) == u"request > br0 vnet0");
    CHECK(again.loss->pass == 1);
    // Also where the second is seen before the first has passed.
    const auto between = drawn(journeyOf(JourneyKind::Tcp, hostAddress, vmAddress, 22,
                                         {{0, Leg::Request}, {0, Leg::Request}, {1, Leg::Request}, {1, Leg::Request}}));
    REQUIRE(between.passes.size() == 2);
    CHECK(rowOf(between, 0) == u"request > br0 vnet0");
    CHECK(rowOf(between, 1) == u"request > br0 vnet0");
}

TEST_CASE("what carries one time stamp at two points is drawn in the order of its travel", "[timeline]")
{
    // The kernel stamps a frame when it comes in at the port, and the bridge's own interface shows that stamp again.
    auto journey = journeyOf(JourneyKind::Echo, hostAddress, vmAddress, 1,
                             {{0, Leg::Request}, {1, Leg::Request}, {0, Leg::Reply}, {1, Leg::Reply}});
    journey.sightings[3].timeNs = journey.sightings[2].timeNs;
    const auto timeline = drawn(journey);
    REQUIRE(timeline.passes.size() == 2);
    CHECK(rowOf(timeline, 1) == u"answer < vnet0 br0");
}

TEST_CASE("an ICMP error goes back to who asked", "[timeline]")
{
    auto journey = journeyOf(JourneyKind::Udp, hostAddress, vmAddress, 53,
                             {{0, Leg::Request}, {1, Leg::Request}, {1, Leg::Error}, {0, Leg::Error}});
    journey.sightings[2].icmpType = 3;
    journey.sightings[2].icmpCode = 13;
    const auto timeline = drawn(journey);
    REQUIRE(timeline.passes.size() == 2);
    CHECK(rowOf(timeline, 1) == u"ICMP error < vnet0 br0");
    CHECK(timeline.passes[1].from == 3); // the VM itself sent it
    CHECK(timeline.passes[1].sightings[0].words.contains(u"ICMP type 3, code 13"));
    CHECK_FALSE(timeline.loss);
}

TEST_CASE("a request of ours that no point saw is drawn with its loss", "[timeline]")
{
    auto evidence = watched({});
    evidence.captures.value.points = captured().points;
    evidence.probes.echoes = {seen(echoes(vmAddress, hostAddress, evidence::EchoOutcome::SendDenied))};
    for (auto &sample : evidence.probes.echoes.front().value.samples) {
        sample.sentAt = evidence::utc(captureBegin / 1'000'000);
    }
    const auto journeys = shown::journeysOf(facts::Case(evidence));
    REQUIRE(journeys.groups.size() == 1);
    CHECK(journeys.groups.front().count == 10);
    const auto &timeline = journeys.groups.front().timeline;
    REQUIRE(timeline.passes.size() == 1);
    CHECK(timeline.passes.front().sightings.empty());
    REQUIRE(timeline.loss);
    CHECK(timeline.loss->from == 0);
    CHECK(timeline.loss->to == 1);
    CHECK(timeline.loss->certain);
}

TEST_CASE("a drawing has bounds, whatever a file holds", "[timeline]")
{
    evidence::Captures captures;
    for (int i = 0; i < 60; ++i) {
        captures.points.push_back(capturePoint(u"file%1"_s.arg(i), PointRole::Unknown, i));
    }
    std::vector<std::pair<int, Leg>> seen;
    for (int i = 0; i < 200; ++i) {
        seen.emplace_back(59 - i % 60, Leg::Request);
    }
    auto journey = journeyOf(JourneyKind::Echo, hostAddress, vmAddress, 1, seen);
    journey.sightings[5].point = 4711;
    journey.sightings[6].point = -7;
    journey.sightings[7].timeNs = std::numeric_limits<qint64>::min();
    journey.sightings[8].timeNs = std::numeric_limits<qint64>::max();
    const auto timeline = drawn(journey, captures.points);
    CHECK(timeline.stations.size() <= 13);
    CHECK(names(timeline).first() == u"host");
    CHECK(names(timeline).last() == u"VM");
    CHECK(timeline.passes.size() <= 8);
    std::size_t shown = 0;
    for (const auto &pass : timeline.passes) {
        shown += pass.sightings.size();
    }
    CHECK(shown + static_cast<std::size_t>(timeline.leftOut) == 200);
    // Places that are not where something was seen give way to those that are.
    const auto one = drawn(journeyOf(JourneyKind::Echo, hostAddress, vmAddress, 1, {{40, Leg::Request}}), captures.points);
    CHECK(names(one).contains(u"file40"));
}

TEST_CASE("durations are as long as the number", "[timeline]")
{
    CHECK(shown::duration(0) == u"0 ns");
    CHECK(shown::duration(999) == u"999 ns");
    CHECK(shown::duration(9'000) == u"9 µs");
    CHECK(shown::duration(14'260) == u"14.3 µs");
    CHECK(shown::duration(1'234'000) == u"1.23 ms");
    CHECK(shown::duration(2'500'000'000) == u"2.50 s");
    CHECK(shown::duration(-14'260) == u"-14.3 µs");
}
