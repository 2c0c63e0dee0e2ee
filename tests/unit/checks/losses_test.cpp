// SPDX-License-Identifier: GPL-3.0-or-later
#include "catch.h"

#include "../facts/captured.h"
#include "checks/checks.h"
#include "checks/finding/outcomes.h"

#include <algorithm>

using namespace bothways;
using namespace bothways::checks;
using namespace bothways::facts;
using namespace bothways::test;
using evidence::EchoOutcome;
using evidence::JourneyKind;
using evidence::Leg;
using evidence::PointRole;

namespace {

Finding run(const evidence::Evidence &evidence, const char *check)
{
    const auto findings = runAll(facts::Case(evidence), {QString::fromLatin1(check)});
    REQUIRE(findings.size() == 1);
    return findings.front();
}

const Observation *found(const Finding &finding, Outcome outcome)
{
    const auto place =
        std::find_if(finding.observations.begin(), finding.observations.end(), [&](const Observation &observation) {
            return observation.outcome == outcome && observation.basis == Basis::Capture;
        });
    return place == finding.observations.end() ? nullptr : &*place;
}

bool says(const evidence::Evidence &evidence, const char *check, Outcome outcome)
{
    return found(run(evidence, check), outcome) != nullptr;
}

/// Of all checks, what rests on captures and is about losses.
QStringList captured(const evidence::Evidence &evidence)
{
    QStringList outcomes;
    for (const auto &finding : runAll(facts::Case(evidence))) {
        for (const auto &observation : finding.observations) {
            if (observation.basis == Basis::Capture && observation.outcome != Outcome::TagsAgree) {
                outcomes << finding.id + u' ' + name(observation.outcome);
            }
        }
    }
    return outcomes;
}

} // namespace

TEST_CASE("each place where our echo was lost is one observation of one check", "[losses]")
{
    auto evidence = oneWay();
    Captured capture(evidence);
    SECTION("never left the stack")
    {
        capture.echoes({});
        CHECK(captured(evidence) == QStringList{u"POL-1 request-not-sent"_s});
    }
    SECTION("in the bridge, on the way to the VM")
    {
        capture.echoes({{capture.bridge, Leg::Request}});
        CHECK(captured(evidence) == QStringList{u"LNK-7 request-lost-in-bridge"_s});
    }
    SECTION("in the VM")
    {
        capture.echoes({{capture.bridge, Leg::Request}, {capture.port, Leg::Request}});
        CHECK(captured(evidence) == QStringList{u"POL-3 request-swallowed"_s});
    }
    SECTION("in the bridge, on the way back")
    {
        capture.echoes({{capture.bridge, Leg::Request}, {capture.port, Leg::Request}, {capture.port, Leg::Reply}});
        CHECK(captured(evidence) == QStringList{u"LNK-7 reply-lost-in-bridge"_s});
    }
    SECTION("in the host, on the way back")
    {
        capture.echoes({{capture.bridge, Leg::Request},
                        {capture.port, Leg::Request},
                        {capture.port, Leg::Reply},
                        {capture.bridge, Leg::Reply}});
        CHECK(captured(evidence) == QStringList{u"POL-1 reply-not-taken"_s});
    }
    SECTION("by another interface")
    {
        const int uplink = capture.point(u"other0"_s, PointRole::Uplink, 0);
        capture.echoes({{uplink, Leg::Request}});
        CHECK(captured(evidence) == QStringList{u"NET-2 left-elsewhere"_s});
        CHECK(run(evidence, "NET-2").status == Status::Warn);
        CHECK(run(evidence, "NET-2").reason.contains(u"other0"_s));
    }
}

TEST_CASE("losses that do not agree decide nothing, and are named", "[losses]")
{
    auto evidence = oneWay();
    Captured capture(evidence);
    capture.echoes({{capture.bridge, Leg::Request}});
    evidence::Sighting further = capture.all().journeys.front().sightings.front();
    further.point = capture.port;
    capture.all().journeys.front().sightings.push_back(further);
    CHECK(captured(evidence).isEmpty());
    const auto finding = run(evidence, "NET-7");
    CHECK(finding.reason.contains(u"not all lost in one place"_s));
    CHECK(finding.reason.contains(u"9 of 10"_s));
    CHECK(finding.reason.contains(u"1 of 10"_s));
}

TEST_CASE("a point that lost frames, or was not there, decides nothing", "[losses]")
{
    auto evidence = oneWay();
    Captured capture(evidence);
    SECTION("the port lost some: what came out of the VM may have been among them")
    {
        capture.at(capture.port).dropped = 1;
        capture.echoes({{capture.bridge, Leg::Request}, {capture.port, Leg::Request}});
        CHECK(captured(evidence).isEmpty());
    }
    SECTION("the port was not open: nothing tells bridge from VM")
    {
        capture.at(capture.port).opened = false;
        capture.echoes({{capture.bridge, Leg::Request}});
        CHECK(captured(evidence).isEmpty());
    }
    SECTION("the bridge lost some")
    {
        capture.at(capture.bridge).dropped = 1;
        capture.at(capture.port).opened = false;
        capture.echoes({{capture.bridge, Leg::Request}});
        CHECK(captured(evidence).isEmpty());
    }
}

TEST_CASE("what worked has no loss, whatever was captured of it", "[losses]")
{
    auto evidence = healthy();
    Captured capture(evidence);
    SECTION("nothing of it was captured") { capture.echoes({}); }
    SECTION("all of it was captured")
    {
        capture.echoes({{capture.bridge, Leg::Request},
                        {capture.port, Leg::Request},
                        {capture.port, Leg::Reply},
                        {capture.bridge, Leg::Reply}});
    }
    CHECK(captured(evidence).isEmpty());
}

TEST_CASE("a request that the kernel had no route for or no MAC for was not lost in a filter", "[losses]")
{
    const auto outcome = GENERATE(EchoOutcome::NoRoute, EchoOutcome::NeighbourUnresolved, EchoOutcome::SendFailed);
    auto evidence = bothWays(outcome);
    Captured capture(evidence);
    capture.echoes({});
    CHECK(captured(evidence).isEmpty());
}

TEST_CASE("frames to a MAC that is not the VM's say nothing of filters", "[losses]")
{
    auto evidence = bothWays();
    Captured capture(evidence);
    SECTION("the request")
    {
        capture.echoes({{capture.bridge, Leg::Request}, {capture.port, Leg::Request}});
        for (auto &journey : capture.all().journeys) {
            for (auto &sighting : journey.sightings) {
                sighting.destinationMac = mac(strangerMac);
            }
        }
        CHECK(captured(evidence) == QStringList{u"LNK-2 request-misaddressed"_s});
    }
    SECTION("the reply")
    {
        capture.echoes({{capture.bridge, Leg::Request}, {capture.port, Leg::Request}, {capture.port, Leg::Reply}});
        for (auto &journey : capture.all().journeys) {
            journey.sightings.back().destinationMac = mac(strangerMac);
        }
        CHECK(captured(evidence) == QStringList{u"LNK-2 reply-misaddressed"_s});
    }
    SECTION("behind a router the MAC is the router's, rightly")
    {
        evidence.host.value.routeAnswers.front().value.gateway = ip("10.0.0.254");
        capture.echoes({{capture.bridge, Leg::Request}, {capture.port, Leg::Request}});
        for (auto &journey : capture.all().journeys) {
            journey.sightings.front().destinationMac = mac(strangerMac);
        }
        CHECK_FALSE(says(evidence, "LNK-2", Outcome::RequestMisaddressed));
    }
}

TEST_CASE("an echo reply from a stranger's MAC is a second owner of the address", "[losses]")
{
    auto evidence = healthy();
    Captured capture(evidence);
    capture.echoes({{capture.bridge, Leg::Request}, {capture.bridge, Leg::Reply}});
    CHECK_FALSE(says(evidence, "LNK-4", Outcome::EchoByStranger));
    for (auto &journey : capture.all().journeys) {
        journey.sightings.back().sourceMac = mac(strangerMac);
    }
    const auto finding = run(evidence, "LNK-4");
    const auto *observation = found(finding, Outcome::EchoByStranger);
    REQUIRE(observation != nullptr);
    REQUIRE(observation->object);
    CHECK(describe(*observation->object).contains(QLatin1String(strangerMac)));
    SECTION("of a VM whose MAC is not known nobody is a stranger")
    {
        evidence.target.vmMac.reset();
        evidence.guest = denied<evidence::Guest>();
        CHECK_FALSE(says(evidence, "LNK-4", Outcome::EchoByStranger));
    }
}

TEST_CASE("ARP requests that vanish are told by where", "[losses]")
{
    auto evidence = bothWays(EchoOutcome::NeighbourUnresolved);
    evidence.probes.neighbours.front().value.answers.clear();
    Captured capture(evidence);
    const int other = capture.point(u"port9"_s, PointRole::OtherPort);
    SECTION("in the bridge")
    {
        capture.journey(JourneyKind::Arp, hostAddress, vmAddress, {{capture.bridge, Leg::Request}, {other, Leg::Request}});
        CHECK(captured(evidence) == QStringList{u"LNK-1 ask-lost-in-bridge"_s});
    }
    SECTION("in the VM")
    {
        capture.journey(JourneyKind::Arp, hostAddress, vmAddress,
                        {{capture.bridge, Leg::Request}, {capture.port, Leg::Request}, {other, Leg::Request}});
        CHECK(captured(evidence) == QStringList{u"LNK-1 ask-swallowed"_s});
    }
    SECTION("out of another interface")
    {
        const int uplink = capture.point(u"other0"_s, PointRole::Uplink, 0);
        capture.journey(JourneyKind::Arp, hostAddress, vmAddress, {{uplink, Leg::Request}});
        CHECK(captured(evidence) == QStringList{u"NET-2 left-elsewhere"_s});
    }
}

TEST_CASE("a port without a carrier gets nothing: that is no filter of the bridge", "[losses]")
{
    auto evidence = oneWay();
    Captured capture(evidence);
    capture.echoes({{capture.bridge, Leg::Request}});
    auto &port = evidence.host.value.links.value.at(1);
    SECTION("no carrier") { port.carrier = false; }
    SECTION("blocked")
    {
        port.port = evidence::BridgePort();
        port.port->state = evidence::PortState::Blocking;
    }
    CHECK(captured(evidence).isEmpty());
}

TEST_CASE("POL-3 without the guest says what the captures say, and stays unknown", "[losses]")
{
    auto evidence = oneWay();
    evidence.guest = denied<evidence::Guest>();
    Captured capture(evidence);
    capture.echoes({{capture.bridge, Leg::Request}, {capture.port, Leg::Request}});
    const auto finding = run(evidence, "POL-3");
    CHECK(finding.status == Status::Unknown);
    CHECK(finding.reason.startsWith(u"By the capture 10 of 10 echo requests were given to the VM at port0"_s));
    CHECK(found(finding, Outcome::RequestSwallowed) != nullptr);
}
