// SPDX-License-Identifier: GPL-3.0-or-later
#include "catch.h"

#include "facts/fates.h"
#include "session/capture_files.h"

#include <QFile>
#include <QTemporaryDir>

#include <algorithm>

using namespace bothways;
using namespace Qt::Literals::StringLiterals;
using evidence::PointRole;

namespace {

QString recorded(const char *name) { return QStringLiteral(BOTHWAYS_TEST_DATA "/capture/") + QLatin1String(name); }

evidence::Evidence pairEvidence()
{
    evidence::Evidence evidence;
    evidence.target.vmAddress = net::IpAddress::parse("10.9.0.10");
    evidence.target.hostAddress = net::IpAddress::parse("10.9.0.1");
    evidence.target.interface = u"vnet0"_s;
    return evidence;
}

} // namespace

TEST_CASE("captures made elsewhere become points and journeys of the evidence", "[captures]")
{
    auto evidence = pairEvidence();
    REQUIRE(session::addCaptures(evidence, {recorded("ethernet.pcap"), recorded("cooked2.pcap")}, {}));
    REQUIRE(evidence.captures.isRead());
    const auto &captures = evidence.captures.value;
    REQUIRE(captures.points.size() == 2);
    CHECK(captures.points[0].name == u"ethernet.pcap"_s);
    CHECK(captures.points[1].name.startsWith(u"cooked2.pcap #"_s)); // "any" names the interface by its number
    CHECK(captures.points[0].distance < captures.points[1].distance);
    CHECK_FALSE(captures.points[0].live);
    CHECK(captures.points[0].problem.isEmpty());
    CHECK(captures.points[0].frames > 10);
    CHECK(captures.points[0].fromNs < captures.points[0].toNs);
    const auto echoes = std::count_if(captures.journeys.begin(), captures.journeys.end(), [&](const auto &journey) {
        return journey.kind == evidence::JourneyKind::Echo && journey.asked == *evidence.target.vmAddress;
    });
    CHECK(echoes >= 4);
    // The numbers of points go on where there are some already.
    REQUIRE(session::addCaptures(evidence, {recorded("nanoseconds.pcap")}, {}));
    REQUIRE(captures.points.size() == 3);
    CHECK(std::any_of(captures.journeys.begin(), captures.journeys.end(),
                      [](const auto &journey) { return journey.sightings.front().point == 2; }));
}

TEST_CASE("a file that is no capture is named and adds nothing; one that is cut says where", "[captures]")
{
    auto evidence = pairEvidence();
    const auto refused = session::addCaptures(evidence, {recorded("ethernet.pcap"), recorded("record")}, {});
    REQUIRE_FALSE(refused);
    CHECK(refused.error().kind == session::ErrorKind::WrongUse);
    CHECK(refused.error().message.contains(u"record"_s));
    CHECK(evidence.captures.access == evidence::Access::NotTried);
    CHECK(evidence.captures.value.points.empty());

    const QTemporaryDir directory;
    const auto path = directory.filePath(u"half.pcap"_s);
    QFile whole(recorded("ethernet.pcap"));
    QFile half(path);
    REQUIRE((whole.open(QIODevice::ReadOnly) && half.open(QIODevice::WriteOnly)));
    half.write(whole.readAll().chopped(10));
    half.close();
    REQUIRE(session::addCaptures(evidence, {path}, {}));
    REQUIRE(evidence.captures.value.points.size() == 1);
    CHECK(evidence.captures.value.points[0].frames > 0);
    CHECK_FALSE(evidence.captures.value.points[0].problem.isEmpty());
    CHECK_FALSE(evidence.captures.value.points[0].isWhole());
}

TEST_CASE("a stop keeps what was read of a capture", "[captures]")
{
    auto evidence = pairEvidence();
    std::stop_source stop;
    stop.request_stop();
    REQUIRE(session::addCaptures(evidence, {recorded("ethernet.pcap")}, stop.get_token()));
    CHECK(evidence.captures.isRead());
}
