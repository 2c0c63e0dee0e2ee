// SPDX-License-Identifier: GPL-3.0-or-later
#include "../facts/builder.h"
#include "catch.h"
#include "way/bridging.h"

using namespace bothways;
using namespace bothways::test;
using namespace Qt::Literals::StringLiterals;
using evidence::NodeFacts;

namespace {

evidence::Link port(const QString &name, const QString &bridge, const QString &peer = {})
{
    auto made = link(name, peer.isEmpty() ? evidence::LinkKind::Tun : evidence::LinkKind::Veth, "02:00:00:00:01:01", bridge);
    made.peer = peer;
    made.port = evidence::BridgePort{evidence::PortState::Forwarding};
    return made;
}

evidence::Link bridge(const QString &name, bool filtering = false)
{
    auto made = link(name, evidence::LinkKind::Bridge, hostMac);
    made.bridge = evidence::BridgeOptions{};
    made.bridge->vlanFiltering = filtering;
    return made;
}

/// As Proxmox builds it: tap100i0 and fwln100i0 in fwbr100i0, its other end fwpr100p0 in vmbr0.
NodeFacts firewallBridge()
{
    NodeFacts facts;
    facts.links = seen(std::vector{bridge(u"vmbr0"_s), port(u"fwpr100p0"_s, u"vmbr0"_s, u"fwln100i0"_s), bridge(u"fwbr100i0"_s),
                                   port(u"fwln100i0"_s, u"fwbr100i0"_s, u"fwpr100p0"_s), port(u"tap100i0"_s, u"fwbr100i0"_s)});
    facts.fdb = seen(std::vector<evidence::FdbEntry>{{mac(vmMac), u"fwpr100p0"_s, u"vmbr0"_s, 0, false},
                                                     {mac(vmMac), u"tap100i0"_s, u"fwbr100i0"_s, 0, false}});
    return facts;
}

QStringList words(const std::vector<way::BridgeCrossing> &crossings)
{
    QStringList list;
    for (const auto &each : crossings) {
        list << u"%1: %2 > %3"_s.arg(each.bridge->name, each.inner, each.outer);
    }
    return list;
}

} // namespace

TEST_CASE("a chain of bridges is followed by what they learned, or from the VM's port")
{
    const QStringList expected{u"vmbr0:  > fwpr100p0"_s, u"fwbr100i0: fwln100i0 > tap100i0"_s};
    auto facts = firewallBridge();
    CHECK(words(way::bridgesTowards(facts, u"vmbr0"_s, mac(vmMac), {})) == expected);
    CHECK(words(way::bridgesTowards(facts, u"vmbr0"_s, mac(vmMac), u"fwpr100p0"_s)) == expected);
    facts.fdb.value.clear();
    CHECK(words(way::bridgesTowards(facts, u"vmbr0"_s, std::nullopt, u"tap100i0"_s)) == expected);
    CHECK(way::bridgesTowards(facts, u"tap100i0"_s, mac(vmMac), {}).empty());
}

TEST_CASE("bridges that are joined in a circle end the walk")
{
    auto facts = firewallBridge();
    facts.links.value[3].master = u"vmbr0"_s; // fwln100i0: both ends of the pair in one bridge
    facts.fdb.value = {{mac(vmMac), u"fwpr100p0"_s, u"vmbr0"_s, 0, false}};
    CHECK(way::bridgesTowards(facts, u"vmbr0"_s, mac(vmMac), {}).size() <= 16);
    CHECK(way::bridgesTowards(facts, u"vmbr0"_s, std::nullopt, u"tap100i0"_s).size() <= 16);
}

TEST_CASE("VLANs of a bridge: who is not a member, the bridge itself among them, keeps frames out")
{
    NodeFacts facts;
    const auto filtering = bridge(u"brq"_s, true);
    facts.links = seen(std::vector{filtering, port(u"tapq"_s, u"brq"_s)});
    using Vlans = std::vector<evidence::PortVlans>;
    struct Case {
        const char *what;
        Vlans vlans;
        std::optional<int> tag;
        const char *lacking;
        std::optional<int> vlan;
        std::optional<int> leaves;
    };
    const evidence::PortVlans plainPort{u"tapq"_s, 1, 1, true, true};
    const evidence::PortVlans plainBridge{u"brq"_s, 1, 1, true, true};
    const Case cases[] = {
        {"both in VLAN 1", {plainPort, plainBridge}, {}, "", 1, {}},
        {"the bridge is in none", {plainPort}, {}, "brq", {}, {}},
        {"the port is in none", {plainBridge}, {}, "tapq", 1, 1},
        {"the port is in another", {{u"tapq"_s, 20, 30, false, false}, plainBridge}, {}, "tapq", 1, 1},
        {"a tagged member", {{u"tapq"_s, 20, 30, false, false}, {u"brq"_s, 25, 25, true, true}}, {}, "", 25, 25},
        {"a tagged frame", {{u"tapq"_s, 30, 30, true, true}, {u"brq"_s, 30, 30, false, false}}, 30, "", 30, {}},
        {"a tag that the bridge does not carry", {plainPort, plainBridge}, 30, "brq", 30, 30},
    };
    for (const auto &one : cases) {
        INFO(one.what);
        facts.vlans = seen(one.vlans);
        const auto fate = way::crossVlans(facts, filtering, {}, u"tapq"_s, one.tag);
        CHECK(fate.known);
        CHECK(fate.lacking.toStdString() == one.lacking);
        CHECK(fate.vlan == one.vlan);
        CHECK(fate.leaves == one.leaves);
    }
    facts.vlans = denied<Vlans>();
    CHECK_FALSE(way::crossVlans(facts, filtering, {}, u"tapq"_s, {}).known);
    CHECK(way::crossVlans(facts, bridge(u"plain"_s), {}, u"tapq"_s, {}).known);
}

TEST_CASE("neighbour solicitations are kept from ports where nobody joined, once somebody asks for members")
{
    NodeFacts facts;
    auto snooping = bridge(u"brq"_s);
    snooping.bridge->multicastSnooping = true;
    facts.multicast = seen(std::vector<evidence::MulticastMember>{});
    const auto asked = ip("fd09::1:44");
    CHECK_FALSE(way::isSnoopedOut(facts, snooping, u"tapq"_s, asked)); // without a querier all is flooded
    snooping.bridge->otherQuerier6 = true;
    CHECK(way::isSnoopedOut(facts, snooping, u"tapq"_s, asked));
    CHECK_FALSE(way::isSnoopedOut(facts, snooping, u"tapq"_s, ip("10.0.0.10")));
    facts.multicast.value = {{u"brq"_s, u"tapq"_s, ip("ff02::1:ff01:44"), 0, false}};
    CHECK_FALSE(way::isSnoopedOut(facts, snooping, u"tapq"_s, asked));
    facts.multicast.value = {{u"brq"_s, u"tapq"_s, std::nullopt, 0, true}};
    CHECK_FALSE(way::isSnoopedOut(facts, snooping, u"tapq"_s, asked));
    facts.multicast.value = {{u"brq"_s, u"tapr"_s, std::nullopt, 0, true}};
    CHECK(way::isSnoopedOut(facts, snooping, u"tapq"_s, asked));
}

TEST_CASE("an address on a bridge's port is found, one on the bridge or on a free interface is not")
{
    NodeFacts facts;
    facts.links =
        seen(std::vector{bridge(u"brq"_s), port(u"enp5s0"_s, u"brq"_s), link(u"lan0"_s, evidence::LinkKind::Hardware, hostMac)});
    facts.addresses =
        seen(std::vector<evidence::InterfaceAddress>{{u"enp5s0"_s, prefix("10.61.7.1/24"), evidence::AddressScope::Global}});
    const auto *stray = way::addressOnPort(facts, ip("10.61.7.44"));
    REQUIRE(stray != nullptr);
    CHECK(stray->interface == u"enp5s0"_s);
    CHECK(way::addressOnPort(facts, ip("10.99.0.1")) == nullptr);
    for (const auto &place : {u"brq"_s, u"lan0"_s}) {
        facts.addresses.value.front().interface = place;
        CHECK(way::addressOnPort(facts, ip("10.61.7.44")) == nullptr);
    }
}
