// SPDX-License-Identifier: GPL-3.0-or-later
#include "catch.h"

#include "support.h"

#include <algorithm>
#include <random>

using namespace bothways::filter;
using namespace bothways::filter::test;

namespace {

using Random = std::mt19937;

std::string match(const char *left, const char *right, const char *op = "==")
{
    return std::string(R"({"match":{"op":")") + op + R"(","left":)" + left + R"(,"right":)" + right + "}},";
}

std::string condition(Random &random)
{
    static const std::vector<std::string> conditions{
        "",
        match(R"({"payload":{"protocol":"icmp","field":"type"}})", R"("echo-request")"),
        match(R"({"payload":{"protocol":"icmp","field":"type"}})", R"("echo-request")", "!="),
        match(R"({"payload":{"protocol":"ip","field":"saddr"}})", R"("192.168.122.1")"),
        match(R"({"payload":{"protocol":"ip","field":"saddr"}})", R"({"set":["10.0.0.1","192.168.122.1"]})", "!="),
        match(R"({"payload":{"protocol":"tcp","field":"dport"}})", "22"),
        match(R"({"ct":{"key":"state"}})", R"(["established","new"])", "in"),
        match(R"({"meta":{"key":"mark"}})", "1"),
        match(R"({"meta":{"key":"mark"}})", "0"),
    };
    return conditions[random() % conditions.size()];
}

std::string action(Random &random, bool inOther)
{
    static const std::vector<std::string> actions{
        R"({"accept":null})",
        R"({"drop":null})",
        R"({"counter":null})",
        R"({"return":null})",
        R"({"mangle":{"key":{"meta":{"key":"mark"}},"value":1}})",
        R"({"mangle":{"key":{"meta":{"key":"mark"}},"value":0}})",
        R"({"vmap":{"key":{"payload":{"protocol":"icmp","field":"type"}},"data":{"set":[["echo-request",{"drop":null}],["echo-reply",{"accept":null}]]}}})",
        R"({"jump":{"target":"other"}})",
        R"({"goto":{"target":"other"}})"};
    return actions[random() % (inOther ? 7 : actions.size())];
}

struct Program {
    std::vector<std::string> input; ///< the expressions of each rule
    std::vector<std::string> other;
    bool drop = false;
};

Program program(Random &random)
{
    Program made;
    made.drop = random() % 2 == 0;
    for (auto left = 1 + random() % 5; left > 0; --left) {
        made.input.push_back(condition(random) + action(random, false));
    }
    for (auto left = random() % 4; left > 0; --left) {
        made.other.push_back(condition(random) + action(random, true));
    }
    return made;
}

Ruleset load(const Program &made)
{
    std::string objects;
    int handle = 100;
    for (const auto &rule : made.other) {
        objects += (objects.empty() ? "" : ",") +
                   std::string(R"({"rule":{"family":"inet","table":"t","chain":"other","handle":)") + std::to_string(handle++) +
                   R"(,"expr":[)" + rule + "]}}";
    }
    return fromNft(inputRules(made.drop ? "drop" : "accept", made.input, objects));
}

Verdict verdictOf(const Program &made, const Packet &packet) { return walk(load(made), Hook::Input, packet).verdict; }

/// The same with a rule, or the beginning of a rule, put in at one place.
Program with(Program made, bool inOther, std::size_t at, const std::string &rule, bool own)
{
    auto &rules = inOther ? made.other : made.input;
    if (own || at >= rules.size()) {
        rules.insert(rules.begin() + static_cast<std::ptrdiff_t>(std::min(at, rules.size())), rule);
    } else {
        rules[at] = rule + (rule.empty() ? "" : ",") + rules[at];
    }
    return made;
}

} // namespace

TEST_CASE("a statement that nobody knows never makes a verdict definite that it could change", "[property]")
{
    Random random(20261123);
    const std::vector<Packet> packets{packet("proto=icmp type=8"), packet("proto=icmp type=0 ct=established"),
                                      packet("proto=tcp dport=22 mark=1")};
    const std::string unknown = R"({"flying":{"pigs":1}})";
    const std::string never = match(R"({"payload":{"protocol":"ip","field":"saddr"}})", R"("203.0.113.9")");
    int definite = 0;
    for (int i = 0; i < 3000; ++i) {
        const auto made = program(random);
        const bool inOther = random() % 3 == 0;
        const auto at = random() % 6;
        const auto &each = packets[random() % packets.size()];
        const auto verdict = verdictOf(with(made, inOther, at, unknown, true), each);
        if (verdict == Verdict::Undecided) {
            continue;
        }
        ++definite;
        INFO(i);
        for (const auto *what : {R"({"accept":null})", R"({"drop":null})", R"({"counter":null})", R"({"return":null})",
                                 R"({"mangle":{"key":{"meta":{"key":"mark"}},"value":1}})"}) {
            INFO(what);
            REQUIRE(verdictOf(with(made, inOther, at, what, true), each) == verdict);
        }
        REQUIRE(verdictOf(with(made, inOther, at, never + R"({"drop":null})", true), each) == verdict);
    }
    CHECK(definite > 500);
}

TEST_CASE("a condition that nobody knows never makes a verdict definite that it could change", "[property]")
{
    Random random(7);
    const std::vector<Packet> packets{packet("proto=icmp type=8"), packet("proto=icmp type=0 ct=established"),
                                      packet("proto=tcp dport=22 mark=1")};
    const std::string unknown = R"({"match":{"op":"==","left":{"numgen":{"mode":"random","mod":2,"offset":0}},"right":0}})";
    const std::string holds = R"({"match":{"op":"==","left":{"meta":{"key":"nfproto"}},"right":"ipv4"}})";
    const std::string fails = R"({"match":{"op":"==","left":{"meta":{"key":"nfproto"}},"right":"ipv6"}})";
    int definite = 0;
    for (int i = 0; i < 3000; ++i) {
        const auto made = program(random);
        const bool inOther = random() % 3 == 0;
        const auto at = random() % 6;
        const auto &each = packets[random() % packets.size()];
        const auto verdict = verdictOf(with(made, inOther, at, unknown, false), each);
        if (verdict == Verdict::Undecided) {
            continue;
        }
        ++definite;
        INFO(i);
        REQUIRE(verdictOf(with(made, inOther, at, holds, false), each) == verdict);
        REQUIRE(verdictOf(with(made, inOther, at, fails, false), each) == verdict);
    }
    CHECK(definite > 1000);
}
