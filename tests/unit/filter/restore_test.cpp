// SPDX-License-Identifier: GPL-3.0-or-later
// What iptables-restore takes beside what iptables-save prints. Each verdict is the kernel's, once the restore has loaded the
// lines.
#include "catch.h"

#include "support.h"

#include "filter/model/model.h"

using namespace bothways;
using namespace bothways::filter;
using namespace bothways::filter::test;

namespace {

Verdict verdictOf(const std::string &lines, const std::string &packetText, std::string_view flavour = "legacy")
{
    return walk(fromXtables(lines, net::Family::v4, flavour), Hook::Input,
                packet("src=192.168.122.1 dst=192.168.122.10 " + packetText))
        .verdict;
}

std::string onDrop(const std::string &rule)
{
    return "*filter\n:INPUT DROP [0:0]\n:sub - [0:0]\n-A INPUT " + rule + "\nCOMMIT\n";
}
std::string onAccept(const std::string &rule)
{
    return "*filter\n:INPUT ACCEPT [0:0]\n:sub - [0:0]\n-A INPUT " + rule + "\nCOMMIT\n";
}

} // namespace

TEST_CASE("conditions hold wherever they stand in a rule, also behind its target")
{
    struct Case {
        const char *rule;
        const char *matching;
        const char *other;
    };
    const auto each = GENERATE(values<Case>({
        {"-p tcp -m tcp -m multiport -j ACCEPT --dports 22,80", "proto=tcp dport=22", "proto=tcp dport=6"},
        {"-j ACCEPT -i lo", "proto=icmp iif=lo", "proto=icmp iif=eth0"},
        {"-j ACCEPT -p udp", "proto=udp dport=53", "proto=tcp dport=53"},
        {"-j ACCEPT ! -s 192.168.122.1", "proto=icmp src=192.168.122.7", "proto=icmp"},
        {"-j ACCEPT -p tcp --dport 22", "proto=tcp dport=22", "proto=tcp dport=23"},
        {"-p tcp -j ACCEPT -m tcp --dport 22", "proto=tcp dport=22", "proto=tcp dport=23"},
        {"-j ACCEPT -m conntrack --ctstate ESTABLISHED", "proto=icmp ct=established", "proto=icmp ct=new"},
        {"-m conntrack -j ACCEPT --ctstate ESTABLISHED", "proto=icmp ct=established", "proto=icmp ct=new"},
        {"-m tcp -p tcp --dport 22 -j ACCEPT", "proto=tcp dport=22", "proto=tcp dport=23"},
        {"-m state --state NEW -i eth0 -j ACCEPT", "proto=icmp ct=new iif=eth0", "proto=icmp ct=new iif=eth1"},
        {"-m limit -s 192.168.122.7 -j ACCEPT --limit 3/min", "proto=icmp src=192.168.122.7", "proto=icmp"},
        {"-m comment -j ACCEPT --comment \"to the point\" -d 192.168.122.10 -i eth0", "proto=icmp iif=eth0",
         "proto=icmp iif=eth1"},
        {"-ptcp --dport=22 -jACCEPT", "proto=tcp dport=22", "proto=tcp dport=23"},
        {"--proto tcp --jump ACCEPT --destination-port 22", "proto=tcp dport=22", "proto=tcp dport=23"},
        {"-p tcp --destination-p 22 -j ACCEPT", "proto=tcp dport=22", "proto=tcp dport=23"},
        {"-m mark --mark 1 -m connmark --mark 2 -j ACCEPT", "proto=icmp mark=1 ctmark=2", "proto=icmp mark=2 ctmark=1"},
    }));
    INFO(each.rule);
    // The later of two equal keys counts in a packet of these tests.
    CHECK(verdictOf(onDrop(each.rule), each.matching) == Verdict::Accept);
    CHECK(verdictOf(onDrop(each.rule), each.other) == Verdict::Drop);
}

TEST_CASE("a target keeps its own options, and gives the others to whom they belong")
{
    CHECK(verdictOf(onAccept("-p tcp -j REJECT --reject-with tcp-reset --dport 80"), "proto=tcp dport=80") == Verdict::Reject);
    CHECK(verdictOf(onAccept("-p tcp -j REJECT --reject-with tcp-reset --dport 80"), "proto=tcp dport=81") == Verdict::Accept);
    CHECK(verdictOf(onAccept("-j DROP -p udp"), "proto=tcp dport=80") == Verdict::Accept);
    CHECK(verdictOf(onAccept("-j sub -p udp"), "proto=tcp dport=80") == Verdict::Accept);
    CHECK(verdictOf(onAccept("-j LOG --log-prefix \"-j DROP\" -p udp"), "proto=tcp dport=80") == Verdict::Accept);
    // What a target that nobody knows may have for an option is no condition of the rule.
    CHECK(verdictOf(onAccept("-j UNHEARDOF --dport 80 -s 192.168.122.7"), "proto=tcp dport=80") == Verdict::Accept);
    CHECK(verdictOf(onAccept("-j UNHEARDOF --dport 81"), "proto=tcp dport=80") == Verdict::Undecided);
    CHECK(verdictOf(onAccept("-p tcp -m tcp -j UNHEARDOF --dport 81"), "proto=tcp dport=80") == Verdict::Undecided);
    CHECK(verdictOf(onAccept("-j DROP --unheard of"), "proto=tcp dport=80") == Verdict::Undecided);
}

TEST_CASE("a file of iptables-restore may hold every command")
{
    struct Case {
        const char *lines;
        Verdict verdict;
    };
    const auto each = GENERATE(values<Case>({
        {"-A INPUT -j DROP\n", Verdict::Drop},
        {"--append INPUT -j DROP\n", Verdict::Drop},
        {"-A INPUT -j ACCEPT\n-I INPUT -j DROP\n", Verdict::Drop},
        {"-A INPUT -j ACCEPT\n-I INPUT 2 -j DROP\n", Verdict::Accept},
        {"-A INPUT -j ACCEPT\n--insert INPUT 1 -j DROP\n", Verdict::Drop},
        {"-A INPUT -j ACCEPT\n-R INPUT 1 -j DROP\n", Verdict::Drop},
        {"-A INPUT -j DROP\n-D INPUT 1\n", Verdict::Accept},
        {"-A INPUT -p icmp -j DROP\n-D INPUT -p icmp -j DROP\n", Verdict::Accept},
        {"-A INPUT -j DROP\n-F\n", Verdict::Accept},
        {"-A INPUT -j DROP\n-F INPUT\n", Verdict::Accept},
        {"-A INPUT -j DROP\n-F FORWARD\n", Verdict::Drop},
        {"-P INPUT DROP\n", Verdict::Drop},
        {"--policy INPUT DROP\n-A INPUT -i lo -j ACCEPT\n", Verdict::Drop},
        {"-N other\n-A other -j DROP\n-A INPUT -j other\n", Verdict::Drop},
        {"-N other\n-A INPUT -j other\n-F\n-X other\n-A INPUT -j DROP\n", Verdict::Drop},
        {"-N other\n-X\n-N other\n-A other -j DROP\n-A INPUT -j other\n", Verdict::Drop},
        {"-N other\n-E other another\n-A another -j DROP\n-A INPUT -j another\n", Verdict::Drop},
        {"-A INPUT -j DROP\n-Z\n", Verdict::Drop},
        {"[3:252] -A INPUT -j DROP\n", Verdict::Drop},
        {"-A INPUT -c 3 252 -j DROP\n", Verdict::Drop},
        {"-A INPUT -4 -j DROP\n", Verdict::Drop},
        {"-A INPUT -6 -j DROP\n", Verdict::Accept},
    }));
    INFO(each.lines);
    CHECK(verdictOf("*filter\n:INPUT ACCEPT\n" + std::string(each.lines) + "COMMIT\n", "proto=icmp") == each.verdict);
}

TEST_CASE("a line that the restore would refuse is no rule")
{
    const auto *line =
        GENERATE("-D INPUT -p udp -j DROP\n", "-D INPUT 2\n", "-R INPUT -j DROP\n", "-X INPUT\n", "-X other\n", "-N INPUT\n",
                 "-P other DROP\n", "-P INPUT REJECT\n", "-Q INPUT\n", "-A INPUT -j DROP -j ACCEPT\n", "-A INPUT stray -j DROP\n",
                 "-A INPUT !\n", "-E other\n", "-F nowhere\n", "-A nowhere -j DROP\n");
    INFO(line);
    Ruleset rules;
    const auto text = "*filter\n:INPUT ACCEPT [0:0]\n-A INPUT -j DROP\n" + std::string(line) + "COMMIT\n";
    CHECK_FALSE(rules.addIptablesSave(text, net::Family::v4, "legacy").has_value());
}

TEST_CASE("a policy that nobody wrote is not taken for accept")
{
    CHECK(verdictOf("*filter\n-A INPUT -i lo -j ACCEPT\nCOMMIT\n", "proto=icmp iif=eth0") == Verdict::Undecided);
    CHECK(verdictOf("*filter\n-A INPUT -i lo -j ACCEPT\nCOMMIT\n", "proto=icmp iif=lo") == Verdict::Accept);
    CHECK(verdictOf("*filter\n-A INPUT -j DROP\nCOMMIT\n", "proto=icmp iif=eth0") == Verdict::Drop);
    CHECK(verdictOf("*filter\n:INPUT - [0:0]\nCOMMIT\n", "proto=icmp") == Verdict::Undecided);
    CHECK(verdictOf("*filter\n:OUTPUT ACCEPT [0:0]\nCOMMIT\n", "proto=icmp") == Verdict::Undecided);
    CHECK(verdictOf("*nat\n:PREROUTING ACCEPT [0:0]\nCOMMIT\n", "proto=icmp") == Verdict::Accept);
    CHECK(verdictOf("*filter\n:OUTPUT ACCEPT [0:0]\nCOMMIT\n", "proto=icmp", "nft") == Verdict::Undecided);
    const auto answer = walk(fromXtables("*filter\nCOMMIT\n"), Hook::Input, packet("src=10.0.0.1 dst=10.0.0.2 proto=icmp"));
    REQUIRE(answer.undecided.size() == 1);
    CHECK(answer.undecided[0].expression == "policy of INPUT");
}

TEST_CASE("a table that is there again replaces what it held, not its policies")
{
    const std::string first = "*filter\n:INPUT DROP [0:0]\n:other - [0:0]\n-A INPUT -p icmp -j ACCEPT\nCOMMIT\n";
    CHECK(verdictOf(first + "*nat\nCOMMIT\n", "proto=icmp") == Verdict::Accept);
    CHECK(verdictOf(first + "*filter\n-A INPUT -p udp -j ACCEPT\nCOMMIT\n", "proto=icmp") == Verdict::Drop);
    CHECK(verdictOf(first + "*filter\n:INPUT ACCEPT [0:0]\n:other - [0:0]\n-A INPUT -p udp -j DROP\nCOMMIT\n", "proto=icmp") ==
          Verdict::Accept);
}
