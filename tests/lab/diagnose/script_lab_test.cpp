// SPDX-License-Identifier: GPL-3.0-or-later
// What mends as scripts: they do, take back and verify what the page says, and a trial takes itself back.
#include "catch.h"

#include "diagnose/closed_loop.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>

#include <chrono>
#include <csignal>
#include <random>
#include <thread>

using namespace bothways::lab;
using namespace std::chrono_literals;

namespace {

constexpr const char *dropping = "table inet fw {\n"
                                 "  chain out {\n"
                                 "    type filter hook output priority 0;\n"
                                 "    ip daddr 10.9.0.0/24 icmp type echo-request drop\n"
                                 "  }\n"
                                 "}\n";

/// A host that drops its own requests, and a folder with what mends it.
struct Faulty {
    Faulty()
    {
        pair.host.nft(dropping);
        HowToDiagnose how;
        how.guestReport = false;
        how.arguments = {"--script", path("")};
        const auto diagnosed = diagnose(pair, how);
        INFO(diagnosed.describe());
        REQUIRE(diagnosed.grade() != "");
        before = configuration(pair.host);
    }
    std::string path(const char *name) const { return folder.filePath(QLatin1String(name)).toStdString(); }
    Result run(const char *script, const std::string &input = {}, const char *settings = "") const
    {
        return pair.host.run({"/bin/sh", "-c", std::string(settings) + " sh '" + path(script) + '\''}, input);
    }
    bool isBroken() const { return !pings(pair.host, Pair::guestAddress); }
    bool isAsBefore() const { return configuration(pair.host) == before; }

    Pair pair;
    QTemporaryDir folder;
    std::string before;
};

} // namespace

TEST_CASE("scripts do, verify and take back what mends", "[script]")
{
    require();
    const Faulty lab;
    CHECK(QDir(lab.folder.path()).entryList(QDir::Files, QDir::Name) ==
          QStringList{QStringLiteral("host-do.sh"), QStringLiteral("host-try.sh"), QStringLiteral("host-undo.sh"),
                      QStringLiteral("verify.sh")});
    CHECK_FALSE(lab.run("verify.sh").ok());
    CHECK(lab.run("host-do.sh").ok());
    CHECK(lab.run("verify.sh").ok());
    CHECK(lab.run("host-undo.sh").ok());
    CHECK(lab.isAsBefore());
}

TEST_CASE("a trial stays where somebody says yes, and is taken back otherwise", "[script]")
{
    require();
    const Faulty lab;
    for (const auto *answer : {"no\n", "\n", ""}) {
        const auto result = lab.run("host-try.sh", answer);
        INFO(result.describe());
        CHECK(result.exitCode == 1);
        CHECK(lab.isAsBefore());
    }
    const auto kept = lab.run("host-try.sh", "yes\n");
    INFO(kept.describe());
    CHECK(kept.ok());
    CHECK(lab.run("verify.sh").ok());
    std::this_thread::sleep_for(2s); // whoever watches has seen it
    CHECK_FALSE(lab.isBroken());
    CHECK(lab.run("host-undo.sh").ok());
    CHECK(lab.isAsBefore());
}

TEST_CASE("a trial that nobody answers takes itself back", "[script]")
{
    require();
    const Faulty lab;
    const auto result = lab.run("host-try.sh", {}, "(sleep 8; echo yes) | BOTHWAYS_TRY_SECONDS=2");
    INFO(result.describe());
    CHECK(result.exitCode == 1);
    CHECK(lab.isAsBefore());
}

TEST_CASE("a trial that is killed at any moment takes itself back", "[script]")
{
    require();
    const Faulty lab;
    std::mt19937 random(11);
    std::uniform_int_distribution<int> moment(0, 2500);
    constexpr int rounds = 12;
    for (int round = 0; round < rounds; ++round) {
        const auto wait = std::chrono::milliseconds(moment(random));
        INFO("killed after " << wait.count() << " ms");
        auto process = lab.pair.host.start({"/bin/sh", "-c", "sleep 20 | exec sh '" + lab.path("host-try.sh") + '\''});
        std::this_thread::sleep_for(wait);
        lab.pair.host.sh("pkill -KILL -f '[h]ost-try.sh'");
        CHECK(eventually([&] { return lab.isAsBefore(); }, 8s));
        std::this_thread::sleep_for(2500ms); // nothing comes after it
        CHECK(lab.isAsBefore());
    }
}

TEST_CASE("a trial that cannot be taken back does nothing", "[script]")
{
    require();
    const Faulty lab;
    const QTemporaryDir programs; // all but setsid
    lab.pair.host.must("for each in /bin/sh /bin/cat /bin/rm /bin/sleep /usr/bin/mktemp /usr/sbin/nft; do ln -s $each '" +
                       programs.path().toStdString() + "'; done");
    const auto result = lab.run("host-try.sh", "yes\n", ("PATH=" + programs.path().toStdString()).c_str());
    INFO(result.describe());
    CHECK(result.exitCode == 1);
    CHECK(result.err.find("Nothing was done") != std::string::npos);
    CHECK(lab.isAsBefore());
}

TEST_CASE("a file that is none of the scripts stays as it is", "[script]")
{
    require();
    const Pair pair;
    pair.host.nft(dropping);
    const QTemporaryDir folder;
    QFile own(folder.filePath(QStringLiteral("host-do.sh")));
    REQUIRE(own.open(QIODevice::WriteOnly));
    own.write("mine");
    own.close();
    HowToDiagnose how;
    how.guestReport = false;
    how.arguments = {"--script", folder.path().toStdString()};
    const auto diagnosed = diagnose(pair, how);
    CHECK(diagnosed.result.exitCode == 3);
    CHECK(diagnosed.result.err.find("host-do.sh") != std::string::npos);
    REQUIRE(own.open(QIODevice::ReadOnly));
    CHECK(own.readAll() == "mine");
}
