// SPDX-License-Identifier: GPL-3.0-or-later
#include "catch.h"

#include "diagnose/closed_loop.h"

#include <QFile>
#include <QJsonDocument>

#include <csignal>

using namespace bothways::lab;

namespace {

Result cli(std::vector<std::string> arguments)
{
    arguments.insert(arguments.begin(), BOTHWAYS_CLI);
    return run(arguments);
}

bool has(const std::string &text, const std::string &word) { return text.find(word) != std::string::npos; }

} // namespace

TEST_CASE("wrong use ends with 2 and names what is wrong", "[bad-input]")
{
    const auto [arguments, word] = GENERATE(table<std::vector<std::string>, std::string>({
        {std::vector<std::string>{}, "subcommand"},
        {{"diagnose"}, "--vm"},
        {{"diagnose", "--vm", "10.0.0.300"}, "10.0.0.300"},
        {{"diagnose", "--vm", "0.0.0.0"}, "0.0.0.0"},
        {{"diagnose", "--vm", "224.0.0.1"}, "224.0.0.1"},
        {{"diagnose", "--vm", "255.255.255.255"}, "255.255.255.255"},
        {{"diagnose", "--vm", "::"}, "::"},
        {{"diagnose", "--vm", "ff02::1%lo"}, "ff02::1"},
        {{"diagnose", "--vm", "127.0.0.1"}, "127.0.0.1"},
        {{"diagnose", "--vm", "fe80::1%"}, "fe80::1%"},
        {{"watch", "--vm", "224.0.0.1", "--for", "1"}, "224.0.0.1"},
        {{"watch", "--vm", "10.0.0.1", "--for", "nan"}, "--for"},
        {{"watch", "--vm", "10.0.0.1", "--interval", "nan"}, "--interval"},
        {{"watch", "--vm", "10.0.0.1", "--for", "inf"}, "--for"},
        {{"watch", "--vm", "10.0.0.1", "--icmp-success", "nan"}, "--icmp-success"},
        {{"diagnose", "--vm", "10.0.0.1", "--ports", "22,abc"}, "abc"},
        {{"diagnose", "--vm", "10.0.0.1", "--ports", "70000"}, "70000"},
        {{"diagnose", "--vm", "10.0.0.1", "--host-address", "1.2.3"}, "1.2.3"},
        {{"diagnose", "--vm", "10.0.0.1", "--only", "NET-99"}, "NET-99"},
        {{"diagnose", "--vm", "10.0.0.1", "--deadline", "0"}, "--deadline"},
        {{"diagnose", "--vm", "10.0.0.1", "--guest-report", "/nonexistent"}, "/nonexistent"},
        {{"diagnose", "--vm", "10.0.0.1", "--session", "x"}, "--session"},
        {{"diagnose", "--vm", "10.0.0.1", "--interface", "no such"}, "no such"},
        {{"diagnose", "--session", "/nonexistent"}, "/nonexistent"},
        {{"diagnose", "--demo", "nonsense"}, "nonsense"},
        {{"diagnose", "--frobnicate"}, "--frobnicate"},
        {{"list", "cats"}, "cats"},
        {{"explain", "xyzzy"}, "xyzzy"},
        {{"guest-script", "--os", "plan9"}, "plan9"},
        {{"--lang", "fr", "list", "checks"}, "fr"},
    }));
    const auto result = cli(arguments);
    INFO(result.describe());
    CHECK(result.exitCode == 2);
    CHECK(has(result.err, word));
}

TEST_CASE("a hostile guest report is an error or plain data, and nothing in it runs", "[bad-input]")
{
    require();
    const Pair pair;
    QTemporaryDir directory;
    const auto script = cli({"guest-script", "--os", "linux", "--host-address", Pair::hostAddress});
    auto report = pair.guest.run({"sh", "-s"}, script.out).out;
    const auto canary = directory.filePath(QStringLiteral("canary")).toStdString();
    const std::string poison =
        "\"'$(touch " + canary + ")`touch " + canary + "`;<script>alert(1)</script><img src=x onerror=alert(1)>\x1b[31m";
    SECTION("poison in every line")
    {
        std::string poisoned;
        std::size_t at = 0;
        while (at < report.size()) {
            const auto end = std::min(report.find('\n', at), report.size());
            const auto line = report.substr(at, end - at);
            poisoned += line.rfind("@@bothways", 0) == 0 ? line : line + ' ' + poison;
            poisoned += '\n';
            at = end + 1;
        }
        report = poisoned;
    }
    SECTION("cut in the middle") { report.resize(report.size() / 2); }
    SECTION("no report at all") { report = poison; }
    const auto path = directory.filePath(QStringLiteral("report"));
    QFile file(path);
    REQUIRE(file.open(QIODevice::WriteOnly));
    file.write(QByteArray::fromStdString(report));
    file.close();
    const auto html = directory.filePath(QStringLiteral("report.html"));
    const auto result = pair.host.run({BOTHWAYS_CLI, "diagnose", "--vm", Pair::guestAddress, "--guest-report", path.toStdString(),
                                       "--html", html.toStdString()},
                                      {}, std::chrono::seconds(60));
    INFO(result.describe());
    CHECK((result.exitCode >= 0 && result.exitCode <= 3));
    CHECK_FALSE(QFile::exists(QString::fromStdString(canary)));
    CHECK_FALSE(has(result.out, "\x1b[31m"));
    QFile page(html);
    if (page.open(QIODevice::ReadOnly)) {
        const auto text = page.readAll().toStdString();
        CHECK_FALSE(has(text, "<script>alert"));
        CHECK_FALSE(has(text, "<img src=x"));
    }
}

TEST_CASE("Ctrl-C in the middle still writes what was measured", "[bad-input]")
{
    require();
    const Pair pair;
    QTemporaryDir directory;
    const auto json = directory.filePath(QStringLiteral("r.json")).toStdString();
    const auto saved = directory.filePath(QStringLiteral("r.bothways")).toStdString();
    const auto result = pair.host.run({"timeout", "--foreground", "--signal=INT", "1.5", BOTHWAYS_CLI, "diagnose", "--vm",
                                       Pair::guestAddress, "--json", json, "--save", saved},
                                      {}, std::chrono::seconds(30));
    INFO(result.describe());
    CHECK((result.exitCode == 130 || result.exitCode == 124)); // timeout(1) reports 124 for its own signal
    CHECK(has(result.err, "Interrupted"));
    QFile file(QString::fromStdString(json));
    REQUIRE(file.open(QIODevice::ReadOnly));
    const auto object = QJsonDocument::fromJson(file.readAll()).object();
    CHECK(object.value(QLatin1String("schema")) == QLatin1String("bothways/1"));
    const auto again = cli({"diagnose", "--session", saved, "--json", "-"});
    CHECK(has(again.out, "bothways/1"));
}

TEST_CASE("an error message carries no terminal escape from outside", "[bad-input]")
{
    const auto result = cli({"diagnose", "--session", "/nonexistent/\x1b[31mred"});
    CHECK(result.exitCode == 2);
    CHECK_FALSE(has(result.err, "\x1b"));
    CHECK(has(result.err, "[31mred"));
}

TEST_CASE("a report that cannot be written is said, and the others are written all the same", "[bad-input]")
{
    QTemporaryDir directory;
    const auto json = directory.filePath(QStringLiteral("r.json")).toStdString();
    const auto result = cli({"diagnose", "--demo", "seed-topology", "--html", "/proc/no/such/file.html", "--json", json});
    INFO(result.describe());
    CHECK(result.exitCode == 3);
    CHECK(has(result.err, "/proc/no/such/file.html"));
    CHECK(QFile::exists(QString::fromStdString(json)));
}
