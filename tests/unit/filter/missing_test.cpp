// SPDX-License-Identifier: GPL-3.0-or-later
// What is not the whole of what judges a packet is known for that.
#include "catch.h"

#include "support.h"

#include "filter/model/model.h"
#include "filter/packet/packet_text.h"

using namespace bothways;
using namespace bothways::filter;
using namespace bothways::filter::test;

namespace {

std::vector<Missing> of(const Ruleset &rules, Hook hook, std::string_view packetText)
{
    return missing(rules, hook, readPacket(packetText).value());
}

constexpr const char *v4 = "src=10.0.0.1 dst=10.0.0.2";
constexpr const char *v6 = "src=fd00::1 dst=fd00::2";
constexpr const char *arp = "ethertype=arp src=10.0.0.1 dst=10.0.0.2";

} // namespace

TEST_CASE("rules of one family or program say nothing of another's packets")
{
    const auto iptables = fromXtables("*filter\n:INPUT ACCEPT [0:0]\nCOMMIT\n");
    CHECK(of(iptables, Hook::Input, v4).empty());
    REQUIRE(of(iptables, Hook::Input, v6).size() == 1);
    CHECK(of(iptables, Hook::Input, v6).front().what.find("ip6tables-save") != std::string::npos);
    CHECK_FALSE(of(iptables, Hook::ArpInput, arp).empty());
    CHECK_FALSE(of(iptables, Hook::BridgeForward, v4).empty());
    CHECK_FALSE(of(iptables, Hook::Ingress, v4).empty());
    CHECK(of(fromXtables("*filter\n:INPUT ACCEPT [0:0]\nCOMMIT\n", net::Family::v6), Hook::Input, v6).empty());

    Ruleset ebtables;
    REQUIRE(ebtables.addEbtablesSave("*filter\n:INPUT ACCEPT\n", "legacy"));
    CHECK(of(ebtables, Hook::BridgeForward, v4).empty());
    CHECK_FALSE(of(ebtables, Hook::Forward, v4).empty());

    Ruleset sets;
    REQUIRE(sets.addIpsetSave("create ok hash:ip family inet\n"));
    CHECK_FALSE(of(sets, Hook::Input, v4).empty());
    CHECK_FALSE(of(Ruleset{}, Hook::Input, v4).empty());
}

TEST_CASE("a list of the whole ruleset judges every packet, also where it is empty")
{
    const auto nft = fromNft(R"({"nftables": [{"metainfo": {"json_schema_version": 1}}]})");
    for (const auto hook : {Hook::Input, Hook::ArpInput, Hook::BridgeForward, Hook::Ingress}) {
        CHECK(of(nft, hook, isArp(hook) ? arp : v4).empty());
        CHECK(of(nft, hook, isArp(hook) ? arp : v6).empty());
    }
    const auto names = fromNft(R"({"nftables": [{"table": {"family": "inet", "name": "t", "handle": 1}}]})");
    CHECK_FALSE(of(names, Hook::Input, v4).empty());
}

TEST_CASE("one table of iptables leaves the others out")
{
    Ruleset rules;
    REQUIRE(rules.addIptablesRules(
        "-P INPUT ACCEPT\n-P FORWARD ACCEPT\n-P OUTPUT ACCEPT\n-N sub\n-A INPUT -p tcp -j sub\n-A sub -j DROP", net::Family::v4));
    REQUIRE(rules.tables().size() == 1);
    CHECK(rules.tables()[0].name == "filter");
    const auto gaps = of(rules, Hook::Input, v4);
    REQUIRE(gaps.size() == 1);
    CHECK_FALSE(gaps.front().anything); // a drop stays one
    CHECK(walk(rules, Hook::Input, *readPacket("src=10.0.0.1 dst=10.0.0.2 proto=tcp dport=22")).verdict == Verdict::Drop);

    Ruleset nat;
    REQUIRE(nat.addIptablesRules("-P PREROUTING ACCEPT\n-P INPUT ACCEPT\n-P OUTPUT ACCEPT\n-P POSTROUTING ACCEPT\n",
                                 net::Family::v6));
    CHECK(nat.tables()[0].name == "nat");
    const auto wrong = nat.addIptablesRules("-P INPUT ACCEPT\n-Q\n", net::Family::v4);
    REQUIRE_FALSE(wrong);
    CHECK(wrong.error().position == 16);
}

TEST_CASE("commands make a ruleset, whole only where they begin with an empty one")
{
    const std::string table = R"({"table": {"family": "inet", "name": "t"}})";
    const std::string chain =
        R"({"chain": {"family": "inet", "table": "t", "name": "input", "type": "filter", "hook": "input", "prio": 0, "policy": "accept"}})";
    const auto rule = [](const std::string &expression, const std::string &place = "") {
        return R"({"rule": {"family": "inet", "table": "t", "chain": "input", )" + place + R"("expr": [)" + expression + "]}}";
    };
    const auto command = [](const std::string &name, const std::string &object) { return "{\"" + name + "\": " + object + "}"; };
    const auto all = [](const std::vector<std::string> &objects) {
        std::string text;
        for (const auto &each : objects) {
            text += (text.empty() ? "" : ", ") + each;
        }
        return "{\"nftables\": [" + text + "]}";
    };
    const std::string drop = R"({"drop": null})";
    const std::string accept = R"({"accept": null})";
    const auto flush = command("flush", R"({"ruleset": null})");
    const std::vector<std::string> made{flush, command("add", table), command("create", chain), command("add", rule(accept))};
    const auto verdict = [&](std::vector<std::string> objects) {
        auto begin = made;
        begin.insert(begin.end(), objects.begin(), objects.end());
        const auto rules = fromNft(all(begin));
        CHECK(of(rules, Hook::Input, v4).empty());
        return walk(rules, Hook::Input, *readPacket(v4)).verdict;
    };
    CHECK(verdict({}) == Verdict::Accept);
    CHECK(verdict({command("add", rule(drop))}) == Verdict::Accept);
    CHECK(verdict({command("insert", rule(drop))}) == Verdict::Drop);
    CHECK(verdict({command("insert", rule(drop, "\"index\": 0, "))}) == Verdict::Drop);
    CHECK(verdict({command("add", rule(drop, "\"index\": 0, "))}) == Verdict::Accept);
    CHECK(verdict({command("flush", R"({"chain": {"family": "inet", "table": "t", "name": "input"}})"),
                   command("add", rule(drop))}) == Verdict::Drop);
    CHECK(verdict({command("flush", R"({"table": {"family": "inet", "name": "t"}})"), command("add", rule(drop))}) ==
          Verdict::Drop);
    CHECK(verdict({command("delete", R"({"table": {"family": "inet", "name": "t"}})")}) == Verdict::Accept);
    const std::string other = R"({"chain": {"family": "inet", "table": "t", "name": "other"}})";
    CHECK(verdict({command("add", other), command("insert", rule(R"({"jump": {"target": "other"}})")),
                   command("add", R"({"rule": {"family": "inet", "table": "t", "chain": "other", "expr": [)" + drop + "]}}"),
                   command("rename", R"({"chain": {"family": "inet", "table": "t", "name": "other", "newname": "new"}})")}) ==
          Verdict::Drop);

    // Without the first command it is anybody's guess what stands before these rules.
    const auto part = fromNft(all({command("add", table), command("add", chain), command("add", rule(drop))}));
    REQUIRE(of(part, Hook::Input, v4).size() == 1);
    CHECK(of(part, Hook::Input, v4).front().anything);

    auto strange = made;
    strange.push_back(command("frobnicate", table));
    CHECK_FALSE(of(fromNft(all(strange)), Hook::Input, v4).empty());

    for (const auto &wrong : {command("delete", rule(drop, "\"handle\": 9, ")), command("create", table), command("add", "{}"),
                              command("insert", rule(drop, "\"index\": 7, "))}) {
        auto objects = made;
        objects.push_back(wrong);
        Ruleset rules;
        INFO(wrong);
        CHECK_FALSE(rules.addNftJson(all(objects)).has_value());
    }
}
