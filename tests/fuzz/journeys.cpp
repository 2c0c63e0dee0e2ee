// SPDX-License-Identifier: GPL-3.0-or-later
// A capture file whose packets are followed, each interface a point, and the fates that are concluded from it.
#include "capture/journeys.h"
#include "capture/file.h"
#include "facts/fates.h"
#include "facts/scene.h"

#include <QBuffer>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <limits>

using namespace bothways;

namespace {

constexpr int mostPoints = 5;

void expect(bool holds)
{
    if (!holds) {
        std::abort();
    }
}

/// The points of the file, one of each role in turn.
std::vector<evidence::CapturePoint> pointsFor(std::size_t count)
{
    using evidence::PointRole;
    constexpr std::array roles{PointRole::Bridge, PointRole::Port, PointRole::OtherPort, PointRole::Guest, PointRole::Unknown};
    std::vector<evidence::CapturePoint> points(std::min<std::size_t>(count, mostPoints));
    for (std::size_t i = 0; i < points.size(); ++i) {
        points[i].name = QStringLiteral("point %1").arg(i);
        points[i].role = roles.at(i);
        points[i].distance = static_cast<int>(i);
        points[i].opened = true;
        points[i].live = i < 2;
        points[i].toNs = std::numeric_limits<qint64>::max();
    }
    return points;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    auto buffer = std::make_unique<QBuffer>();
    buffer->setData(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size));
    buffer->open(QIODevice::ReadOnly);
    auto reader = capture::FileReader::open(std::move(buffer));
    if (!reader) {
        return 0;
    }
    const auto vm = *net::IpAddress::parse("10.9.0.10");
    capture::JourneyLimits limits;
    limits.journeys = 16;
    limits.others = 8;
    limits.sightings = 6;
    limits.uses = 12;
    capture::JourneyFollower follower({{vm}, {}}, limits);
    capture::Frame frame;
    int number = 0;
    while (reader->next(frame)) {
        // Files of one interface as well as of several: a frame's place among them decides where it was seen.
        follower.add(frame, reader->points().size() > 1 ? static_cast<int>(frame.point) % mostPoints : number++ % 3);
        follower.compare(frame);
    }
    evidence::Evidence evidence;
    evidence.target.vmAddress = vm;
    evidence.target.hostAddress = net::IpAddress::parse("10.9.0.1");
    auto captures = follower.result();
    expect(captures.journeys.size() <= limits.journeys + limits.others && captures.uses.size() <= limits.uses);
    for (const auto &journey : captures.journeys) {
        expect(!journey.sightings.empty() && journey.sightings.size() <= limits.sightings);
        expect(std::is_sorted(journey.sightings.begin(), journey.sightings.end(),
                              [](const auto &one, const auto &other) { return one.timeNs < other.timeNs; }));
    }
    captures.points = pointsFor(mostPoints);
    evidence.captures = evidence::Reading<evidence::Captures>::read(std::move(captures), {});
    const auto scene = facts::sceneOf(evidence);
    const auto &fates = scene.journeys;
    expect(fates.size() == evidence.captures.value.journeys.size());
    for (const auto &fate : fates) {
        expect(fate.lostBetween.isThere() == (fate.end == facts::JourneyEnd::Lost));
        expect(!facts::describe(fate, evidence.captures.value).isEmpty());
    }
    facts::grouped(fates);
    return 0;
}
