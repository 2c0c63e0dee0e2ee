// SPDX-License-Identifier: GPL-3.0-or-later
#include "catch.h"

#include "session/preferences.h"

#include <QFile>
#include <QRandomGenerator>
#include <QSettings>
#include <QTemporaryDir>

using namespace bothways::session;
using namespace Qt::Literals::StringLiterals;

namespace {

Preferences unusual()
{
    Preferences made;
    made.language = u"zh_CN"_s;
    made.theme = Preferences::Theme::Dark;
    made.icmpSuccess = 755;
    made.tcpFailures = 0;
    made.ports = {8080, 1, 65535};
    made.echoCount = 25;
    made.deadline = std::chrono::seconds(90);
    made.capture = {256, 3, 1000, 500, 30};
    return made;
}

Preferences readFrom(const QByteArray &text)
{
    const QTemporaryDir directory;
    const auto path = directory.filePath(u"settings.ini"_s);
    QFile file(path);
    REQUIRE(file.open(QIODevice::WriteOnly));
    file.write(text);
    file.close();
    return readPreferences(QSettings(path, QSettings::IniFormat));
}

} // namespace

TEST_CASE("preferences are read as they were written, and what is usual is not written", "[preferences]")
{
    const QTemporaryDir directory;
    const auto path = directory.filePath(u"settings.ini"_s);
    for (const auto &preferences : {unusual(), Preferences()}) {
        {
            QSettings settings(path, QSettings::IniFormat);
            writePreferences(settings, preferences);
        }
        CHECK(readPreferences(QSettings(path, QSettings::IniFormat)) == preferences);
    }
    CHECK(QSettings(path, QSettings::IniFormat).allKeys().isEmpty());
    Preferences one;
    one.ports = {443};
    QSettings settings(path, QSettings::IniFormat);
    writePreferences(settings, one);
    CHECK(readPreferences(settings).ports == one.ports);
    one.ports.clear();
    writePreferences(settings, one);
    CHECK(readPreferences(settings).ports.empty());
}

TEST_CASE("what a settings file says is brought within bounds, and nonsense is as if it were not there", "[preferences]")
{
    const auto read = readFrom("language=tlh\ntheme=neon\n[watch]\nicmp-success=-5\ntcp-failures=1e99\n"
                               "[run]\nports=22,frog\necho-count=0\ndeadline=9999999999999\n"
                               "[capture]\nbytes=1\npoints=nan\nfollowed=inf\nguest-packets=@ByteArray(x)\nguest-seconds=\n");
    CHECK(read.language.isEmpty());
    CHECK(read.theme == Preferences::Theme::System);
    CHECK(read.icmpSuccess == 0);
    CHECK(read.tcpFailures == 1000);
    CHECK(read.ports == Plan().ports);
    CHECK(read.echoCount == 1);
    CHECK(read.deadline == std::chrono::seconds(3600));
    CHECK(read.capture.bytes == capturedBytes.least);
    CHECK(read.capture.points == CaptureLimits().points);
    CHECK(read.capture.followed == followedRequests.most);
    CHECK(read.capture.guestPackets == CaptureLimits().guestPackets);
    CHECK(read.capture.guestSeconds == CaptureLimits().guestSeconds);
    CHECK(readFrom("[run]\nports=@ByteArray(22)\n").ports == Plan().ports);
}

TEST_CASE("a settings file that no Bothways wrote is not sound", "[preferences]")
{
    const QTemporaryDir directory;
    const auto path = directory.filePath(u"settings.ini"_s);
    const auto soundWith = [&path](const QByteArray &bytes) {
        QFile file(path);
        REQUIRE(file.open(QIODevice::WriteOnly));
        file.write(bytes);
        file.close();
        return isSound(path);
    };
    CHECK(isSound(path)); // there is none yet
    CHECK(soundWith("[run]\nports=22\n"));
    CHECK_FALSE(soundWith(R"(run\ports=@Variant(\0\0\0\xb\xff\xff\xff\xf0))"));
    CHECK_FALSE(soundWith(QByteArray(1024 * 1024, 'x')));
    CHECK_FALSE(isSound(directory.path()));
}

TEST_CASE("no bytes in a settings file lead to preferences out of bounds", "[preferences]")
{
    const QByteArray whole =
        "language=zh_CN\ntheme=dark\n[run]\nports=\"22,80\"\necho-count=12\ndeadline=20\n[capture]\nbytes=300\n";
    QRandomGenerator random(7);
    for (int round = 0; round < 400; ++round) {
        auto bytes = whole;
        for (int change = 0; change < 4; ++change) {
            bytes[random.bounded(static_cast<int>(bytes.size()))] = static_cast<char>(random.bounded(256));
        }
        bytes.truncate(random.bounded(static_cast<int>(bytes.size())));
        const auto read = readFrom(bytes);
        Plan plan;
        read.applyTo(plan);
        const auto sane = bounded(plan);
        CHECK(sane.ports == plan.ports);
        CHECK(sane.echoCount == plan.echoCount);
        CHECK(sane.deadline == plan.deadline);
        CHECK(sane.capture == plan.capture);
    }
}

TEST_CASE("a plan out of bounds is brought within them before a run", "[preferences]")
{
    Plan plan;
    plan.ports = {0, 22, -1, 65536};
    plan.ports.resize(200, 443);
    plan.echoCount = 100'000;
    plan.deadline = std::chrono::seconds(-1);
    plan.capture = {1, 1000, -3, 0, 1'000'000};
    const auto sane = bounded(plan);
    CHECK(sane.ports.size() == mostPorts);
    CHECK(sane.ports.front() == 22);
    CHECK(sane.echoCount == 1000);
    CHECK(sane.deadline == std::chrono::seconds(1));
    CHECK(sane.capture == CaptureLimits{128, 16, 64, 100, 600});
    CHECK(bounded(Plan()).capture == CaptureLimits());
}

TEST_CASE("a list of ports is read as a person types it", "[preferences]")
{
    CHECK(*portsOf(u" 22, 80 ,443,"_s) == std::vector<int>{22, 80, 443});
    CHECK(*portsOf(u"80,80,22"_s) == std::vector<int>{80, 22});
    CHECK(portsOf(QString())->empty());
    for (const auto *word : {"0", "65536", "-1", "ssh", "22.5", "2 2", "99999999999999999999"}) {
        const auto wrong = portsOf(u"22,"_s + QLatin1String(word));
        REQUIRE_FALSE(wrong);
        CHECK(wrong.error().kind == PortsProblem::Kind::NoNumber);
        CHECK(wrong.error().word == QLatin1String(word));
    }
    QStringList many;
    for (int port = 1; port <= 65; ++port) {
        many << QString::number(port);
    }
    CHECK(portsOf(many.mid(1).join(u','))->size() == 64);
    REQUIRE_FALSE(portsOf(many.join(u',')));
    CHECK(portsOf(many.join(u',')).error().kind == PortsProblem::Kind::TooMany);
}

TEST_CASE("the differences name what is not as it comes", "[preferences]")
{
    CHECK(differences({}).isEmpty());
    const auto lines = differences(unusual());
    CHECK(lines.size() == 12);
    CHECK(lines.contains(u"theme = dark"_s));
    CHECK(lines.contains(u"run/ports = 8080,1,65535"_s));
    CHECK(lines.contains(u"watch/icmp-success = 755"_s));
}
