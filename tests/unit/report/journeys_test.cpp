// SPDX-License-Identifier: GPL-3.0-or-later
// The journeys of packets in every report.
#include "catch.h"

#include "../conclusion/cases.h"
#include "report/writers.h"

using namespace bothways;
using namespace bothways::test;
using evidence::JourneyKind;
using evidence::Leg;
using evidence::PointRole;

TEST_CASE("every report tells of the journeys and of the points", "[timeline]")
{
    auto evidence = watched();
    evidence.captures.value.points[1].dropped = 3;
    const auto conclusion = conclusion::conclude(evidence);
    const auto html = QString::fromUtf8(report::toHtml(conclusion));
    const auto markdown = QString::fromUtf8(report::toMarkdown(conclusion));
    const auto text = report::toText(conclusion, false);
    for (const auto &output : {html, markdown, text}) {
        CHECK(output.contains(u"Journeys of packets"));
        CHECK(output.contains(u"10 of 10"));
        CHECK(output.contains(u"dropped by the capture: 3"));
        CHECK(output.contains(u"the network is down"));
    }
    CHECK(html.count(u"<svg class=\"way\""_s) == 3); // round-trip times, topology, and the journey that was lost
    CHECK(html.contains(u"no answer"));
    CHECK(markdown.contains(u"| +9 µs | request | vnet0 |"));
    CHECK(markdown.contains(u"| vnet0 to VM |"));
}

TEST_CASE("without a capture the reports say why, and an old session nothing", "[timeline]")
{
    auto evidence = guestDrops();
    const auto outputs = [&] {
        const auto conclusion = conclusion::conclude(evidence);
        return QString::fromUtf8(report::toHtml(conclusion)) + QString::fromUtf8(report::toMarkdown(conclusion));
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
    const auto html = QString::fromUtf8(report::toHtml(conclusion::conclude(evidence)));
    CHECK(html.contains(u"Kinds of journeys that are not listed here: 28."));
    CHECK(html.contains(u"Points of capture that are not listed here: 28."));
    CHECK(html.contains(u"Packets that the capture had no room to follow: 5."));
    CHECK(html.count(u"reported it by ICMP"_s) == 2 * 2); // drawn: title and sentence of two
}
