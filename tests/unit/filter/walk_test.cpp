// SPDX-License-Identifier: GPL-3.0-or-later
#include "catch.h"

#include "support.h"

using namespace bothways::filter;
using namespace bothways::filter::test;

namespace {

constexpr auto dropsRequests =
    R"({"match":{"op":"==","left":{"payload":{"protocol":"icmp","field":"type"}},"right":"echo-request"}},{"counter":{"packets":3,"bytes":252}},{"drop":null})";

constexpr auto limited = R"({"limit":{"rate":5,"burst":5,"per":"second"}})";

std::string match(const std::string &left, const std::string &right, const std::string &op = "==")
{
    return R"({"match":{"op":")" + op + R"(","left":)" + left + R"(,"right":)" + right + "}}";
}

const std::string saddr = R"({"payload":{"protocol":"ip","field":"saddr"}})";
const std::string icmpType = R"({"payload":{"protocol":"icmp","field":"type"}})";
const std::string tcpDport = R"({"payload":{"protocol":"tcp","field":"dport"}})";
const std::string ctState = R"({"ct":{"key":"state"}})";
const std::string iifname = R"({"meta":{"key":"iifname"}})";

} // namespace

TEST_CASE("a guest that drops echo requests is named by table, chain and handle")
{
    const auto rules = fromNft(inputRules("accept", {dropsRequests}));
    const auto answer = walk(rules, Hook::Input, packet("proto=icmp type=8"));
    REQUIRE(answer.verdict == Verdict::Drop);
    REQUIRE(answer.rule);
    CHECK(answer.rule->backend == "nft");
    CHECK(answer.rule->family == "inet");
    CHECK(answer.rule->table == "t");
    CHECK(answer.rule->chain == "input");
    CHECK(answer.rule->handle == 10);
    CHECK(answer.rule->position == 1);
    CHECK(answer.rule->packets == 3);
    CHECK(answer.rule->text == "icmp type echo-request counter drop");
    CHECK(answer.matchedField == "icmp type echo-request");
    CHECK(answer.path.size() == 1);
    CHECK_FALSE(answer.canPass);
    CHECK(walk(rules, Hook::Input, packet("proto=icmp type=0")).verdict == Verdict::Accept);
    CHECK(walk(rules, Hook::Input, packet("src=fe80::1 dst=fe80::2 proto=icmpv6 type=128")).verdict == Verdict::Accept);
    CHECK(walk(rules, Hook::Output, packet("proto=icmp type=8")).verdict == Verdict::Accept);
    CHECK_FALSE(walk(rules, Hook::Output, packet("proto=icmp type=8")).rule);
}

TEST_CASE("a policy decides where no rule does")
{
    const auto answer = walk(fromNft(inputRules("drop", {})), Hook::Input, packet("proto=icmp"));
    REQUIRE(answer.rule);
    CHECK(answer.verdict == Verdict::Drop);
    CHECK(answer.rule->policy);
    CHECK(answer.rule->text == "policy drop");
    CHECK(answer.rule->handle == 1);
}

TEST_CASE("a match holds for the packets it describes and for no others")
{
    struct Case {
        std::string expression;
        const char *packet;
        bool matches;
    };
    const auto each = GENERATE_COPY(values<Case>({
        {match(saddr, R"("192.168.122.1")"), "proto=icmp", true},
        {match(saddr, R"("192.168.122.1")", "!="), "proto=icmp", false},
        {match(saddr, R"("192.168.122.1")", "!="), "src=fd00::1 dst=fd00::2 proto=icmpv6", false},
        {match(saddr, R"({"prefix":{"addr":"192.168.122.0","len":24}})"), "proto=icmp", true},
        {match(saddr, R"({"prefix":{"addr":"192.168.122.0","len":32}})"), "proto=icmp", false},
        {match(saddr, R"({"range":["192.168.122.0","192.168.122.1"]})"), "proto=icmp", true},
        {match(saddr, R"({"set":["10.0.0.1",{"prefix":{"addr":"192.168.0.0","len":16}}]})"), "proto=icmp", true},
        {match(saddr, R"({"set":[]})"), "proto=icmp", false},
        {match(icmpType, R"("echo-request")"), "proto=icmp type=8", true},
        {match(icmpType, "8"), "proto=icmp", true},
        {match(icmpType, R"("echo-request")", "!="), "proto=tcp dport=22", false},
        {match(icmpType, R"("echo-request")"), "src=fd00::1 dst=fd00::2 proto=icmp type=8", false},
        {match(tcpDport, R"({"set":[22,{"range":[80,90]}]})"), "proto=tcp dport=85", true},
        {match(tcpDport, "22", "!="), "proto=udp dport=23", false},
        {match(tcpDport, "1024", ">="), "proto=tcp dport=1024", true},
        {match(tcpDport, "1024", "<"), "proto=tcp dport=1024", false},
        {match(ctState, R"(["established","related"])", "in"), "ct=related", true},
        {match(ctState, R"(["established","related"])", "in"), "ct=new", false},
        {match(ctState, R"("new")", "in"), "ct=new", true},
        {match(ctState, R"({"set":["new","invalid"]})"), "ct=invalid", true},
        {match(ctState, R"(["established","related"])", "!"), "ct=established", false},
        {match(iifname, R"("eth*")"), "iif=eth12", true},
        {match(iifname, R"("eth*")"), "iif=et", false},
        {match(iifname, R"("eth\\\\*")"), "iif=eth12", false},
        {match(R"({"meta":{"key":"oifname"}})", R"("eth0")", "!="), "iif=eth0", true},
        {match(R"({"&":[{"meta":{"key":"mark"}},255]})", "1"), "mark=0x101", true},
        {match(R"({"fib":{"result":"type","flags":["daddr"]}})", R"("local")"), "proto=icmp", true},
        {match(R"({"concat":[)" + saddr + "," + tcpDport + "]}", R"({"set":[{"concat":["192.168.122.1",22]}]})"),
         "proto=tcp dport=22", true},
        {match(R"({"concat":[)" + saddr + "," + tcpDport + "]}", R"({"set":[{"concat":["192.168.122.1",22]}]})"),
         "proto=udp dport=22", false},
    }));
    INFO(each.expression << ' ' << each.packet);
    const auto rules = fromNft(inputRules("accept", {each.expression + R"(,{"drop":null})"}));
    CHECK(walk(rules, Hook::Input, packet(each.packet)).verdict == (each.matches ? Verdict::Drop : Verdict::Accept));
}

TEST_CASE("an unknown condition leaves the verdict open only where it can change it")
{
    const auto unknown = match(R"({"numgen":{"mode":"random","mod":2,"offset":0}})", "0");
    SECTION("it decides between drop and accept")
    {
        const auto answer =
            walk(fromNft(inputRules("accept", {unknown + R"(,{"drop":null})"})), Hook::Input, packet("proto=icmp"));
        CHECK(answer.verdict == Verdict::Undecided);
        CHECK(answer.canPass);
        REQUIRE(answer.undecided.size() == 1);
        CHECK(answer.undecided[0].expression == "numgen random mod 2 0");
        CHECK(answer.undecided[0].rule.handle == 10);
    }
    SECTION("both ways drop")
    {
        const auto answer = walk(fromNft(inputRules("drop", {unknown + R"(,{"drop":null})"})), Hook::Input, packet("proto=icmp"));
        CHECK(answer.verdict == Verdict::Drop);
        CHECK(answer.undecided.empty());
    }
    SECTION("both ways stop, in different manners")
    {
        const auto answer =
            walk(fromNft(inputRules("drop", {unknown + R"(,{"reject":null})"})), Hook::Input, packet("proto=icmp"));
        CHECK(answer.verdict == Verdict::Undecided);
        CHECK_FALSE(answer.canPass);
    }
    SECTION("another condition of the rule is not met")
    {
        const auto rules = fromNft(inputRules("accept", {unknown + ',' + match(saddr, R"("10.0.0.1")") + R"(,{"drop":null})"}));
        CHECK(walk(rules, Hook::Input, packet("proto=icmp")).verdict == Verdict::Accept);
    }
    SECTION("the rule only counts")
    {
        const auto rules = fromNft(inputRules("accept", {unknown + R"(,{"counter":{"packets":0,"bytes":0}})"}));
        CHECK(walk(rules, Hook::Input, packet("proto=icmp")).verdict == Verdict::Accept);
    }
    SECTION("an unknown statement may do anything")
    {
        const auto rules = fromNft(inputRules("drop", {R"({"flying":{"pigs":1}})"}));
        const auto answer = walk(rules, Hook::Input, packet("proto=icmp"));
        CHECK(answer.verdict == Verdict::Undecided);
        CHECK(answer.undecided.at(0).expression == R"({"flying":{"pigs":1}})");
    }
    SECTION("an interface that nobody knows")
    {
        const auto rules = fromNft(inputRules("accept", {match(iifname, R"("eth0")") + R"(,{"drop":null})"}));
        CHECK(walk(rules, Hook::Input, packet("iif= interfaces=unknown")).verdict == Verdict::Undecided);
        CHECK(walk(rules, Hook::Input, packet("iif=")).verdict == Verdict::Accept);
    }
}

TEST_CASE("verdict maps, jumps and sets lead to the deciding rule")
{
    const auto objects = std::string(R"({"set":{"family":"inet","table":"t","name":"ok","type":"ipv4_addr","handle":3,)") +
                         R"("elem":[{"elem":{"val":"192.168.122.1","timeout":60}}]}},)" +
                         R"({"rule":{"family":"inet","table":"t","chain":"other","handle":7,"expr":[{"drop":null}]}})";
    const auto rules = fromNft(inputRules("accept", {match(saddr, R"("@ok")") + R"(,{"jump":{"target":"other"}})"}, objects));
    const auto answer = walk(rules, Hook::Input, packet("proto=icmp"));
    REQUIRE(answer.verdict == Verdict::Drop);
    CHECK(answer.rule->handle == 7);
    CHECK(answer.rule->chain == "other");
    CHECK(answer.rule->jumpedFrom == "input");
    CHECK(answer.rule->set == "ok");
    CHECK(answer.matchedField == "ip saddr @ok");
    CHECK(answer.path.size() == 2);
    const auto map = std::string(R"({"vmap":{"key":)") + icmpType +
                     R"(,"data":{"set":[["echo-request",{"drop":null}],["echo-reply",{"accept":null}]]}}})";
    const auto mapped = walk(fromNft(inputRules("accept", {map})), Hook::Input, packet("proto=icmp type=8"));
    REQUIRE(mapped.verdict == Verdict::Drop);
    CHECK(mapped.matchedField == "icmp type echo-request");
    const auto loop = R"({"rule":{"family":"inet","table":"t","chain":"other","handle":7,"expr":[{"jump":{"target":"other"}}]}})";
    CHECK(walk(fromNft(inputRules("accept", {R"({"jump":{"target":"other"}})"}, loop)), Hook::Input, packet("")).verdict ==
          Verdict::Undecided);
}

TEST_CASE("all blockers are listed in the order in which they would stop the packet")
{
    const auto rules = fromNft(inputRules("drop", {dropsRequests, match(saddr, R"("192.168.122.1")") + R"(,{"reject":null})",
                                                   match(saddr, R"("10.0.0.1")") + R"(,{"drop":null})"}));
    const auto found = blockers(rules, Hook::Input, packet("proto=icmp type=8"));
    REQUIRE(found.size() == 3);
    CHECK(found[0].handle == 10);
    CHECK(found[1].handle == 11);
    CHECK(found[2].policy);
}

TEST_CASE("regression: at one priority nft's chains run before those of the older legacy tables")
{
    auto rules = fromNft(inputRules("accept", {dropsRequests}));
    REQUIRE(rules.addIptablesSave("*filter\n:INPUT DROP [0:0]\nCOMMIT\n", bothways::net::Family::v4, "legacy"));
    const auto answer = walk(rules, Hook::Input, packet("proto=icmp type=8"));
    REQUIRE(answer.rule);
    CHECK(answer.rule->backend == "nft");
    CHECK(blockers(rules, Hook::Input, packet("proto=icmp type=8")).size() == 2);
}
