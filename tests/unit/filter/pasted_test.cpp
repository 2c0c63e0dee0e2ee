// SPDX-License-Identifier: GPL-3.0-or-later
// What people paste is read as what the program printed.
#include "catch.h"

#include "filter/pasted.h"
#include "filter/rules_format.h"
#include "filter/script/script_listing.h"

#include <algorithm>
#include <functional>

#include <QString>

using namespace bothways::filter;

namespace {

const std::string list =
    "table inet t {\n\tchain input {\n\t\ttype filter hook input priority filter; policy drop;\n\t\taccept\n\t}\n}\n";
const std::string save = "*filter\n:INPUT DROP [0:0]\n-A INPUT -s 10.0.0.1/32 -j ACCEPT\nCOMMIT\n";

std::string eachLine(const std::string &text, const std::string &before)
{
    std::string all;
    for (std::size_t at = 0; at < text.size();) {
        const auto end = text.find('\n', at) + 1;
        all += before + text.substr(at, end - at);
        at = end;
    }
    return all;
}

std::string wide(const std::string &text, bool big, bool mark)
{
    const auto units = QString::fromStdString(text);
    std::string all = mark ? (big ? "\xfe\xff" : "\xff\xfe") : "";
    for (const auto unit : units) {
        const auto low = static_cast<char>(unit.unicode() & 0xff);
        const auto high = static_cast<char>(unit.unicode() >> 8);
        all += big ? high : low;
        all += big ? low : high;
    }
    return all;
}

std::string withoutEmptyLines(const std::string &text)
{
    std::string all;
    for (std::size_t at = 0; at < text.size();) {
        const auto end = std::min(text.find('\n', at), text.size());
        all += end > at ? text.substr(at, end - at) + '\n' : "";
        at = end + 1;
    }
    return all;
}

} // namespace

TEST_CASE("what was printed comes out of what was pasted")
{
    const auto text = GENERATE(list, save);
    auto crlf = text;
    for (auto at = crlf.find('\n'); at != std::string::npos; at = crlf.find('\n', at + 2)) {
        crlf.insert(at, 1, '\r');
    }
    const std::vector<std::string> forms{
        text,
        "\xEF\xBB\xBF" + text,
        wide(text, false, true),
        wide(text, true, true),
        wide(text, false, false),
        wide(text, true, false),
        crlf,
        "```\n" + text + "```\n",
        "~~~ text\n" + text + "~~~\n",
        eachLine(text, "> "),
        eachLine(text, "> > "),
        eachLine("```nft\n" + text + "```\n", ">"),
        eachLine(text, "    "),
        eachLine(text, "\t"),
        "root@host:~# nft list ruleset\n" + text + "root@host:~# \n",
        "[root@host ~]# sudo iptables-save\n" + text + "[root@host ~]#\n",
        "me@host:/etc$ sudo nft -a list ruleset\n" + text,
        "$ nft list ruleset\n" + text + "$ exit\n",
        "# nft -a -s list ruleset\n" + text,
        eachLine("```\n$ sudo nft list ruleset\n" + text + "```\n", "  "),
    };
    for (const auto &form : forms) {
        INFO(form);
        const auto plain = unpasted(form);
        CHECK(withoutEmptyLines(plain) == text);
        const auto dumps = findDumps(plain);
        REQUIRE(dumps.size() == 1);
        CHECK(dumps[0].fits.size() == 1);
        if (text == list) {
            CHECK(script::isListing(plain));
        }
    }
}

TEST_CASE("lines stay where they were, and rules are what they were")
{
    CHECK(unpasted("") == "");
    CHECK(unpasted("a\n\nb") == "a\n\nb");
    CHECK(unpasted("```\na\n") == "\na\n");
    const std::string rules = "# a remark\n-A INPUT -m comment --comment \"100% a@b # c\" -j DROP\ntable ip t { # handle 5\n}\n";
    CHECK(unpasted(rules) == rules);
    const auto json = std::string("{\"nftables\": [\n {\"metainfo\": {}}]}\n");
    CHECK(unpasted(json) == json);
    // The last byte may be missing.
    CHECK(unpasted(wide(list, false, true).substr(0, 21)).starts_with("table ine"));
}

TEST_CASE("a shell's commands for nft are nft's commands")
{
    CHECK(unpasted("sudo nft add rule ip t c accept\n") == "add rule ip t c accept\n");
    CHECK(unpasted("nft add chain ip t c '{ type filter hook input priority 0; }'\n") ==
          "add chain ip t c { type filter hook input priority 0; }\n");
    CHECK(unpasted("nft add chain ip t c \\{ type filter hook input priority 0 \\; \\}") ==
          "add chain ip t c { type filter hook input priority 0 ; }");
    CHECK(unpasted("# nft\n/usr/sbin/nft \"add chain ip t c\" \"{ policy drop; }\"") ==
          "# nft\n\"add chain ip t c\" { policy drop; }");
    CHECK(unpasted("nft list ruleset\nnft flush ruleset") == "\nflush ruleset");
    CHECK(unpasted("nft -f /etc/nftables.conf") == "nft -f /etc/nftables.conf"); // what that holds is not here
}
