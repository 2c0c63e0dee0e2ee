// SPDX-License-Identifier: GPL-3.0-or-later
// Remedies for nft rules and policies, word for word on the real kernel.
#include "catch.h"

#include "closed_remedy.h"

using namespace bothways;
using namespace bothways::lab;

TEST_CASE("a guest's nft rule that drops echo requests, between its neighbours")
{
    require();
    const Pair pair;
    pair.guest.nft(
        "table inet fw { chain input { type filter hook input priority 0; policy accept;\n tcp dport 22 counter accept\n"
        "icmp type echo-request counter drop comment \"no \\$(id) ping\"\n udp dport 53 accept\n }\n}");
    proveAll(pair, diagnosisOf(diagnosis::Variant::GuestInputDropsRequest,
                               ruleObject(facts::Where::Guest, filter::Hook::Input, echo(hostAddress, guestAddress, 8),
                                          nftRule(pair.guest, "inet", "fw", "input", "icmp type"))));
}

TEST_CASE("a guest's nft policy that drops what nothing accepted")
{
    require();
    const Pair pair;
    pair.guest.nft(
        "table inet fw { chain input { type filter hook input priority 0; policy drop;\n ct state established,related accept\n"
        "iif lo accept\n }\n}");
    proveAll(pair, diagnosisOf(diagnosis::Variant::GuestInputDropsRequest,
                               ruleObject(facts::Where::Guest, filter::Hook::Input, echo(hostAddress, guestAddress, 8),
                                          policyOf("nft", "inet", "fw", "input"))));
}

TEST_CASE("a rule in a chain that is jumped to, in a table with an odd name")
{
    require();
    const Pair pair;
    pair.guest.nft("table ip fw/x.y-z { set trusted { type ipv4_addr; elements = { 10.9.0.77 } }\n chain drop-all { meta l4proto "
                   "icmp ip saddr != "
                   "@trusted reject with icmp type admin-prohibited\n counter\n }\n"
                   "chain input { type filter hook input priority 0; ip protocol icmp jump drop-all\n }\n}");
    proveAll(pair, diagnosisOf(diagnosis::Variant::GuestAllowsOtherSourceOnly,
                               ruleObject(facts::Where::Guest, filter::Hook::Input, echo(hostAddress, guestAddress, 8),
                                          nftRule(pair.guest, "ip", "fw/x.y-z", "drop-all", "[^\n]*reject"))));
}

TEST_CASE("a guest that drops its own echo replies")
{
    require();
    const Pair pair;
    pair.guest.nft(
        "table inet fw { chain output { type filter hook output priority 0; policy accept;\n icmp type echo-reply drop\n }\n}");
    proveAll(pair, diagnosisOf(diagnosis::Variant::GuestOutputDropsReply,
                               ruleObject(facts::Where::Guest, filter::Hook::Output, echo(guestAddress, hostAddress, 0),
                                          nftRule(pair.guest, "inet", "fw", "output", "icmp type"))));
}

TEST_CASE("a host that drops its own echo requests, or the replies")
{
    require();
    const Pair pair;
    SECTION("on output")
    {
        pair.host.nft("table inet fw { chain output { type filter hook output priority 0; policy accept;\n icmp type "
                      "echo-request drop\n }\n}");
        proveAll(pair, diagnosisOf(diagnosis::Variant::HostOutputDropsRequest,
                                   ruleObject(facts::Where::Host, filter::Hook::Output, echo(hostAddress, guestAddress, 8),
                                              nftRule(pair.host, "inet", "fw", "output", "icmp type"))));
    }
    SECTION("on input")
    {
        pair.host.nft(
            "table inet fw { chain input { type filter hook input priority 0; policy accept;\n icmp type echo-reply drop\n }\n}");
        proveAll(pair, diagnosisOf(diagnosis::Variant::HostInputDropsReply,
                                   ruleObject(facts::Where::Host, filter::Hook::Input, echo(guestAddress, hostAddress, 0),
                                              nftRule(pair.host, "inet", "fw", "input", "icmp type"))));
    }
}

TEST_CASE("a bridge rule on the host")
{
    require();
    const Pair pair;
    pair.host.nft("table bridge f { chain out { type filter hook output priority 0; policy accept;\n ip protocol icmp icmp type "
                  "echo-request drop\n }\n}");
    proveAll(pair, diagnosisOf(diagnosis::Variant::BridgeRule,
                               ruleObject(facts::Where::Host, filter::Hook::Output, echo(hostAddress, guestAddress, 8),
                                          nftRule(pair.host, "bridge", "f", "out", "i[^\n]*echo-request"))));
}

TEST_CASE("IPv6: an echo that is dropped, and with it neighbour discovery")
{
    require();
    PairOptions options;
    options.ipv6 = true;
    const Pair pair(options);
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
    evidence.target.hostAddress6 = ip(Pair::hostAddress6);
    evidence.target.vmAddress6 = ip(Pair::guestAddress6);
    auto packet = echo(Pair::hostAddress6, Pair::guestAddress6, 128);
    packet.protocol = 58;
    proveAll(pair,
             diagnosisOf(diagnosis::Variant::GuestIcmpv6Dropped, ruleObject(facts::Where::Guest, filter::Hook::Input, packet,
                                                                            nftRule(pair.guest, "inet", "fw", "input", marker))),
             evidence, [&] { return pings(pair.host, Pair::guestAddress6); });
}
