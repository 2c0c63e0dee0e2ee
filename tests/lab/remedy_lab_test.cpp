// SPDX-License-Identifier: GPL-3.0-or-later
// Every remedy word for word on the real kernel: the fault, do (the ping works), undo (everything as before, fault included).
#include "catch.h"

#include "lab.h"
#include "remedy/remedy.h"

#include <functional>
#include <regex>

using namespace bothways;

namespace {

const char *const hostAddress = lab::Pair::hostAddress;
const char *const guestAddress = lab::Pair::guestAddress;

net::IpAddress ip(const char *text) { return net::IpAddress::parse(text).value(); }

/// All that a remedy of these could leave behind, in order, without handles and counters, which no undo can put back.
std::string everything(const lab::Namespace &machine)
{
    std::string all = lab::configuration(machine);
    for (const char *command : {"nft -s list ruleset", "ip -d route show table all", "ip -6 -d route show table all", "ip rule",
                                "ip neigh show nud permanent", "iptables-legacy-save", "iptables-nft-save", "ip -o link",
                                "bridge -d link", "sysctl net.ipv4.conf net.ipv4.icmp_echo_ignore_all"}) {
        all += std::string("\n== ") + command + "\n" + machine.sh(command).out;
    }
    all = std::regex_replace(all, std::regex(R"(\[\d+:\d+\])"), "[0:0]");
    all = std::regex_replace(all, std::regex(R"(counter packets \d+ bytes \d+)"), "counter");
    all = std::regex_replace(all, std::regex(R"(# (Generated|Completed)[^\n]*)"), "#");
    return std::regex_replace(all, std::regex(R"(expires \d+sec)"), "");
}

evidence::Evidence evidenceOf()
{
    evidence::Evidence evidence;
    evidence.tool.platform = QStringLiteral("Linux");
    evidence.started = QDateTime::fromString(QStringLiteral("2026-11-23T03:12:00Z"), Qt::ISODate);
    evidence.target.vm = QStringLiteral("db7");
    evidence.target.hostAddress = ip(hostAddress);
    evidence.target.vmAddress = ip(guestAddress);
    evidence.target.interface = QStringLiteral("br0");
    return evidence;
}

diagnosis::Diagnosis diagnosisOf(const char *id, const char *variant, checks::Object object)
{
    diagnosis::Cause cause;
    cause.id = QLatin1String(id);
    cause.variant = QLatin1String(variant);
    cause.object = std::move(object);
    cause.grade = diagnosis::Grade::Proven;
    diagnosis::Diagnosis diagnosis;
    diagnosis.status = diagnosis::Status::Fault;
    diagnosis.causes.push_back(std::move(cause));
    return diagnosis;
}

/// An echo packet as the hook sees it.
filter::Packet echo(const char *from, const char *to, int type)
{
    filter::Packet packet;
    packet.source = ip(from);
    packet.destination = ip(to);
    packet.icmpType = type;
    packet.icmpCode = 0;
    return packet;
}

checks::RuleObject ruleObject(checks::Where where, filter::Hook hook, filter::Packet packet, filter::RuleRef rule)
{
    checks::RuleObject object;
    object.where = where;
    object.hook = hook;
    object.packet = std::move(packet);
    object.rule = std::move(rule);
    return object;
}

filter::RuleRef nftRule(const lab::Namespace &machine, const std::string &family, const std::string &table,
                        const std::string &chain, const std::string &marker)
{
    filter::RuleRef rule;
    rule.backend = "nft";
    rule.family = family;
    rule.table = table;
    rule.chain = chain;
    const std::string list = machine.must("nft -a list chain " + family + " " + table + " " + chain);
    std::smatch match;
    REQUIRE(std::regex_search(list, match, std::regex("\n\t*(" + marker + "[^\n]*) # handle (\\d+)")));
    rule.text = match[1];
    rule.handle = std::stoll(match[2]);
    return rule;
}

filter::RuleRef policyOf(const std::string &backend, const std::string &family, const std::string &table,
                         const std::string &chain, const std::string &flavour = {})
{
    filter::RuleRef rule;
    rule.backend = backend;
    rule.flavour = flavour;
    rule.family = family;
    rule.table = table;
    rule.chain = chain;
    rule.policy = true;
    rule.text = "policy drop";
    return rule;
}

filter::RuleRef iptablesRule(const std::string &flavour, const std::string &chain, int position)
{
    filter::RuleRef rule;
    rule.backend = "iptables";
    rule.flavour = flavour;
    rule.family = "ip";
    rule.table = "filter";
    rule.chain = chain;
    rule.position = position;
    return rule;
}

/// Runs each remedy's do, verify and undo. `ping` is the fault as a person would see it.
void proveAll(const lab::Pair &pair, const diagnosis::Diagnosis &diagnosis, const evidence::Evidence &evidence,
              const std::function<bool()> &ping)
{
    const auto remedies = remedy::propose(diagnosis, evidence);
    REQUIRE_FALSE(remedies.empty());
    REQUIRE_FALSE(ping());
    for (const auto &remedy : remedies) {
        INFO(remedy.id.toStdString() << " " << remedy.title.toStdString());
        const auto &machine = remedy.where == checks::Where::Guest ? pair.guest : pair.host;
        const std::string hostBefore = everything(pair.host);
        const std::string guestBefore = everything(pair.guest);
        for (const auto &command : remedy.commands) {
            const auto result = machine.sh(command.toStdString());
            INFO(command.toStdString() << "\n" << result.describe());
            REQUIRE(result.ok());
        }
        CHECK(ping());
        CHECK(everything(machine) != (remedy.where == checks::Where::Guest ? guestBefore : hostBefore));
        REQUIRE(remedy.verify.size() == 1);
        CHECK(pair.host.sh(remedy.verify.front().toStdString()).ok());
        for (const auto &command : remedy.undo) {
            const auto result = machine.sh(command.toStdString());
            INFO(command.toStdString() << "\n" << result.describe());
            CHECK(result.ok());
        }
        CHECK(everything(pair.host) == hostBefore);
        CHECK(everything(pair.guest) == guestBefore);
        CHECK_FALSE(ping());
        CHECK_FALSE(pair.host.sh(remedy.verify.front().toStdString()).ok());
    }
}

void proveAll(const lab::Pair &pair, const diagnosis::Diagnosis &diagnosis)
{
    proveAll(pair, diagnosis, evidenceOf(), [&] { return lab::pings(pair.host, guestAddress); });
}

} // namespace

TEST_CASE("a guest's nft rule that drops echo requests, between its neighbours")
{
    lab::require();
    const lab::Pair pair;
    pair.guest.nft(
        "table inet fw { chain input { type filter hook input priority 0; policy accept;\n tcp dport 22 counter accept\n"
        "icmp type echo-request counter drop comment \"no \\$(id) ping\"\n udp dport 53 accept\n }\n}");
    proveAll(pair, diagnosisOf("guest-firewall", "input-drops-request",
                               ruleObject(checks::Where::Guest, filter::Hook::Input, echo(hostAddress, guestAddress, 8),
                                          nftRule(pair.guest, "inet", "fw", "input", "icmp type"))));
}

TEST_CASE("a guest's nft policy that drops what nothing accepted")
{
    lab::require();
    const lab::Pair pair;
    pair.guest.nft(
        "table inet fw { chain input { type filter hook input priority 0; policy drop;\n ct state established,related accept\n"
        "iif lo accept\n }\n}");
    proveAll(pair, diagnosisOf("guest-firewall", "input-drops-request",
                               ruleObject(checks::Where::Guest, filter::Hook::Input, echo(hostAddress, guestAddress, 8),
                                          policyOf("nft", "inet", "fw", "input"))));
}

TEST_CASE("a rule in a chain that is jumped to, in a table with an odd name")
{
    lab::require();
    const lab::Pair pair;
    pair.guest.nft("table ip fw/x.y-z { set trusted { type ipv4_addr; elements = { 10.9.0.77 } }\n chain drop-all { meta l4proto "
                   "icmp ip saddr != "
                   "@trusted reject with icmp type admin-prohibited\n counter\n }\n"
                   "chain input { type filter hook input priority 0; ip protocol icmp jump drop-all\n }\n}");
    proveAll(pair, diagnosisOf("guest-firewall", "allows-other-source-only",
                               ruleObject(checks::Where::Guest, filter::Hook::Input, echo(hostAddress, guestAddress, 8),
                                          nftRule(pair.guest, "ip", "fw/x.y-z", "drop-all", "[^\n]*reject"))));
}

TEST_CASE("a guest that drops its own echo replies")
{
    lab::require();
    const lab::Pair pair;
    pair.guest.nft(
        "table inet fw { chain output { type filter hook output priority 0; policy accept;\n icmp type echo-reply drop\n }\n}");
    proveAll(pair, diagnosisOf("guest-firewall", "output-drops-reply",
                               ruleObject(checks::Where::Guest, filter::Hook::Output, echo(guestAddress, hostAddress, 0),
                                          nftRule(pair.guest, "inet", "fw", "output", "icmp type"))));
}

TEST_CASE("a host that drops its own echo requests, or the replies")
{
    lab::require();
    const lab::Pair pair;
    SECTION("on output")
    {
        pair.host.nft("table inet fw { chain output { type filter hook output priority 0; policy accept;\n icmp type "
                      "echo-request drop\n }\n}");
        proveAll(pair, diagnosisOf("host-firewall", "output-drops-request",
                                   ruleObject(checks::Where::Host, filter::Hook::Output, echo(hostAddress, guestAddress, 8),
                                              nftRule(pair.host, "inet", "fw", "output", "icmp type"))));
    }
    SECTION("on input")
    {
        pair.host.nft(
            "table inet fw { chain input { type filter hook input priority 0; policy accept;\n icmp type echo-reply drop\n }\n}");
        proveAll(pair, diagnosisOf("host-firewall", "input-drops-reply",
                                   ruleObject(checks::Where::Host, filter::Hook::Input, echo(guestAddress, hostAddress, 0),
                                              nftRule(pair.host, "inet", "fw", "input", "icmp type"))));
    }
}

TEST_CASE("a bridge rule on the host")
{
    lab::require();
    const lab::Pair pair;
    pair.host.nft("table bridge f { chain out { type filter hook output priority 0; policy accept;\n ip protocol icmp icmp type "
                  "echo-request drop\n }\n}");
    proveAll(pair, diagnosisOf("vswitch-filter", "bridge-rule",
                               ruleObject(checks::Where::Host, filter::Hook::Output, echo(hostAddress, guestAddress, 8),
                                          nftRule(pair.host, "bridge", "f", "out", "i[^\n]*echo-request"))));
}

TEST_CASE("iptables, legacy and nft: a rule in a jumped chain, and a policy")
{
    lab::require();
    for (const std::string flavour : {"legacy", "nft"}) {
        INFO(flavour);
        const std::string program = "iptables-" + flavour;
        {
            const lab::Pair pair;
            pair.guest.must(program + " -N 'odd;chain' && " + program + " -A INPUT -p icmp -j 'odd;chain' && " + program +
                            " -A 'odd;chain' -s 192.0.2.1 -j ACCEPT && " + program +
                            " -A 'odd;chain' -m comment --comment 'a b' -j DROP && " + program + " -A 'odd;chain' -j RETURN");
            proveAll(pair, diagnosisOf("guest-firewall", "input-drops-request",
                                       ruleObject(checks::Where::Guest, filter::Hook::Input, echo(hostAddress, guestAddress, 8),
                                                  iptablesRule(flavour, "odd;chain", 2))));
        }
        const lab::Pair pair;
        pair.guest.must(program + " -A INPUT -p tcp --dport 22 -j ACCEPT && " + program + " -P INPUT DROP");
        proveAll(pair, diagnosisOf("guest-firewall", "input-drops-request",
                                   ruleObject(checks::Where::Guest, filter::Hook::Input, echo(hostAddress, guestAddress, 8),
                                              policyOf("iptables", "ip", "filter", "INPUT", flavour))));
    }
}

TEST_CASE("the kernel's echo switch")
{
    lab::require();
    const lab::Pair pair;
    pair.guest.setSysctl("net.ipv4.icmp_echo_ignore_all", "1");
    proveAll(pair, diagnosisOf("path-limits", "echo-ignored",
                               checks::SysctlObject{checks::Where::Guest, QStringLiteral("net.ipv4.icmp_echo_ignore_all"),
                                                    QStringLiteral("1"), QStringLiteral("0")}));
}

TEST_CASE("a strict reverse path filter in a guest with two adapters")
{
    lab::require();
    const lab::Pair pair;
    lab::connect(pair.host, "ext0", pair.guest, "eth1");
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
             diagnosisOf("routing", "asymmetric-rp-filter",
                         checks::SysctlObject{checks::Where::Guest, QStringLiteral("net.ipv4.conf.eth0.rp_filter"),
                                              QStringLiteral("0"), QStringLiteral("2")}),
             evidence, [&] {
                 return pair.host.run({"ping", "-c3", "-W1", "-I", "10.99.0.1", guestAddress}).ok();
             });
}

TEST_CASE("a more specific route that leads elsewhere")
{
    lab::require();
    const lab::Pair pair;
    lab::connect(pair.host, "tun0", pair.guest, "eth1");
    pair.host.must("ip link set dev tun0 down && ip link set dev tun0 name \"tun'0\" && ip link set dev \"tun'0\" up");
    pair.host.must("ip addr add 10.99.0.1/24 dev \"tun'0\"");
    pair.host.must("ip route add 10.9.0.0/28 via 10.99.0.9 dev \"tun'0\" proto static metric 50 src 10.99.0.1");
    evidence::Route route;
    route.destination = net::Prefix::parse("10.9.0.0/28").value();
    route.nextHops = {{QStringLiteral("tun'0"), ip("10.99.0.9")}};
    route.preferredSource = ip("10.99.0.1");
    route.metric = 50;
    route.protocol = QStringLiteral("static");
    route.scope = QStringLiteral("global");
    checks::RouteObject object;
    object.route = route;
    object.destination = ip(guestAddress);
    object.wantedInterface = QStringLiteral("br0");
    object.wantedSource = ip(hostAddress);
    proveAll(pair, diagnosisOf("routing", "overlapping-prefix", object));
}

TEST_CASE("a permanent neighbour entry with a wrong address")
{
    lab::require();
    const lab::Pair pair;
    pair.host.must("ip neigh replace 10.9.0.10 lladdr 52:54:00:de:ad:01 dev br0 nud permanent");
    checks::NeighbourObject object;
    object.entry = {ip(guestAddress), QStringLiteral("br0"), net::MacAddress::parse("52:54:00:de:ad:01"),
                    QStringLiteral("PERMANENT")};
    object.expected = net::MacAddress::parse(lab::Pair::guestMac);
    proveAll(pair, diagnosisOf("neighbour-state", "stale-permanent", object));
}

TEST_CASE("a guest without a way back to the source that was asked for")
{
    lab::require();
    const lab::Pair pair;
    pair.host.must("ip addr add 192.0.2.1/32 dev lo");
    auto evidence = evidenceOf();
    evidence.target.hostAddress = ip("192.0.2.1");
    evidence.target.hostAddressGiven = true;
    checks::RouteObject object;
    object.where = checks::Where::Guest;
    object.destination = ip("192.0.2.1");
    object.wantedInterface = QStringLiteral("eth0");
    object.wantedGateway = ip(hostAddress);
    proveAll(pair, diagnosisOf("routing", "missing-route", object), evidence, [&] {
        return pair.host.run({"ping", "-c3", "-W1", "-I", "192.0.2.1", guestAddress}).ok();
    });
}

TEST_CASE("a guest whose default route leads to a gateway that is not there")
{
    lab::require();
    const lab::Pair pair;
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
    route.scope = QStringLiteral("global");
    checks::RouteObject object;
    object.where = checks::Where::Guest;
    object.route = route;
    object.destination = ip("192.0.2.1");
    object.wantedInterface = QStringLiteral("eth0");
    object.wantedGateway = ip(hostAddress);
    proveAll(pair, diagnosisOf("routing", "wrong-default", object), evidence, [&] {
        return pair.host.run({"ping", "-c3", "-W1", "-I", "192.0.2.1", guestAddress}).ok();
    });
}

TEST_CASE("two machines with the VM's address, the wrong one answers")
{
    lab::require();
    lab::PairOptions options;
    options.secondGuest = true;
    const lab::Pair pair(options);
    pair.second->address("eth0", "10.9.0.10/24");
    pair.second->setSysctl("net.ipv4.icmp_echo_ignore_all", "1");
    pair.guest.setSysctl("net.ipv4.conf.eth0.arp_ignore", "8"); // so that the race always ends the same way
    checks::AddressObject object;
    object.interface = QStringLiteral("br0");
    object.address = net::Prefix::parse("10.9.0.10/24").value();
    object.rightful = net::MacAddress::parse(lab::Pair::guestMac);
    object.claimants = {*object.rightful, net::MacAddress::parse(lab::Pair::secondMac).value()};
    proveAll(pair, diagnosisOf("address-plan", "duplicate-ip", object));
}

TEST_CASE("IPv6: an echo that is dropped, and with it neighbour discovery")
{
    lab::require();
    lab::PairOptions options;
    options.ipv6 = true;
    const lab::Pair pair(options);
    const char *rule = "icmpv6 type echo-request drop";
    std::string marker = "icmpv6 type echo";
    SECTION("the echo alone") {}
    SECTION("everything that is ICMPv6")
    {
        rule = "meta l4proto ipv6-icmp drop";
        marker = "meta l4proto";
    }
    pair.guest.nft(std::string("table inet fw { chain input { type filter hook input priority 0; policy accept;\n ") + rule +
                   "\n }\n}");
    auto evidence = evidenceOf();
    evidence.target.hostAddress6 = ip(lab::Pair::hostAddress6);
    evidence.target.vmAddress6 = ip(lab::Pair::guestAddress6);
    auto packet = echo(lab::Pair::hostAddress6, lab::Pair::guestAddress6, 128);
    packet.protocol = 58;
    proveAll(pair,
             diagnosisOf("guest-firewall", "icmpv6-dropped",
                         ruleObject(checks::Where::Guest, filter::Hook::Input, packet,
                                    nftRule(pair.guest, "inet", "fw", "input", marker))),
             evidence, [&] {
                 return pair.host.run({"ping", "-6", "-c3", "-W1", lab::Pair::guestAddress6}).ok();
             });
}

TEST_CASE("a bridge port that does not forward")
{
    lab::require();
    const lab::Pair pair;
    pair.host.must("bridge link set dev vnet0 state 0 learning off");
    evidence::Link link;
    link.name = QStringLiteral("vnet0");
    link.master = QStringLiteral("br0");
    link.up = true;
    link.port.emplace();
    link.port->state = QStringLiteral("disabled");
    link.port->learning = false;
    auto evidence = evidenceOf();
    evidence.host.access = evidence::Access::Read;
    evidence.host.value.links.access = evidence::Access::Read;
    evidence.host.value.links.value = {link};
    checks::LinkObject object;
    object.name = link.name;
    proveAll(pair, diagnosisOf("vswitch-filter", "port-isolated", object), evidence,
             [&] { return lab::pings(pair.host, guestAddress); });
}

namespace {

/// /etc/ufw of one namespace alone: ip netns exec puts what is in /etc/netns/NAME over /etc.
class OwnUfw {
public:
    explicit OwnUfw(const lab::Namespace &machine) : m_directory("/etc/netns/" + machine.name())
    {
        REQUIRE(lab::run({"mkdir", "-p", m_directory}).ok());
        REQUIRE(lab::run({"cp", "-a", "/etc/ufw", m_directory + "/ufw"}).ok());
    }
    ~OwnUfw() { lab::run({"rm", "-rf", m_directory}); }
    OwnUfw(const OwnUfw &) = delete;
    OwnUfw &operator=(const OwnUfw &) = delete;

private:
    std::string m_directory;
};

} // namespace

TEST_CASE("ufw: a line of its own before.rules drops the echo, and outlives a reload")
{
    lab::require();
    if (!lab::run({"ufw", "version"}).ok()) {
        lab::skip("ufw is not installed");
    }
    const lab::Pair pair;
    const OwnUfw own(pair.guest);
    pair.guest.must("sed -i '/^-A ufw-before-input .*echo-request/s/ACCEPT/DROP/' /etc/ufw/before.rules && ufw --force enable");
    pair.guest.must("ufw reload"); // its first reload adds IPv6 limit rules that enabling leaves out, with or without us
    const std::string list = pair.guest.must("iptables -S ufw-before-input");
    int position = 0;
    for (std::size_t at = list.find("-A "); at != std::string::npos; at = list.find("-A ", at + 1)) {
        ++position;
        const auto line = list.substr(at, list.find('\n', at) - at);
        if (line.find("--icmp-type 8") != std::string::npos) {
            break;
        }
    }
    const std::string flavour = pair.guest.must("iptables --version").find("nf_tables") == std::string::npos ? "legacy" : "nft";
    auto rule = iptablesRule(flavour, "ufw-before-input", position);
    rule.owner = "ufw";
    const std::string rules = pair.guest.must("cat /etc/ufw/before.rules");
    const auto diagnosis =
        diagnosisOf("guest-firewall", "input-drops-request",
                    ruleObject(checks::Where::Guest, filter::Hook::Input, echo(hostAddress, guestAddress, 8), std::move(rule)));
    CHECK(remedy::propose(diagnosis, evidenceOf()).size() == 2);
    proveAll(pair, diagnosis);
    CHECK(pair.guest.must("cat /etc/ufw/before.rules") == rules);
}
