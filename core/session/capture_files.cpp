// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/capture_files.h"

#include "words/text.h"

#include <QFileInfo>

#include <algorithm>
#include <map>
#include <utility>

namespace bothways::session {

using evidence::CapturePoint;
using evidence::PointRole;
using evidence::Reading;

namespace {

constexpr int bridgeDistance = 10;
constexpr int portDistance = 20;
constexpr std::size_t mostFilePoints = 64;
/// Cooked captures of "any" interface name the interface by its number, in bytes 4 to 7 of each frame (LINKTYPE_LINUX_SLL2).
constexpr std::size_t cookedIndexAt = 4;

class Points {
public:
    Points(QString file, PointRole role, const evidence::Target &target, std::vector<CapturePoint> &points)
        : m_file(std::move(file)), m_role(role), m_target(target), m_points(points)
    {}

    /// Index of the point where this frame was seen; -1 where there are too many.
    int of(const capture::Frame &frame, const std::vector<capture::Point> &named)
    {
        std::uint32_t index = 0;
        if (frame.linkType == net::LinkType::LinuxCooked2 && frame.bytes.size() >= cookedIndexAt + 4) {
            for (std::size_t i = 0; i < 4; ++i) {
                index = index << 8U | frame.bytes[cookedIndexAt + i];
            }
        }
        const auto key = std::pair(frame.point, index);
        if (const auto known = m_known.find(key); known != m_known.end()) {
            return known->second;
        }
        if (m_known.size() >= mostFilePoints) {
            return -1;
        }
        const auto interface = frame.point < named.size() ? text(named[frame.point].name) : QString();
        m_points.push_back(make(interface, index));
        return m_known[key] = static_cast<int>(m_points.size() - 1);
    }

    const std::map<std::pair<std::uint32_t, std::uint32_t>, int> &known() const { return m_known; }

private:
    CapturePoint make(const QString &interface, std::uint32_t index) const
    {
        CapturePoint point;
        point.live = false;
        point.opened = true;
        if (!interface.isEmpty() && interface == m_target.interface) {
            point.name = interface;
            point.role = PointRole::Bridge;
            point.distance = bridgeDistance;
            return point;
        }
        if (!interface.isEmpty() && interface == m_target.port) {
            point.name = interface;
            point.role = PointRole::Port;
            point.distance = portDistance;
            return point;
        }
        point.name = interface.isEmpty() ? m_file : QStringLiteral("%1 (%2)").arg(m_file, interface);
        if (index != 0) {
            point.name += QStringLiteral(" #%1").arg(index);
        }
        point.role = m_role;
        point.distance = portDistance + 1;
        for (const auto &each : m_points) {
            point.distance = std::max(point.distance, each.distance + 1);
        }
        return point;
    }

    QString m_file;
    PointRole m_role;
    const evidence::Target &m_target;
    std::vector<CapturePoint> &m_points;
    std::map<std::pair<std::uint32_t, std::uint32_t>, int> m_known;
};

} // namespace

capture::Interest interestIn(const evidence::Target &target)
{
    capture::Interest interest;
    for (const auto &address : {target.vmAddress, target.vmAddress6}) {
        if (address) {
            interest.addresses.push_back(*address);
        }
    }
    if (target.vmMac) {
        interest.macs.push_back(*target.vmMac);
    }
    return interest;
}

void followFile(capture::FileReader &file, const QString &name, PointRole role, const evidence::Target &target,
                capture::JourneyFollower &follower, std::vector<CapturePoint> &points, const std::stop_token &stop,
                std::int64_t clockOffsetNs)
{
    Points places(name, role, target, points);
    capture::Frame frame;
    bool cut = false;
    while (file.next(frame)) {
        if (stop.stop_requested()) {
            cut = true;
            break;
        }
        frame.time -= clockOffsetNs;
        if (const int point = places.of(frame, file.points()); point >= 0) {
            follower.add(frame, point);
        }
    }
    QString problem;
    if (file.problem()) {
        problem = translate("session", "%1 (byte %2 of the file)").arg(file.problem()->message).arg(file.problem()->position);
    } else if (cut) {
        problem = translate("session", "Reading it was interrupted.");
    }
    for (const auto &[key, index] : places.known()) {
        auto &point = points[static_cast<std::size_t>(index)];
        const auto tally = follower.tally(index);
        point.frames = tally.frames;
        point.malformed = tally.malformed;
        point.badChecksums = tally.badChecksums;
        point.fromNs = tally.firstNs;
        point.toNs = tally.lastNs;
        point.problem = problem;
    }
}

std::optional<std::int64_t> clockOffset(capture::FileReader &file, const capture::JourneyFollower &follower)
{
    std::optional<std::int64_t> most; // by what came there, which took some time
    std::optional<std::int64_t> least;
    capture::Frame frame;
    while (file.next(frame)) {
        if (const auto apart = follower.compare(frame)) {
            auto &limit = apart->leaving ? least : most;
            limit = !limit ? apart->time : apart->leaving ? std::max(*limit, apart->time) : std::min(*limit, apart->time);
        }
    }
    return most && least ? std::optional(*least + (*most - *least) / 2) : most ? most : least;
}

void followFiles(const QStringList &paths, const evidence::Target &target, capture::JourneyFollower &follower,
                 std::vector<CapturePoint> &points, const std::stop_token &stop)
{
    for (const auto &path : paths) {
        if (auto file = capture::FileReader::open(path)) {
            followFile(*file, QFileInfo(path).fileName(), PointRole::Unknown, target, follower, points, stop);
        }
    }
}

tl::expected<std::vector<capture::FileReader>, Error> openCaptures(const QStringList &paths)
{
    std::vector<capture::FileReader> files;
    for (const auto &path : paths) {
        auto file = capture::FileReader::open(path);
        if (!file) {
            return tl::unexpected(
                Error{ErrorKind::WrongUse,
                      translate("session", "The capture “%1” cannot be read: %2").arg(path, file.error().message)});
        }
        files.push_back(std::move(*file));
    }
    return files;
}

tl::expected<void, Error> addCaptures(evidence::Evidence &evidence, const QStringList &paths, const std::stop_token &stop)
{
    if (paths.isEmpty()) {
        return {};
    }
    if (auto files = openCaptures(paths); !files) {
        return tl::unexpected(files.error());
    }
    auto &captures = evidence.captures.value;
    capture::JourneyFollower follower(interestIn(evidence.target));
    // Numbers of points count on behind those of an earlier capture.
    auto points = captures.points;
    followFiles(paths, evidence.target, follower, points, stop);
    auto seen = follower.result();
    captures.points = std::move(points);
    captures.journeys.insert(captures.journeys.end(), std::make_move_iterator(seen.journeys.begin()),
                             std::make_move_iterator(seen.journeys.end()));
    captures.uses.insert(captures.uses.end(), seen.uses.begin(), seen.uses.end());
    captures.leftOut += seen.leftOut;
    if (!evidence.captures.isRead()) {
        evidence.captures = Reading<evidence::Captures>::read(std::move(captures), QStringLiteral("capture files"));
    }
    return {};
}

} // namespace bothways::session
