// SPDX-License-Identifier: GPL-3.0-or-later
#include "catch.h"

#include "session/live_capture.h"

#include <algorithm>

using namespace bothways;
using namespace Qt::Literals::StringLiterals;
using evidence::PointRole;

namespace {

evidence::Link device(const char *name, const char *master = "", evidence::LinkKind kind = evidence::LinkKind::Tun)
{
    evidence::Link link;
    link.name = QString::fromLatin1(name);
    link.master = QString::fromLatin1(master);
    link.kind = kind;
    link.up = true;
    return link;
}

session::HostView host()
{
    session::HostView host;
    host.links = {device("lo", "", evidence::LinkKind::Hardware),
                  device("virbr0", "", evidence::LinkKind::Bridge),
                  device("vnet0", "virbr0"),
                  device("vnet1", "virbr0"),
                  device("eth1", "virbr0", evidence::LinkKind::Hardware),
                  device("eth0", "", evidence::LinkKind::Hardware),
                  device("tun0"),
                  device("docker0", "", evidence::LinkKind::Bridge),
                  device("veth9", "docker0", evidence::LinkKind::Veth)};
    host.links.front().loopback = true;
    for (const char *name : {"lo", "virbr0", "eth0", "docker0"}) {
        evidence::InterfaceAddress address;
        address.interface = QString::fromLatin1(name);
        host.addresses.push_back(address);
    }
    return host;
}

PointRole roleOf(const std::vector<evidence::CapturePoint> &points, const char *name)
{
    const auto found =
        std::find_if(points.begin(), points.end(), [&](const auto &point) { return point.name == QLatin1String(name); });
    REQUIRE(found != points.end());
    return found->role;
}

/// br0 with two ports, at both of which the VM's frames were seen: at vnet1 first.
struct Flooded {
    evidence::Captures captures;
    evidence::Evidence evidence;
    Flooded()
    {
        for (const char *name : {"virbr0", "vnet0", "vnet1"}) {
            evidence::CapturePoint point;
            point.name = QString::fromLatin1(name);
            point.role = point.name == u"virbr0"_s ? PointRole::Bridge : PointRole::OtherPort;
            captures.points.push_back(point);
        }
        evidence.target.vmAddress = net::IpAddress::parse("10.9.0.10");
        use("02:00:00:00:00:10", "10.9.0.10", 1, 500);
        use("02:00:00:00:00:10", "10.9.0.10", 2, 400);
    }
    void use(const char *mac, const char *address, int point, qint64 first)
    {
        captures.uses.push_back(
            {*net::MacAddress::parse(mac), net::IpAddress::parse(address), point, std::nullopt, true, 1, first, first, 64});
    }
    QString port()
    {
        session::settlePorts(captures, evidence);
        const auto found = std::find_if(captures.points.begin(), captures.points.end(),
                                        [](const auto &point) { return point.role == PointRole::Port; });
        return found == captures.points.end() ? QString() : found->name;
    }
};

} // namespace

TEST_CASE("captures stand on the way to the VM, on the bridge's other ports, and where a wrong route may lead", "[captures]")
{
    evidence::Target target;
    target.interface = u"virbr0"_s;
    target.port = u"vnet0"_s;
    const auto points = session::pointsFor(target, host());
    CHECK(roleOf(points, "virbr0") == PointRole::Bridge);
    CHECK(roleOf(points, "vnet0") == PointRole::Port);
    CHECK(roleOf(points, "vnet1") == PointRole::OtherPort);
    CHECK(roleOf(points, "eth1") == PointRole::UplinkPort);
    CHECK(roleOf(points, "eth0") == PointRole::Uplink);
    CHECK(roleOf(points, "docker0") == PointRole::Uplink);
    for (const char *name : {"lo", "veth9", "tun0"}) { // without an address of ours nothing is sent there
        CHECK(std::none_of(points.begin(), points.end(), [&](const auto &point) { return point.name == QLatin1String(name); }));
    }
}

TEST_CASE("behind a pair that leads to a further bridge, that bridge's only other port is the VM's", "[captures]")
{
    auto chained = host();
    auto outer = device("fwpr0", "virbr0");
    outer.peer = u"fwln0"_s;
    auto inner = device("fwln0", "fwbr0");
    inner.peer = u"fwpr0"_s;
    chained.links.insert(chained.links.end(), {outer, inner, device("fwbr0", ""), device("tap0", "fwbr0")});
    evidence::Target target;
    target.interface = u"virbr0"_s;
    target.port = u"fwpr0"_s;
    CHECK(roleOf(session::pointsFor(target, chained), "tap0") == PointRole::Port);
    chained.links.push_back(device("tap1", "fwbr0")); // which of the two is not known
    CHECK(roleOf(session::pointsFor(target, chained), "fwpr0") == PointRole::Port);
}

TEST_CASE("never more points than the helper takes, and those on the way come first", "[captures]")
{
    auto many = host();
    for (int i = 100; i < 200; ++i) {
        many.links.push_back(device(("vnet" + std::to_string(i)).c_str(), "virbr0"));
    }
    evidence::Target target;
    target.interface = u"virbr0"_s;
    target.port = u"vnet150"_s;
    const auto points = session::pointsFor(target, many);
    CHECK(points.size() == 16);
    CHECK(roleOf(points, "vnet150") == PointRole::Port);
    const auto few = session::pointsFor(target, many, 2);
    CHECK(few.size() == 2);
    CHECK(roleOf(few, "vnet150") == PointRole::Port);
    CHECK(session::pointsFor(target, many, 1000).size() == 16);
    CHECK(session::pointsFor(target, many, -1).empty());
}

TEST_CASE("the VM's port is where its frames come in first, or where the bridge learnt its MAC", "[captures]")
{
    Flooded flooded;
    SECTION("by time") { CHECK(flooded.port() == u"vnet1"_s); }
    SECTION("but not the frames of another machine with its address")
    {
        flooded.evidence.target.vmMac = net::MacAddress::parse("02:00:00:00:00:10");
        flooded.use("02:00:00:00:00:66", "10.9.0.10", 1, 1);
        CHECK(flooded.port() == u"vnet1"_s);
    }
    SECTION("behind a router it is the router's")
    {
        evidence::RouteAnswer answer;
        answer.destination = *flooded.evidence.target.vmAddress;
        answer.gateway = net::IpAddress::parse("10.8.0.254");
        auto &facts = flooded.evidence.host;
        facts = evidence::Reading<evidence::NodeFacts>::read({}, u"test"_s);
        facts.value.routeAnswers.push_back(evidence::Reading<evidence::RouteAnswer>::read(answer, u"test"_s));
        const auto mac = net::MacAddress::parse("02:00:00:00:00:54");
        facts.value.neighbours = evidence::Reading<std::vector<evidence::Neighbour>>::read(
            {{*answer.gateway, u"virbr0"_s, mac, evidence::NeighbourState::Stale}}, u"test"_s);
        facts.value.fdb =
            evidence::Reading<std::vector<evidence::FdbEntry>>::read({{*mac, u"vnet0"_s, u"virbr0"_s, 0, false}}, u"test"_s);
        CHECK(flooded.port() == u"vnet0"_s);
    }
    SECTION("nothing tells: none is said to be it")
    {
        flooded.captures.uses.clear();
        CHECK(flooded.port().isEmpty());
    }
    SECTION("there is only one")
    {
        flooded.captures.uses.clear();
        flooded.captures.points.pop_back();
        CHECK(flooded.port() == u"vnet0"_s);
    }
}
