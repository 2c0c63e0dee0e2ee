// SPDX-License-Identifier: GPL-3.0-or-later
#include "catch.h"

#include "builder.h"
#include "facts/object.h"

using namespace bothways;
using namespace bothways::facts;
using namespace bothways::test;

TEST_CASE("objects are named in one line")
{
    filter::RuleRef rule;
    rule.backend = "nft";
    rule.family = "inet";
    rule.table = "fw";
    rule.chain = "input";
    rule.handle = 5;
    rule.text = "icmp type echo-request drop";
    CHECK(describe(RuleObject{Where::Guest, rule, filter::Hook::Input, {}}) ==
          u"guest: inet fw input handle 5: icmp type echo-request drop"_s);
    CHECK(statement(RuleObject{Where::Guest, rule, filter::Hook::Input, {}}) ==
          u"inet fw input handle 5: icmp type echo-request drop"_s);
    CHECK(locate(RuleObject{Where::Guest, rule, filter::Hook::Input, {}}) == u"inet fw input handle 5"_s);
    rule.policy = true;
    rule.text = "policy drop";
    CHECK(locate(RuleObject{Where::Guest, rule, filter::Hook::Input, {}}) == u"inet fw input policy drop"_s);
    CHECK(describe(SysctlObject{Where::Guest, u"net.ipv4.icmp_echo_ignore_all"_s, u"1"_s, u"0"_s}) ==
          u"guest: net.ipv4.icmp_echo_ignore_all=1"_s);
    RouteObject offending;
    offending.route = route("10.0.0.0/25", u"other0"_s);
    CHECK(describe(offending) == u"host: 10.0.0.0/25 dev other0"_s);
}
