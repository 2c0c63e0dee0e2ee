// SPDX-License-Identifier: GPL-3.0-or-later
#include "catch.h"

#include "support.h"

using namespace bothways;
using namespace bothways::filter;
using namespace bothways::filter::test;

namespace {

// `ipset save` of ipset 7.17 on Debian 12.
constexpr const char *sets =
    R"(create hosts hash:ip family inet hashsize 1024 maxelem 65536 netmask 24 bucketsize 12 initval 0x6c66be05
add hosts 192.168.122.0
create plain hash:ip family inet hashsize 1024 maxelem 65536 timeout 300 bucketsize 12 initval 0x1
add plain 192.168.122.1 timeout 299
create six hash:ip family inet6 hashsize 1024 maxelem 65536 bucketsize 12 initval 0x11a5d9f3
add six fd09::77
create services hash:ip,port family inet hashsize 1024 maxelem 65536 bucketsize 12 initval 0x26a90cde
add services 192.168.122.1,tcp:80
add services 192.168.122.1,icmp:host-redirect
add services 192.168.122.1,icmp:echo-request
add services 192.168.122.1,icmp:77/1
add services 192.168.122.1,vrrp:0
create nets hash:net family inet hashsize 1024 maxelem 65536 timeout 300 counters comment skbinfo bucketsize 12 initval 0x05aadf3e
add nets 192.168.122.0/25 timeout 49 nomatch packets 0 bytes 0
add nets 192.168.0.0/16 timeout 299 packets 0 bytes 0 comment "x nomatch"
add nets 192.168.122.64/26 timeout 299 packets 0 bytes 0 skbmark 0x5/0xff
create places hash:net,iface family inet hashsize 1024 maxelem 65536 bucketsize 12 initval 0x1a57c09b
add places 192.168.122.0/24,eth1
add places 192.0.0.0/8,eth0
add places 10.0.0.0/8,eth wildcard
create ports bitmap:port range 0-1000
add ports 80
create list list:set size 8
add list plain
add list ports
create onlylist list:set size 8
add onlylist plain
create odd hash:future family inet
add odd 192.168.122.1
)";

Verdict verdict(const std::string &match, const std::string &what, bool given = true)
{
    Ruleset rules;
    if (given) {
        REQUIRE(rules.addIpsetSave(sets));
    }
    REQUIRE(
        rules.addIptablesSave("*filter\n:INPUT ACCEPT\n-A INPUT -m set " + match + " -j DROP\nCOMMIT\n", net::Family::v4, "nft"));
    return walk(rules, Hook::Input, packet(what)).verdict;
}

} // namespace

TEST_CASE("a rule asks the IP set that ipset save describes")
{
    struct Case {
        const char *match;
        const char *packet;
        Verdict verdict;
    };
    const auto each = GENERATE(values<Case>({
        {"--match-set plain src", "proto=icmp", Verdict::Drop},
        {"--match-set plain dst", "proto=icmp", Verdict::Accept},
        {"! --match-set plain dst", "proto=icmp", Verdict::Drop},
        {"--match-set hosts dst", "proto=icmp", Verdict::Drop},
        {"--match-set hosts dst", "dst=192.168.123.1", Verdict::Accept},
        {"--match-set six src", "proto=icmp", Verdict::Accept},
        {"--match-set services src,dst", "proto=tcp dport=80", Verdict::Drop},
        {"--match-set services src,src", "proto=tcp dport=80 sport=1", Verdict::Accept},
        {"--match-set services src,dst", "proto=udp dport=80", Verdict::Accept},
        {"--match-set services src,dst", "proto=icmp", Verdict::Drop},
        {"--match-set services src,dst", "proto=icmp type=0", Verdict::Accept},
        {"--match-set services src,dst", "proto=icmp type=77 code=1", Verdict::Drop},
        {"--match-set services src,dst", "proto=112", Verdict::Drop},
        {"--match-set services src", "proto=icmp", Verdict::Accept}, // fewer directions than the set has dimensions
        {"--match-set nets dst", "proto=icmp", Verdict::Drop},       // .77 is in the /26
        {"--match-set nets src", "proto=icmp", Verdict::Accept},     // .1 is in the nomatch /25
        {"--match-set nets src", "src=192.168.122.200", Verdict::Drop},
        {"--match-set places src,src", "iif=eth1", Verdict::Drop},
        {"--match-set places src,src", "iif=eth0",
         Verdict::Accept}, // the longer network hides the shorter, whatever its interface
        {"--match-set places src,src", "iif=eth0 src=192.0.2.1", Verdict::Drop},
        {"--match-set places src,src", "iif=eth77 src=10.0.2.1", Verdict::Drop},
        {"--match-set places src,dst", "iif=eth1", Verdict::Accept}, // there is no way out yet
        {"--match-set ports dst", "proto=udp dport=80", Verdict::Drop},
        {"--match-set ports dst", "proto=icmp", Verdict::Accept},
        {"! --match-set ports dst", "proto=icmp", Verdict::Drop},
        {"--match-set list src,dst", "proto=icmp", Verdict::Drop},
        {"--match-set list dst,dst", "proto=tcp dport=80", Verdict::Drop},
        {"! --match-set list src,dst", "proto=tcp dport=81", Verdict::Accept},
        {"--match-set onlylist dst", "proto=icmp", Verdict::Accept},
        {"--match-set odd src", "proto=icmp", Verdict::Undecided},
        {"--match-set missing src", "proto=icmp", Verdict::Undecided},
        {"--match-set plain src --packets-gt 5", "proto=icmp", Verdict::Undecided},
        {"--match-set plain src --return-nomatch", "proto=icmp", Verdict::Undecided},
        {"--match-set plain src ! --update-counters", "proto=icmp", Verdict::Drop},
    }));
    INFO(each.match << " | " << each.packet);
    CHECK(verdict(each.match, each.packet) == each.verdict);
}

TEST_CASE("a set nobody recorded is unknown and named")
{
    CHECK(verdict("--match-set plain src", "proto=icmp", false) == Verdict::Undecided);
    Ruleset rules;
    REQUIRE(rules.addIptablesSave("*filter\n:INPUT ACCEPT\n-A INPUT -m set --match-set plain src -j DROP\nCOMMIT\n",
                                  net::Family::v4, ""));
    const auto answer = walk(rules, Hook::Input, packet("proto=icmp"));
    REQUIRE(answer.undecided.size() == 1);
    CHECK(answer.undecided.front().why == "the content of the set plain");
}

TEST_CASE("a set that rules fill while packets come by is unknown")
{
    Ruleset rules;
    REQUIRE(rules.addIpsetSave(sets));
    REQUIRE(rules.addIptablesSave("*mangle\n:PREROUTING ACCEPT\n-A PREROUTING -j SET --add-set plain src\nCOMMIT\n"
                                  "*filter\n:INPUT ACCEPT\n-A INPUT -m set --match-set plain dst -j DROP\nCOMMIT\n",
                                  net::Family::v4, "legacy"));
    CHECK(walk(rules, Hook::Input, packet("proto=icmp")).verdict == Verdict::Undecided);
}

TEST_CASE("what is no ipset save is refused with its place")
{
    Ruleset rules;
    const auto result = rules.addIpsetSave("create a hash:ip family inet\nadd b 10.0.0.1\n");
    REQUIRE_FALSE(result);
    CHECK(result.error().position == 29);
    CHECK_FALSE(rules.addIpsetSave("nonsense\n"));
    CHECK_FALSE(rules.addIpsetSave("create a hash:ip\ncreate a hash:ip\n"));
    CHECK(rules.addIpsetSave("create a b hash:ip family inet\nadd a b 10.0.0.1\n")); // names may hold spaces
}
