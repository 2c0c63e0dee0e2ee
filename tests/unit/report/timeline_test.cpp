// SPDX-License-Identifier: GPL-3.0-or-later
// The journey of a packet as a drawing and as words.
#include "catch.h"

#include "cases.h"
#include "evidence/utc.h"
#include "report/timeline.h"

#include <QRegularExpression>

#include <limits>

using namespace bothways;
using namespace bothways::test;
using checks::JourneyEnd;
using evidence::JourneyKind;
using evidence::Leg;
using evidence::PointRole;
using Kind = report::TimelineStation::Kind;

namespace {

evidence::Evidence watched(evidence::Captures captures = captured())
{
    auto evidence = guestDrops();
    evidence.probes.echoes.clear(); // the requests are told from the captures alone
    evidence.captures = seen(std::move(captures));
    return evidence;
}

/// The only journey of its captures, drawn.
report::Timeline drawn(const evidence::Journey &journey, std::vector<evidence::CapturePoint> points = captured().points)
{
    evidence::Captures captures;
    captures.points = std::move(points);
    captures.journeys = {journey};
    const auto journeys = report::journeysOf(watched(captures));
    REQUIRE(journeys.groups.size() == 1);
    return journeys.groups.front().timeline;
}

QStringList names(const report::Timeline &timeline)
{
    QStringList names;
    for (const auto &station : timeline.stations) {
        names << station.name;
    }
    return names;
}

/// "request > br0 vnet0": what a row shows.
QString rowOf(const report::Timeline &timeline, std::size_t index)
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
    const auto journeys = report::journeysOf(watched());
    REQUIRE(journeys.groups.size() == 3);
    const auto &lost = journeys.groups[0];
    CHECK(lost.kind == JourneyKind::Echo);
    CHECK(lost.way == checks::Way::HostToVm);
    CHECK(lost.end == JourneyEnd::Lost);
    CHECK(lost.count == 10);
    CHECK(lost.name == u"ICMP echo, host to VM");
    CHECK(lost.fate == u"10 of 10 without an answer: lost between vnet0 and VM, or in it");
    CHECK(describe(lost) == lost.name + u": "_s + lost.fate);
    CHECK(journeys.groups[1].end == JourneyEnd::Answered);
    CHECK(journeys.groups[1].way == checks::Way::VmToHost);
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
    const auto timeline = report::journeysOf(watched()).groups.front().timeline;
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
    for (const auto *part : {"request at vnet0", "01.000009000 UTC", "9.00 µs after the first", "10.0.0.1 to 10.0.0.10",
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
    const auto timeline = report::journeysOf(watched()).groups[1].timeline;
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
    const auto journeys = report::journeysOf(evidence);
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
    CHECK(report::toSvg(timeline).size() < 40'000);
    // Places that are not where something was seen give way to those that are.
    const auto one = drawn(journeyOf(JourneyKind::Echo, hostAddress, vmAddress, 1, {{40, Leg::Request}}), captures.points);
    CHECK(names(one).contains(u"file40"));
}

TEST_CASE("durations are as long as the number", "[timeline]")
{
    CHECK(report::duration(0) == u"0 ns");
    CHECK(report::duration(999) == u"999 ns");
    CHECK(report::duration(9'000) == u"9.00 µs");
    CHECK(report::duration(14'260) == u"14.3 µs");
    CHECK(report::duration(1'234'000) == u"1.23 ms");
    CHECK(report::duration(2'500'000'000) == u"2.50 s");
    CHECK(report::duration(-14'260) == u"-14.3 µs");
}

TEST_CASE("every report tells of the journeys and of the points", "[timeline]")
{
    auto evidence = watched();
    evidence.captures.value.points[1].dropped = 3;
    const auto conclusion = report::conclude(evidence);
    const auto html = QString::fromUtf8(report::toHtml(evidence, conclusion));
    const auto markdown = QString::fromUtf8(report::toMarkdown(evidence, conclusion));
    const auto text = report::toText(evidence, conclusion, false);
    for (const auto &output : {html, markdown, text}) {
        CHECK(output.contains(u"Journeys of packets"));
        CHECK(output.contains(u"10 of 10"));
        CHECK(output.contains(u"dropped by the capture: 3"));
        CHECK(output.contains(u"the network is down"));
    }
    CHECK(html.count(u"<svg class=\"way\""_s) == 3); // round-trip times, topology, and the journey that was lost
    CHECK(html.contains(u"no answer"));
    CHECK(markdown.contains(u"| +9.00 µs | request | vnet0 |"));
    CHECK(markdown.contains(u"| vnet0 to VM |"));
}

TEST_CASE("without a capture the reports say why, and an old session nothing", "[timeline]")
{
    auto evidence = guestDrops();
    const auto outputs = [&] {
        const auto conclusion = report::conclude(evidence);
        return QString::fromUtf8(report::toHtml(evidence, conclusion)) +
               QString::fromUtf8(report::toMarkdown(evidence, conclusion));
    };
    CHECK_FALSE(outputs().contains(u"Journeys of packets"));
    evidence.captures =
        evidence::Reading<evidence::Captures>::missing(evidence::Access::Denied, u"libpcap"_s, u"no right to capture"_s);
    CHECK(outputs().count(u"Nothing was captured: no right to capture."_s) == 2);
    evidence.captures = seen(evidence::Captures());
    CHECK(outputs().count(u"No packet between this host and the VM was captured."_s) == 2);
}

TEST_CASE("a report lists so many groups and points and says what is missing", "[timeline]")
{
    evidence::Captures captures;
    captures.points = captured().points;
    for (int i = 0; i < 40; ++i) {
        captures.points.push_back(capturePoint(u"tap%1"_s.arg(i), PointRole::OtherPort, 30));
        auto journey = journeyOf(JourneyKind::Udp, hostAddress, vmAddress, 53, {{0, Leg::Request}, {0, Leg::Error}});
        journey.sightings[1].source = net::IpAddress::parse("192.0.2." + std::to_string(i + 1));
        captures.journeys.push_back(journey);
    }
    captures.leftOut = 5;
    const auto evidence = watched(captures);
    const auto html = QString::fromUtf8(report::toHtml(evidence, report::conclude(evidence)));
    CHECK(html.contains(u"Kinds of journeys that are not listed here: 28."));
    CHECK(html.contains(u"Points of capture that are not listed here: 28."));
    CHECK(html.contains(u"Packets that the capture had no room to follow: 5."));
    CHECK(html.count(u"reported it by ICMP"_s) == 2 * 2); // drawn: title and sentence of two
}
