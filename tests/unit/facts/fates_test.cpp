// SPDX-License-Identifier: GPL-3.0-or-later
#include "catch.h"

#include "evidence/utc.h"
#include "facts/case.h"
#include "facts/scene.h"
#include "facts/symptom.h"

#include <string>

using namespace bothways;
using namespace Qt::Literals::StringLiterals;
using evidence::CapturePoint;
using evidence::JourneyKind;
using evidence::Leg;
using evidence::PointRole;
using facts::JourneyEnd;
using facts::LostLeg;

namespace {

constexpr qint64 begin = 1'700'000'000'000'000'000;
constexpr qint64 second = 1'000'000'000;

net::IpAddress ip(const char *text) { return net::IpAddress::parse(text).value(); }

/// host - br0 - vnet0 - VM, captured at what is in `points`.
class Wire {
public:
    Wire()
    {
        m_evidence.target.vmAddress = ip("10.9.0.10");
        m_evidence.target.hostAddress = ip("10.9.0.1");
        m_evidence.target.interface = u"br0"_s;
        m_evidence.target.vmMac = net::MacAddress::parse("02:00:00:00:00:10");
        m_evidence.captures = evidence::Reading<evidence::Captures>::read({}, u"libpcap"_s);
    }

    int point(const char *name, PointRole role, int distance)
    {
        CapturePoint point;
        point.name = QString::fromLatin1(name);
        point.role = role;
        point.distance = distance;
        point.opened = true;
        point.fromNs = begin - second;
        point.toNs = begin + 10 * second;
        m_captures().points.push_back(point);
        return static_cast<int>(m_captures().points.size() - 1);
    }
    CapturePoint &at(int index) { return m_captures().points[static_cast<std::size_t>(index)]; }

    evidence::Journey &journey(const char *from = "10.9.0.1", const char *to = "10.9.0.10")
    {
        evidence::Journey journey;
        journey.asker = ip(from);
        journey.asked = ip(to);
        journey.id = 7;
        journey.sequence = 1;
        journey.bytes = 84;
        m_captures().journeys.push_back(journey);
        return m_captures().journeys.back();
    }
    static evidence::Sighting &see(evidence::Journey &journey, int point, Leg leg = Leg::Request)
    {
        evidence::Sighting sighting;
        sighting.point = point;
        sighting.leg = leg;
        sighting.timeNs = begin + static_cast<qint64>(journey.sightings.size()) * 1000;
        sighting.source = leg == Leg::Request ? journey.asker : journey.asked;
        sighting.ttl = 64;
        journey.sightings.push_back(sighting);
        return journey.sightings.back();
    }
    void ours(evidence::EchoOutcome outcome)
    {
        evidence::EchoSample sample;
        sample.sequence = 1;
        sample.sentAt = evidence::utc(begin / 1'000'000);
        sample.outcome = outcome;
        evidence::EchoSeries series;
        series.purpose = evidence::EchoPurpose::Main;
        series.target = ip("10.9.0.10");
        series.source = ip("10.9.0.1");
        series.samples = {sample};
        m_evidence.probes.echoes.push_back(evidence::Reading<evidence::EchoSeries>::read(series, u"test"_s));
    }

    std::vector<facts::JourneyFate> fates()
    {
        m_fates = facts::sceneOf(m_evidence).journeys;
        return m_fates;
    }
    std::string only()
    {
        const auto all = fates();
        REQUIRE(all.size() == 1);
        const auto &fate = all.front();
        const auto between = fate.lostBetween.isThere() ? fate.lostBetween.from + u" > "_s + fate.lostBetween.to : u"-"_s;
        return (name(fate.end) + u" "_s + between + u" "_s + name(fate.leg)).trimmed().toStdString();
    }
    const evidence::Evidence &evidence() const { return m_evidence; }
    evidence::Evidence &evidence() { return m_evidence; }

private:
    evidence::Captures &m_captures() { return m_evidence.captures.value; }
    evidence::Evidence m_evidence;
    std::vector<facts::JourneyFate> m_fates;
};

struct Usual : Wire {
    int bridge = point("br0", PointRole::Bridge, 10);
    int port = point("vnet0", PointRole::Port, 20);
};

} // namespace

TEST_CASE("where an echo of ours was lost, point by point", "[journeys]")
{
    using evidence::EchoOutcome;
    Usual wire;
    SECTION("nowhere seen: between the stack and the first point")
    {
        wire.ours(EchoOutcome::SendDenied);
        CHECK(wire.only() == "lost host > br0 request");
    }
    SECTION("seen at the bridge only")
    {
        wire.ours(EchoOutcome::Silence);
        Wire::see(wire.journey(), wire.bridge);
        CHECK(wire.only() == "lost br0 > vnet0 request");
    }
    SECTION("given to the VM, nothing came back")
    {
        wire.ours(EchoOutcome::Silence);
        auto &journey = wire.journey();
        Wire::see(journey, wire.bridge);
        Wire::see(journey, wire.port);
        CHECK(wire.only() == "lost vnet0 > guest not-decidable");
    }
    SECTION("the answer left the VM and did not reach the bridge")
    {
        wire.ours(EchoOutcome::Silence);
        auto &journey = wire.journey();
        Wire::see(journey, wire.bridge);
        Wire::see(journey, wire.port);
        Wire::see(journey, wire.port, Leg::Reply);
        CHECK(wire.only() == "lost vnet0 > br0 reply");
    }
    SECTION("the answer reached the bridge and not the program")
    {
        wire.ours(EchoOutcome::Silence);
        auto &journey = wire.journey();
        Wire::see(journey, wire.bridge);
        Wire::see(journey, wire.port);
        Wire::see(journey, wire.port, Leg::Reply);
        Wire::see(journey, wire.bridge, Leg::Reply);
        CHECK(wire.only() == "lost br0 > host reply");
    }
    SECTION("answered")
    {
        wire.ours(EchoOutcome::Reply);
        auto &journey = wire.journey();
        Wire::see(journey, wire.bridge);
        Wire::see(journey, wire.port);
        CHECK(wire.only() == "answered -");
    }
}

TEST_CASE("a point that is not there, or lost frames itself, is never what decides", "[journeys]")
{
    Usual wire;
    wire.ours(evidence::EchoOutcome::Silence);
    auto &journey = wire.journey();
    Wire::see(journey, wire.bridge);
    SECTION("dropped")
    {
        wire.at(wire.port).dropped = 1;
        CHECK(wire.only() == "lost br0 > guest not-decidable");
    }
    SECTION("closed")
    {
        wire.at(wire.port).opened = false;
        CHECK(wire.only() == "lost br0 > guest not-decidable");
    }
    SECTION("away for a time")
    {
        wire.at(wire.port).problem = u"The interface was away for a time."_s;
        CHECK(wire.only() == "lost br0 > guest not-decidable");
    }
    SECTION("but what it saw, it saw")
    {
        wire.at(wire.port).dropped = 1;
        Wire::see(journey, wire.port, Leg::Reply);
        CHECK(wire.only() == "lost vnet0 > br0 reply");
    }
}

TEST_CASE("a request that no point saw is not judged where none watched", "[journeys]")
{
    Usual wire;
    wire.ours(evidence::EchoOutcome::Silence);
    wire.at(wire.bridge).fromNs = begin + second;
    CHECK(wire.fates().empty());
}

TEST_CASE("a point inside the VM moves the question into the VM", "[journeys]")
{
    Usual wire;
    const int inside = wire.point("guest eth0", PointRole::Guest, 30);
    wire.ours(evidence::EchoOutcome::Silence);
    auto &journey = wire.journey();
    Wire::see(journey, wire.bridge);
    Wire::see(journey, wire.port);
    SECTION("it did not get in") { CHECK(wire.only() == "lost vnet0 > guest eth0 request"); }
    SECTION("it got in and nothing came out")
    {
        Wire::see(journey, inside);
        CHECK(wire.only() == "lost guest eth0 > guest not-decidable");
    }
    SECTION("the answer came out and not onto the port")
    {
        Wire::see(journey, inside);
        Wire::see(journey, inside, Leg::Reply);
        CHECK(wire.only() == "lost guest eth0 > vnet0 reply");
    }
}

TEST_CASE("the other port, a strange MAC and an error are named", "[journeys]")
{
    Usual wire;
    const int other = wire.point("vnet1", PointRole::OtherPort, 20);
    wire.ours(evidence::EchoOutcome::Silence);
    auto &journey = wire.journey();
    auto &first = Wire::see(journey, wire.bridge);
    SECTION("other port")
    {
        Wire::see(journey, other);
        CHECK(wire.only() == "lost br0 > vnet0 request");
        CHECK(wire.fates().front().besideAt == u"vnet1"_s);
    }
    SECTION("MAC")
    {
        first.destinationMac = net::MacAddress::parse("02:00:00:00:be:ef");
        CHECK(wire.fates().front().strangeMac);
    }
    SECTION("error of a router")
    {
        auto &error = Wire::see(journey, wire.bridge, Leg::Error);
        error.source = ip("10.9.0.254");
        error.icmpType = 11;
        CHECK(wire.only() == "lost br0 > 10.9.0.254 request");
    }
    SECTION("error of the VM itself")
    {
        auto &error = Wire::see(journey, wire.bridge, Leg::Error);
        error.source = ip("10.9.0.10");
        CHECK(wire.only() == "refused -");
    }
}

TEST_CASE("an answer that comes to the VM's port under another MAC is not taken by the VM", "[journeys]")
{
    Usual wire;
    auto &journey = wire.journey("10.9.0.10", "10.9.0.1");
    Wire::see(journey, wire.port);
    Wire::see(journey, wire.bridge);
    Wire::see(journey, wire.bridge, Leg::Reply).destinationMac = net::MacAddress::parse("02:00:00:00:be:ef");
    auto &last = Wire::see(journey, wire.port, Leg::Reply);
    SECTION("another's")
    {
        last.destinationMac = net::MacAddress::parse("02:00:00:00:be:ef");
        CHECK(wire.only() == "lost vnet0 > guest reply");
    }
    SECTION("the VM's")
    {
        last.destinationMac = net::MacAddress::parse("02:00:00:00:00:10");
        CHECK(wire.only() == "answered -");
    }
    SECTION("not known") { CHECK(wire.only() == "answered -"); }
}

TEST_CASE("a ping of the VM that was seen fills its column and the signature, without the guest's help", "[journeys]")
{
    Usual wire;
    wire.ours(evidence::EchoOutcome::Silence);
    const auto ping = [&](const char *from, bool answered, int bytes) {
        auto &journey = wire.journey(from, "10.9.0.1");
        journey.bytes = bytes;
        Wire::see(journey, wire.port);
        Wire::see(journey, wire.bridge);
        if (answered) {
            Wire::see(journey, wire.bridge, Leg::Reply);
            Wire::see(journey, wire.port, Leg::Reply);
        }
    };
    SECTION("from the pinged address: one-way")
    {
        ping("10.9.0.10", true, 84);
        const auto symptom = facts::Case(wire.evidence()).symptom;
        CHECK(name(symptom.signature) == u"one-way"_s);
        REQUIRE(symptom.icmp.vmToHost);
        CHECK(symptom.icmp.vmToHost->sent == 1);
        CHECK(symptom.icmp.vmToHost->received == 1);
        CHECK(symptom.icmp.vmToHost->detail.contains(u"TTL 64"_s));
    }
    SECTION("of the size that was asked for, from another address: behind a NAT")
    {
        ping("10.9.0.99", true, evidence::askingPingBytes(true));
        CHECK(name(facts::Case(wire.evidence()).symptom.signature) == u"wrong-address"_s);
    }
    SECTION("of any other size from another address: somebody else's")
    {
        ping("10.9.0.99", true, 84);
        CHECK(name(facts::Case(wire.evidence()).symptom.signature) == u"unobserved"_s);
    }
    SECTION("never answered: both ways")
    {
        ping("10.9.0.10", false, 84);
        CHECK(name(facts::Case(wire.evidence()).symptom.signature) == u"both-ways"_s);
    }
}

TEST_CASE("a session that claims a million points and journeys is concluded from all the same", "[journeys]")
{
    Wire wire;
    for (int i = 0; i < 20'000; ++i) {
        wire.point("x", PointRole::Unknown, i);
    }
    for (int i = 0; i < 60'000; ++i) {
        const auto from = "10." + std::to_string(i / 65536) + '.' + std::to_string(i / 256 % 256) + '.' + std::to_string(i % 256);
        auto &journey = wire.journey(from.c_str(), "10.9.0.10");
        Wire::see(journey, i % 30'000).point -= 5'000; // also points that are not there
    }
    for (int i = 0; i < 2'000; ++i) {
        wire.ours(evidence::EchoOutcome::Silence);
    }
    const auto fates = wire.fates();
    CHECK(fates.size() >= 20'000);
    CHECK(facts::grouped(fates).size() == 100);
}
