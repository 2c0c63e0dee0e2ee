// SPDX-License-Identifier: GPL-3.0-or-later
// Remedies for what is not a rule: settings, routes, neighbours, addresses, bridge ports.
#include "catch.h"

#include "closed_remedy.h"

using namespace bothways;
using namespace bothways::lab;

TEST_CASE("the kernel's echo switch")
{
    require();
    const Pair pair;
    pair.guest.setSysctl("net.ipv4.icmp_echo_ignore_all", "1");
    proveAll(pair, diagnosisOf(diagnosis::Variant::EchoIgnored,
                               facts::SysctlObject{facts::Where::Guest, QStringLiteral("net.ipv4.icmp_echo_ignore_all"),
                                                   QStringLiteral("1"), QStringLiteral("0")}));
}

TEST_CASE("a strict reverse path filter in a guest with two adapters")
{
    require();
    const Pair pair;
    connect(pair.host, "ext0", pair.guest, "eth1");
    pair.host.address("ext0", "10.99.0.1/24");
    pair.guest.address("eth1", "10.99.0.10/24");
    for (const char *name : {"net.ipv4.conf.all.rp_filter", "net.ipv4.conf.br0.rp_filter", "net.ipv4.conf.ext0.rp_filter"}) {
        pair.host.setSysctl(name, "0");
    }
    pair.guest.setSysctl("net.ipv4.conf.all.rp_filter", "1");
    pair.guest.setSysctl("net.ipv4.conf.eth0.rp_filter", "0");
    auto evidence = evidenceOf();
    evidence.target.hostAddress = ip("10.99.0.1");
    evidence.target.hostAddressGiven = true;
    proveAll(pair,
             diagnosisOf(diagnosis::Variant::AsymmetricRpFilter,
                         facts::SysctlObject{facts::Where::Guest, QStringLiteral("net.ipv4.conf.eth0.rp_filter"),
                                             QStringLiteral("0"), QStringLiteral("2")}),
             evidence, [&] { return pingsFrom(pair.host, "10.99.0.1"); });
}

TEST_CASE("a more specific route that leads elsewhere")
{
    require();
    const Pair pair;
    connect(pair.host, "tun0", pair.guest, "eth1");
    pair.host.must("ip link set dev tun0 down && ip link set dev tun0 name \"tun'0\" && ip link set dev \"tun'0\" up");
    pair.host.must("ip addr add 10.99.0.1/24 dev \"tun'0\"");
    pair.host.must("ip route add 10.9.0.0/28 via 10.99.0.9 dev \"tun'0\" proto static metric 50 src 10.99.0.1");
    evidence::Route route;
    route.destination = net::Prefix::parse("10.9.0.0/28").value();
    route.nextHops = {{QStringLiteral("tun'0"), ip("10.99.0.9")}};
    route.preferredSource = ip("10.99.0.1");
    route.metric = 50;
    route.protocol = QStringLiteral("static");
    route.scope = evidence::AddressScope::Global;
    facts::RouteObject object;
    object.route = route;
    object.destination = ip(guestAddress);
    object.wantedInterface = QStringLiteral("br0");
    object.wantedSource = ip(hostAddress);
    proveAll(pair, diagnosisOf(diagnosis::Variant::OverlappingPrefix, object));
}

TEST_CASE("a permanent neighbour entry with a wrong address")
{
    require();
    const Pair pair;
    pair.host.must("ip neigh replace 10.9.0.10 lladdr 52:54:00:de:ad:01 dev br0 nud permanent");
    facts::NeighbourObject object;
    object.entry = {ip(guestAddress), QStringLiteral("br0"), net::MacAddress::parse("52:54:00:de:ad:01"),
                    evidence::NeighbourState::Permanent};
    object.expected = net::MacAddress::parse(Pair::guestMac);
    proveAll(pair, diagnosisOf(diagnosis::Variant::StalePermanent, object));
}

TEST_CASE("a guest without a way back to the source that was asked for")
{
    require();
    const Pair pair;
    pair.host.must("ip addr add 192.0.2.1/32 dev lo");
    auto evidence = evidenceOf();
    evidence.target.hostAddress = ip("192.0.2.1");
    evidence.target.hostAddressGiven = true;
    facts::RouteObject object;
    object.where = facts::Where::Guest;
    object.destination = ip("192.0.2.1");
    object.wantedInterface = QStringLiteral("eth0");
    object.wantedGateway = ip(hostAddress);
    proveAll(pair, diagnosisOf(diagnosis::Variant::MissingRoute, object), evidence,
             [&] { return pingsFrom(pair.host, "192.0.2.1"); });
}

TEST_CASE("a guest whose default route leads to a gateway that is not there")
{
    require();
    const Pair pair;
    pair.host.must("ip addr add 192.0.2.1/32 dev lo");
    pair.guest.must("ip route add default via 10.9.0.99 dev eth0 proto static metric 20");
    auto evidence = evidenceOf();
    evidence.target.hostAddress = ip("192.0.2.1");
    evidence.target.hostAddressGiven = true;
    evidence::Route route;
    route.destination = net::Prefix::parse("0.0.0.0/0").value();
    route.nextHops = {{QStringLiteral("eth0"), ip("10.9.0.99")}};
    route.metric = 20;
    route.protocol = QStringLiteral("static");
    route.scope = evidence::AddressScope::Global;
    facts::RouteObject object;
    object.where = facts::Where::Guest;
    object.route = route;
    object.destination = ip("192.0.2.1");
    object.wantedInterface = QStringLiteral("eth0");
    object.wantedGateway = ip(hostAddress);
    proveAll(pair, diagnosisOf(diagnosis::Variant::WrongDefault, object), evidence,
             [&] { return pingsFrom(pair.host, "192.0.2.1"); });
}

TEST_CASE("two machines with the VM's address, the wrong one answers")
{
    require();
    PairOptions options;
    options.secondGuest = true;
    const Pair pair(options);
    pair.second->address("eth0", "10.9.0.10/24");
    pair.second->setSysctl("net.ipv4.icmp_echo_ignore_all", "1");
    pair.guest.setSysctl("net.ipv4.conf.eth0.arp_ignore", "8"); // so that the race always ends the same way
    facts::AddressObject object;
    object.interface = QStringLiteral("br0");
    object.address = net::Prefix::parse("10.9.0.10/24").value();
    object.rightful = net::MacAddress::parse(Pair::guestMac);
    object.claimants = {*object.rightful, net::MacAddress::parse(Pair::secondMac).value()};
    proveAll(pair, diagnosisOf(diagnosis::Variant::DuplicateIp, object));
}

TEST_CASE("a bridge port that does not forward")
{
    require();
    const Pair pair;
    pair.host.must("bridge link set dev vnet0 state 0 learning off");
    evidence::Link link;
    link.name = QStringLiteral("vnet0");
    link.master = QStringLiteral("br0");
    link.up = true;
    link.carrier = true;
    link.port.emplace();
    link.port->state = evidence::PortState::Disabled;
    link.port->learning = false;
    auto evidence = evidenceOf();
    evidence.host.access = evidence::Access::Read;
    evidence.host.value.links.access = evidence::Access::Read;
    evidence.host.value.links.value = {link};
    facts::LinkObject object;
    object.name = link.name;
    proveAll(pair, diagnosisOf(diagnosis::Variant::PortIsolated, object), evidence,
             [&] { return pings(pair.host, guestAddress); });
}

TEST_CASE("a guest that takes smaller packets than the host sends: either end gives way")
{
    require();
    const Pair pair;
    pair.guest.must("ip link set dev eth0 mtu 1400");
    facts::MtuObject object;
    object.where = facts::Where::Guest;
    object.interface = QStringLiteral("eth0");
    object.mtu = 1400;
    object.wanted = 1500;
    const auto diagnosis = diagnosisOf(diagnosis::Variant::MtuMismatch, object);
    CHECK(remedy::propose(diagnosis, facts::Case(evidenceOf())).size() == 2);
    proveAll(pair, diagnosis, evidenceOf(), [&] {
        return pair.host.run({"ping", "-n", "-q", "-c", "2", "-i", "0.2", "-W", "1", "-s", "1472", guestAddress}).ok();
    });
}
