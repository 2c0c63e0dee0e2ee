// SPDX-License-Identifier: GPL-3.0-or-later
#include "catch.h"

#include "support.h"

#include <sstream>

using namespace bothways;
using namespace bothways::filter;
using namespace bothways::filter::test;

namespace {

std::string filterTable(const std::string &rules, const std::string &policy = "ACCEPT")
{
    return "*filter\n:INPUT " + policy + " [5:420]\n:OUTPUT ACCEPT [0:0]\n:sub - [0:0]\n:f2b-sshd - [0:0]\n" + rules + "COMMIT\n";
}

} // namespace

TEST_CASE("iptables rules match as their modules do")
{
    struct Case {
        const char *rule;
        const char *packet;
        Verdict verdict;
    };
    const auto each = GENERATE(values<Case>({
        {"-p icmp -m icmp --icmp-type 8 -j DROP", "proto=icmp", Verdict::Drop},
        {"-p icmp -m icmp --icmp-type any -j DROP", "proto=icmp type=13", Verdict::Drop},
        {"-p icmp -m icmp ! --icmp-type 8 -j DROP", "proto=icmp", Verdict::Accept},
        {"-p icmp -m icmp --icmp-type 3/1 -j DROP", "proto=icmp type=3 code=1", Verdict::Drop},
        {"-p icmp -m icmp --icmp-type 3/1 -j DROP", "proto=icmp type=3 code=3", Verdict::Accept},
        {"-s 192.168.122.0/24 -j REJECT --reject-with icmp-port-unreachable", "proto=icmp", Verdict::Reject},
        {"! -s 192.168.122.1/32 -j DROP", "proto=icmp", Verdict::Accept},
        {"-s 192.0.122.0/255.0.255.0 -j DROP", "proto=icmp", Verdict::Drop},
        {"-i eth+ -j DROP", "iif=eth7", Verdict::Drop},
        {"! -i lo -j DROP", "proto=icmp", Verdict::Drop},
        {"! -f -j DROP", "proto=icmp", Verdict::Drop},
        {"-f -j DROP", "proto=icmp", Verdict::Accept},
        {"-p tcp -m multiport --dports 22,80:90 -j DROP", "proto=tcp dport=88", Verdict::Drop},
        {"-p tcp -m tcp ! --dport 22 -j DROP", "proto=tcp dport=22", Verdict::Accept},
        {"-p tcp -m tcp --tcp-flags FIN,SYN,RST,ACK SYN -j DROP", "proto=tcp dport=22", Verdict::Drop},
        {"-m conntrack --ctstate RELATED,ESTABLISHED -j DROP", "ct=new", Verdict::Accept},
        {"-m conntrack ! --ctstate NEW -j DROP", "ct=established", Verdict::Drop},
        {"-m conntrack --ctstate DNAT -j DROP", "ct=new", Verdict::Undecided},
        {"-m addrtype --dst-type LOCAL -j DROP", "proto=icmp", Verdict::Drop},
        {"-m addrtype --dst-type LOCAL --limit-iface-in -j DROP", "proto=icmp", Verdict::Undecided},
        {"-m mac --mac-source 52:54:00:11:22:33 -j DROP", "smac=52:54:00:11:22:33", Verdict::Drop},
        {"-m mac --mac-source 52:54:00:11:22:33 -j DROP", "proto=icmp", Verdict::Undecided},
        {"-m mark --mark 0x1/0xff -j DROP", "mark=0x301", Verdict::Drop},
        {"-m limit --limit 3/min -j DROP", "proto=icmp", Verdict::Drop},
        {"-m limit --limit 3/min -j LOG --log-prefix \"-j DROP \"", "proto=icmp", Verdict::Accept},
        {"-m comment --comment \"-j DROP\" -j ACCEPT", "proto=icmp", Verdict::Accept},
        {"-m comment --comment -j -j DROP", "proto=icmp", Verdict::Drop},
        {"-m unheardof --of 1 -j DROP", "proto=icmp", Verdict::Undecided},
        {"-m unheardof ! --of 1 -j ACCEPT", "proto=icmp", Verdict::Accept},
        {"-j UNHEARDOF --of 1", "proto=icmp", Verdict::Undecided},
        {"-j RETURN", "proto=icmp", Verdict::Accept},
        {"-g sub", "proto=icmp", Verdict::Accept},
    }));
    INFO(each.rule << " | " << each.packet);
    const auto rules = fromXtables(filterTable("[7:588] -A INPUT " + std::string(each.rule) + "\n"));
    CHECK(walk(rules, Hook::Input, packet(each.packet)).verdict == each.verdict);
}

TEST_CASE("an iptables rule in a jumped chain is named with its owner, its place and its counter")
{
    const auto rules =
        fromXtables(filterTable("[9:700] -A INPUT -p icmp -j f2b-sshd\n[0:0] -A f2b-sshd -s 10.0.0.1/32 -j RETURN\n"
                                "[3:252] -A f2b-sshd -s 192.168.122.1/32 -j REJECT\n"));
    const auto answer = walk(rules, Hook::Input, packet("proto=icmp"));
    REQUIRE(answer.verdict == Verdict::Reject);
    CHECK(answer.rule->backend == "iptables");
    CHECK(answer.rule->flavour == "legacy");
    CHECK(answer.rule->chain == "f2b-sshd");
    CHECK(answer.rule->position == 2);
    CHECK(answer.rule->packets == 3);
    CHECK(answer.rule->owner == "fail2ban");
    CHECK(answer.rule->jumpedFrom == "INPUT");
    CHECK(answer.rule->text == "-A f2b-sshd -s 192.168.122.1/32 -j REJECT");
    CHECK(answer.matchedField == "-s 192.168.122.1/32");
    const auto policy = walk(fromXtables(filterTable("", "DROP")), Hook::Input, packet("proto=icmp"));
    REQUIRE(policy.rule);
    CHECK(policy.rule->policy);
    CHECK(policy.rule->packets == 5);
}

TEST_CASE("ip6tables rules see IPv6 packets only, and marks carry over to later tables")
{
    const auto v6 = fromXtables(filterTable("-A INPUT -p ipv6-icmp -m icmp6 --icmpv6-type 128 -j DROP\n"), net::Family::v6);
    CHECK(walk(v6, Hook::Input, packet("src=fd00::1 dst=fd00::2 proto=icmpv6")).verdict == Verdict::Drop);
    CHECK(walk(v6, Hook::Input, packet("proto=icmp")).verdict == Verdict::Accept);
    const auto marked = fromXtables("*mangle\n:INPUT ACCEPT\n-A INPUT -j MARK --set-xmark 0x5/0xff\nCOMMIT\n" +
                                    filterTable("-A INPUT -m mark --mark 0x5/0xff -j DROP\n"));
    CHECK(walk(marked, Hook::Input, packet("mark=0x1201")).verdict == Verdict::Drop);
}

TEST_CASE("nat chains see the first packet of a connection, and translation ends them")
{
    const auto rules = fromXtables(
        "*nat\n:PREROUTING ACCEPT [0:0]\n-A PREROUTING -p tcp -m tcp --dport 80 -j DNAT --to-destination 10.0.0.1\nCOMMIT\n");
    CHECK(walk(rules, Hook::Prerouting, packet("proto=tcp dport=80")).rule->chain == "PREROUTING");
    CHECK_FALSE(walk(rules, Hook::Prerouting, packet("proto=tcp dport=80")).rule->policy);
    CHECK_FALSE(walk(rules, Hook::Prerouting, packet("proto=tcp dport=80 ct=established")).rule);
    CHECK(walk(rules, Hook::Prerouting, packet("proto=icmp")).rule->policy);
}

TEST_CASE("a walk goes through 5,000 rules to the policy behind them")
{
    std::ostringstream text;
    for (int i = 0; i < 5000; ++i) {
        text << "-A INPUT -s 10." << i / 250 << '.' << i % 250 << ".0/24 -p tcp -m tcp --dport " << i + 1 << " -j DROP\n";
    }
    const auto rules = fromXtables(filterTable(text.str()));
    const auto ping = walk(rules, Hook::Input, packet("proto=icmp"));
    CHECK(ping.verdict == Verdict::Accept);
    REQUIRE(ping.rule);
    CHECK(ping.rule->policy);
    const auto last = walk(rules, Hook::Input, packet("src=10.19.249.7 proto=tcp dport=5000"));
    CHECK(last.verdict == Verdict::Drop);
    REQUIRE(last.rule);
    CHECK(last.rule->position == 5000);
}

TEST_CASE("a chain that leads back to itself, which no kernel loads, is left open and costs nothing")
{
    const auto rules = fromXtables(filterTable("-A INPUT -j sub\n-A sub -p icmp -j f2b-sshd\n-A sub -p icmp -j f2b-sshd\n"
                                               "-A f2b-sshd -j sub\n-A f2b-sshd -j sub\n"));
    const auto answer = walk(rules, Hook::Input, packet("proto=icmp"));
    CHECK(answer.verdict == Verdict::Undecided);
    REQUIRE_FALSE(answer.undecided.empty());
    CHECK(answer.undecided.size() == 1);
    CHECK(answer.undecided.front().why.find("back to itself") != std::string::npos);
    CHECK(walk(rules, Hook::Input, packet("proto=tcp dport=22")).verdict == Verdict::Accept);
}
