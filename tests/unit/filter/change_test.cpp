// SPDX-License-Identifier: GPL-3.0-or-later
#include "catch.h"

#include "support.h"

#include "filter/packet/packet_text.h"
#include "filter/walk/change.h"

using namespace bothways;
using namespace bothways::filter;
using namespace bothways::filter::test;

namespace {

Passing passing(std::string_view text) { return Passing(readPacket(text).value()); }

std::string commands(const Ruleset &rules, Hook hook, std::string_view text)
{
    std::string all;
    for (const auto &change : smallestChange(rules, hook, passing(text))) {
        for (const auto &word : change.command) {
            all += (all.empty() || all.back() == '\n' ? "" : " ") + word;
        }
        all += '\n';
    }
    return all;
}

constexpr auto dropsRequests =
    R"({"match":{"op":"==","left":{"payload":{"protocol":"icmp","field":"type"}},"right":"echo-request"}},{"drop":null})";
constexpr auto rejects = R"({"reject":null})";
constexpr auto ping = "src=192.168.122.1 dst=192.168.122.77 proto=icmp type=echo-request iif=eth0";

} // namespace

TEST_CASE("the smallest change stands before the rule that decides and names this packet only")
{
    const auto rules = fromNft(inputRules("accept", {rejects, dropsRequests}));
    CHECK(commands(rules, Hook::Input, ping) == "nft insert rule inet t input handle 10 ip saddr 192.168.122.1 ip daddr "
                                                "192.168.122.77 icmp type echo-request counter accept\n");
    CHECK(commands(fromNft(inputRules("drop", {})), Hook::Input, "src=fd00::1 dst=fd00::2 proto=tcp dport=22 iif=eth0") ==
          "nft add rule inet t input ip6 saddr fd00::1 ip6 daddr fd00::2 tcp dport 22 counter accept\n");
    CHECK(commands(fromNft(inputRules("accept", {})), Hook::Input, ping).empty());
}

TEST_CASE("every base chain that stops the packet needs an accept of its own")
{
    auto rules = fromNft(inputRules("drop", {dropsRequests}));
    REQUIRE(rules.addIptablesSave("*filter\n:INPUT ACCEPT [0:0]\n-A INPUT -p icmp -j DROP\nCOMMIT\n", net::Family::v4, "legacy"));
    CHECK(commands(rules, Hook::Input, ping) ==
          "nft insert rule inet t input handle 10 ip saddr 192.168.122.1 ip daddr 192.168.122.77 icmp type echo-request counter "
          "accept\n"
          "iptables-legacy -t filter -I INPUT 1 -s 192.168.122.1 -d 192.168.122.77 -p icmp --icmp-type echo-request -j ACCEPT\n");
}

TEST_CASE("what cannot be evaluated is passed by as well")
{
    const auto open = fromNft(inputRules("accept", {R"({"flying":{"pigs":1}})", dropsRequests}));
    CHECK(commands(open, Hook::Input, ping) == "nft insert rule inet t input handle 10 ip saddr 192.168.122.1 ip daddr "
                                               "192.168.122.77 icmp type echo-request counter accept\n");
}

TEST_CASE("the words of an opening, for each kind of packet and program")
{
    struct Case {
        const char *packet;
        const char *backend;
        const char *nft;
        const char *xtables;
    };
    const auto each = GENERATE(values<Case>({
        {"src=10.0.0.1 dst=10.0.0.2 type=echo-reply", "iptables", "ip saddr 10.0.0.1 ip daddr 10.0.0.2 icmp type echo-reply",
         "-s 10.0.0.1 -d 10.0.0.2 -p icmp --icmp-type echo-reply"},
        {"src=10.0.0.1 dst=10.0.0.2 type=3 code=4", "iptables",
         "ip saddr 10.0.0.1 ip daddr 10.0.0.2 icmp type destination-unreachable icmp code 4",
         "-s 10.0.0.1 -d 10.0.0.2 -p icmp --icmp-type 3/4"},
        {"src=fe80::1 dst=fe80::2 type=135", "ip6tables", "ip6 saddr fe80::1 ip6 daddr fe80::2 icmpv6 type nd-neighbor-solicit",
         "-s fe80::1 -d fe80::2 -p ipv6-icmp --icmpv6-type neighbour-solicitation"},
        {"src=10.0.0.1 dst=10.0.0.2 proto=tcp sport=22 dport=40000 flags=syn,ack", "iptables",
         "ip saddr 10.0.0.1 ip daddr 10.0.0.2 tcp sport 22", "-s 10.0.0.1 -d 10.0.0.2 -p tcp --sport 22"},
        {"src=10.0.0.1 dst=10.0.0.2 proto=udp sport=40000 dport=53", "ebtables",
         "ip saddr 10.0.0.1 ip daddr 10.0.0.2 udp dport 53",
         "-p IPv4 --ip-src 10.0.0.1 --ip-dst 10.0.0.2 --ip-proto udp --ip-dport 53"},
        {"src=10.0.0.1 dst=10.0.0.2 proto=47", "iptables", "ip saddr 10.0.0.1 ip daddr 10.0.0.2 meta l4proto gre",
         "-s 10.0.0.1 -d 10.0.0.2 -p gre"},
        {"ethertype=arp src=10.0.0.1 dst=10.0.0.2", "ebtables", "arp saddr ip 10.0.0.1 arp daddr ip 10.0.0.2",
         "-p ARP --arp-ip-src 10.0.0.1 --arp-ip-dst 10.0.0.2"},
        {"ethertype=0x88cc smac=02:00:00:00:00:01", "ebtables", "ether saddr 02:00:00:00:00:01 ether type 35020",
         "-s 02:00:00:00:00:01 -p 35020"},
    }));
    INFO(each.packet);
    RuleRef before;
    before.backend = each.backend;
    const auto opening = openingFor(readPacket(each.packet).value(), before);
    const auto joined = [](const std::vector<std::string> &words) {
        std::string all;
        for (const auto &word : words) {
            all += (all.empty() ? "" : " ") + word;
        }
        return all;
    };
    CHECK(joined(opening.nft) == each.nft);
    CHECK(joined(opening.xtables) == each.xtables);
}

TEST_CASE("a chain whose name holds a command is named in none")
{
    for (const std::string name :
         {"in accept ; flush ruleset ; add chain inet t x", "a b", "a\\u000ab", "1a", "a\\u0000b", "$(id)"}) {
        const auto rules = fromNft(
            R"({"nftables":[{"table":{"family":"inet","name":"t","handle":1}},{"chain":{"family":"inet","table":"t","name":")" +
            name + R"(","handle":2,"type":"filter","hook":"input","prio":0,"policy":"drop"}}]})");
        INFO(name);
        CHECK(commands(rules, Hook::Input, ping).find("nft") == std::string::npos);
    }
}
