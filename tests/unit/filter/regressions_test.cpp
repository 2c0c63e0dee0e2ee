// SPDX-License-Identifier: GPL-3.0-or-later
// Where the walk and the kernel once differed: found by tests/filter/kernel, each with the ruleset as `nft -j list ruleset`
// printed it, made as small as it goes, and the packet. Linux 6.18, nftables 1.0.6 unless it says otherwise.
#include "catch.h"

#include "support.h"

#include "filter/walk/path_walk.h"

using namespace bothways::filter;
using namespace bothways::filter::test;

TEST_CASE("a reject with ICMP of one family lets the other family through")
{
    // nft -f: table inet g { chain b { type filter hook output priority 0; reject with icmpv6 port-unreachable; } }
    const auto rules = fromNft(
        R"({"nftables": [{"metainfo": {"version": "1.0.6", "release_name": "Lester Gooch #5", "json_schema_version": 1}}, )"
        R"({"table": {"family": "inet", "name": "g", "handle": 1}}, )"
        R"({"chain": {"family": "inet", "table": "g", "name": "b", "handle": 1, "type": "filter", "hook": "output", "prio": 0, "policy": "accept"}}, )"
        R"({"rule": {"family": "inet", "table": "g", "chain": "b", "handle": 2, "expr": [{"reject": {"type": "icmpv6", "expr": "port-unreachable"}}]}}]})");
    CHECK(walk(rules, Hook::Output, packet("src=10.9.0.10 dst=10.9.0.1 proto=icmp oif=eth0")).verdict == Verdict::Accept);
    CHECK(walk(rules, Hook::Output, packet("src=fd09::10 dst=fd09::1 proto=icmpv6 oif=eth0")).verdict == Verdict::Reject);
}

TEST_CASE("a packet without a connection can be declared untracked behind conntrack")
{
    // nft -f: table inet g { chain b { type filter hook forward priority 10; ct state untracked counter; notrack
    //     ct state untracked drop; } }
    const auto rules = fromNft(
        R"({"nftables": [{"metainfo": {"version": "1.0.6", "release_name": "Lester Gooch #5", "json_schema_version": 1}}, )"
        R"({"table": {"family": "inet", "name": "g", "handle": 1}}, )"
        R"({"chain": {"family": "inet", "table": "g", "name": "b", "handle": 1, "type": "filter", "hook": "forward", "prio": 10, "policy": "accept"}}, )"
        R"({"rule": {"family": "inet", "table": "g", "chain": "b", "handle": 2, "expr": [{"match": {"op": "in", "left": {"ct": {"key": "state"}}, "right": "untracked"}}, {"counter": {"packets": 0, "bytes": 0}}]}}, )"
        R"({"rule": {"family": "inet", "table": "g", "chain": "b", "handle": 3, "expr": [{"notrack": null}]}}, )"
        R"({"rule": {"family": "inet", "table": "g", "chain": "b", "handle": 4, "expr": [{"match": {"op": "in", "left": {"ct": {"key": "state"}}, "right": "untracked"}}, {"drop": null}]}}]})");
    const auto answer = walk(rules, Hook::Forward, packet("proto=tcp flags=0x29 ct=invalid oif=eth1"));
    CHECK(answer.verdict == Verdict::Drop);
    CHECK(answer.path.size() == 2);
    CHECK(walk(rules, Hook::Forward, packet("proto=tcp flags=2 ct=new oif=eth1")).verdict == Verdict::Accept);
}

TEST_CASE("where an unknown condition decides which of two rules drops, the answer says so")
{
    // nft -f: table inet g { chain b { type filter hook input priority 0; policy drop; th dport 7777 goto c; drop; } chain c { }
    // } The "ports" of an ICMP message are its checksum.
    const auto rules = fromNft(
        R"({"nftables": [{"metainfo": {"version": "1.0.6", "release_name": "Lester Gooch #5", "json_schema_version": 1}}, )"
        R"({"table": {"family": "inet", "name": "g", "handle": 1}}, )"
        R"({"chain": {"family": "inet", "table": "g", "name": "b", "handle": 1, "type": "filter", "hook": "input", "prio": 0, "policy": "drop"}}, )"
        R"({"rule": {"family": "inet", "table": "g", "chain": "b", "handle": 3, "expr": [{"match": {"op": "==", "left": {"payload": {"protocol": "th", "field": "dport"}}, "right": 7777}}, {"goto": {"target": "c"}}]}}, )"
        R"({"rule": {"family": "inet", "table": "g", "chain": "b", "handle": 4, "expr": [{"drop": null}]}}, )"
        R"({"chain": {"family": "inet", "table": "g", "name": "c", "handle": 2}}]})");
    const auto icmp = walk(rules, Hook::Input, packet("proto=icmp type=8"));
    CHECK(icmp.verdict == Verdict::Drop);
    CHECK_FALSE(icmp.ruleCertain);
    const auto tcp = walk(rules, Hook::Input, packet("proto=tcp dport=22 sport=1"));
    CHECK(tcp.ruleCertain);
    CHECK(tcp.rule->handle == 4);
}

TEST_CASE("in a tagged frame on a bridge, what nft asks before it looks at ICMP is not known")
{
    // nft -f: table bridge g { chain b { type filter hook forward priority 0; icmpv6 code no-route drop; } }
    // nft 1.0.6 makes of it: payload load 2b @ link header + 12, cmp eq 0x86dd, which is 0x8100 here; later versions ask meta
    // protocol.
    const auto rules = fromNft(
        R"({"nftables": [{"metainfo": {"version": "1.0.6", "release_name": "Lester Gooch #5", "json_schema_version": 1}}, )"
        R"({"table": {"family": "bridge", "name": "g", "handle": 1}}, )"
        R"({"chain": {"family": "bridge", "table": "g", "name": "b", "handle": 1, "type": "filter", "hook": "forward", "prio": 0, "policy": "accept"}}, )"
        R"({"rule": {"family": "bridge", "table": "g", "chain": "b", "handle": 2, "expr": [{"match": {"op": "==", "left": {"payload": {"protocol": "icmpv6", "field": "code"}}, "right": "no-route"}}, {"drop": null}]}}]})");
    const std::string ping = "src=fd07::1 dst=fd07::2 proto=icmpv6 type=128 code=0 iif=br0 oif=br0 physin=vnet0 physout=vnet1";
    CHECK(walk(rules, Hook::BridgeForward, packet(ping)).verdict == Verdict::Drop);
    CHECK(walk(rules, Hook::BridgeForward, packet(ping + " vlan=5")).verdict == Verdict::Undecided);
}

TEST_CASE("the source of a TCP reset on its way out need not be local")
{
    // nft -f: table inet g { chain b { type filter hook output priority 0; fib saddr type != local drop; } }
    // The reset answered a packet that another rule rejected while it was routed: it comes from that packet's destination.
    const auto rules = fromNft(
        R"({"nftables": [{"metainfo": {"version": "1.0.6", "release_name": "Lester Gooch #5", "json_schema_version": 1}}, )"
        R"({"table": {"family": "inet", "name": "g", "handle": 1}}, )"
        R"({"chain": {"family": "inet", "table": "g", "name": "b", "handle": 1, "type": "filter", "hook": "output", "prio": 0, "policy": "accept"}}, )"
        R"({"rule": {"family": "inet", "table": "g", "chain": "b", "handle": 2, "expr": [{"match": {"op": "!=", "left": {"fib": {"result": "type", "flags": ["saddr"]}}, "right": "local"}}, {"drop": null}]}}]})");
    const std::string way = "src=10.8.0.77 dst=10.9.0.77 proto=tcp sport=80 dport=10020 oif=eth0 ";
    CHECK(walk(rules, Hook::Output, packet(way + "flags=0x14 ct=invalid")).verdict == Verdict::Undecided);
    CHECK(walk(rules, Hook::Output, packet(way + "flags=0x02")).verdict == Verdict::Accept);
}

TEST_CASE("behind a statement that might have changed the packet, no rule of a later hook stops it for certain")
{
    // Found with a destination translated in prerouting that the reader of the day did not know; here a statement that nobody
    // knows.
    const auto rules = fromNft(
        R"({"nftables": [{"metainfo": {"version": "1.0.6", "release_name": "Lester Gooch #5", "json_schema_version": 1}}, )"
        R"({"table": {"family": "ip", "name": "g", "handle": 1}}, )"
        R"({"chain": {"family": "ip", "table": "g", "name": "p", "handle": 1, "type": "filter", "hook": "prerouting", "prio": 0, "policy": "accept"}}, )"
        R"({"chain": {"family": "ip", "table": "g", "name": "f", "handle": 2, "type": "filter", "hook": "forward", "prio": 0, "policy": "accept"}}, )"
        R"({"rule": {"family": "ip", "table": "g", "chain": "p", "handle": 3, "expr": [{"of another time": null}]}}, )"
        R"({"rule": {"family": "ip", "table": "g", "chain": "f", "handle": 4, "expr": [{"match": {"op": "==", "left": {"payload": {"protocol": "ip", "field": "daddr"}}, "right": "10.8.0.1"}}, {"drop": null}]}}]})");
    Passing passing(packet("src=10.9.0.1 dst=10.8.0.1 proto=udp sport=9 dport=53 iif=eth0 oif=eth1"));
    const auto answer = walkPath(rules, Way::Through, passing);
    CHECK(answer.verdict == Verdict::Undecided);
    CHECK(answer.canPass);
}

TEST_CASE("in a tagged frame on a bridge, a rule about IP may look at the tag's EtherType first")
{
    // nft -f: table bridge g { chain b { type filter hook forward priority 0; ether type ip ip daddr 10.7.0.1 drop; } }
    // nft prints it like "meta protocol ip ip daddr 10.7.0.1 drop", which stops the tagged frame, while this one does not.
    const auto rules = fromNft(
        R"({"nftables": [{"metainfo": {"version": "1.0.6", "release_name": "Lester Gooch #5", "json_schema_version": 1}}, )"
        R"({"table": {"family": "bridge", "name": "g", "handle": 1}}, )"
        R"({"chain": {"family": "bridge", "table": "g", "name": "b", "handle": 1, "type": "filter", "hook": "forward", "prio": 0, "policy": "accept"}}, )"
        R"({"rule": {"family": "bridge", "table": "g", "chain": "b", "handle": 2, "expr": [{"match": {"op": "==", "left": {"payload": {"protocol": "ip", "field": "daddr"}}, "right": "10.7.0.1"}}, {"drop": null}]}}]})");
    const std::string way = " proto=udp sport=443 dport=10015 iif=br0 oif=br0 physin=vnet1 physout=vnet0";
    const std::string v4 = "src=10.7.0.2 dst=10.7.0.1" + way;
    CHECK(walk(rules, Hook::BridgeForward, packet(v4)).verdict == Verdict::Drop);
    CHECK(walk(rules, Hook::BridgeForward, packet(v4 + " vlan=5")).verdict == Verdict::Undecided);
    CHECK(walk(rules, Hook::BridgeForward, packet("src=fd07::2 dst=fd07::1" + way + " vlan=5")).verdict == Verdict::Accept);
}

TEST_CASE("a reject with a TCP reset is no match for anything but TCP")
{
    // nft -f: table ip6 g { chain b { type filter hook forward priority 0; reject with tcp reset; } }
    // nft checks meta l4proto first and prints that in inet tables only.
    const auto rules = fromNft(
        R"({"nftables": [{"metainfo": {"version": "1.0.6", "release_name": "Lester Gooch #5", "json_schema_version": 1}}, )"
        R"({"table": {"family": "ip6", "name": "g", "handle": 1}}, )"
        R"({"chain": {"family": "ip6", "table": "g", "name": "b", "handle": 1, "type": "filter", "hook": "forward", "prio": 0, "policy": "accept"}}, )"
        R"({"rule": {"family": "ip6", "table": "g", "chain": "b", "handle": 2, "expr": [{"reject": {"type": "tcp reset"}}]}}]})");
    const std::string way = "src=fd08::1 dst=fd09::1 sport=10014 dport=85 oif=eth1 proto=";
    CHECK(walk(rules, Hook::Forward, packet(way + "udp")).verdict == Verdict::Accept);
    CHECK(walk(rules, Hook::Forward, packet(way + "tcp")).verdict == Verdict::Reject);
}

TEST_CASE("the security table of iptables-nft comes behind a chain of priority 100, the legacy one before it")
{
    // iptables-nft-restore: its chains have priority 150 (`nft list ruleset`); those of iptables-legacy 50.
    const std::string_view saved = "*security\n:INPUT DROP [0:0]\nCOMMIT\n";
    const std::string_view nft =
        R"({"nftables": [{"metainfo": {"version": "1.0.6", "release_name": "Lester Gooch #5", "json_schema_version": 1}}, )"
        R"({"table": {"family": "ip", "name": "g", "handle": 1}}, )"
        R"({"chain": {"family": "ip", "table": "g", "name": "b", "handle": 1, "type": "filter", "hook": "input", "prio": 100, "policy": "drop"}}]})";
    for (const std::string_view flavour : {"nft", "legacy"}) {
        auto rules = fromXtables(saved, bothways::net::Family::v4, flavour);
        REQUIRE(rules.addNftJson(nft));
        const auto answer = walk(rules, Hook::Input, packet("proto=icmp"));
        REQUIRE(answer.rule);
        CHECK(answer.rule->table == (flavour == "nft" ? "g" : "security"));
    }
}

TEST_CASE("a verdict map about the other family's address says nothing, wherever the packet was sent to meanwhile")
{
    // nft -f: table inet g { chain b { type filter hook prerouting priority 10; ip6 daddr vmap { fd08::10 : accept, * : drop } }
    // chain n { type nat hook prerouting priority -100; udp dport 53 redirect } }
    const auto rules = fromNft(
        R"({"nftables": [{"metainfo": {"version": "1.0.6", "release_name": "Lester Gooch #5", "json_schema_version": 1}}, )"
        R"({"table": {"family": "inet", "name": "g", "handle": 1}}, )"
        R"({"chain": {"family": "inet", "table": "g", "name": "b", "handle": 1, "type": "filter", "hook": "prerouting", "prio": 10, "policy": "accept"}}, )"
        R"({"chain": {"family": "inet", "table": "g", "name": "n", "handle": 2, "type": "nat", "hook": "prerouting", "prio": -100, "policy": "accept"}}, )"
        R"({"rule": {"family": "inet", "table": "g", "chain": "b", "handle": 4, "expr": [{"vmap": {"key": {"payload": {"protocol": "ip6", "field": "daddr"}}, "data": {"set": [["fd08::10", {"accept": null}], ["*", {"drop": null}]]}}}]}}, )"
        R"({"rule": {"family": "inet", "table": "g", "chain": "n", "handle": 5, "expr": [{"match": {"op": "==", "left": {"payload": {"protocol": "udp", "field": "dport"}}, "right": 53}}, {"redirect": null}]}}]})");
    const std::string way = " proto=udp sport=30003 dport=53 ct=new iif=eth1";
    const auto v4 = walk(rules, Hook::Prerouting, packet("src=10.8.0.1 dst=10.8.0.10" + way));
    CHECK(v4.canPass);
    REQUIRE(v4.undecided.size() == 1); // whether the interface has an address to redirect to
    CHECK(v4.undecided.front().rule.handle == 5);
    CHECK(walk(rules, Hook::Prerouting, packet("src=fd08::1 dst=fd08::2" + way)).verdict == Verdict::Undecided);
}

TEST_CASE("the mark of a connection that there is none of is never unequal to anything")
{
    // nft -f: table ip g { chain b { type filter hook postrouting priority -300; tcp sport < 20000 meta skuid 0 ct mark set 0x3
    //     ct mark & 0xf != 0x112 drop } }
    const auto rules = fromNft(
        R"({"nftables": [{"metainfo": {"version": "1.0.6", "release_name": "Lester Gooch #5", "json_schema_version": 1}}, )"
        R"({"table": {"family": "ip", "name": "g", "handle": 1}}, )"
        R"({"chain": {"family": "ip", "table": "g", "name": "b", "handle": 1, "type": "filter", "hook": "postrouting", "prio": -300, "policy": "accept"}}, )"
        R"({"rule": {"family": "ip", "table": "g", "chain": "b", "handle": 2, "expr": [{"match": {"op": "<", "left": {"payload": {"protocol": "tcp", "field": "sport"}}, "right": 20000}}, {"match": {"op": "==", "left": {"meta": {"key": "skuid"}}, "right": 0}}, {"mangle": {"key": {"ct": {"key": "mark"}}, "value": 3}}]}}, )"
        R"({"rule": {"family": "ip", "table": "g", "chain": "b", "handle": 3, "expr": [{"match": {"op": "!=", "left": {"&": [{"ct": {"key": "mark"}}, 15]}, "right": 274}}, {"drop": null}]}}]})");
    const std::string reset = "src=10.7.0.10 dst=10.7.0.200 proto=tcp sport=10010 dport=443 flags=4 oif=br0 ct=";
    CHECK(walk(rules, Hook::Postrouting, packet(reset + "invalid")).verdict == Verdict::Accept);
    CHECK(walk(rules, Hook::Postrouting, packet(reset + "new")).verdict == Verdict::Drop);
}

TEST_CASE("an echo reply that answers nothing may be a program's")
{
    // nft -f: table inet g { chain b { type filter hook output priority 0; policy drop; meta skuid 0 accept } }
    const auto rules = fromNft(
        R"({"nftables": [{"metainfo": {"version": "1.0.6", "release_name": "Lester Gooch #5", "json_schema_version": 1}}, )"
        R"({"table": {"family": "inet", "name": "g", "handle": 1}}, )"
        R"({"chain": {"family": "inet", "table": "g", "name": "b", "handle": 1, "type": "filter", "hook": "output", "prio": 0, "policy": "drop"}}, )"
        R"({"rule": {"family": "inet", "table": "g", "chain": "b", "handle": 2, "expr": [{"match": {"op": "==", "left": {"meta": {"key": "skuid"}}, "right": 0}}, {"accept": null}]}}]})");
    const std::string reply = "src=10.7.0.10 dst=10.7.0.1 proto=icmp type=0 code=0 oif=br0 ct=";
    CHECK(walk(rules, Hook::Output, packet(reply + "invalid")).verdict == Verdict::Undecided);
    CHECK(walk(rules, Hook::Output, packet(reply + "established")).verdict == Verdict::Drop);
}

TEST_CASE("whether a rule that misses an option of TCP's is about other protocols too is not printed")
{
    // nft -f: table inet g { chain b { type filter hook forward priority 0; meta l4proto tcp tcp option sack-perm missing drop;
    //     tcp option sack-perm exists drop } }
    // nft 1.0.6 takes the first rule's "meta l4proto" for its own and leaves it out.
    const auto rules = fromNft(
        R"({"nftables": [{"metainfo": {"version": "1.0.6", "release_name": "Lester Gooch #5", "json_schema_version": 1}}, )"
        R"({"table": {"family": "inet", "name": "g", "handle": 1}}, )"
        R"({"chain": {"family": "inet", "table": "g", "name": "b", "handle": 1, "type": "filter", "hook": "forward", "prio": 0, "policy": "accept"}}, )"
        R"({"rule": {"family": "inet", "table": "g", "chain": "b", "handle": 2, "expr": [{"match": {"op": "==", "left": {"tcp option": {"name": "sack-perm"}}, "right": false}}, {"drop": null}]}}, )"
        R"({"rule": {"family": "inet", "table": "g", "chain": "b", "handle": 3, "expr": [{"match": {"op": "==", "left": {"tcp option": {"name": "sack-perm"}}, "right": true}}, {"drop": null}]}}]})");
    const std::string way = "src=10.9.0.1 dst=10.7.0.1 sport=10020 dport=80 iif=eth0 oif=br0 proto=";
    const auto udp = walk(rules, Hook::Forward, packet(way + "udp"));
    CHECK(udp.verdict == Verdict::Undecided);
    REQUIRE(udp.undecided.size() == 1);
    CHECK(udp.undecided.front().rule.handle == 2);
    CHECK(walk(rules, Hook::Forward, packet(way + "tcp")).verdict == Verdict::Undecided);
}

TEST_CASE("a packet without a connection that gets a zone may count as new")
{
    // nft -f: table inet g { chain b { type filter hook input priority 0; tcp dport 80 ct zone set 2; ct state ! new drop } }
    const auto rules = fromNft(
        R"({"nftables": [{"metainfo": {"version": "1.0.6", "release_name": "Lester Gooch #5", "json_schema_version": 1}}, )"
        R"({"table": {"family": "inet", "name": "g", "handle": 1}}, )"
        R"({"chain": {"family": "inet", "table": "g", "name": "b", "handle": 1, "type": "filter", "hook": "input", "prio": 0, "policy": "accept"}}, )"
        R"({"rule": {"family": "inet", "table": "g", "chain": "b", "handle": 2, "expr": [{"match": {"op": "==", "left": {"payload": {"protocol": "tcp", "field": "dport"}}, "right": 80}}, {"mangle": {"key": {"ct": {"key": "zone"}}, "value": 2}}]}}, )"
        R"({"rule": {"family": "inet", "table": "g", "chain": "b", "handle": 3, "expr": [{"match": {"op": "!", "left": {"ct": {"key": "state"}}, "right": "new"}}, {"drop": null}]}}]})");
    const std::string way = "src=fd09::10 dst=fd09::10 sport=30020 proto=tcp iif=lo ct=invalid dport=";
    CHECK(walk(rules, Hook::Input, packet(way + "80")).verdict == Verdict::Undecided);
    CHECK(walk(rules, Hook::Input, packet(way + "81")).verdict == Verdict::Drop);
}

TEST_CASE("the mark of a connection can be set only where conntrack has seen the packet")
{
    // nft -f: table inet g { chain b { type filter hook prerouting priority -300; ct mark set 0x2 }
    //     chain f { type filter hook prerouting priority -150; ct mark 0x2 drop }
    //     chain z { type filter hook prerouting priority -100; ct mark set 0x3 }
    //     chain y { type filter hook prerouting priority 0; ct mark 0x3 drop } }
    const auto rules = fromNft(
        R"({"nftables": [{"metainfo": {"version": "1.0.6", "release_name": "Lester Gooch #5", "json_schema_version": 1}}, )"
        R"({"table": {"family": "inet", "name": "g", "handle": 1}}, )"
        R"({"chain": {"family": "inet", "table": "g", "name": "b", "handle": 1, "type": "filter", "hook": "prerouting", "prio": -300, "policy": "accept"}}, )"
        R"({"chain": {"family": "inet", "table": "g", "name": "f", "handle": 2, "type": "filter", "hook": "prerouting", "prio": -150, "policy": "accept"}}, )"
        R"({"chain": {"family": "inet", "table": "g", "name": "z", "handle": 3, "type": "filter", "hook": "prerouting", "prio": -100, "policy": "accept"}}, )"
        R"({"chain": {"family": "inet", "table": "g", "name": "y", "handle": 4, "type": "filter", "hook": "prerouting", "prio": 0, "policy": "accept"}}, )"
        R"({"rule": {"family": "inet", "table": "g", "chain": "b", "handle": 5, "expr": [{"mangle": {"key": {"ct": {"key": "mark"}}, "value": 2}}]}}, )"
        R"({"rule": {"family": "inet", "table": "g", "chain": "f", "handle": 6, "expr": [{"match": {"op": "==", "left": {"ct": {"key": "mark"}}, "right": 2}}, {"drop": null}]}}, )"
        R"({"rule": {"family": "inet", "table": "g", "chain": "z", "handle": 7, "expr": [{"mangle": {"key": {"ct": {"key": "mark"}}, "value": 3}}]}}, )"
        R"({"rule": {"family": "inet", "table": "g", "chain": "y", "handle": 8, "expr": [{"match": {"op": "==", "left": {"ct": {"key": "mark"}}, "right": 3}}, {"drop": null}]}}]})");
    const auto answer = walk(rules, Hook::Prerouting, packet("src=10.8.0.1 dst=10.9.0.1 proto=icmp ct=new iif=eth1"));
    CHECK(answer.verdict == Verdict::Drop);
    REQUIRE(answer.rule);
    CHECK(answer.rule->chain == "y");
}
