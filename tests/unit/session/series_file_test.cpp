// SPDX-License-Identifier: GPL-3.0-or-later
#include "catch.h"
#include "session/series_file.h"
#include "session/series_read.h"
#include "world/here/here.h"

#include <QFile>
#include <QTemporaryDir>

#include <chrono>
#include <random>
#include <thread>

#include <csignal>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace bothways;
using session::SeriesFile;

namespace {

world::World &thisMachine()
{
    static const auto machine = world::here();
    return *machine;
}

watch::Sample sampleOf(qint64 number)
{
    return {1'764'158'400'000 + number, watch::Kind::Icmp, 0, watch::Outcome::Answered, 400'000 + number % 977};
}

std::vector<watch::Record> recordsIn(const QString &path)
{
    std::vector<watch::Record> records;
    REQUIRE(session::readSeries(path, [&](const watch::Record &record) { records.push_back(record); }).has_value());
    return records;
}

SeriesFile opened(const QString &path, std::vector<watch::Record> *records = nullptr, qint64 most = session::maximumSeriesBytes)
{
    auto file = SeriesFile::open(
        thisMachine(), path,
        [&](const watch::Record &record) {
            if (records != nullptr) {
                records->push_back(record);
            }
        },
        most);
    INFO((file ? QString() : file.error()).toStdString());
    REQUIRE(file.has_value());
    return std::move(*file);
}

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    REQUIRE(file.open(QIODevice::ReadOnly));
    return file.readAll();
}

void setContent(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    REQUIRE(file.open(QIODevice::WriteOnly));
    REQUIRE(file.write(bytes) == bytes.size());
}

/// Appends without end and tells on `told` the number of each record that append() returned for; never returns.
[[noreturn]] void appendUntilKilled(const QString &path, qint64 next, int told)
{
    auto file = SeriesFile::open(thisMachine(), path, [](const watch::Record &) {});
    while (file && file->append(sampleOf(next)).isEmpty() && ::write(told, &next, sizeof next) == sizeof next) {
        ++next;
    }
    ::_exit(1);
}

/// Forks one that appends from `next` on, kills it after `after`, gives the number after the last that it told of.
qint64 killed(const QString &path, qint64 next, std::chrono::microseconds after)
{
    int ends[2];
    REQUIRE(::pipe(ends) == 0);
    const pid_t child = ::fork();
    if (child == 0) {
        ::close(ends[0]);
        appendUntilKilled(path, next, ends[1]);
    }
    ::close(ends[1]);
    std::jthread reader([&next, from = ends[0]] {
        for (qint64 told = 0; ::read(from, &told, sizeof told) == sizeof told;) {
            next = told + 1;
        }
    });
    std::this_thread::sleep_for(after);
    ::kill(child, SIGKILL);
    int status = 0;
    ::waitpid(child, &status, 0);
    reader.join();
    ::close(ends[0]);
    REQUIRE(WIFSIGNALED(status));
    return next;
}

} // namespace

TEST_CASE("killed at a hundred random moments: every record that was complete is read back", "[watch]")
{
    const QTemporaryDir folder;
    const auto path = folder.filePath(QStringLiteral("a.series"));
    std::mt19937_64 random(std::random_device{}());
    std::uniform_int_distribution<int> moments(1000, 30'000);
    qint64 next = 0;
    int kills = 0;
    int torn = 0;
    for (; kills < 100; ++kills) {
        const qint64 acknowledged = killed(path, next, std::chrono::microseconds(moments(random)));
        if (!QFile::exists(path)) { // before it was opened
            continue;
        }
        const auto records = recordsIn(path);
        const auto count = static_cast<qint64>(records.size());
        REQUIRE(count >= acknowledged);
        REQUIRE(count <= acknowledged + 1); // written, and killed before it could say so
        torn += contentOf(path).endsWith('\n') || count == 0 ? 0 : 1;
        next = count;
    }
    std::vector<watch::Record> records;
    opened(path, &records);
    CHECK(kills == 100);
    CHECK(records.size() > 100);
    for (std::size_t i = 0; i < records.size(); ++i) {
        REQUIRE(records[i] == watch::Record(sampleOf(static_cast<qint64>(i))));
    }
    WARN(kills << " kills, " << records.size() << " records, " << torn << " torn");
}

TEST_CASE("a torn last record is cut off when the series goes on", "[watch]")
{
    const QTemporaryDir folder;
    const auto path = folder.filePath(QStringLiteral("deep/er/a.series"));
    {
        auto file = opened(path);
        CHECK(file.append(watch::Begin{5, false, 1000, {}, QStringLiteral("vm")}).isEmpty());
        CHECK(file.append(sampleOf(1)).isEmpty());
    }
    const auto whole = contentOf(path);
    for (qsizetype lost = 1; lost < 20; ++lost) {
        setContent(path, whole + watch::encode(sampleOf(2)).chopped(lost));
        std::vector<watch::Record> records;
        {
            auto file = opened(path, &records);
            CHECK(file.damaged() == 0);
            CHECK(file.append(sampleOf(3)).isEmpty());
        }
        CHECK(records.size() == 2);
        CHECK(contentOf(path) == whole + watch::encode(sampleOf(3)));
    }
}

TEST_CASE("a file that is no series is left as it is, and two watches do not share one", "[watch]")
{
    const QTemporaryDir folder;
    const auto path = folder.filePath(QStringLiteral("a.series"));
    for (const auto &content : {QByteArray("Dear diary\n"), QByteArray("no line end"), QByteArray("B\n"), QByteArray(9000, 'x'),
                                QByteArray(100'000, '\n')}) {
        setContent(path, content);
        CHECK_FALSE(SeriesFile::open(thisMachine(), path, [](const watch::Record &) {}).has_value());
        CHECK(contentOf(path) == content);
    }
    CHECK_FALSE(SeriesFile::open(thisMachine(), folder.path(), [](const watch::Record &) {}).has_value());
    CHECK_FALSE(SeriesFile::open(thisMachine(), QStringLiteral("/dev/null"), [](const watch::Record &) {}).has_value());

    const auto shared = folder.filePath(QStringLiteral("b.series"));
    const auto first = opened(shared);
    const auto second = SeriesFile::open(thisMachine(), shared, [](const watch::Record &) {});
    REQUIRE_FALSE(second.has_value());
    CHECK(second.error().contains(QLatin1String("b.series")));
}

TEST_CASE("a full file makes room for the next, and both are replayed", "[watch]")
{
    const QTemporaryDir folder;
    const auto path = folder.filePath(QStringLiteral("a.series"));
    const watch::Begin begin{5, false, 1000, {800, 20, 9, 4}, QStringLiteral("vm")};
    {
        auto file = opened(path, nullptr, 10'000);
        CHECK(file.append(begin).isEmpty());
        for (qint64 i = 0; i < 1000; ++i) {
            REQUIRE(file.append(sampleOf(i)).isEmpty());
        }
    }
    CHECK(QFile(path).size() <= 10'000);
    CHECK(QFile(path + QStringLiteral(".1")).size() <= 10'000);
    auto again = begin;
    again.continues = true;
    CHECK(recordsIn(path).front() == watch::Record(again));
    std::vector<watch::Record> records;
    opened(path, &records, 10'000);
    CHECK(records.size() > 200);
    CHECK(records.back() == watch::Record(sampleOf(999)));
}

TEST_CASE("a disk that takes no more is told, and the file keeps what it had", "[watch]")
{
    const QTemporaryDir folder;
    const auto path = folder.filePath(QStringLiteral("a.series"));
    const pid_t child = ::fork();
    if (child == 0) { // the limit of a file's size stands for the full disk; the child's own, so that no other test has it
        ::signal(SIGXFSZ, SIG_IGN);
        const rlimit limit{1000, 1000};
        ::setrlimit(RLIMIT_FSIZE, &limit);
        auto file = SeriesFile::open(thisMachine(), path, [](const watch::Record &) {});
        qint64 count = 0;
        while (file && count < 1000 && file->append(sampleOf(count)).isEmpty()) {
            ++count;
        }
        ::_exit(count > 5 && count < 100 ? static_cast<int>(count) : 0);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    REQUIRE(WIFEXITED(status));
    REQUIRE(WEXITSTATUS(status) != 0);
    CHECK(static_cast<int>(recordsIn(path).size()) == WEXITSTATUS(status));
    CHECK(contentOf(path).endsWith('\n'));
}
