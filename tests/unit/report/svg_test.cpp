// SPDX-License-Identifier: GPL-3.0-or-later
// The drawings as SVG.
#include "catch.h"

#include "../conclusion/cases.h"
#include "evidence/utc.h"
#include "report/drawing/rtt_chart_drawing.h"
#include "report/drawing/svg.h"
#include "report/drawing/timeline_drawing.h"
#include "report/drawing/topology_drawing.h"
#include "report/writers.h"

#include <QRegularExpression>
#include <QXmlStreamReader>

using namespace bothways;
using namespace bothways::test;

namespace {

QString chartOf(const evidence::Evidence &evidence)
{
    return report::toSvg(report::drawingOf(shown::rttChartOf(conclusion::conclude(evidence))));
}

} // namespace

TEST_CASE("the drawing of the way is well-formed and names cannot leave their place in it", "[drawing]")
{
    auto evidence = guestDrops();
    evidence.host.value.links.value.front().operState =
        evidence::Worded<evidence::OperState>::of(u"</svg><script>alert(1)</script>"_s);
    evidence.target.vm = u"<b>&\"'\u202e\x1b"_s;
    const auto topology = shown::topologyOf(conclusion::conclude(evidence));
    for (const auto &svg :
         {report::toSvg(report::drawingOf(topology)).toUtf8(), report::toSvgFile(report::drawingOf(topology))}) {
        CHECK_FALSE(svg.contains("<script"));
        CHECK_FALSE(svg.contains("<b>"));
        QXmlStreamReader xml(svg);
        int texts = 0;
        while (!xml.atEnd()) {
            texts += xml.readNext() == QXmlStreamReader::StartElement && xml.name() == u"text" ? 1 : 0;
        }
        INFO(xml.errorString().toStdString());
        CHECK_FALSE(xml.hasError());
        CHECK(texts > 10);
        CHECK(svg.contains("dies here"));
    }
    CHECK_FALSE(report::toSvgFile(report::drawingOf(topology)).contains("var(--"));
    CHECK(report::toHtml(conclusion::conclude(evidence)).contains("<svg class=\"way\""));
}

TEST_CASE("a timeline's drawing has bounds, whatever a file holds", "[drawing]")
{
    evidence::Captures captures;
    std::vector<std::pair<int, evidence::Leg>> seen;
    for (int i = 0; i < 60; ++i) {
        captures.points.push_back(capturePoint(u"file%1"_s.arg(i), evidence::PointRole::Unknown, i));
    }
    for (int i = 0; i < 200; ++i) {
        seen.emplace_back(59 - i % 60, evidence::Leg::Request);
    }
    captures.journeys = {journeyOf(evidence::JourneyKind::Echo, hostAddress, vmAddress, 1, seen)};
    const auto journeys = shown::journeysOf(facts::Case(watched(captures)));
    REQUIRE_FALSE(journeys.groups.empty());
    CHECK(report::toSvg(report::drawingOf(journeys.groups.front().timeline)).size() < 40'000);
}

TEST_CASE("the chart's drawing has a cross for what was lost and a point for what was answered", "[drawing]")
{
    auto evidence = guestDrops();
    evidence.probes.echoes = {seen(timedSeries(15))};
    const auto svg = report::toSvg(report::drawingOf(shown::rttChartOf(conclusion::conclude(evidence))));
    CHECK(svg.contains(u"role=\"img\""_s));
    CHECK(svg.contains(u"<title>"_s));
    CHECK(svg.contains(u"lost: 5, 10, 15"_s));
    CHECK(svg.contains(u">2.8 s<"_s));
    CHECK(svg.count(u"class=\"b\""_s) == 2 * 3 + 2); // a cross is two lines; one more explains it
    CHECK(svg.count(u"class=\"i\""_s) == 12 + 10 + 1);
    CHECK(svg.contains(u">0.500 ms<"_s));
}

TEST_CASE("a chart of any evidence stays small and inside its frame", "[drawing]")
{
    auto evidence = guestDrops();
    evidence.probes.echoes = {seen(timedSeries(200'000))};
    CHECK(chartOf(evidence).size() < 100'000);

    auto wild = timedSeries(6);
    const qint64 times[] = {-5, 0, 1, 1'000'000, 9'000'000'000'000'000'000, 3};
    for (std::size_t i = 0; i < wild.samples.size(); ++i) {
        wild.samples[i].outcome = evidence::EchoOutcome::Reply;
        wild.samples[i].rttNs = times[i];
        wild.samples[i].sentAt = evidence::utc(i % 2 == 0 ? 0 : 253'402'300'799'000);
    }
    evidence.probes.echoes = {seen(wild)};
    const auto svg = chartOf(evidence);
    static const QRegularExpression number(u" (?:c?x1?|x2)=\"(-?[0-9]+)\""_s);
    int seenNumbers = 0;
    for (auto found = number.globalMatch(svg); found.hasNext(); ++seenNumbers) {
        const int x = found.next().captured(1).toInt();
        CHECK((x >= 0 && x <= 920));
    }
    CHECK(seenNumbers > 20);

    evidence.probes.echoes.clear();
    evidence.guest = {};
    CHECK_FALSE(report::toHtml(conclusion::conclude(evidence)).contains("Round-trip times"));
}
