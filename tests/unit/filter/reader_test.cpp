// SPDX-License-Identifier: GPL-3.0-or-later
#include "catch.h"

#include "filter/model/model.h"
#include "support.h"

#include <random>
#include <sstream>
#include <tuple>

using namespace bothways;
using namespace bothways::filter;
using namespace bothways::filter::test;

namespace {

using Place = std::tuple<std::string, std::string, std::int64_t>; // family, table, handle

/// What `nft -a list ruleset` prints of the rules: "icmp type echo-request accept # handle 9" -> the text by its place.
std::map<Place, std::string> listedRules(const std::string &listing)
{
    std::map<Place, std::string> rules;
    std::istringstream lines(listing);
    std::string family;
    std::string table;
    bool inChain = false;
    for (std::string line; std::getline(lines, line);) {
        const auto mark = line.rfind(" # handle ");
        if (line.starts_with("table ")) {
            std::istringstream words(line.substr(6));
            words >> family >> table;
        } else if (line.starts_with("\tchain ") || line == "\t}") {
            inChain = line != "\t}";
        } else if (inChain && mark != std::string::npos) {
            rules[{family, table, std::stoll(line.substr(mark + 10))}] = line.substr(2, mark - 2);
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
    const std::string file = GENERATE("statements", "forms");
    const auto rules = fromNft(readData(file + ".json"));
    const auto listed = listedRules(readData(file + ".txt"));
    REQUIRE(listed.size() > 90);
    std::size_t seen = 0;
    for (const auto &table : rules.tables()) {
        for (const auto &chain : table.chains) {
            for (const auto &rule : chain.rules) {
                INFO(table.family << ' ' << table.name << ' ' << chain.name << ' ' << rule.handle);
                const auto found = listed.find({table.family, table.name, rule.handle});
                REQUIRE(found != listed.end());
                CHECK(rule.text == found->second);
                ++seen;
            }
        }
    }
    CHECK(seen == listed.size());
}

TEST_CASE("nearly every form that nft writes is understood")
{
    const auto rules = fromNft(readData("forms.json"));
    std::vector<std::string> unknown;
    std::size_t statements = 0;
    for (const auto &table : rules.tables()) {
        for (const auto &chain : table.chains) {
            for (const auto &rule : chain.rules) {
                statements += rule.statements.size();
                for (const auto &statement : rule.statements) {
                    if (std::holds_alternative<UnknownMatch>(statement) || std::holds_alternative<UnknownStatement>(statement)) {
                        unknown.push_back(rule.text);
                    }
                }
            }
        }
    }
    CHECK(statements > 400);
    // Hashes, random numbers and offsets that only a host's own state decides; what sends the packet elsewhere; what nft 1.0.6
    // writes as text.
    const std::vector<std::string> expected = {R"(fib daddr . iif type local)",
                                               R"(osf name "Linux")",
                                               R"(osf ttl skip version "Linux:3.0")",
                                               R"(ipsec in reqid 5)",
                                               R"(ipsec in spnum 1 ip saddr 10.0.0.1)",
                                               R"(numgen random mod 2 0)",
                                               R"(numgen inc mod 10 offset 5 < 7)",
                                               R"(jhash ip saddr . tcp dport mod 2 seed 0xdeadbeef 1)",
                                               R"(symhash mod 2 offset 100 100)",
                                               R"(limit name ip saddr map { 10.0.0.1 : "fast", 10.0.0.2 : "slow" } drop)",
                                               R"(tcp flags syn tcp option maxseg size set 1400)",
                                               R"(add @marked { ip saddr : 0x00000005 })",
                                               R"(numgen inc mod 2 vmap { 0 : continue, 1 : return })",
                                               R"(tcp dport 80 tproxy ip to 127.0.0.1:80)",
                                               R"(tcp dport 80 tproxy ip6 to [::1]:80)",
                                               R"(tcp dport 80 tproxy to :80)",
                                               R"(tcp flags syn tcp option maxseg size set rt mtu)",
                                               R"(udp dport 53 fwd to "lo")",
                                               R"(fwd ip to 10.0.0.1 device "lo")"};
    CHECK(unknown == expected);
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
    const auto *file = GENERATE("iptables-legacy.save", "statements.json", "forms.json", "iptables-nft.json");
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
