// SPDX-License-Identifier: GPL-3.0-or-later
#include "catch.h"

#include "support.h"

using namespace bothways::filter;
using namespace bothways::filter::test;

namespace {

/// One table with one chain that drops everything.
Ruleset dropping(const std::string &family, const std::string &hook, const std::string &more = {})
{
    const auto place = R"("family":")" + family + R"(","table":"t")";
    return fromNft(R"({"nftables":[{"table":{"family":")" + family + R"(","name":"t","handle":1}},{"chain":{)" + place +
                   R"(,"name":"c","handle":1,"type":"filter","hook":")" + hook + R"(","prio":0,"policy":"accept")" + more +
                   R"(}},{"rule":{)" + place + R"(,"chain":"c","handle":2,"expr":[{"drop":null}]}}]})");
}

} // namespace

TEST_CASE("each family hangs at hooks of its own")
{
    struct Case {
        const char *family;
        const char *written;
        Hook hook;
        const char *packet;
    };
    const auto each = GENERATE(values<Case>({
        {"ip", "input", Hook::Input, ""},
        {"ip6", "output", Hook::Output, "src=fd00::1 dst=fd00::2 proto=icmpv6"},
        {"inet", "forward", Hook::Forward, ""},
        {"inet", "postrouting", Hook::Postrouting, "src=fd00::1 dst=fd00::2 proto=icmpv6"},
        {"bridge", "prerouting", Hook::BridgePrerouting, ""},
        {"bridge", "input", Hook::BridgeInput, ""},
        {"bridge", "forward", Hook::BridgeForward, "ethertype=0x0806"},
        {"bridge", "output", Hook::BridgeOutput, ""},
        {"bridge", "postrouting", Hook::BridgePostrouting, ""},
        {"arp", "input", Hook::ArpInput, "ethertype=0x0806"},
        {"arp", "output", Hook::ArpOutput, "ethertype=0x0806"},
    }));
    INFO(each.family << ' ' << each.written);
    const auto rules = dropping(each.family, each.written);
    const auto asked = packet(each.packet);
    for (const auto hook : {Hook::Prerouting, Hook::Input, Hook::Forward, Hook::Output, Hook::Postrouting, Hook::Ingress,
                            Hook::Egress, Hook::BridgePrerouting, Hook::BridgeInput, Hook::BridgeForward, Hook::BridgeOutput,
                            Hook::BridgePostrouting, Hook::ArpInput, Hook::ArpOutput}) {
        INFO(name(hook));
        CHECK((walk(rules, hook, asked).verdict == Verdict::Drop) == (hook == each.hook));
    }
}

TEST_CASE("IP's tables see their own packets only")
{
    CHECK(walk(dropping("ip", "input"), Hook::Input, packet("src=fd00::1 dst=fd00::2")).verdict == Verdict::Accept);
    CHECK(walk(dropping("ip6", "input"), Hook::Input, packet("")).verdict == Verdict::Accept);
    CHECK(walk(dropping("arp", "input"), Hook::ArpInput, packet("")).verdict == Verdict::Accept);
    CHECK(walk(dropping("inet", "ingress", R"(,"dev":"eth0")"), Hook::Ingress, packet("ethertype=0x0806")).verdict ==
          Verdict::Accept);
}

TEST_CASE("an ingress chain belongs to its devices")
{
    const auto one = dropping("netdev", "ingress", R"(,"dev":"eth0")");
    CHECK(walk(one, Hook::Ingress, packet("iif=eth0")).verdict == Verdict::Drop);
    CHECK(walk(one, Hook::Ingress, packet("iif=eth1")).verdict == Verdict::Accept);
    CHECK(walk(one, Hook::Ingress, packet("iif= interfaces=unknown")).verdict == Verdict::Undecided);
    const auto two = dropping("netdev", "egress", R"(,"dev":["eth0","eth1"])");
    CHECK(walk(two, Hook::Egress, packet("oif=eth1")).verdict == Verdict::Drop);
    CHECK(walk(two, Hook::Egress, packet("oif=eth2")).verdict == Verdict::Accept);
    const auto unnamed = walk(dropping("netdev", "ingress"), Hook::Ingress, packet("iif=eth0"));
    CHECK(unnamed.verdict == Verdict::Undecided);
    CHECK(unnamed.canPass);
    const auto inet = dropping("inet", "ingress", R"(,"dev":"eth0")");
    CHECK(walk(inet, Hook::Ingress, packet("iif=eth0")).verdict == Verdict::Drop);
}

TEST_CASE("a chain at a hook that its family does not have is refused")
{
    Ruleset rules;
    for (const auto *family : {"arp", "netdev", "nosuch"}) {
        const auto text = std::string(R"({"nftables":[{"table":{"family":")") + family +
                          R"(","name":"t","handle":1}},{"chain":{"family":")" + family +
                          R"(","table":"t","name":"c","handle":1,"type":"filter","hook":"forwards","prio":0}}]})";
        CHECK_FALSE(rules.addNftJson(text));
    }
}
