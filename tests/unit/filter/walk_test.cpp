// SPDX-License-Identifier: GPL-3.0-or-later
#include "catch.h"

#include "support.h"

using namespace bothways::filter;
using namespace bothways::filter::test;

namespace {

constexpr auto dropsRequests =
    R"({"match":{"op":"==","left":{"payload":{"protocol":"icmp","field":"type"}},"right":"echo-request"}},{"counter":{"packets":3,"bytes":252}},{"drop":null})";

}

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
    CHECK(answer.rule->text == "icmp type echo-request counter packets 3 bytes 252 drop");
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
