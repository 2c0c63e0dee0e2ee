// SPDX-License-Identifier: GPL-3.0-or-later
// Where the walk and the kernel once differed: found by tests/filter/kernel, each with the ruleset as `nft -j list ruleset`
// printed it, made as small as it goes, and the packet. Linux 6.18, nftables 1.0.6 unless it says otherwise.
#include "catch.h"

#include "support.h"

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
