// SPDX-License-Identifier: GPL-3.0-or-later
#include "catch.h"

#include "lab.h"

#include <QByteArray>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

using namespace bothways::lab;

namespace {

constexpr auto requestIn = "src=10.9.0.1 dst=10.9.0.10 proto=icmp type=echo-request iif=eth0";

Result walk(const std::string &rules, const std::string &packet, std::vector<std::string> more = {})
{
    std::vector<std::string> words{BOTHWAYS_CLI, "walk", "--rules", "-", "--packet", packet};
    if (std::find(more.begin(), more.end(), "--hook") == more.end()) {
        words.insert(words.end(), {"--hook", "input"});
    }
    words.insert(words.end(), more.begin(), more.end());
    return run(words, rules);
}

QJsonObject answer(const std::string &rules, const std::string &packet)
{
    return QJsonDocument::fromJson(QByteArray::fromStdString(walk(rules, packet, {"--json", "-"}).out)).object();
}

std::string text(const QJsonObject &object, const char *key) { return object.value(QLatin1String(key)).toString().toStdString(); }

bool has(const std::string &text, const std::string &word) { return text.find(word) != std::string::npos; }

void applyChanges(const Namespace &guest, const QJsonObject &said)
{
    const auto changes = said.value(QLatin1String("changes")).toArray();
    REQUIRE_FALSE(changes.isEmpty());
    for (const auto &change : changes) {
        const auto command = text(change.toObject(), "command");
        INFO(command);
        REQUIRE(guest.sh(command).ok());
    }
}

} // namespace

TEST_CASE("the smallest change lets the packet through, and no other, on the kernel", "[kernel]")
{
    require();
    const Pair pair;
    std::string list = "nft -j list ruleset";
    SECTION("nft: two tables, a set, a chain of its own, a policy")
    {
        pair.guest.nft("table inet fw {\n set known { type ipv4_addr; elements = { 10.9.0.77 }; }\n"
                       " chain icmps { \n ip saddr @known accept\n counter drop\n }\n"
                       " chain in { type filter hook input priority 0; policy drop;\n ct state established accept\n"
                       " icmp type echo-request jump icmps\n }\n}\n"
                       "table ip other {\n chain in { type filter hook input priority 5; policy accept;\n"
                       " icmp type echo-request reject\n }\n}\n");
    }
    SECTION("iptables, legacy")
    {
        list = "iptables-legacy-save -c";
        pair.guest.must("iptables-legacy -N icmps && iptables-legacy -A icmps -j DROP && "
                        "iptables-legacy -A INPUT -p icmp -j icmps && iptables-legacy -t mangle -A INPUT -p icmp -j DROP");
    }
    SECTION("iptables, nft")
    {
        list = "iptables-nft-save -c";
        pair.guest.must("iptables-nft -P INPUT DROP && iptables-nft -A INPUT -m conntrack --ctstate ESTABLISHED -j ACCEPT");
    }
    REQUIRE_FALSE(pings(pair.host, Pair::guestAddress));
    const auto before = answer(pair.guest.must(list), requestIn);
    CHECK(text(before, "verdict") != "accept");
    applyChanges(pair.guest, before);
    CHECK(text(answer(pair.guest.must(list), requestIn), "verdict") == "accept");
    CHECK(pings(pair.host, Pair::guestAddress));
    // The same request from elsewhere is stopped as before.
    pair.host.must("ip addr add 10.9.0.5/24 dev br0");
    CHECK_FALSE(pair.host.sh("ping -n -c 1 -W 1 -I 10.9.0.5 10.9.0.10").ok());
    CHECK(text(answer(pair.guest.must(list), "src=10.9.0.5 dst=10.9.0.10 iif=eth0"), "verdict") != "accept");
}

TEST_CASE("the summary names rule, handle, owner and what matched", "[kernel]")
{
    require();
    const Pair pair;
    pair.guest.nft(
        "table inet fw {\n chain f2b-sshd {\n icmp type echo-request counter drop\n }\n"
        " chain in { type filter hook input priority 0; policy accept;\n limit rate over 5/second drop\n jump f2b-sshd\n }\n}\n");
    const auto result = walk(pair.guest.must("nft -j list ruleset"), requestIn);
    INFO(result.describe());
    CHECK(result.exitCode == 1);
    CHECK(has(result.out, "The packet is dropped."));
    CHECK(has(result.out, "inet fw f2b-sshd handle"));
    CHECK(has(result.out, "[fail2ban]"));
    CHECK(has(result.out, "What matched: icmp type echo-request"));
    CHECK(has(result.out, "nft insert rule inet fw f2b-sshd handle"));
    const auto chinese = walk(pair.guest.must("nft -j list ruleset"), requestIn, {"--lang", "zh_CN"});
    CHECK(chinese.exitCode == 1);
    CHECK(has(chinese.out, "报文被丢弃"));
}

TEST_CASE("the exit status tells accept, stop, wrong use and what could not be decided", "[use]")
{
    const std::string empty = R"({"nftables": [{"metainfo": {"json_schema_version": 1}}]})";
    const std::string table = R"({"nftables": [{"table": {"family": "ip", "name": "t", "handle": 1}},
        {"chain": {"family": "ip", "table": "t", "name": "in", "handle": 1, "type": "filter", "hook": "input", "prio": 0, "policy": ")";
    const std::string drops = table + R"(drop"}}]})";
    const std::string unknown =
        table +
        R"(accept"}}, {"rule": {"family": "ip", "table": "t", "chain": "in", "handle": 2, "expr": [{"flying": {"pigs": 1}}]}}]})";
    CHECK(walk(empty, requestIn).exitCode == 0);
    CHECK(walk(drops, requestIn).exitCode == 1);
    CHECK(walk(unknown, requestIn).exitCode == 3);
    const auto document = answer(drops, requestIn);
    CHECK(text(document, "verdict") == "drop");
    CHECK(document.value(QLatin1String("policy")).toBool());
    CHECK(document.value(QLatin1String("rule")).isNull());
    CHECK(answer(unknown, requestIn).value(QLatin1String("undecided")).toArray().size() == 1);
    CHECK(walk("*filter\n:INPUT DROP [0:0]\nCOMMIT\n", requestIn, {"--rules-format", "iptables-save"}).exitCode == 1);

    struct Case {
        std::string rules;
        std::string packet;
        std::vector<std::string> more;
        int status;
        std::string word;
    };
    const auto each = GENERATE_COPY(values<Case>({
        {empty, "src=10.9.0.1", {}, 2, "dst"},
        {empty, "src=10.9.0.1 dst=10.9.0.10 colour=red", {}, 2, "colour"},
        {empty, "src=10.9.0.1 dst=10.9.0.10 proto=icmp sport=5", {}, 2, "sport=5"},
        {empty, requestIn, {"--hook", "nowhere"}, 2, "nowhere"},
        {empty, requestIn, {"--rules", "/nonexistent"}, 2, "/nonexistent"},
        {empty, requestIn, {"--rules-format", "ebtables"}, 2, "ebtables"},
        {"root:x:0:0", requestIn, {}, 3, "--rules-format"},
        {"{\"nftables\": [", requestIn, {}, 3, "--rules"},
        {empty, requestIn, {"--rules-format", "windows-json"}, 3, "windows-json"},
    }));
    const auto result = walk(each.rules, each.packet, each.more);
    INFO(result.describe());
    CHECK(result.exitCode == each.status);
    CHECK(has(result.err, each.word));
    CHECK(result.out.empty());
}

TEST_CASE("what is not the whole of what judges a packet lets none pass", "[use]")
{
    const std::string plain = "*filter\n:INPUT DROP [0:0]\n-A INPUT -p tcp -m tcp --dport 22 -j ACCEPT\nCOMMIT\n";
    const std::string v4 =
        "*filter\n:INPUT ACCEPT [0:0]\n:FORWARD ACCEPT [0:0]\n:OUTPUT ACCEPT [0:0]\n-A INPUT -s 10.0.0.1/32 -j DROP\nCOMMIT\n";
    const std::string nft = "table inet t {\n\tchain input {\n\t\ttype filter hook input priority filter; policy drop;\n\t}\n}\n";
    const auto v6Packet = "src=fd00::1 dst=fd00::2 proto=icmpv6 iif=eth0";
    struct Case {
        std::string rules;
        std::string packet;
        std::vector<std::string> more;
        int status;
        std::string word; ///< in what is said of it
    };
    const auto each = GENERATE_COPY(values<Case>({
        {plain, requestIn, {}, 3, "iptables-save or ip6tables-save"},
        {plain, v6Packet, {}, 3, "iptables-save or ip6tables-save"},
        {plain, v6Packet, {"--rules-format", "ip6tables-save"}, 1, "policy"},
        {"*filter\n:INPUT DROP\nCOMMIT\n", requestIn, {}, 3, "iptables-save or ip6tables-save"},
        {"*filter\n:INPUT ACCEPT\n:OUTPUT ACCEPT\n-A INPUT -j DROP -s 10.9.0.1\n", requestIn, {}, 3, "arptables-save"},
        {v4, requestIn, {}, 0, "passes"},
        {v4, v6Packet, {}, 3, "ip6tables-save"},
        {v4, requestIn, {"--hook", "bridge-forward"}, 3, "ebtables-save"},
        {"create ok hash:ip family inet\n", requestIn, {}, 3, "iptables-save"},
        {"-P INPUT ACCEPT\n-A INPUT -s 10.0.0.1/32 -j DROP\n", requestIn, {}, 3, "iptables-save"},
        {"-P INPUT DROP\n-A INPUT -s 10.0.0.1/32 -j DROP\n", requestIn, {}, 1, "policy"},
        {"table inet filter {\n}\n", requestIn, {}, 3, "nft"},
        {nft, requestIn, {}, 1, "policy"},
        {nft, v6Packet, {"--rules-format", "nft"}, 1, "policy"},
        {"# ours\n" + nft, requestIn, {}, 3, "commands"},
        {"flush ruleset\ndefine if = eth0\n" + nft + "add rule inet t input iifname $if accept\n", requestIn, {}, 0, "passes"},
        {"> root@host:~# nft list ruleset\n> table inet t {\n> \tchain c {\n> \t}\n> }\n", requestIn, {}, 0, "passes"},
        {"flush ruleset\ninclude \"other.nft\"\n" + nft, requestIn, {}, 3, "other.nft"},
        {"flush ruleset\ntable inet t {\n chain c { tcp dport 22 acept; }\n wings\n}\n", requestIn, {}, 3, "line 4, column 2"},
        {R"({"nftables": [{"table": {"family": "ip", "name": "t", "handle": 1}}]})", requestIn, {}, 3, "only the names"},
        {R"({"nftables": [{"add": {"table": {"family": "ip", "name": "t"}}}]})", requestIn, {}, 3, "commands"},
        {v4 + "-A INPUT\n", requestIn, {}, 3, "line"},
    }));
    auto words = each.more;
    const auto result = walk(each.rules, each.packet, words);
    INFO(each.rules << result.describe());
    CHECK(result.exitCode == each.status);
    CHECK(has(result.out + result.err, each.word));
    CHECK(has(result.out, "passes") == (each.status == 0));
}

TEST_CASE("a verdict that is certain while the rule is not says so", "[kernel]")
{
    require();
    const Pair pair;
    // The "ports" of an ICMP message are part of what it carries, which a walk does not know.
    pair.guest.nft("table inet fw {\n chain other {\n drop\n }\n"
                   " chain in { type filter hook input priority 0; policy accept;\n th dport 7777 goto other\n drop\n }\n}\n");
    const auto rules = pair.guest.must("nft -j list ruleset");
    const auto said = answer(rules, requestIn);
    CHECK(text(said, "verdict") == "drop");
    CHECK_FALSE(said.value(QLatin1String("rule_certain")).toBool(true));
    CHECK(has(walk(rules, requestIn).out, "The verdict is certain, not the rule"));
    CHECK(answer(rules, "src=10.9.0.1 dst=10.9.0.10 proto=tcp sport=4000 dport=22 iif=eth0")
              .value(QLatin1String("rule_certain"))
              .toBool());
}
