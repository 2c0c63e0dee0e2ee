// SPDX-License-Identifier: GPL-3.0-or-later
#include "catch.h"

#include "collect/linux/host.h"
#include "lab.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <cerrno>
#include <set>

using namespace bothways;
using evidence::Access;

// The real tools are the oracle: what iproute2 prints as JSON must be what we read, as a set of lines.
namespace {

using Lines = std::multiset<std::string>;

QJsonArray json(const lab::Namespace &machine, const std::string &command)
{
    const auto text = machine.must(command);
    return QJsonDocument::fromJson(QByteArray::fromStdString(text)).array();
}

std::string field(const QJsonObject &object, const char *name)
{
    return object.value(QLatin1String(name)).toVariant().toString().toStdString();
}

bool contains(const QJsonArray &array, const char *word) { return array.contains(QLatin1String(word)); }

std::string word(bool value, const char *name) { return value ? std::string(" ") + name : std::string(); }

template <typename Value>
std::string shown(const std::optional<Value> &value)
{
    return value ? value->toString() : std::string();
}

evidence::NodeFacts read(const lab::Namespace &machine, const std::vector<collect::RouteQuestion> &questions = {})
{
    evidence::NodeFacts facts;
    machine.enter([&] { facts = collect::readHost(questions); });
    return facts;
}

net::IpAddress address(const char *text) { return net::IpAddress::parse(text).value(); }

/// The standard pair plus one of everything that rtnetlink tells differently.
struct Varied {
    lab::Pair pair{{true, true}};
    Varied()
    {
        pair.host.must("ip link set vnet1 type bridge_slave isolated on hairpin on learning off flood off");
        pair.host.must("ip link add wire0 type veth peer name wire1 && ip link set wire0 up && ip link set wire1 mtu 1400 up");
        pair.host.must("ip link add link wire0 name mvl0 type macvlan mode private && ip link set mvl0 up");
        pair.host.must("ip link add link wire0 name mvt0 type macvtap mode vepa && ip link set mvt0 up");
        pair.host.must("ip tuntap add dev tap0 mode tap");
        pair.host.must("ip addr add 10.9.0.2/24 dev br0 && ip addr add 10.20.0.1/32 peer 10.20.0.2/32 dev wire0");
        pair.host.must("ip addr add 10.21.0.1/24 dev wire1");
        pair.host.must("ip route add blackhole 192.0.2.0/28 && ip route add prohibit 192.0.2.16/28 metric 7");
        pair.host.must("ip route add unreachable 192.0.2.32/28 && ip route add throw 192.0.2.48/28");
        pair.host.must("ip -6 route add blackhole 2001:db8:1::/48");
        pair.host.must("ip route add 198.51.100.0/24 nexthop via 10.9.0.10 dev br0 nexthop via 10.9.0.11 dev br0");
        pair.host.must("ip -6 route add 2001:db8:2::/48 nexthop via fd09::10 dev br0 nexthop via fd09::11 dev br0");
        pair.host.must("ip route add 203.0.113.0/24 via inet6 fd09::10 dev br0");
        pair.host.must("ip route add 203.0.112.0/24 via 10.9.0.10 src 10.9.0.2 metric 50 table 1000 proto static");
        pair.host.must("ip rule add from 10.9.0.2 to 203.0.112.0/24 iif br0 oif br0 fwmark 0x10 lookup 1000 priority 100");
        pair.host.must("ip rule add not fwmark 0xca6c lookup 51820 priority 200");
        pair.host.must("ip rule add lookup main suppress_prefixlength 0 priority 150 && ip rule add prohibit priority 40000");
        pair.host.must("ip -6 rule add from fd09::/64 lookup 1000 priority 300");
        pair.host.must(
            "ip rule add tos 0x10 fwmark 0x2/0xff ipproto udp sport 10-20 dport 53 uidrange 5-6 lookup 1000 priority 350");
        pair.host.must("ip neigh replace 10.9.0.77 lladdr 52:54:00:00:00:77 dev br0 nud permanent");
        lab::pings(pair.host, lab::Pair::guestAddress);
        lab::pings(pair.host, lab::Pair::guestAddress6);
        lab::pings(pair.host, "10.9.0.99");
        // Duplicate address detection is over before the tools and we look, one after the other.
        lab::eventually([this] { return pair.host.must("ip -6 addr show tentative").empty(); });
    }
};

Lines addressLines(const QJsonArray &links)
{
    Lines lines;
    for (const QJsonValue &link : links) {
        for (const QJsonValue &value : link.toObject().value(QLatin1String("addr_info")).toArray()) {
            const QJsonObject one = value.toObject();
            lines.insert(field(link.toObject(), "ifname") + " " + field(one, "local") + "/" + field(one, "prefixlen") + " " +
                         field(one, "scope") + word(one.value(QLatin1String("secondary")).toBool(), "secondary") +
                         word(one.value(QLatin1String("tentative")).toBool(), "tentative"));
        }
    }
    return lines;
}

std::string linkLine(const QJsonObject &link)
{
    const QJsonArray flags = link.value(QLatin1String("flags")).toArray();
    const QJsonObject info = link.value(QLatin1String("linkinfo")).toObject();
    const QJsonObject port = info.value(QLatin1String("info_slave_data")).toObject();
    const std::string kind = field(info, "info_kind");
    std::string line = field(link, "ifindex") + " " + field(link, "ifname") + " kind " + kind + " mode ";
    const QJsonObject data = info.value(QLatin1String("info_data")).toObject();
    line += kind == "tun" ? field(data, "type") : kind == "macvlan" || kind == "macvtap" ? field(data, "mode") : "";
    line += " master " + field(link, "master") + " lower " + (kind == "veth" ? "" : field(link, "link"));
    line += " " + field(link, "operstate") + " " + field(link, "address") + " mtu " + field(link, "mtu");
    line += word(contains(flags, "UP"), "up") + word(contains(flags, "LOWER_UP"), "carrier");
    line += word(contains(flags, "LOOPBACK"), "loopback");
    if (field(info, "info_slave_kind") == "bridge") {
        line += " port " + field(port, "state");
        for (const char *flag : {"isolated", "learning", "flood", "locked", "hairpin"}) {
            line += word(port.value(QLatin1String(flag)).toBool(), flag);
        }
    }
    return line;
}

std::string linkLine(const evidence::Link &link)
{
    std::string line = std::to_string(link.index) + " " + link.name.toStdString() + " kind " + link.kind.word().toStdString();
    line += " mode " + link.mode.toStdString() + " master " + link.master.toStdString();
    line += " lower " + link.lower.toStdString() + " " + link.operState.word().toStdString() + " " + shown(link.mac);
    line += " mtu " + std::to_string(link.mtu) + word(link.up, "up") + word(link.carrier, "carrier");
    line += word(link.loopback, "loopback");
    if (link.port) {
        line += " port " + link.port->state.word().toStdString() + word(link.port->isolated, "isolated");
        line += word(link.port->learning, "learning") + word(link.port->flood, "flood");
        line += word(link.port->locked, "locked") + word(link.port->hairpin, "hairpin");
    }
    return line;
}

/// iproute2 writes 0.0.0.0/0 and ::/0 as "default", leaves out the length of host routes, "unicast" and table main.
std::string routeLine(const QJsonObject &route, bool v6)
{
    const auto hop = [](const QJsonObject &one) {
        const QJsonObject via = one.value(QLatin1String("via")).toObject();
        return " " + field(one, "dev") + ">" + (via.isEmpty() ? field(one, "gateway") : field(via, "host"));
    };
    std::string destination = field(route, "dst");
    destination = destination == "default" ? (v6 ? "::/0" : "0.0.0.0/0") : destination;
    destination = net::Prefix::parse(destination).value().toString();
    const std::string type = field(route, "type");
    const std::string table = field(route, "table");
    std::string line = type + " " + destination + " table " +
                       (table.empty() || table == "main" ? "254"
                        : table == "local"               ? "255"
                                                         : table);
    line += " proto " + field(route, "protocol") + " scope " + field(route, "scope") + " src " + field(route, "prefsrc");
    const std::string metric = field(route, "metric");
    line += " metric " + (metric.empty() ? "0" : metric);
    const QJsonArray hops = route.value(QLatin1String("nexthops")).toArray();
    for (const QJsonValue &one : hops) {
        line += hop(one.toObject());
    }
    const bool nowhere = type == "blackhole" || type == "unreachable" || type == "prohibit" || type == "throw";
    return hops.isEmpty() && !nowhere ? line + hop(route) : line;
}

std::string routeLine(const evidence::Route &route)
{
    std::string line =
        route.type.word().toStdString() + " " + route.destination.toString() + " table " + std::to_string(route.table);
    line += " proto " + route.protocol.toStdString() + " scope " + route.scope.word().toStdString();
    line += " src " + shown(route.preferredSource) + " metric " + std::to_string(route.metric);
    for (const evidence::NextHop &hop : route.nextHops) {
        line += " " + hop.interface.toStdString() + ">" + shown(hop.gateway);
    }
    return line;
}

template <typename Values, typename ToLine>
Lines linesOf(const Values &values, const ToLine &toLine)
{
    Lines lines;
    for (const auto &value : values) {
        lines.insert(toLine(value));
    }
    return lines;
}

} // namespace

TEST_CASE("links, addresses and routes are what iproute2 shows")
{
    lab::require();
    const Varied lab;
    const lab::Namespace &host = lab.pair.host;
    const auto facts = read(host);
    REQUIRE(facts.links.isRead());
    REQUIRE(facts.addresses.isRead());
    REQUIRE(facts.routes.isRead());

    CHECK(linesOf(facts.links.value, [](const evidence::Link &link) { return linkLine(link); }) ==
          linesOf(json(host, "ip -j -d link"), [](const QJsonValue &link) { return linkLine(link.toObject()); }));
    for (const evidence::Link &link : facts.links.value) {
        if (link.kind == evidence::LinkKind::Veth || link.kind == evidence::LinkKind::Bridge) {
            CHECK(link.driver == link.kind.word());
        }
        CHECK_FALSE(link.wireless);
    }

    CHECK(linesOf(facts.addresses.value, [](const evidence::InterfaceAddress &one) {
              return one.interface.toStdString() + " " + one.prefix.toString() + " " + one.scope.word().toStdString() +
                     word(one.secondary, "secondary") + word(one.tentative, "tentative");
          }) == addressLines(json(host, "ip -j addr")));

    Lines expected = linesOf(json(host, "ip -j -d -4 route show table all"),
                             [](const QJsonValue &route) { return routeLine(route.toObject(), false); });
    expected.merge(linesOf(json(host, "ip -j -d -6 route show table all"),
                           [](const QJsonValue &route) { return routeLine(route.toObject(), true); }));
    CHECK(linesOf(facts.routes.value, [](const evidence::Route &route) { return routeLine(route); }) == expected);
}

TEST_CASE("link counters grow with the packets sent")
{
    lab::require();
    const lab::Pair pair;
    const auto sent = [&] {
        const auto links = read(pair.host).links.value;
        const auto port = std::find_if(links.begin(), links.end(),
                                       [](const evidence::Link &link) { return link.name == QLatin1String("vnet0"); });
        return port->counters.txPackets;
    };
    const auto before = sent();
    REQUIRE(lab::pings(pair.host, lab::Pair::guestAddress, 3));
    CHECK(sent() >= before + 3);
}

TEST_CASE("policy rules, neighbours and the bridge table are what iproute2 shows")
{
    lab::require();
    const Varied lab;
    const lab::Namespace &host = lab.pair.host;
    const auto facts = read(host);
    REQUIRE(facts.policyRules.isRead());
    REQUIRE(facts.neighbours.isRead());
    REQUIRE(facts.fdb.isRead());

    const auto find = [&facts](quint32 priority, net::Family family) {
        const auto &rules = facts.policyRules.value;
        const auto found = std::find_if(rules.begin(), rules.end(), [&](const evidence::PolicyRule &rule) {
            return rule.priority == priority && rule.family == family;
        });
        REQUIRE(found != rules.end());
        return *found;
    };
    CHECK(facts.policyRules.value.size() ==
          static_cast<std::size_t>(json(host, "ip -j -4 rule").size() + json(host, "ip -j -6 rule").size()));
    const auto full = find(100, net::Family::v4);
    CHECK(shown(full.source) == "10.9.0.2/32");
    CHECK(shown(full.destination) == "203.0.112.0/24");
    CHECK(full.inputInterface == QLatin1String("br0"));
    CHECK(full.outputInterface == QLatin1String("br0"));
    CHECK(full.mark == 0x10U);
    CHECK(full.table == 1000);
    CHECK(full.action == evidence::RuleAction::Table);
    CHECK_FALSE(full.inverted);
    CHECK_FALSE(full.suppressPrefixLength);
    CHECK(full.protocol == std::nullopt);
    CHECK(full.others.empty());
    const auto narrow = find(350, net::Family::v4);
    CHECK(narrow.tos == 0x10);
    CHECK(narrow.mark == 2U);
    CHECK(narrow.markMask == 0xffU);
    CHECK(narrow.protocol == 17);
    CHECK(narrow.sourcePorts == evidence::NumberRange{10, 20});
    CHECK(narrow.destinationPorts == evidence::NumberRange{53, 53});
    CHECK(narrow.users == evidence::NumberRange{5, 6});
    CHECK(find(200, net::Family::v4).inverted);
    CHECK(find(150, net::Family::v4).suppressPrefixLength == 0);
    CHECK(find(40000, net::Family::v4).action == evidence::RuleAction::Prohibit);
    CHECK(shown(find(300, net::Family::v6).source) == "fd09::/64");
    CHECK(find(32766, net::Family::v6).table == 254);
    CHECK(find(0, net::Family::v4).table == 255);

    const Lines neighbours = linesOf(facts.neighbours.value, [](const evidence::Neighbour &one) {
        return one.address.toString() + " " + one.interface.toStdString() + " " + shown(one.mac) + " " +
               one.state.word().toStdString();
    });
    CHECK(neighbours.count("10.9.0.77 br0 52:54:00:00:00:77 PERMANENT") == 1);
    CHECK(neighbours.count("10.9.0.10 br0 " + std::string(lab::Pair::guestMac) + " REACHABLE") == 1);
    CHECK(neighbours.count("10.9.0.99 br0  FAILED") + neighbours.count("10.9.0.99 br0  INCOMPLETE") == 1);
    // States age between the two looks, so the comparison leaves them out.
    const auto oracle = linesOf(json(host, "ip -j neigh show nud all"), [](const QJsonValue &value) {
        return field(value.toObject(), "dst") + " " + field(value.toObject(), "dev");
    });
    CHECK(linesOf(facts.neighbours.value, [](const evidence::Neighbour &one) {
              return one.address.toString() + " " + one.interface.toStdString();
          }) == oracle);

    Lines fdb;
    for (const QJsonValue &value : json(host, "bridge -j fdb show")) {
        const QJsonObject one = value.toObject();
        if (!field(one, "master").empty()) {
            fdb.insert(field(one, "mac") + " " + field(one, "ifname") + " " + field(one, "master") +
                       word(field(one, "state") == "permanent", "permanent"));
        }
    }
    CHECK(linesOf(facts.fdb.value, [](const evidence::FdbEntry &one) {
              return one.mac.toString() + " " + one.port.toStdString() + " " + one.bridge.toStdString() +
                     word(one.permanent, "permanent");
          }) == fdb);
    CHECK(fdb.count(std::string(lab::Pair::guestMac) + " vnet0 br0") == 1);
}

TEST_CASE("route questions get the kernel's own answer, errors as values")
{
    lab::require();
    const Varied lab;
    struct Case {
        const char *to;
        const char *from;
        int error;
        const char *type;
        const char *interface;
        const char *gateway;
        const char *source;
        const char *matched;
    };
    const std::vector<Case> cases{
        {"10.9.0.10", nullptr, 0, "unicast", "br0", "", "10.9.0.1", "10.9.0.0/24"},
        {"10.9.0.10", "10.9.0.2", 0, "unicast", "br0", "", "10.9.0.2", "10.9.0.0/24"},
        {"10.9.0.1", nullptr, 0, "local", "lo", "", "10.9.0.1", "10.9.0.1/32"},
        {"192.0.2.1", nullptr, EINVAL, "", "", "", "", ""},
        {"192.0.2.17", nullptr, EACCES, "", "", "", "", ""},
        {"192.0.2.33", nullptr, EHOSTUNREACH, "", "", "", "", ""},
        {"8.8.8.8", nullptr, EACCES, "", "", "", "", ""}, // the prohibit rule at the end of the list
        {"203.0.113.5", nullptr, 0, "unicast", "br0", "fd09::10", "10.9.0.1", "203.0.113.0/24"},
        {"fd09::10", nullptr, 0, "unicast", "br0", "", "fd09::1", "fd09::/64"},
        {"fd09::1", nullptr, 0, "local", "lo", "", "fd09::1", "fd09::1/128"},
        {"2001:db8:1::5", nullptr, EINVAL, "", "", "", "", ""},
        {"2001:db8:9::5", nullptr, ENETUNREACH, "", "", "", "", ""},
    };
    std::vector<collect::RouteQuestion> questions;
    for (const Case &one : cases) {
        questions.push_back({address(one.to), one.from != nullptr ? std::optional(address(one.from)) : std::nullopt});
    }
    const auto answers = read(lab.pair.host, questions).routeAnswers;
    REQUIRE(answers.size() == cases.size());
    for (std::size_t index = 0; index < cases.size(); ++index) {
        const Case &expected = cases[index];
        const auto &answer = answers[index];
        INFO(expected.to << " from " << (expected.from != nullptr ? expected.from : "anywhere"));
        REQUIRE(answer.isRead());
        CHECK(answer.value.destination == address(expected.to));
        CHECK(answer.value.error == expected.error);
        CHECK(answer.value.type.word().toStdString() == expected.type);
        CHECK(answer.value.interface.toStdString() == expected.interface);
        CHECK(shown(answer.value.gateway) == expected.gateway);
        CHECK(shown(answer.value.source) == expected.source);
        if (expected.error == 0) {
            CHECK(shown(answer.value.matched) == expected.matched);
        }
    }
    const auto multipath = read(lab.pair.host, {{address("198.51.100.9"), {}}}).routeAnswers.at(0).value;
    CHECK(shown(multipath.matched) == "198.51.100.0/24");
    CHECK(multipath.gateway);
    // A source that is not ours: EINVAL, from newer kernels ENETUNREACH.
    const auto foreign = read(lab.pair.host, {{address("10.9.0.10"), address("10.9.9.9")}}).routeAnswers.at(0);
    CHECK(foreign.isRead());
    CHECK((foreign.value.error == EINVAL || foreign.value.error == ENETUNREACH));
    const auto mixed = read(lab.pair.host, {{address("10.9.0.10"), address("fd09::1")}}).routeAnswers.at(0);
    CHECK(mixed.access == Access::Failed);
    CHECK_FALSE(mixed.problem.isEmpty());
}

TEST_CASE("a packet that comes in is answered for as the kernel would do with it, its reverse-path filter included")
{
    lab::require();
    const lab::Pair pair;
    const auto ask = [&](const char *from) {
        return read(pair.host, {{address("10.9.0.1"), address(from), QStringLiteral("br0")}});
    };
    const auto facts = ask("10.9.0.10");
    CHECK(facts.routeAnswers.empty());
    REQUIRE(facts.incomingAnswers.size() == 1);
    const auto &local = facts.incomingAnswers.front().value;
    CHECK(local.type == evidence::RouteType::Local);
    CHECK(local.inputInterface == QLatin1String("br0"));
    CHECK(local.from == address("10.9.0.10"));
    pair.host.must("ip route add 10.9.77.0/24 dev lo");
    pair.host.setSysctl("net.ipv4.conf.br0.rp_filter", "1");
    const auto refused = ask("10.9.77.5").incomingAnswers.front().value.error;
    CHECK((refused == EXDEV || refused == EINVAL)); // newer kernels say EINVAL
    CHECK(ask("10.9.0.10").incomingAnswers.front().value.error == 0);
}

TEST_CASE("what lies beside netfilter is seen: options of bridges, other ends, groups, filters of tc, IPsec policies")
{
    lab::require();
    const lab::Pair pair;
    const auto find = [](const evidence::NodeFacts &facts, const char *name) {
        const auto &links = facts.links.value;
        const auto found = std::find_if(links.begin(), links.end(),
                                        [&](const evidence::Link &link) { return link.name == QLatin1String(name); });
        return found == links.end() ? evidence::Link() : *found;
    };
    pair.host.must("ip link add fwln0 type veth peer name fwpr0; ip link set br0 type bridge mcast_querier 1 nf_call_iptables 1;"
                   "bridge mdb add dev br0 port vnet0 grp 239.1.2.3 permanent;"
                   "tc qdisc add dev vnet0 clsact; tc filter add dev vnet0 egress prio 7 bpf da bytecode '1,6 0 0 4294967295,';"
                   "ip xfrm policy add src 10.9.0.0/24 dst 10.8.0.0/16 dir out action block priority 3");
    const auto facts = read(pair.host);
    CHECK(find(facts, "fwln0").peer == QLatin1String("fwpr0"));
    CHECK(find(facts, "vnet0").peer.isEmpty());
    CHECK(find(facts, "vnet0").peerNamespace);
    REQUIRE(find(facts, "br0").bridge);
    CHECK(find(facts, "br0").bridge->multicastQuerier);
    CHECK(find(facts, "br0").bridge->callIptables);
    CHECK_FALSE(find(facts, "br0").bridge->vlanFiltering);
    CHECK(facts.vlans.isRead());
    const auto &groups = facts.multicast.value;
    CHECK(std::any_of(groups.begin(), groups.end(), [](const evidence::MulticastMember &one) {
        return one.group == address("239.1.2.3") && one.port == QLatin1String("vnet0") && one.permanent;
    }));
    REQUIRE(facts.programs.value.size() == 1);
    CHECK(facts.programs.value.front().interface == QLatin1String("vnet0"));
    CHECK(facts.programs.value.front().hook == evidence::ProgramHook::Egress);
    REQUIRE(facts.transforms.value.size() == 1);
    CHECK(facts.transforms.value.front().action == evidence::TransformAction::Block);
    CHECK(facts.transforms.value.front().destination == *net::Prefix::parse("10.8.0.0/16"));
}

TEST_CASE("settings and counters are those of the thread's namespace")
{
    lab::require();
    const lab::Pair pair;
    pair.guest.setSysctl("net.ipv4.icmp_echo_ignore_all", "1");
    pair.guest.setSysctl("net.ipv4.conf.eth0.rp_filter", "1");
    pair.guest.setSysctl("net.ipv4.ping_group_range", "0 2147483647");
    pair.guest.must("ip link add link eth0 name eth0.5 type macvlan");
    CHECK_FALSE(lab::pings(pair.host, lab::Pair::guestAddress, 2));
    const auto guest = read(pair.guest);
    const auto host = read(pair.host);
    REQUIRE(guest.sysctls.isRead());
    REQUIRE(guest.counters.isRead());
    const auto &settings = guest.sysctls.value;
    CHECK(settings.value(QStringLiteral("net.ipv4.icmp_echo_ignore_all")) == QLatin1String("1"));
    CHECK(host.sysctls.value.value(QStringLiteral("net.ipv4.icmp_echo_ignore_all")) == QLatin1String("0"));
    CHECK(settings.value(QStringLiteral("net.ipv4.conf.eth0.rp_filter")) == QLatin1String("1"));
    CHECK(settings.value(QStringLiteral("net.ipv4.ping_group_range")) == QLatin1String("0 2147483647"));
    CHECK(settings.contains(QStringLiteral("net.ipv4.conf.eth0.5.rp_filter")));
    CHECK(settings.contains(QStringLiteral("net.ipv4.conf.all.arp_ignore")));
    CHECK(settings.contains(QStringLiteral("net.ipv6.conf.eth0.disable_ipv6")));
    CHECK_FALSE(settings.contains(QStringLiteral("net.ipv4.conf.br0.rp_filter")));
    CHECK(host.sysctls.value.contains(QStringLiteral("net.ipv4.conf.br0.rp_filter")));

    CHECK(guest.counters.value.value(QStringLiteral("Icmp.InEchos")) == 2);
    CHECK(guest.counters.value.value(QStringLiteral("IcmpMsg.InType8")) == 2);
    CHECK(guest.counters.value.value(QStringLiteral("Icmp.OutEchoReps")) == 0);
    CHECK(guest.counters.value.contains(QStringLiteral("TcpExt.IPReversePathFilter")));
    CHECK(guest.counters.value.contains(QStringLiteral("Icmp6.InEchos")));
    CHECK(host.counters.value.value(QStringLiteral("Icmp.OutEchos")) == 2);
    if (guest.conntrack.isRead()) {
        CHECK(guest.conntrack.value.max > 0);
        CHECK(guest.conntrack.value.count >= 0);
    }
}
