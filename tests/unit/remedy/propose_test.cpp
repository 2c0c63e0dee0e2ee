// SPDX-License-Identifier: GPL-3.0-or-later
// Which remedies follow from a cause, word for word; what is never offered; hostile names. tests/lab runs them.
#include "catch.h"

#include "../facts/builder.h"
#include "diagnosis/catalogue.h"
#include "hostile.h"
#include "remedy/quote.h"
#include "remedy/remedy.h"

using namespace bothways;
using namespace bothways::test;

namespace {

diagnosis::Cause causeOf(diagnosis::Variant variant, facts::Object object, diagnosis::Grade grade = diagnosis::Grade::Proven)
{
    diagnosis::Cause cause;
    cause.id = diagnosis::classOf(variant);
    cause.variant = variant;
    cause.object = std::move(object);
    cause.grade = grade;
    return cause;
}

std::vector<remedy::Remedy> proposed(std::vector<diagnosis::Cause> causes, const evidence::Evidence &evidence)
{
    diagnosis::Diagnosis diagnosis;
    diagnosis.status = diagnosis::Status::Fault;
    diagnosis.causes = std::move(causes);
    return remedy::propose(diagnosis, facts::Case(evidence));
}

facts::RuleObject guestRule(const std::string &backend, const std::string &table, const std::string &chain)
{
    facts::RuleObject object;
    object.where = facts::Where::Guest;
    object.hook = filter::Hook::Input;
    object.packet.source = ip(hostAddress);
    object.packet.destination = ip(vmAddress);
    object.packet.icmpType = 8;
    object.rule.backend = backend;
    object.rule.family = backend == "nft" ? "inet" : "ip";
    object.rule.table = table;
    object.rule.chain = chain;
    object.rule.handle = 5;
    object.rule.position = 3;
    return object;
}

facts::NeighbourObject wrongNeighbour(const QString &interface = u"br0"_s)
{
    facts::NeighbourObject object;
    object.entry = neighbour(vmAddress, interface, strangerMac, evidence::NeighbourState::Permanent);
    object.expected = mac(vmMac);
    return object;
}

facts::RouteObject missingRoute()
{
    facts::RouteObject object;
    object.destination = ip(vmAddress);
    object.wantedInterface = u"br0"_s;
    return object;
}

const QString verifyPing = QStringLiteral("ping -n -c 3 -W 1 10.0.0.10");

} // namespace

TEST_CASE("a guest's nft rule: an exception right before it, found again by its mark")
{
    const auto remedies =
        proposed({causeOf(diagnosis::Variant::GuestInputDropsRequest, guestRule("nft", "fw", "input"))}, oneWay());
    REQUIRE(remedies.size() == 1);
    const auto &remedy = remedies.front();
    CHECK(remedy.id == diagnosis::RemedyId::R05);
    CHECK(remedy.where == facts::Where::Guest);
    CHECK(remedy.shell == remedy::Shell::Bash);
    CHECK(remedy.risk == remedy::Risk::Low);
    REQUIRE(remedy.commands.size() == 1);
    CHECK(remedy.commands.front() == u"nft insert rule inet fw input handle 5 ip saddr 10.0.0.1 ip daddr 10.0.0.10 icmp type "
                                     "echo-request counter accept comment '\"bothways-R05-h5\"'"_s);
    REQUIRE(remedy.undo.size() == 1);
    CHECK(remedy.undo.front().contains(u"bothways-R05-h5"_s));
    CHECK(remedy.verify == QStringList{verifyPing});
}

TEST_CASE("a policy: an exception at the chain's end")
{
    auto object = guestRule("nft", "fw", "input");
    object.rule.policy = true;
    const auto remedies = proposed({causeOf(diagnosis::Variant::GuestInputDropsRequest, object)}, oneWay());
    REQUIRE(remedies.size() == 1);
    CHECK(remedies.front().commands.front().startsWith(u"nft add rule inet fw input ip saddr 10.0.0.1 ip daddr 10.0.0.10 "_s));
}

TEST_CASE("iptables: in front of the rule, in the same backend")
{
    auto object = guestRule("iptables", "filter", "INPUT");
    object.rule.flavour = "legacy";
    const auto remedies = proposed({causeOf(diagnosis::Variant::GuestInputDropsRequest, object)}, oneWay());
    REQUIRE(remedies.size() == 1);
    CHECK(remedies.front().commands ==
          QStringList{u"iptables-legacy -w -t filter -I INPUT 3 -s 10.0.0.1 -d 10.0.0.10 -p icmp --icmp-type "
                      "echo-request -m comment --comment bothways-R05-p3-INPUT -j ACCEPT"_s});
    CHECK(remedies.front().undo ==
          QStringList{u"iptables-legacy -w -t filter -D INPUT -s 10.0.0.1 -d 10.0.0.10 -p icmp --icmp-type "
                      "echo-request -m comment --comment bothways-R05-p3-INPUT -j ACCEPT"_s});
}

TEST_CASE("a rule that a manager owns is changed through the manager as well")
{
    auto object = guestRule("iptables", "filter", "ufw-before-input");
    object.rule.owner = "ufw";
    auto remedies = proposed({causeOf(diagnosis::Variant::GuestInputDropsRequest, object)}, oneWay());
    REQUIRE(remedies.size() == 2);
    CHECK_FALSE(remedies.front().persistent);
    CHECK(remedies.back().persistent);
    CHECK(remedies.back().commands.contains(u"ufw reload"_s));

    object = guestRule("nft", "firewalld", "filter_IN_public_deny");
    object.rule.owner = "firewalld";
    remedies = proposed({causeOf(diagnosis::Variant::GuestInputDropsRequest, object)}, oneWay());
    REQUIRE(remedies.size() == 3);
    CHECK(remedies.front().commands.front() ==
          u"firewall-cmd --zone=public '--add-rich-rule=rule priority=\"-1\" family=\"ipv4\" source address=\"10.0.0.1\" "
          "icmp-type name=\"echo-request\" accept'"_s);
    CHECK(remedies.front().undo.front().contains(u"--remove-rich-rule="_s));
}

TEST_CASE("a Windows guest is mended in PowerShell")
{
    auto evidence = oneWay();
    evidence.guest.value.facts.os = evidence::Os::Windows;
    const auto remedies =
        proposed({causeOf(diagnosis::Variant::GuestInputDropsRequest, facts::PlainObject{facts::Where::Guest, {}})}, evidence);
    REQUIRE(remedies.size() == 2);
    for (const auto &remedy : remedies) {
        CHECK(remedy.shell == remedy::Shell::PowerShell);
    }
    CHECK(remedies.front().commands.front().startsWith(u"New-NetFirewallRule "_s));
    CHECK(remedies.front().commands.front().contains(u"-RemoteAddress '10.0.0.1'"_s));
    CHECK(remedies.back().risk == remedy::Risk::Medium);
}

TEST_CASE("kernel settings: what is stronger elsewhere is set too, and goes back")
{
    auto remedies =
        proposed({causeOf(diagnosis::Variant::EchoIgnored,
                          facts::SysctlObject{facts::Where::Guest, u"net.ipv4.icmp_echo_ignore_all"_s, u"1"_s, u"0"_s})},
                 oneWay());
    REQUIRE(remedies.size() == 1);
    CHECK(remedies.front().id == diagnosis::RemedyId::R26);
    CHECK(remedies.front().commands == QStringList{u"sysctl -w net.ipv4.icmp_echo_ignore_all=0"_s});
    CHECK(remedies.front().undo == QStringList{u"sysctl -w net.ipv4.icmp_echo_ignore_all=1"_s});

    auto evidence = oneWay();
    evidence.guest.value.facts.sysctls.value[u"net.ipv4.conf.all.rp_filter"_s] = u"1"_s;
    remedies = proposed({causeOf(diagnosis::Variant::AsymmetricRpFilter,
                                 facts::SysctlObject{facts::Where::Guest, u"net.ipv4.conf.eth0.5.rp_filter"_s, u"1"_s, u"0"_s})},
                        evidence);
    REQUIRE(remedies.size() == 1);
    CHECK(remedies.front().id == diagnosis::RemedyId::R20);
    CHECK(remedies.front().commands ==
          QStringList{u"sysctl -w net/ipv4/conf/eth0.5/rp_filter=0"_s, u"sysctl -w net.ipv4.conf.all.rp_filter=0"_s});
    CHECK(remedies.front().undo ==
          QStringList{u"sysctl -w net.ipv4.conf.all.rp_filter=1"_s, u"sysctl -w net/ipv4/conf/eth0.5/rp_filter=1"_s});
}

TEST_CASE("neighbours, addresses, routes, links")
{
    auto remedies = proposed({causeOf(diagnosis::Variant::StalePermanent, wrongNeighbour())}, bothWays());
    REQUIRE(remedies.size() == 1);
    CHECK(remedies.front().commands == QStringList{u"ip neigh del 10.0.0.10 dev br0"_s});
    CHECK(remedies.front().undo == QStringList{u"ip neigh replace 10.0.0.10 lladdr 02:00:00:00:00:99 dev br0 nud permanent"_s});

    facts::AddressObject address;
    address.interface = u"br0"_s;
    address.address = prefix("10.0.0.10/24");
    address.claimants = {mac(vmMac), mac(strangerMac)};
    address.rightful = mac(vmMac);
    remedies = proposed({causeOf(diagnosis::Variant::DuplicateIp, address)}, bothWays());
    REQUIRE(remedies.size() == 1);
    CHECK(remedies.front().id == diagnosis::RemedyId::R22);
    CHECK(remedies.front().changes.contains(QLatin1String(strangerMac)));
    CHECK(remedies.front().undo == QStringList{u"ip neigh del 10.0.0.10 dev br0"_s});

    address.claimants.clear();
    remedies = proposed({causeOf(diagnosis::Variant::DuplicateIp, address)}, bothWays());
    REQUIRE(remedies.size() == 1);
    CHECK(remedies.front().changes.contains(u"another machine"_s));
    address.address = prefix("10.0.0.1/32"); // the host's own: a neighbour entry changes nothing
    CHECK(proposed({causeOf(diagnosis::Variant::DuplicateIp, address)}, bothWays()).empty());

    remedies = proposed({causeOf(diagnosis::Variant::MissingRoute, missingRoute())}, bothWays());
    REQUIRE(remedies.size() == 1);
    CHECK(remedies.front().commands == QStringList{u"ip route add 10.0.0.10/32 dev br0"_s});

    auto blackhole = missingRoute();
    blackhole.route.emplace();
    blackhole.route->destination = prefix("10.0.0.0/28");
    blackhole.route->type = evidence::RouteType::Blackhole;
    remedies = proposed({causeOf(diagnosis::Variant::Blackhole, blackhole)}, bothWays());
    REQUIRE(remedies.size() == 2);
    CHECK(remedies.front().id == diagnosis::RemedyId::R18); // beside it first, taking it away second
    CHECK(remedies.back().commands == QStringList{u"ip route del blackhole 10.0.0.0/28"_s});

    auto evidence = bothWays();
    evidence.host.value.links.value.at(1).port.emplace();
    evidence.host.value.links.value.at(1).port->state = evidence::PortState::Blocking;
    facts::LinkObject port;
    port.name = u"port0"_s;
    remedies = proposed({causeOf(diagnosis::Variant::PortIsolated, port)}, evidence);
    REQUIRE(remedies.size() == 1);
    CHECK(remedies.front().commands == QStringList{u"bridge link set dev port0 state 3"_s});
    CHECK(remedies.front().undo == QStringList{u"bridge link set dev port0 state 4"_s});

    evidence.host.value.links.value.at(1).carrier = false; // the VM's own interface is down
    CHECK(proposed({causeOf(diagnosis::Variant::PortIsolated, port)}, evidence).empty());

    evidence.host.value.links.value.at(1).up = false;
    remedies = proposed({causeOf(diagnosis::Variant::LinkDown, port)}, evidence);
    REQUIRE(remedies.size() == 1);
    CHECK(remedies.front().commands == QStringList{u"ip link set dev port0 up"_s});
    CHECK(remedies.front().undo == QStringList{u"ip link set dev port0 down"_s});
}

TEST_CASE("R25 widens the narrow end, or narrows the wide one")
{
    const auto words = [&](const facts::MtuObject &object) {
        QStringList lines;
        for (const auto &remedy : proposed({causeOf(diagnosis::Variant::MtuMismatch, object)}, bothWays())) {
            lines << name(remedy.id) + u' ' + facts::name(remedy.where) + u": "_s + remedy.commands.join(u';') + u" / "_s +
                         remedy.undo.join(u';') + u" / "_s + remedy.verify.join(u';');
        }
        return lines;
    };
    CHECK(words({facts::Where::Guest, u"eth0"_s, 1400, 1500}) ==
          QStringList{u"R25 guest: ip link set dev eth0 mtu 1500 / ip link set dev eth0 mtu 1400 / "
                      "ping -n -c 3 -W 1 -s 1472 -M do 10.0.0.10"_s,
                      u"R25 host: ip route add 10.0.0.10/32 dev br0 mtu 1400 / ip route del 10.0.0.10/32 dev br0 / "
                      "ping -n -c 3 -W 1 -s 1472 10.0.0.10"_s});
    CHECK(words({facts::Where::Host, u"br0"_s, 1500, 1300}) ==
          QStringList{u"R25 host: ip route add 10.0.0.10/32 dev br0 mtu 1300 / ip route del 10.0.0.10/32 dev br0 / "
                      "ping -n -c 3 -W 1 -s 1472 10.0.0.10"_s});
    // What no link has, or IPv6 could not live with.
    for (const int mtu : {0, -1, 68, 1279, 65536, 1500}) {
        CHECK(words({facts::Where::Host, u"br0"_s, 1500, mtu}).isEmpty());
    }
}

TEST_CASE("nothing for what is ruled out, healthy, or contradicted by the signature")
{
    const auto rule = guestRule("nft", "fw", "input");
    CHECK(proposed({causeOf(diagnosis::Variant::GuestInputDropsRequest, rule, diagnosis::Grade::RuledOut)}, oneWay()).empty());
    CHECK(proposed({causeOf(diagnosis::Variant::GuestInputDropsRequest, rule)}, healthy()).empty());
    diagnosis::Diagnosis fine;
    fine.status = diagnosis::Status::NoFault;
    fine.causes = {causeOf(diagnosis::Variant::GuestInputDropsRequest, rule)};
    CHECK(remedy::propose(fine, facts::Case(oneWay())).empty());

    // The VM's own ping used the host's route, neighbour entry and link: a one-way fault is in none of them.
    const std::vector<diagnosis::Cause> excluded{
        causeOf(diagnosis::Variant::StalePermanent, wrongNeighbour()), causeOf(diagnosis::Variant::MissingRoute, missingRoute()),
        causeOf(diagnosis::Variant::HostAdapterMissing,
                facts::ModeObject{facts::ModeFault::HostAdapterMissing, u"db7"_s, u"default"_s, {}, u"br0"_s, {}})};
    for (const auto &cause : excluded) {
        INFO(name(cause.variant).toStdString());
        CHECK(proposed({cause}, oneWay()).empty());
        CHECK_FALSE(proposed({cause}, bothWays()).empty());
    }
    // No object known: nothing to build from.
    diagnosis::Cause vague;
    vague.id = diagnosis::CauseClass::GuestFirewall;
    CHECK(proposed({vague}, oneWay()).empty());
}

TEST_CASE("the surest cause comes first, the same remedy once")
{
    const auto probable =
        causeOf(diagnosis::Variant::GuestInputDropsRequest, guestRule("nft", "fw", "first"), diagnosis::Grade::Possible);
    const auto proven = causeOf(diagnosis::Variant::GuestInputDropsRequest, guestRule("nft", "fw", "second"));
    const auto remedies = proposed({probable, proven, proven}, oneWay());
    REQUIRE(remedies.size() == 2);
    CHECK(remedies.front().commands.front().contains(u" second "_s));
}

TEST_CASE("hostile names are one quoted word or no remedy at all")
{
    for (const auto &name : hostileStrings(1000)) {
        INFO(name.toStdString());
        const auto std = name.toStdString();
        const auto quoted = remedy::quoteBash(name);
        for (const auto &remedy :
             proposed({causeOf(diagnosis::Variant::GuestInputDropsRequest, guestRule("nft", std, std)),
                       causeOf(diagnosis::Variant::GuestOutputDropsReply, guestRule("iptables", "filter", std)),
                       causeOf(diagnosis::Variant::StalePermanent, wrongNeighbour(name)),
                       causeOf(diagnosis::Variant::LinkDown,
                               facts::LinkObject{facts::Where::Hypervisor, name, name, u"qemu:///system"_s, mac(vmMac), {}}),
                       causeOf(diagnosis::Variant::MtuMismatch, facts::MtuObject{facts::Where::Host, name, 1400, 1500})},
                      bothWays())) {
            CHECK_FALSE(remedy.commands.isEmpty());
            CHECK_FALSE(remedy.undo.isEmpty());
            for (const auto &command : remedy.commands + remedy.undo + remedy.verify) {
                INFO(command.toStdString());
                CHECK(remedy::isPasteSafe(command));
            }
            CHECK((remedy.id == diagnosis::RemedyId::R28 || remedy.commands.front().contains(quoted)));
            if (remedy.commands.front().startsWith(u"nft"_s)) {
                CHECK(remedy::isNftIdentifier(name));
            }
        }
    }
}

TEST_CASE("the catalogue has 28 remedies in order")
{
    REQUIRE(remedy::table().size() == 28);
    int number = 0;
    for (const auto &entry : remedy::table()) {
        CHECK(name(entry.id) == u"R%1"_s.arg(++number, 2, 10, QLatin1Char('0')));
        CHECK(*entry.title != '\0');
    }
}

TEST_CASE("a bound reply is sent past the rule that diverts it: the pair alone first, then all from that address")
{
    facts::RouteObject object;
    object.destination = ip(vmAddress);
    object.wantedInterface = u"br0"_s;
    object.wantedSource = ip(hostAddress);
    object.bound = true;
    evidence::PolicyRule rule;
    rule.priority = 1000;
    rule.source = prefix("10.0.0.0/24");
    object.rule = rule;
    const auto remedies = proposed({causeOf(diagnosis::Variant::PolicyRule, object)}, bothWays());
    REQUIRE(remedies.size() == 2);
    CHECK(remedies[0].commands == QStringList{u"ip rule add pref 999 from 10.0.0.1/32 to 10.0.0.10/32 lookup main"_s});
    CHECK(remedies[0].undo == QStringList{u"ip rule del pref 999 from 10.0.0.1/32 to 10.0.0.10/32 lookup main"_s});
    CHECK(remedies[0].verify == QStringList{u"ping -n -c 3 -W 1 -I 10.0.0.1 10.0.0.10"_s});
    CHECK(remedies[1].commands == QStringList{u"ip rule add pref 999 from 10.0.0.1/32 lookup main"_s});
    CHECK(remedies[1].risk == remedy::Risk::Medium);
}

TEST_CASE("an address is moved from the port to the bridge with its routes, and is never on neither")
{
    auto evidence = bothWays();
    auto wide = route("0.0.0.0/0", u"enp5s0"_s);
    wide.nextHops.front().gateway = ip("10.0.0.254");
    wide.metric = 100;
    evidence.host.value.routes.value.push_back(wide);
    facts::AddressObject object;
    object.interface = u"enp5s0"_s;
    object.address = prefix("10.0.0.1/24");
    object.wantedInterface = u"br0"_s;
    const auto remedies = proposed({causeOf(diagnosis::Variant::AddressOnPort, object)}, evidence);
    REQUIRE(remedies.size() == 1);
    CHECK(remedies.front().commands == QStringList{u"ip addr add 10.0.0.1/24 dev br0"_s,
                                                   u"ip route replace default via 10.0.0.254 dev br0 metric 100"_s,
                                                   u"ip addr del 10.0.0.1/24 dev enp5s0"_s});
    CHECK(remedies.front().undo == QStringList{u"ip addr add 10.0.0.1/24 dev enp5s0"_s,
                                               u"ip route replace default via 10.0.0.254 dev enp5s0 metric 100"_s,
                                               u"ip addr del 10.0.0.1/24 dev br0"_s});
}

TEST_CASE("a bridge or port is put into the VLAN that it lacks")
{
    const facts::VlanObject itself{facts::Where::Host, u"br0"_s, 7, true, true, true};
    const auto remedies = proposed({causeOf(diagnosis::Variant::NotInVlan, itself)}, bothWays());
    REQUIRE(remedies.size() == 1);
    CHECK(remedies.front().commands == QStringList{u"bridge vlan add dev br0 vid 7 pvid untagged self"_s});
    CHECK(remedies.front().undo == QStringList{u"bridge vlan del dev br0 vid 7 self"_s});
    const facts::VlanObject port{facts::Where::Host, u"port0"_s, 30, false, false, false};
    CHECK(proposed({causeOf(diagnosis::Variant::NotInVlan, port)}, bothWays()).front().commands ==
          QStringList{u"bridge vlan add dev port0 vid 30"_s});
    const facts::VlanObject none{facts::Where::Host, u"port0"_s, 0, false, false, false};
    CHECK(proposed({causeOf(diagnosis::Variant::NotInVlan, none)}, bothWays()).empty());
}

TEST_CASE("a translation is mended before its own rule, and a routed guest is never told to look on its link")
{
    auto object = guestRule("iptables", "nat", "PREROUTING");
    object.where = facts::Where::Host;
    object.hook = filter::Hook::Prerouting;
    object.rule.flavour = "legacy";
    object.packet.source = ip(vmAddress);
    object.packet.destination = ip("203.0.113.5");
    const auto remedies = proposed({causeOf(diagnosis::Variant::HostNatRewrites, object)}, bothWays());
    REQUIRE_FALSE(remedies.empty());
    CHECK(
        remedies.front().commands.front().startsWith(u"iptables-legacy -w -t nat -I PREROUTING 3 -s 10.0.0.10 -d 203.0.113.5"_s));
    facts::RouteObject route;
    route.where = facts::Where::Guest;
    route.destination = ip(hostAddress);
    CHECK(proposed({causeOf(diagnosis::Variant::MissingRoute, route)}, bothWays()).empty());
}

TEST_CASE("a command on the host names nobody but the two, whatever the cause rests on")
{
    const auto commandsFor = [](const evidence::Evidence &evidence, diagnosis::Variant variant, const facts::Object &object) {
        QStringList all;
        for (const auto &remedy : proposed({causeOf(variant, object)}, evidence)) {
            all << (remedy.where == facts::Where::Host ? remedy.commands : QStringList());
        }
        return all;
    };
    auto evidence = bothWays();
    auto wide = route("0.0.0.0/0", u"other0"_s);
    wide.nextHops.front().gateway = ip("192.0.2.1");
    evidence.host.value.routes.value.push_back(wide);
    evidence.host.value.addresses.value.push_back({u"other0"_s, prefix("192.0.2.5/24"), evidence::AddressScope::Global});

    SECTION("no gateway's packets go to a VM")
    {
        auto object = wrongNeighbour(u"other0"_s);
        object.entry.address = ip("192.0.2.1");
        CHECK(commandsFor(evidence, diagnosis::Variant::StalePermanent, object).isEmpty());
        auto narrow = missingRoute();
        narrow.destination = ip("192.0.2.1");
        CHECK(commandsFor(evidence, diagnosis::Variant::MissingRoute, narrow).isEmpty());
    }
    SECTION("no network is taken away but one within the VM's link")
    {
        for (const auto *network : {"192.0.2.0/24", "10.0.0.0/8", "0.0.0.0/0", "fe80::/64", "fd00::/8"}) {
            CAPTURE(network);
            auto object = missingRoute();
            object.destination = ip(prefix(network).address().isV6() ? "fe80::1" : vmAddress);
            object.route = route(network, u"other0"_s);
            const auto commands = commandsFor(evidence, diagnosis::Variant::OverlappingPrefix, object);
            CHECK(commands.filter(u" del "_s).isEmpty());
        }
    }
    SECTION("an address that only the VM gives is asked for first, and not where somebody else answers")
    {
        evidence.target.requested = u"debian"_s;
        evidence.target.vm = u"debian"_s;
        evidence.guest.value.channel = evidence::GuestChannel::QemuGuestAgent;
        auto &probe = evidence.probes.neighbours.front().value;
        probe.answers = {{mac(vmMac), 1000, {}}};
        CHECK(commandsFor(evidence, diagnosis::Variant::StalePermanent, wrongNeighbour()).size() == 1);
        probe.answers.push_back({mac(strangerMac), 1000, {}});
        CHECK(commandsFor(evidence, diagnosis::Variant::StalePermanent, wrongNeighbour()).isEmpty());
        evidence.probes.neighbours.clear();
        CHECK(commandsFor(evidence, diagnosis::Variant::StalePermanent, wrongNeighbour()).isEmpty());
    }
}
