// SPDX-License-Identifier: GPL-3.0-or-later
#include "catch.h"

#include "collect/linux/procfs.h"
#include "collect/linux/program.h"
#include "collect/linux/rulesets.h"

#include <chrono>

using namespace bothways::collect;

TEST_CASE("counters are taken by name, whatever the columns")
{
    const auto counters = parseCounterPairs("Icmp: InMsgs InErrors OutRateLimitGlobal InEchos\n"
                                            "Icmp: 12 0 3 8\n"
                                            "IcmpMsg: InType3 InType8\n"
                                            "IcmpMsg: 1 8\n"
                                            "Tcp: MaxConn ActiveOpens\n"
                                            "Tcp: -1 14\n");
    CHECK(counters.size() == 8);
    CHECK(counters.value(QStringLiteral("Icmp.InEchos")) == 8);
    CHECK(counters.value(QStringLiteral("Icmp.OutRateLimitGlobal")) == 3);
    CHECK(counters.value(QStringLiteral("IcmpMsg.InType8")) == 8);
    CHECK(counters.value(QStringLiteral("Tcp.MaxConn")) == -1);
}

TEST_CASE("counter lines that do not fit are left out, the rest is kept")
{
    CHECK(parseCounterPairs("").isEmpty());
    CHECK(parseCounterPairs("Icmp: A B\n").isEmpty());
    CHECK(parseCounterPairs("no colon\nno colon\n").isEmpty());
    const auto counters = parseCounterPairs("Ip: A B C\nIp: 1 x\nlost line\nUdp: D E\nUdp: 99999999999999999999 5 6\n");
    CHECK(counters.size() == 2);
    CHECK(counters.value(QStringLiteral("Ip.A")) == 1);
    CHECK(counters.value(QStringLiteral("Udp.E")) == 5);
}

TEST_CASE("IPv6 counters are split after their protocol")
{
    const auto counters = parseSnmp6("Ip6InReceives                   \t1\n"
                                     "Icmp6InEchos                    \t7\n"
                                     "Icmp6OutType133                 \t9\n"
                                     "UdpLite6InErrors                \t2\n"
                                     "Ip6\t3\nNothing 4\nIcmp6InMsgs\n\n");
    CHECK(counters.size() == 4);
    CHECK(counters.value(QStringLiteral("Ip6.InReceives")) == 1);
    CHECK(counters.value(QStringLiteral("Icmp6.InEchos")) == 7);
    CHECK(counters.value(QStringLiteral("Icmp6.OutType133")) == 9);
    CHECK(counters.value(QStringLiteral("UdpLite6.InErrors")) == 2);
}

TEST_CASE("connection tracking counts are hexadecimal, one line per processor")
{
    const auto columns = parseConntrackStat("entries  clashres found insert insert_failed drop early_drop icmp_error\n"
                                            "0000000a  00000000 00000001 00000000 00000002 0000000f 00000010 00000000\n"
                                            "0000000a  00000000 00000001 00000000 00000001 00000001 00000000 00000000\n");
    CHECK(columns.drop == 16);
    CHECK(columns.earlyDrop == 16);
    CHECK(columns.insertFailed == 3);
}

TEST_CASE("a column or file that is not there is unknown, not zero")
{
    CHECK_FALSE(parseConntrackStat("").drop);
    const auto columns = parseConntrackStat("entries drop\n00000001 00000002\nshort\n");
    CHECK(columns.drop == 2);
    CHECK_FALSE(columns.earlyDrop);
}

TEST_CASE("the system's name comes from os-release without its quotes")
{
    CHECK(parsePrettyName("NAME=\"Debian\"\nPRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\"\n") ==
          QLatin1String("Debian GNU/Linux 12 (bookworm)"));
    CHECK(parsePrettyName("PRETTY_NAME=Alpine\n") == QLatin1String("Alpine"));
    CHECK(parsePrettyName("PRETTY_NAME=\"\n") == QLatin1String("\""));
    CHECK(parsePrettyName("").isEmpty());
}

TEST_CASE("the outline of a ruleset tells who made it")
{
    const auto plain = outlineOfNftJson(
        R"({"nftables":[{"metainfo":{}},{"table":{"family":"inet","name":"fw"}},)"
        R"({"chain":{"family":"inet","table":"fw","name":"input","type":"filter","hook":"input","prio":0,"policy":"drop"}},)"
        R"({"rule":{"family":"inet","table":"fw","chain":"input","handle":4,"expr":[{"drop":null}]}}]})");
    CHECK(plain.tables.contains(QStringLiteral("fw")));
    CHECK(plain.chains.contains(QStringLiteral("input")));
    CHECK_FALSE(plain.iptables);
    CHECK_FALSE(plain.ip6tables);

    const auto foreign = outlineOfNftJson(
        R"({"nftables":[{"rule":{"family":"ip6","table":"x","chain":"c","expr":[{"xt":{"type":"match","name":"icmp6"}}]}}]})");
    CHECK(foreign.ip6tables);
    CHECK_FALSE(foreign.iptables);

    const auto builtIn = outlineOfNftJson(
        R"({"nftables":[{"chain":{"family":"ip","table":"nat","name":"POSTROUTING","type":"nat","hook":"postrouting","prio":100}}]})");
    CHECK(builtIn.iptables);

    for (const char *hostile :
         {"", "[]", "{\"nftables\":{}}", R"({"nftables":[1,null,{"rule":7},{"rule":{"expr":{"xt":1}}}]})"}) {
        const auto outline = outlineOfNftJson(hostile);
        CHECK(outline.tables.isEmpty());
        CHECK_FALSE(outline.iptables);
    }

    RulesetOutline legacy;
    addIptablesSave("*filter\n:INPUT ACCEPT [0:0]\n:ufw-before-input - [0:0]\n: x\n-A INPUT -j ufw-before-input\nCOMMIT\n",
                    legacy);
    CHECK(legacy.chains == QSet<QString>{QStringLiteral("INPUT"), QStringLiteral("ufw-before-input")});
}

TEST_CASE("a table that iptables-nft-save does not understand is not shown as an empty one")
{
    const QByteArray good = "# Generated\n*nat\n:PREROUTING ACCEPT [0:0]\n[1:2] -A PREROUTING -j DNAT\nCOMMIT\n# Completed\n";
    const QByteArray bad = "# Table `filter' contains incompatible base-chains, use 'nft' tool to list them.\n";
    CHECK(withoutIncompatibleTables(good) == good);
    CHECK(withoutIncompatibleTables(bad + "# Generated\n*filter\n:INPUT ACCEPT [0:0]\nCOMMIT\n" + good) ==
          bad + "# Generated\n" + good);
    CHECK(withoutIncompatibleTables("# Table `raw is incompatible\n*raw\n") == "# Table `raw is incompatible\n*raw\n");
    CHECK(withoutIncompatibleTables(bad + "*filter\n-A INPUT").endsWith("them."));
    CHECK(withoutIncompatibleTables("").isEmpty());
}

TEST_CASE("a program's output, exit code and limits come through")
{
    const auto plain =
        runProgram(QStringLiteral("/bin/sh"), {QStringLiteral("-c"), QStringLiteral("echo $LC_ALL; echo no >&2; env; exit 3")});
    REQUIRE(plain);
    CHECK(plain->exitCode == 3);
    CHECK(plain->output.startsWith("C\n"));
    CHECK_FALSE(plain->output.contains("HOME="));
    CHECK(plain->errors == "no\n");

    const auto missing = runProgram(QStringLiteral("/nowhere/program"), {});
    REQUIRE_FALSE(missing);
    CHECK(missing.error().kind == ProgramError::Kind::NotStarted);
    CHECK(missing.error().number == ENOENT);

    const auto killed = runProgram(QStringLiteral("/bin/sh"), {QStringLiteral("-c"), QStringLiteral("kill -9 $$")});
    REQUIRE_FALSE(killed);
    CHECK(killed.error().kind == ProgramError::Kind::Signalled);
    CHECK(killed.error().number == 9);

    ProgramLimits limits;
    limits.deadline = std::chrono::milliseconds(200);
    limits.outputBytes = 100'000;
    const auto endless = runProgram(QStringLiteral("/bin/sh"),
                                    {QStringLiteral("-c"), QStringLiteral("while :; do echo yyyyyyyyyyyy; done")}, limits);
    REQUIRE_FALSE(endless);
    CHECK(endless.error().kind == ProgramError::Kind::TooLarge);

    const auto start = std::chrono::steady_clock::now();
    for (const char *script : {"sleep 30", "sleep 30 & exit 0", "exec >&- 2>&-; sleep 30"}) {
        INFO(script);
        const auto late = runProgram(QStringLiteral("/bin/sh"), {QStringLiteral("-c"), QLatin1String(script)}, limits);
        REQUIRE_FALSE(late);
        CHECK(late.error().kind == ProgramError::Kind::TimedOut);
        CHECK_FALSE(late.error().message(QStringLiteral("sh")).isEmpty());
    }
    CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(5));
}

TEST_CASE("programs are found only in the system's own directories")
{
    CHECK(findProgram(QStringLiteral("sh")));
    CHECK_FALSE(findProgram(QStringLiteral("no-such-program")));
}
