// SPDX-License-Identifier: GPL-3.0-or-later
// The drawing of the way between host and VM: what is on it, where it stands, and where the packet dies.
#include "catch.h"

#include "../conclusion/cases.h"
#include "shown/topology.h"

#include <random>

using namespace bothways;
using namespace bothways::test;
using shown::TopologyState;
using Kind = shown::TopologyNode::Kind;

namespace {

shown::Topology drawn(const evidence::Evidence &evidence) { return shown::topologyOf(conclusion::conclude(evidence)); }

/// Straight lines only, so a crossing is a crossing of two of them, or of one with a box.
bool crosses(const shown::TopologyLine &a, const shown::TopologyLine &b)
{
    const auto side = [](QPoint from, QPoint to, QPoint point) {
        const auto cross = static_cast<qint64>(to.x() - from.x()) * (point.y() - from.y()) -
                           static_cast<qint64>(to.y() - from.y()) * (point.x() - from.x());
        return cross > 0 ? 1 : cross < 0 ? -1 : 0;
    };
    return side(a.from, a.to, b.from) * side(a.from, a.to, b.to) < 0 && side(b.from, b.to, a.from) * side(b.from, b.to, a.to) < 0;
}

bool overlaps(const shown::TopologyLine &a, const shown::TopologyLine &b)
{
    const auto range = [](const auto &line) { return std::minmax({line.from.x(), line.to.x()}); };
    return a.from.y() == a.to.y() && b.from.y() == b.to.y() && a.from.y() == b.from.y() && range(a).first < range(b).second &&
           range(b).first < range(a).second;
}

bool entersBox(const shown::TopologyLine &line, const QRect &box)
{
    const auto [left, right] = std::minmax({line.from.x(), line.to.x()});
    return line.from.y() > box.top() && line.from.y() < box.bottom() && left < box.right() && right > box.left() + 1;
}

/// What holds for every drawing, whatever the evidence.
void isOrderly(const shown::Topology &topology)
{
    const QRect all(QPoint(), topology.size);
    for (std::size_t i = 0; i < topology.nodes.size(); ++i) {
        const auto &node = topology.nodes[i];
        INFO(node.id.toStdString());
        CHECK_FALSE(node.caption.isEmpty());
        CHECK(node.box.isValid());
        CHECK(all.contains(node.box));
        CHECK(topology.find(node.id) == &node); // ids are unique
        for (std::size_t k = i + 1; k < topology.nodes.size(); ++k) {
            INFO(topology.nodes[k].id.toStdString());
            CHECK_FALSE(node.box.intersects(topology.nodes[k].box));
        }
    }
    for (std::size_t i = 0; i < topology.lines.size(); ++i) {
        const auto &line = topology.lines[i];
        INFO("line " << i << " " << line.from.x() << "," << line.from.y() << " to " << line.to.x() << "," << line.to.y());
        for (std::size_t k = i + 1; k < topology.lines.size(); ++k) {
            CHECK_FALSE(crosses(line, topology.lines[k]));
            CHECK_FALSE(overlaps(line, topology.lines[k]));
        }
        for (const auto &node : topology.nodes) {
            // Address translation is a gate on a link: the link goes through it.
            INFO(node.id.toStdString());
            CHECK((node.kind == Kind::Nat || !entersBox(line, node.box)));
        }
    }
    if (topology.mark) {
        const auto *node = topology.find(topology.mark->node);
        REQUIRE(node != nullptr);
        CHECK(node->state == TopologyState::Stops);
        CHECK(node->box.adjusted(-6, -6, 6, 6).contains(topology.mark->at));
        CHECK(all.contains(topology.mark->words));
    }
    CHECK_FALSE(topology.sentence.isEmpty());
}

QStringList idsOf(const shown::Topology &topology)
{
    QStringList ids;
    for (const auto &node : topology.nodes) {
        ids << node.id;
    }
    return ids;
}

} // namespace

TEST_CASE("the way has host, bridge, port, NIC, guest and four gates", "[topology]")
{
    const auto topology = drawn(guestDrops());
    isOrderly(topology);
    for (const auto *id :
         {"host", "interface", "port", "nic", "guest", "gate.host.out", "gate.host.in", "gate.guest.in", "gate.guest.out"}) {
        INFO(id);
        CHECK(topology.find(QLatin1String(id)) != nullptr);
    }
    CHECK(topology.find(u"interface"_s)->kind == Kind::Bridge);
    CHECK(topology.find(u"interface"_s)->name == u"br0");
    CHECK(topology.find(u"interface"_s)->lines.contains(u"10.0.0.1/24"_s));
    CHECK(topology.find(u"port"_s)->name == u"port0"); // the bridge learnt the VM's MAC there
    CHECK(topology.find(u"nic"_s)->lines.contains(QString::fromLatin1(vmMac)));
    CHECK(topology.find(u"nic"_s)->raw.contains(u"mtu 1500"));
    // Left to right as a packet goes.
    CHECK(topology.find(u"host"_s)->box.right() < topology.find(u"interface"_s)->box.left());
    CHECK(topology.find(u"port"_s)->box.right() < topology.find(u"nic"_s)->box.left());
    CHECK(topology.find(u"nic"_s)->box.right() < topology.find(u"guest"_s)->box.left());
}

TEST_CASE("the guest's rule stops the request at the guest's hook, and nothing is known behind it", "[topology]")
{
    const auto topology = drawn(guestDrops());
    REQUIRE(topology.mark);
    CHECK(topology.mark->node == u"gate.guest.in");
    CHECK(topology.state == TopologyState::Stops);
    CHECK(topology.sentence.contains(u"in the VM"));
    CHECK(topology.sentence.contains(u"input"));
    CHECK(topology.lead.contains(u"handle"));
    CHECK(topology.find(u"gate.guest.in"_s)->raw.contains(u"echo-request"));
    CHECK(topology.find(u"gate.host.out"_s)->state == TopologyState::Works);
    CHECK(topology.find(u"gate.guest.out"_s)->state == TopologyState::NotReached);
    for (const auto &line : topology.lines) {
        if (line.kind == shown::TopologyLine::Kind::Reply) {
            CHECK(line.state == TopologyState::NotReached);
        }
    }
}

TEST_CASE("the host's rules stop the request or the reply at the host's hooks", "[topology]")
{
    auto evidence = guestDrops();
    evidence.guest.value.facts.rulesets = {dump(evidence::RulesetFormat::NftJson, {}, emptyNft())};
    SECTION("output")
    {
        evidence.host.value.rulesets = {
            dump(evidence::RulesetFormat::NftJson, {}, nft(u"output"_s, u"accept"_s, {icmpDrop(u"echo-request"_s)}))};
        const auto topology = drawn(evidence);
        isOrderly(topology);
        REQUIRE(topology.mark);
        CHECK(topology.mark->node == u"gate.host.out");
        CHECK(topology.sentence.startsWith(u"The request dies in this host"));
        CHECK(topology.find(u"gate.guest.in"_s)->state == TopologyState::NotReached);
    }
    SECTION("input")
    {
        evidence.host.value.rulesets = {
            dump(evidence::RulesetFormat::NftJson, {}, nft(u"input"_s, u"accept"_s, {icmpDrop(u"echo-reply"_s)}))};
        const auto topology = drawn(evidence);
        isOrderly(topology);
        REQUIRE(topology.mark);
        CHECK(topology.mark->node == u"gate.host.in");
        CHECK(topology.sentence.startsWith(u"The reply dies in this host"));
        CHECK(topology.find(u"gate.guest.in"_s)->state == TopologyState::Works);
    }
}

TEST_CASE("where nothing is wrong the whole way works; where nothing is known it says so", "[topology]")
{
    const auto open = drawn(healthy());
    isOrderly(open);
    CHECK(open.state == TopologyState::Works);
    CHECK_FALSE(open.mark);
    for (const auto &line : open.lines) {
        CHECK((line.kind == shown::TopologyLine::Kind::Link || line.state == TopologyState::Works));
    }

    auto blind = oneWay();
    blind.guest = {};
    blind.guest.access = evidence::Access::Failed;
    blind.guest.problem = u"no agent"_s;
    const auto topology = drawn(blind);
    isOrderly(topology);
    CHECK(topology.find(u"nic"_s)->state == TopologyState::NotSeen);
    CHECK(topology.find(u"gate.guest.out"_s)->state == TopologyState::NotSeen);

    const auto nothing = drawn({});
    isOrderly(nothing);
    CHECK_FALSE(nothing.mark);
}

TEST_CASE("ports, other VMs, the way out and its translation stand beside the way", "[topology]")
{
    auto evidence = guestDrops();
    auto &host = evidence.host.value;
    host.links.value.push_back(link(u"vnet9"_s, evidence::LinkKind::Tun, "02:00:00:00:03:01", u"br0"_s));
    host.links.value.push_back(link(u"wan0"_s, evidence::LinkKind::Hardware, "02:00:00:00:04:01"));
    auto out = route("0.0.0.0/0", u"wan0"_s);
    out.nextHops.front().gateway = ip("203.0.113.1");
    host.routes.value.push_back(out);
    evidence::Vm other;
    other.name = u"web2"_s;
    evidence::VmInterface nic;
    nic.hostDevice = u"vnet9"_s;
    nic.addresses = {{prefix("10.0.0.20/24"), evidence::AddressSource::Lease}};
    other.interfaces = {nic};
    evidence.inventory = seen(evidence::Inventory{{other}, {{u"default"_s, evidence::ForwardMode::Nat, u"br0"_s, true, {}}}});
    const auto topology = drawn(evidence);
    isOrderly(topology);
    const auto has = [&](Kind kind, const QString &name) {
        return std::any_of(topology.nodes.begin(), topology.nodes.end(),
                           [&](const auto &node) { return node.kind == kind && node.name == name; });
    };
    CHECK(has(Kind::Machine, u"web2"_s));
    CHECK(has(Kind::Gateway, u"203.0.113.1"_s));
    CHECK(has(Kind::Nat, u"NAT"_s));
    CHECK(has(Kind::Interface, u"other0"_s));
}

TEST_CASE("no random machine makes a drawing that crosses or overlaps", "[topology]")
{
    std::mt19937 random(20261123);
    const auto pick = [&random](int below) { return static_cast<int>(random() % static_cast<unsigned>(below)); };
    for (int round = 0; round < 300; ++round) {
        auto evidence = pick(3) == 0 ? healthy() : guestDrops();
        auto &host = evidence.host.value;
        const int bridges = pick(5);
        for (int bridge = 0; bridge < bridges; ++bridge) {
            const QString name = u"bridge%1"_s.arg(bridge);
            host.links.value.push_back(link(name, evidence::LinkKind::Bridge, hostMac));
            host.addresses.value.push_back({name, prefix("172.16.0.1/24"), evidence::AddressScope::Global});
        }
        const int ports = pick(round % 50 == 0 ? 200 : 9);
        for (int port = 0; port < ports; ++port) {
            const QString master = bridges > 0 && pick(2) == 0 ? u"bridge%1"_s.arg(pick(bridges)) : u"br0"_s;
            host.links.value.push_back(link(
                u"p%1"_s.arg(port), pick(2) == 0 ? evidence::LinkKind::Hardware : evidence::LinkKind::Tun, strangerMac, master));
        }
        for (const auto *device : {"br0", "bridge0", "wan0"}) {
            if (pick(3) == 0) {
                auto out = route("0.0.0.0/0", QLatin1String(device));
                out.nextHops.front().gateway = ip("10.0.0.254");
                host.routes.value.push_back(out);
            }
        }
        if (pick(4) == 0) {
            host.links.value.push_back(link(u"wan0"_s, evidence::LinkKind::Hardware, "02:00:00:00:04:01"));
            evidence.inventory = seen(evidence::Inventory{{}, {{u"default"_s, evidence::ForwardMode::Nat, u"br0"_s, true, {}}}});
        }
        if (pick(4) == 0) {
            evidence.guest = {};
        }
        if (pick(6) == 0) {
            evidence.target.interface.clear();
            host.fdb = {};
        }
        if (pick(6) == 0) {
            host.routeAnswers.front().value.gateway = ip("10.0.0.254");
        }
        INFO("round " << round);
        const auto topology = drawn(evidence);
        isOrderly(topology);
        CHECK(topology.nodes.size() < 64);
        CHECK(idsOf(topology) == idsOf(drawn(evidence)));
    }
}
