// SPDX-License-Identifier: GPL-3.0-or-later
#include "catch.h"

#include "lab.h"
#include "watch/monitor.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>

#include <csignal>
#include <random>
#include <thread>

using namespace bothways;
using namespace bothways::lab;
using namespace std::chrono_literals;

namespace {

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

struct Series {
    std::vector<watch::Record> records;
    watch::Monitor monitor;
    watch::SeriesReader reader;
};
Series seriesOf(const QString &path)
{
    Series series;
    series.reader.feed(contentOf(path), [&](const watch::Record &record) {
        series.records.push_back(record);
        series.monitor.take(record);
    });
    return series;
}

bool has(const watch::Monitor &monitor, watch::What what, watch::Measure measure = watch::Measure::IcmpLoss)
{
    return std::any_of(monitor.events().begin(), monitor.events().end(),
                       [&](const auto &event) { return event.what == what && event.measure == measure; });
}

std::vector<std::string> watching(const QString &series, std::vector<std::string> more = {}, const char *interval = "0.05")
{
    std::vector<std::string> words{BOTHWAYS_CLI,         "watch",   "--vm", Pair::guestAddress, "--series",
                                   series.toStdString(), "--ports", "22",   "--interval",       interval};
    words.insert(words.end(), more.begin(), more.end());
    return words;
}

/// A service that accepts on port 22 of the guest, until it goes.
Process listening(const Pair &pair)
{
    auto process = pair.guest.start({"python3", "-c",
                                     "import socket\n"
                                     "s = socket.create_server(('', 22), backlog=64)\n"
                                     "while True:\n"
                                     "    s.accept()[0].close()\n"});
    REQUIRE(eventually([&] { return !pair.guest.must("ss -Hltn sport = :22").empty(); }));
    return process;
}

/// What a replay must give again: all but what is of the run that measured.
QJsonObject comparable(QJsonObject document)
{
    for (const auto *key : {"started", "finished", "interrupted", "replayed", "problems"}) {
        document.remove(QLatin1String(key));
    }
    return document;
}
QJsonObject documentOf(const QByteArray &bytes) { return QJsonDocument::fromJson(bytes).object(); }

} // namespace

TEST_CASE("a guest that begins to drop raises the alert, is diagnosed, and is cleared when it is mended")
{
    require();
    const Pair pair;
    const auto service = listening(pair);
    const QTemporaryDir folder;
    const auto path = folder.filePath(QStringLiteral("guest.series"));
    const auto json = folder.filePath(QStringLiteral("w.json"));
    const auto csv = folder.filePath(QStringLiteral("w.csv"));
    auto process = pair.host.start(watching(path, {"--json", json.toStdString(), "--csv", csv.toStdString()}));
    const auto until = [&](watch::What what, std::chrono::milliseconds deadline) {
        return eventually([&] { return has(seriesOf(path).monitor, what); }, deadline);
    };
    REQUIRE(eventually([&] { return seriesOf(path).records.size() > 60; }, 20s));
    CHECK_FALSE(seriesOf(path).monitor.alert(watch::Kind::Icmp).raised);

    pair.guest.nft("table inet fw {\n chain input {\n type filter hook input priority 0; policy accept;\n"
                   " icmp type echo-request drop\n }\n}\n");
    REQUIRE(until(watch::What::Raised, 20s));
    REQUIRE(until(watch::What::Diagnosed, 90s));
    pair.guest.must("nft delete table inet fw");
    REQUIRE(until(watch::What::Cleared, 30s));

    ::kill(process.pid(), SIGINT);
    REQUIRE(eventually([&] { return !process.running(); }, 20s));
    const auto series = seriesOf(path);
    CHECK(series.reader.damaged() == 0);
    CHECK(std::holds_alternative<watch::End>(series.records.back()));
    CHECK_FALSE(has(series.monitor, watch::What::Raised, watch::Measure::TcpFailures));
    CHECK(series.monitor.raised() == 1);

    // What it logged is what the session beside it says again.
    const auto &events = series.monitor.events();
    const auto diagnosed =
        std::find_if(events.begin(), events.end(), [](const auto &event) { return event.what == watch::What::Diagnosed; });
    REQUIRE(diagnosed != events.end());
    INFO(diagnosed->text.toStdString());
    CHECK(diagnosed->text.size() > 10);
    REQUIRE(QFile::exists(folder.filePath(diagnosed->file)));
    const auto again =
        run({BOTHWAYS_CLI, "diagnose", "--session", folder.filePath(diagnosed->file).toStdString(), "--json", "-"});
    CHECK(documentOf(QByteArray::fromStdString(again.out))
              .value(QLatin1String("verdict"))
              .toObject()
              .value(QLatin1String("headline"))
              .toString() == diagnosed->text);
    CHECK(again.exitCode == 1);

    // The replay gives the same numbers, in every figure of the document.
    const auto written = documentOf(contentOf(json));
    CHECK(written.value(QLatin1String("schema")).toString() == QLatin1String("bothways/1"));
    CHECK(written.value(QLatin1String("interrupted")).toBool());
    const auto replayed = run({BOTHWAYS_CLI, "watch", "--replay", path.toStdString(), "--json", "-"});
    CHECK(replayed.exitCode == 1);
    const auto replayedDocument = documentOf(QByteArray::fromStdString(replayed.out));
    CHECK(comparable(replayedDocument) == comparable(written));
    const auto samples = std::count_if(series.records.begin(), series.records.end(),
                                       [](const auto &record) { return std::holds_alternative<watch::Sample>(record); });
    CHECK(contentOf(csv).count('\n') == samples + 1);
}

TEST_CASE("a service that goes away raises the alert on TCP only, and the exit status says so")
{
    require();
    const Pair pair;
    const QTemporaryDir folder;
    const auto path = folder.filePath(QStringLiteral("guest.series"));
    auto service = std::make_optional(listening(pair));
    const std::jthread ends([&] {
        eventually([&] { return seriesOf(path).records.size() > 60; }, 20s);
        service.reset();
    });
    const auto result = pair.host.run(watching(path, {"--for", "8", "--diagnose-every", "0"}), {}, 60s);
    INFO(result.describe());
    CHECK(result.exitCode == 1);
    CHECK(result.out.find("Alert: TCP failures") != std::string::npos);
    CHECK_FALSE(has(seriesOf(path).monitor, watch::What::Raised));
    CHECK(has(seriesOf(path).monitor, watch::What::Raised, watch::Measure::TcpFailures));
}

TEST_CASE("a healthy guest raises nothing; ports that nobody serves do not count; the interval and the length are kept")
{
    require();
    const Pair pair;
    const QTemporaryDir folder;
    const auto path = folder.filePath(QStringLiteral("guest.series"));
    const auto begun = std::chrono::steady_clock::now();
    const auto result = pair.host.run(watching(path, {"--for", "3"}, "0.1"), {}, 60s);
    const auto took = std::chrono::steady_clock::now() - begun;
    INFO(result.describe());
    CHECK(result.exitCode == 0);
    CHECK(took > 2900ms);
    CHECK(took < 15s); // the machine may be busy
    const auto monitor = seriesOf(path).monitor;
    CHECK(monitor.total(watch::Kind::Icmp).counted >= 10);
    CHECK(monitor.total(watch::Kind::Icmp).counted <= 32);
    CHECK(monitor.total(watch::Kind::Tcp).counted == 0);
    CHECK(monitor.total(watch::Kind::Tcp).refused >= 10);
}

TEST_CASE("what is wrong is named, and nothing is begun")
{
    require();
    const Pair pair;
    const QTemporaryDir folder;
    const auto path = folder.filePath(QStringLiteral("guest.series"));
    const auto status = [&](std::vector<std::string> more) {
        std::vector<std::string> words{BOTHWAYS_CLI, "watch"};
        words.insert(words.end(), more.begin(), more.end());
        return pair.host.run(words).exitCode;
    };
    CHECK(status({}) == 2);
    CHECK(status({"--vm", "10.9.0.10", "--ports", "0"}) == 2);
    CHECK(status({"--vm", "10.9.0.10", "--interval", "0"}) == 2);
    CHECK(status({"--vm", "10.9.0.10", "--host-address", "10.9.0.99", "--series", path.toStdString()}) == 2);
    CHECK(status({"--vm", "10.9.0.10", "--series", "/proc/none/x", "--for", "1"}) == 3);
    CHECK(status({"--replay", "/proc/none"}) == 2);
    CHECK_FALSE(QFile::exists(path));
}

TEST_CASE("kill -9 of the watch itself at a hundred random moments: no complete record is lost")
{
    require();
    const Pair pair;
    const auto service = listening(pair);
    const QTemporaryDir folder;
    const auto path = folder.filePath(QStringLiteral("guest.series"));
    std::mt19937 random(std::random_device{}());
    std::uniform_int_distribution<int> moments(5, 500);
    QByteArray before;
    for (int i = 0; i < 100; ++i) {
        const auto process = pair.host.start(watching(path, {"--diagnose-every", "0"}, "0.01"));
        std::this_thread::sleep_for(std::chrono::milliseconds(moments(random)));
        ::kill(process.pid(), SIGKILL);
        REQUIRE(eventually([&] { return !process.running(); }));
        const auto bytes = contentOf(path);
        // What was there stays, byte for byte, up to its last line end; behind it at most one torn record.
        REQUIRE(bytes.startsWith(before.first(before.lastIndexOf('\n') + 1)));
        const auto series = seriesOf(path);
        REQUIRE(series.reader.damaged() == 0);
        REQUIRE(series.reader.records() == bytes.count('\n'));
        before = bytes;
    }
    const auto series = seriesOf(path);
    const auto runs = std::count_if(series.records.begin(), series.records.end(),
                                    [](const auto &record) { return std::holds_alternative<watch::Begin>(record); });
    WARN("100 kills, " << runs << " of them after the first record, " << series.records.size() << " records read back");
    CHECK(runs > 20);
    CHECK(series.records.size() > static_cast<std::size_t>(runs));
    const auto replayed = run({BOTHWAYS_CLI, "watch", "--replay", path.toStdString(), "--json", "-"});
    CHECK(documentOf(QByteArray::fromStdString(replayed.out)).value(QLatin1String("damaged_records")).toInt(-1) == 0);
}
