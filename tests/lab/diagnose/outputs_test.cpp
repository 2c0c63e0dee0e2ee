// SPDX-License-Identifier: GPL-3.0-or-later
#include "catch.h"

#include "diagnose/closed_loop.h"

#include <QFile>
#include <QTemporaryDir>

#include <string>
#include <vector>

#include <sys/stat.h>

/// Where the command line writes: to whatever the user names, and never more than that.
using namespace bothways::lab;

namespace {

Result shell(const std::string &script) { return run({"sh", "-c", script}, {}, std::chrono::seconds(60)); }

Result cli(const std::vector<std::string> &arguments)
{
    auto words = arguments;
    words.insert(words.begin(), BOTHWAYS_CLI);
    return run(words, {}, std::chrono::seconds(60));
}

bool has(const std::string &text, const std::string &word) { return text.find(word) != std::string::npos; }

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("unreadable");
}

const std::vector<std::string> formats{"--json", "--html", "--markdown", "--pdf", "--save"};

} // namespace

TEST_CASE("a device stays a device", "[outputs]")
{
    for (const auto &format : formats) {
        const auto result = cli({"diagnose", "--demo", "seed-topology", format, "/dev/null"});
        INFO(format << '\n' << result.describe());
        CHECK(result.exitCode == 1);
        struct stat status {};
        REQUIRE(::stat("/dev/null", &status) == 0);
        REQUIRE(S_ISCHR(status.st_mode));
    }
}

TEST_CASE("what a full device does not take is said, by exit status and words", "[outputs]")
{
    for (const auto &format : formats) {
        const auto result = cli({"diagnose", "--demo", "seed-topology", format, "/dev/full"});
        INFO(format << '\n' << result.describe());
        CHECK(result.exitCode == 3);
        CHECK(has(result.err, "No space left"));
    }
    for (const std::string words : {"list checks", "list checks --json -", "explain 113", "guest-script --os linux", "--help",
                                    "diagnose --demo seed-topology", "diagnose --demo seed-topology --json -", "--version"}) {
        const auto result = shell(std::string(BOTHWAYS_CLI) + ' ' + words + " >/dev/full");
        INFO(words << '\n' << result.describe());
        CHECK(result.exitCode == 3);
        CHECK(has(result.err, "No space left"));
    }
}

TEST_CASE("a closed standard output is no success", "[outputs]")
{
    const auto result = shell(std::string(BOTHWAYS_CLI) + " list checks >&-");
    INFO(result.describe());
    CHECK(result.exitCode == 3);
}

TEST_CASE("beyond the size a file may have, the old file stays and the reason is said", "[outputs]")
{
    const QTemporaryDir folder;
    const auto path = folder.filePath(QStringLiteral("report"));
    for (const auto &format : formats) {
        QFile file(path);
        REQUIRE(file.open(QIODevice::WriteOnly));
        file.write("old");
        file.close();
        const auto result = shell("ulimit -f 1; " + std::string(BOTHWAYS_CLI) + " diagnose --demo seed-topology " + format + ' ' +
                                  path.toStdString());
        INFO(format << '\n' << result.describe());
        CHECK(result.exitCode == 3);
        CHECK(has(result.err, "File too large"));
        CHECK(contentOf(path) == "old");
    }
}

TEST_CASE("two documents do not go to one place, and each has a name", "[outputs]")
{
    const auto [arguments, word] = GENERATE(table<std::vector<std::string>, std::string>({
        {{"diagnose", "--demo", "healthy", "--json", "-", "--html", "-"}, "--html"},
        {{"diagnose", "--demo", "healthy", "--save", "/tmp/x", "--pdf", "/tmp/x"}, "/tmp/x"},
        {{"diagnose", "--demo", "healthy", "--html", ""}, "--html"},
        {{"watch", "--replay", "x", "--csv", "-", "--json", "-"}, "--json"},
    }));
    const auto result = cli(arguments);
    INFO(result.describe());
    CHECK(result.exitCode == 2);
    CHECK(has(result.err, word));
    CHECK(result.out.empty());
}

TEST_CASE("a session is printed whatever Qt makes of its option", "[outputs]")
{
    const QTemporaryDir folder;
    const auto session = folder.filePath(QStringLiteral("s.bothways")).toStdString();
    const auto paper = folder.filePath(QStringLiteral("s.pdf"));
    REQUIRE(cli({"diagnose", "--demo", "seed-topology", "--save", session}).exitCode == 1);
    const auto result = cli({"diagnose", "--session", session, "--pdf", paper.toStdString()});
    INFO(result.describe());
    CHECK(result.exitCode == 1);
    CHECK(contentOf(paper).startsWith("%PDF"));
}

TEST_CASE("a watch leaves alone what is no series of its own", "[outputs]")
{
    require();
    const Namespace machine("watch");
    const QTemporaryDir folder;
    const auto path = folder.filePath(QStringLiteral("note"));
    for (const QByteArray &text : {QByteArray("somebody's note without a line end"), QByteArray("x"), QByteArray("a line\n")}) {
        QFile file(path);
        REQUIRE(file.open(QIODevice::WriteOnly));
        file.write(text);
        file.close();
        const auto result =
            machine.run({BOTHWAYS_CLI, "watch", "--vm", "10.9.0.10", "--for", "1", "--series", path.toStdString()});
        INFO(result.describe());
        CHECK(result.exitCode >= 2);
        CHECK(contentOf(path) == text);
    }
}

TEST_CASE("an end of the terminal, and a second Ctrl-C close behind, still write what was measured", "[outputs]")
{
    require();
    const Pair pair;
    const QTemporaryDir folder;
    const auto json = folder.filePath(QStringLiteral("r.json"));
    const std::string signals = GENERATE("HUP", "QUIT", "TERM", "INT INT", "USR1 INT");
    std::string kills;
    for (std::size_t at = 0; at != std::string::npos;) {
        const auto end = signals.find(' ', at);
        kills += "kill -" + signals.substr(at, end - at) + " $p; sleep 0.02; ";
        at = end == std::string::npos ? end : end + 1;
    }
    const auto result = pair.host.sh("trap '' INT QUIT; " + std::string(BOTHWAYS_CLI) + " diagnose --vm " + Pair::guestAddress +
                                         " --json " + json.toStdString() + " & p=$!; sleep 1; " + kills + "wait $p",
                                     std::chrono::seconds(30));
    INFO(signals << '\n' << result.describe());
    CHECK(result.exitCode == 130);
    CHECK(contentOf(json).contains("bothways/1"));
}
