// SPDX-License-Identifier: GPL-3.0-or-later
#include "catch.h"

#include "support.h"

#include "filter/model/model.h"

using namespace bothways;
using namespace bothways::filter;
using namespace bothways::filter::test;

namespace {

constexpr const char *arp = "ethertype=0x0806 op=1 smac=52:54:00:00:00:01 dmac=ff:ff:ff:ff:ff:ff ";

Ruleset fromEbtables(const std::string &text, const char *flavour = "nft")
{
    Ruleset rules;
    const auto result = rules.addEbtablesSave(text, flavour);
    INFO((result ? std::string{} : result.error().message));
    REQUIRE(result);
    return rules;
}

Verdict forward(const std::string &rule, const std::string &what, const char *flavour = "nft")
{
    const auto rules = fromEbtables("*filter\n:FORWARD ACCEPT\n:sub RETURN\n-A FORWARD " + rule + "\n", flavour);
    return walk(rules, Hook::BridgeForward, packet("iif=vnet0 oif=vnet1 " + what)).verdict;
}

} // namespace

TEST_CASE("ebtables rules match as their modules do")
{
    struct Case {
        const char *rule;
        std::string packet;
        Verdict verdict;
    };
    const auto each = GENERATE(values<Case>({
        {"-p IPv4 -j DROP", "proto=icmp", Verdict::Drop},
        {"-p ! IPv4 -j DROP", "proto=icmp", Verdict::Accept},
        {"! -p IPv4 -j DROP", "proto=icmp", Verdict::Accept},
        {"-p Length -j DROP", "proto=icmp", Verdict::Accept},
        {"-p 0x835 -j DROP", "proto=icmp", Verdict::Accept},
        {"-p 802_1Q --vlan-id 5 --vlan-encap 0800 -j DROP", "vlan=5", Verdict::Drop},
        {"-p 802_1Q --vlan-id 5 --vlan-encap 86DD -j DROP", "vlan=5", Verdict::Accept},
        {"-p IPv4 -j DROP", "vlan=5", Verdict::Accept},
        {"-i vnet+ -o ! vnet0 -j DROP", "proto=icmp", Verdict::Drop},
        {"-i eth+ -j DROP", "proto=icmp", Verdict::Accept},
        {"-s 52:54:00:00:00:00/ff:ff:ff:00:00:00 -j DROP", "smac=52:54:00:11:22:33", Verdict::Drop},
        {"-s ! 52:54:0:11:22:33 -j DROP", "smac=52:54:00:11:22:33", Verdict::Accept},
        {"-d Multicast -j DROP", "dmac=01:00:5e:00:00:01", Verdict::Drop},
        {"-d Unicast -j DROP", "dmac=01:00:5e:00:00:01", Verdict::Accept},
        {"-d BGA -j DROP", "dmac=01:80:c2:00:00:00", Verdict::Drop},
        {"-d Broadcast -j DROP", "dmac=52:54:00:11:22:33", Verdict::Accept},
        {"-p IPv4 --ip-src 192.168.122.0/24 --ip-dst ! 10.0.0.0/8 --ip-proto icmp -j DROP", "proto=icmp", Verdict::Drop},
        {"-p IPv4 --ip-proto icmp --ip-icmp-type 8/0:3 -j DROP", "proto=icmp", Verdict::Drop},
        {"-p IPv4 --ip-proto icmp --ip-icmp-type 3:7/0:255 -j DROP", "proto=icmp type=5", Verdict::Drop},
        {"-p IPv4 --ip-proto icmp --ip-icmp-type ! echo-request -j DROP", "proto=icmp", Verdict::Accept},
        {"-p IPv4 --ip-proto tcp --ip-sport ! 5 --ip-dport 20:30 -j DROP", "proto=tcp sport=6 dport=22", Verdict::Drop},
        {"-p IPv4 --ip-tos 0x10 -j DROP", "proto=icmp", Verdict::Accept},
        {"-p IPv6 --ip6-proto ipv6-icmp --ip6-icmp-type echo-request -j DROP", "src=fd00::1 dst=fd00::2 proto=icmpv6",
         Verdict::Drop},
        {"-p IPv6 --ip6-src fd00::/8 --ip6-tclass 0x10 -j DROP", "src=fd00::1 dst=fd00::2 proto=icmpv6", Verdict::Accept},
        {"-p ARP --arp-op Request --arp-ip-src 192.168.122.1 -j DROP", arp, Verdict::Drop},
        {"-p ARP --arp-op Reply -j DROP", arp, Verdict::Accept},
        {"-p ARP --arp-htype ! 1 --arp-ptype 0x800 -j DROP", arp, Verdict::Accept},
        {"-p ARP --arp-mac-src ! 52:54:00:00:00:02 -j DROP", arp, Verdict::Drop},
        {"-p ARP --arp-gratuitous -j DROP", arp, Verdict::Undecided},
        {"-p RARP --arp-op Request_Reverse -j DROP", "ethertype=0x8035", Verdict::Undecided},
        {"-p RARP --arp-op Request_Reverse -j DROP", "proto=icmp", Verdict::Accept},
        {"-p ARP --arp-ip-dst 192.168.122.77 -j DROP", "proto=icmp", Verdict::Accept},
        {"--among-dst ! 52:54:0:0:0:1 -j DROP", "dmac=52:54:00:00:00:01", Verdict::Accept},
        {"--mark ! 0x5/0x7 -j DROP", "mark=0x1d", Verdict::Accept},
        {"--mark /0x8 -j DROP", "mark=0x1d", Verdict::Drop},
        {"--pkttype-type multicast -j DROP", "dst=224.0.0.1 dmac=01:00:5e:00:00:01", Verdict::Drop},
        {"--limit 5/sec --limit-burst 6 -j DROP", "proto=icmp", Verdict::Drop},
        {"--stp-type config -j DROP", "proto=icmp", Verdict::Undecided},
        {"--802_3-sap 0x42 -j DROP", "proto=icmp", Verdict::Undecided},
        {"--log-level debug --log-prefix \"-j DROP\" --log-arp -j CONTINUE", "proto=icmp", Verdict::Accept},
        {"--nflog-prefix \"a\" --nflog-group 5 -j DROP -c 5 600", "proto=icmp", Verdict::Drop},
        {"-j sub", "proto=icmp", Verdict::Accept},
        {"-j mark --mark-set 0x5 --mark-target DROP", "proto=icmp", Verdict::Drop},
        {"-p ARP -j arpreply --arpreply-mac 52:54:00:00:00:01", arp, Verdict::Drop},
        {"-j snat --to-src 52:54:00:00:00:01 --snat-target CONTINUE", "proto=icmp", Verdict::Accept},
        {"-j redirect", "proto=icmp", Verdict::Accept},
        {"-j unheardof", "proto=icmp", Verdict::Undecided},
        {"--unheardof 1 -j DROP", "proto=icmp", Verdict::Undecided},
    }));
    INFO(each.rule << " | " << each.packet);
    CHECK(forward(each.rule, each.packet) == each.verdict);
}

TEST_CASE("a list of MACs may name addresses for some, which the legacy program takes and the other does not")
{
    const std::string rule = "--among-src 1:0:0:0:0:0,52:54:0:0:0:2=10.0.0.1, -j DROP";
    CHECK(forward(rule, "smac=52:54:00:00:00:02 src=10.0.0.1", "legacy") == Verdict::Drop);
    CHECK(forward(rule, "smac=52:54:00:00:00:02 src=10.0.0.2", "legacy") == Verdict::Accept);
    CHECK(forward(rule, "smac=52:54:00:00:00:02 src=10.0.0.1", "nft") == Verdict::Undecided);
}

TEST_CASE("chains of ebtables end with their own policies")
{
    const auto verdict = [](const char *policy) {
        const auto rules = fromEbtables("*filter\n:FORWARD DROP\n:own " + std::string(policy) +
                                        "\n:other RETURN\n-A FORWARD -j own\n-A FORWARD -j other\n");
        return walk(rules, Hook::BridgeForward, packet("iif=vnet0 oif=vnet1")).verdict;
    };
    CHECK(verdict("ACCEPT") == Verdict::Accept);
    CHECK(verdict("DROP") == Verdict::Drop);
    CHECK(verdict("RETURN") == Verdict::Drop);
}

TEST_CASE("ebtables hang where their flavour hangs them, and broute only takes frames off the bridge")
{
    const auto text = "*filter\n:OUTPUT ACCEPT\n*broute\n:BROUTING ACCEPT\n-A BROUTING -p IPv4 -j DROP\n";
    CHECK(fromEbtables(text, "legacy").tables()[0].chains[0].base->priority == 200);
    CHECK(fromEbtables(text, "nft").tables()[0].chains[0].base->priority == -200);
    const auto answer = walk(fromEbtables(text), Hook::BridgePrerouting, packet("iif=vnet0"));
    REQUIRE(answer.verdict == Verdict::Undecided);
    CHECK(answer.undecided.front().why == "the frame leaves the bridge and is routed");
    CHECK(walk(fromEbtables(text), Hook::BridgePrerouting, packet("iif=vnet0 ethertype=0x86dd")).verdict == Verdict::Accept);
}

TEST_CASE("ebtables' and nft's lists of one table make up for each other's gaps")
{
    // ebtables-nft-save 1.8.9 prints `--mark 5 -p ARP --arp-op Request -j DROP` without the mark.
    constexpr const char *json =
        R"({"nftables":[{"table":{"family":"bridge","name":"filter","handle":1}},
{"chain":{"family":"bridge","table":"filter","name":"sub","handle":4}},
{"chain":{"family":"bridge","table":"filter","name":"FORWARD","handle":2,"type":"filter","hook":"forward","prio":-200,"policy":"accept"}},
{"rule":{"family":"bridge","table":"filter","chain":"FORWARD","handle":3,"expr":[
 {"match":{"op":"==","left":{"meta":{"key":"mark"}},"right":5}},{"xt":{"type":"match","name":"arp"}},{"counter":{"packets":7,"bytes":1}},
 {"drop":null}]}},
{"rule":{"family":"bridge","table":"filter","chain":"FORWARD","handle":5,"expr":[
 {"match":{"op":"==","left":{"meta":{"key":"mark"}},"right":6}},{"counter":{"packets":7,"bytes":1}},{"jump":{"target":"sub"}}]}},
{"rule":{"family":"bridge","table":"filter","chain":"sub","handle":6,"expr":[{"drop":null}]}}]})";
    constexpr const char *save = "*filter\n:FORWARD ACCEPT\n:sub RETURN\n-A FORWARD -p ARP --arp-op Request -j DROP\n"
                                 "-A FORWARD -j sub\n-A sub -j DROP\n";
    const bool nftFirst = GENERATE(true, false);
    Ruleset rules;
    if (nftFirst) {
        REQUIRE(rules.addNftJson(json));
    }
    REQUIRE(rules.addEbtablesSave(save, "nft"));
    if (!nftFirst) {
        REQUIRE(rules.addNftJson(json));
    }
    const auto ask = [&rules](const std::string &what) {
        return walk(rules, Hook::BridgeForward, packet("iif=vnet0 oif=vnet1 " + what));
    };
    REQUIRE(rules.tables().size() == 1);
    CHECK(ask(std::string(arp) + "mark=5").verdict == Verdict::Drop);
    CHECK(ask(std::string(arp) + "mark=4").verdict == Verdict::Accept);
    CHECK(ask("mark=5").verdict == Verdict::Accept);
    const auto dropped = ask("mark=6");
    CHECK(dropped.verdict == Verdict::Drop);
    CHECK(dropped.rule->backend == "ebtables");
    CHECK(dropped.rule->chain == "sub");
    CHECK(dropped.rule->handle == 6);
    // Lists of different moments do not fit together: nft's stays, with its gap.
    Ruleset other;
    REQUIRE(other.addNftJson(json));
    REQUIRE(other.addEbtablesSave("*filter\n:FORWARD ACCEPT\n:sub RETURN\n", "nft"));
    CHECK(walk(other, Hook::BridgeForward, packet(std::string(arp) + "iif=vnet0 oif=vnet1 mark=5")).verdict ==
          Verdict::Undecided);
}

TEST_CASE("what is no ebtables-save is refused with its place")
{
    const auto *text =
        GENERATE("*filter\n:INPUT MAYBE\n", "-A INPUT -j DROP\n", "*mangle\n", "*filter\n:A DROP\n:A DROP\n",
                 "*filter\n-A INPUT -j DROP\n", "*filter\n:INPUT DROP\n-A INPUT -j \"DROP\n", "*filter\n*filter\n");
    Ruleset rules;
    const auto result = rules.addEbtablesSave(text, "legacy");
    REQUIRE_FALSE(result);
    CHECK(result.error().position >= 0);
}
