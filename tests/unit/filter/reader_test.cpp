// SPDX-License-Identifier: GPL-3.0-or-later
#include "catch.h"

#include "filter/model.h"
#include "support.h"

#include <random>
#include <sstream>

using namespace bothways;
using namespace bothways::filter;
using namespace bothways::filter::test;

namespace {

/// "icmp type echo-request accept # handle 9" -> text by handle of the table "t", of its rules alone.
std::map<std::int64_t, std::string> listedRules(const std::string &listing)
{
    std::map<std::int64_t, std::string> rules;
    std::istringstream lines(listing);
    bool inChain = false;
    for (std::string line; std::getline(lines, line);) {
        const auto mark = line.find(" # handle ");
        if (line.starts_with("table ip n")) {
            break;
        }
        if (line.starts_with("\tchain ")) {
            inChain = true;
        } else if (inChain && mark != std::string::npos) {
            rules[std::stoll(line.substr(mark + 10))] = line.substr(2, mark - 2);
        }
    }
    return rules;
}

void readAll(const std::string &text)
{
    Ruleset nft;
    (void)nft.addNftJson(text);
    Ruleset legacy;
    (void)legacy.addIptablesSave(text, net::Family::v4, "legacy");
    for (const auto *rules : {&nft, &legacy}) {
        const auto answer = walk(*rules, Hook::Input, packet("proto=icmp"));
        (void)answer;
    }
}

} // namespace

TEST_CASE("rules are written as nft list ruleset prints them")
{
    const auto rules = fromNft(readData("statements.json"));
    const auto listed = listedRules(readData("statements.txt"));
    REQUIRE(listed.size() > 90);
    std::size_t seen = 0;
    for (const auto &chain : rules.tables().front().chains) {
        for (const auto &rule : chain.rules) {
            const auto found = listed.find(rule.handle);
            REQUIRE(found != listed.end());
            CHECK(rule.text == found->second);
            ++seen;
        }
    }
    CHECK(seen == listed.size());
}

TEST_CASE("a dump cut off anywhere is an error or a model, never a crash")
{
    const auto *file = GENERATE("iptables-legacy.save", "iptables-nft.json");
    const auto text = readData(file);
    REQUIRE(text.size() > 100);
    for (std::size_t length = 0; length < text.size(); ++length) {
        readAll(text.substr(0, length));
    }
    SUCCEED();
}

TEST_CASE("a dump with changed bytes is an error or a model, never a crash")
{
    std::mt19937 random(20240611);
    const auto *file = GENERATE("iptables-legacy.save", "statements.json", "iptables-nft.json");
    const auto text = readData(file);
    for (int round = 0; round < 300; ++round) {
        auto changed = text;
        for (int i = 0; i < 1 + round % 8; ++i) {
            changed[random() % changed.size()] = static_cast<char>(random() % 256);
        }
        readAll(changed);
    }
    SUCCEED();
}

TEST_CASE("malformed input is refused with its place")
{
    Ruleset rules;
    const auto json = rules.addNftJson("{\"nftables\": [");
    REQUIRE_FALSE(json);
    CHECK(json.error().position > 0);
    const auto jump = rules.addNftJson(inputRules("accept", {R"({"jump":{"target":"nowhere"}})"}));
    REQUIRE_FALSE(jump);
    CHECK(jump.error().path == "nftables[4]");
    CHECK_FALSE(rules.addNftJson(std::string(100000, '[')));
    CHECK_FALSE(rules.addNftJson("[]"));
    const auto *text =
        GENERATE("-A INPUT -j DROP\n", "*filter\n:INPUT ACCEPT [0:0]\n", "*filter\n:INPUT ACCEPT [0:0]\n-A FOO -j DROP\nCOMMIT\n",
                 "*nosuch\nCOMMIT\n", "*filter\n:X ACCEPT [0:0]\nCOMMIT\n", "*filter\n:INPUT ACCEPT\n-A INPUT \"open\nCOMMIT\n",
                 "*filter\n:INPUT ACCEPT\n-A INPUT -j\nCOMMIT\n", "*filter\n*filter\n");
    const auto result = rules.addIptablesSave(text, net::Family::v4, "legacy");
    REQUIRE_FALSE(result);
    CHECK(result.error().position >= 0);
    CHECK(rules.isEmpty());
}

TEST_CASE("an iptables-save replaces what nft shows of the same tables")
{
    Ruleset rules;
    REQUIRE(rules.addNftJson(readData("iptables-nft.json")));
    const auto ping = packet("src=10.1.2.3 proto=icmp type=8");
    const auto lossy = walk(rules, Hook::Input, ping);
    CHECK(lossy.verdict == Verdict::Undecided);
    REQUIRE_FALSE(lossy.undecided.empty());
    CHECK(lossy.undecided.front().expression.find("xt") != std::string::npos);
    REQUIRE(rules.addIptablesSave(readData("iptables-nft.save"), net::Family::v4, "nft"));
    const auto answer = walk(rules, Hook::Input, ping);
    REQUIRE(answer.verdict == Verdict::Drop);
    CHECK(answer.rule->flavour == "nft");
    CHECK(answer.rule->text ==
          R"(-A INPUT -p icmp -m icmp --icmp-type 8 -m conntrack --ctstate NEW -m comment --comment "x \"y\" \\ z" -j DROP)");
    CHECK(answer.matchedField == "--icmp-type 8");
    REQUIRE(rules.addNftJson(readData("iptables-nft.json")));
    CHECK(walk(rules, Hook::Input, ping).verdict == Verdict::Drop);
}
