// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/live_capture.h"

#include "privilege/protocol.h"
#include "session/capture_files.h"
#include "words/text.h"

#include <QStringList>

#include <algorithm>
#include <limits>

namespace bothways::session {

using namespace std::chrono_literals;
using evidence::Access;
using evidence::CapturePoint;
using evidence::PointRole;
using evidence::Reading;

namespace {

constexpr auto readSlice = 50ms;

/// The order on the way from the host's stack to the VM.
int distanceOf(PointRole role)
{
    switch (role) {
    case PointRole::Uplink:
    case PointRole::UplinkPort:
        return 0;
    case PointRole::Unknown:
    case PointRole::Bridge:
        return 10;
    case PointRole::OtherPort:
    case PointRole::Port:
        return 20;
    case PointRole::Guest:
        return 30;
    }
    return 0;
}

CapturePoint point(const QString &name, PointRole role)
{
    CapturePoint made;
    made.name = name;
    made.role = role;
    made.distance = distanceOf(role);
    return made;
}

bool isPhysical(const evidence::Link &link) { return link.kind.isEmpty(); }

capture::JourneyLimits journeyLimits(const CaptureLimits &limits)
{
    capture::JourneyLimits made;
    made.journeys = static_cast<std::size_t>(limits.followed);
    return made;
}

/// Behind a pair that leads to a further bridge of this host, as Proxmox's firewall has it, the VM's own port is that bridge's
/// only other one.
QString innermostPort(const HostView &host, QString port)
{
    constexpr int most = 8;
    for (int i = 0; i < most; ++i) {
        const auto *link = evidence::linkNamed(host.links, port);
        const auto *peer = link == nullptr || link->peer.isEmpty() ? nullptr : evidence::linkNamed(host.links, link->peer);
        if (peer == nullptr || peer->master.isEmpty()) {
            break;
        }
        QStringList others;
        for (const auto &each : host.links) {
            if (each.master == peer->master && each.name != peer->name && each.up) {
                others << each.name;
            }
        }
        if (others.size() != 1) {
            break;
        }
        port = others.front();
    }
    return port;
}

} // namespace

std::vector<CapturePoint> pointsFor(const evidence::Target &target, const HostView &host, int most)
{
    std::vector<CapturePoint> points;
    const auto room = std::min(static_cast<std::size_t>(std::max(most, 0)), privilege::mostPoints);
    const auto add = [&](const QString &name, PointRole role) {
        const bool known = std::any_of(points.begin(), points.end(), [&](const auto &each) { return each.name == name; });
        if (!name.isEmpty() && !known && points.size() < room && privilege::isDeviceName(name.toStdString())) {
            points.push_back(point(name, role));
        }
    };
    if (!target.interface.isEmpty()) {
        add(target.interface, PointRole::Bridge);
    }
    add(innermostPort(host, target.port), PointRole::Port);
    for (const auto &link : host.links) {
        if (!target.interface.isEmpty() && link.master == target.interface && link.up) {
            add(link.name, isPhysical(link) ? PointRole::UplinkPort : PointRole::OtherPort);
        }
    }
    for (const auto &link : host.links) {
        const bool hasAddress = std::any_of(host.addresses.begin(), host.addresses.end(),
                                            [&](const auto &address) { return address.interface == link.name; });
        if (!link.loopback && link.up && link.master.isEmpty() && hasAddress) {
            add(link.name, PointRole::Uplink);
        }
    }
    return points;
}

std::string captureFilter(const evidence::Target &target)
{
    std::string datagrams;
    for (const auto &address : {target.vmAddress, target.vmAddress6}) {
        if (address) {
            datagrams += (datagrams.empty() ? " or (udp and (host " : " or host ") + address->toString();
        }
    }
    datagrams += datagrams.empty() ? "" : "))";
    // Of tagged frames, those whose tag the kernel has put aside meet the first alternatives, and those that carry it the last.
    return "arp or icmp or icmp6 or (tcp[13] & 6 != 0) or (ip6[6] == 6 and ip6[53] & 6 != 0)" + datagrams + " or vlan";
}

LiveCapture::LiveCapture(world::World &world, const evidence::Target &target, const HostView &host, const CaptureLimits &limits)
    : m_world(world)
    , m_points(pointsFor(target, host, limits.points))
    , m_filter(captureFilter(target))
    , m_bytes(static_cast<std::uint32_t>(limits.bytes))
    , m_follower(interestIn(target), journeyLimits(limits))
    , m_reading(world.clock(), [this] { run(m_over.get_token()); })
{}

LiveCapture::~LiveCapture() { m_over.request_stop(); }

class LiveCapture::Sink final : public capture::LiveSink {
public:
    explicit Sink(LiveCapture &owner) : m_owner(owner) {}

    void frame(const capture::Frame &frame) override
    {
        const std::scoped_lock lock(m_owner.m_mutex);
        m_owner.m_follower.add(frame, static_cast<int>(frame.point));
    }

    void changed(const capture::LiveChange &change) override
    {
        const std::scoped_lock lock(m_owner.m_mutex);
        if (change.point >= m_owner.m_points.size()) {
            return;
        }
        auto &point = m_owner.m_points[change.point];
        using Status = capture::LiveChange::Status;
        if (change.status == Status::Open) {
            if (point.opened) { // it was away
                point.problem = translate("session", "The interface was away for a time.");
            }
            point.opened = true;
            point.fromNs = point.fromNs == 0 ? m_owner.nowNs() : point.fromNs;
            return;
        }
        point.toNs = m_owner.nowNs();
        point.problem = change.status == Status::Refused
                            ? translate("session", "It could not be captured on: %1").arg(text(change.reason))
                            : translate("session", "The interface is not there or not up.");
    }

private:
    LiveCapture &m_owner;
};

void LiveCapture::run(const std::stop_token &stop)
{
    world::CaptureRequest request;
    for (const auto &each : m_points) {
        request.interfaces.push_back(each.name.toStdString());
    }
    request.filter = m_filter;
    request.snapLength = m_bytes;
    auto source = m_world.capture(request, stop);
    if (!source) {
        const std::scoped_lock lock(m_mutex);
        m_problem = source.error();
        m_world.clock().set(m_looked);
        return;
    }
    m_opened = true;
    Sink sink(*this);
    bool looked = false;
    bool over = false;
    while (!over) {
        over = stop.stop_requested(); // once more after that: what came until then is part of it
        const auto read = (*source)->read(sink, over ? 0ms : readSlice);
        if (!looked) {
            looked = true;
            m_world.clock().set(m_looked);
        }
        if (!read) {
            const std::scoped_lock lock(m_mutex);
            m_problem = text(read.error());
            break;
        }
    }
    const auto counts = (*source)->counts();
    const std::scoped_lock lock(m_mutex);
    for (std::size_t i = 0; i < m_points.size() && i < counts.size(); ++i) {
        m_points[i].dropped = static_cast<qint64>(std::min<std::uint64_t>(counts[i].dropped, std::numeric_limits<qint32>::max()));
    }
}

void LiveCapture::awaitOpen(std::chrono::milliseconds most)
{
    auto &clock = m_world.clock();
    clock.wait(&m_looked, clock.now() + most, {});
}

bool LiveCapture::isOpen() const
{
    const std::scoped_lock lock(m_mutex);
    return std::any_of(m_points.begin(), m_points.end(), [](const CapturePoint &each) { return each.opened; });
}

void LiveCapture::addInterest(const evidence::Target &target)
{
    const std::scoped_lock lock(m_mutex);
    m_follower.addInterest(interestIn(target));
}

std::size_t LiveCapture::echoes(int bytes) const
{
    const std::scoped_lock lock(m_mutex);
    return m_follower.count(evidence::JourneyKind::Echo, bytes);
}

Reading<evidence::Captures> LiveCapture::end(const More &more)
{
    m_over.request_stop();
    m_reading.get();
    if (!m_opened) {
        return Reading<evidence::Captures>::missing(Access::Denied, QStringLiteral("libpcap"), m_problem);
    }
    bool any = false;
    QString why;
    for (std::size_t i = 0; i < m_points.size(); ++i) {
        auto &each = m_points[i];
        const auto tally = m_follower.tally(static_cast<int>(i));
        each.frames = tally.frames;
        each.malformed = tally.malformed;
        each.badChecksums = tally.badChecksums;
        each.toNs = each.toNs == 0 || each.problem.isEmpty() ? nowNs() : each.toNs;
        any = any || each.opened;
        why = why.isEmpty() ? each.problem : why;
        if (!m_problem.isEmpty()) {
            each.problem = m_problem; // the source ended before its time, for all of them
        }
    }
    if (more) {
        more(m_follower, m_points);
    }
    if (!any) {
        return Reading<evidence::Captures>::missing(Access::Denied, QStringLiteral("libpcap"), why);
    }
    auto captures = m_follower.result();
    captures.points = std::move(m_points);
    auto reading = Reading<evidence::Captures>::read(std::move(captures), QStringLiteral("libpcap"));
    reading.problem = m_problem;
    return reading;
}

namespace {

bool isPort(const CapturePoint &point) { return point.role == PointRole::OtherPort || point.role == PointRole::UplinkPort; }

/// The gateway to a VM behind a router, and its MAC; nothing for a VM on the link.
std::optional<net::IpAddress> gatewayTo(const evidence::Evidence &evidence)
{
    if (!evidence.host.isRead()) {
        return std::nullopt;
    }
    for (const auto &answer : evidence.host.value.routeAnswers) {
        if (answer.isRead() && answer.value.destination == evidence.target.vmAddress && answer.value.gateway) {
            return answer.value.gateway;
        }
    }
    return std::nullopt;
}

std::optional<net::MacAddress> cachedMac(const evidence::Evidence &evidence, const net::IpAddress &address)
{
    if (evidence.host.isRead() && evidence.host.value.neighbours.isRead()) {
        for (const auto &entry : evidence.host.value.neighbours.value) {
            if (entry.address == address && entry.mac) {
                return entry.mac;
            }
        }
    }
    return std::nullopt;
}

/// Where frames of the VM's own address came in first: flooded copies leave by the other ports later. -1: nowhere.
int portOfFirstUse(const evidence::Captures &captures, const evidence::Target &target)
{
    int found = -1;
    qint64 first = std::numeric_limits<qint64>::max();
    for (const auto &use : captures.uses) {
        const auto place = static_cast<std::size_t>(use.point);
        const bool own = use.address && (use.address == target.vmAddress || use.address == target.vmAddress6) &&
                         (!target.vmMac || use.mac == *target.vmMac);
        if (own && place < captures.points.size() && isPort(captures.points[place]) && use.firstNs < first) {
            first = use.firstNs;
            found = use.point;
        }
    }
    return found;
}

int portByFdb(const evidence::Captures &captures, const evidence::Evidence &evidence, const net::MacAddress &mac)
{
    if (evidence.host.isRead() && evidence.host.value.fdb.isRead()) {
        for (const auto &entry : evidence.host.value.fdb.value) {
            for (std::size_t i = 0; i < captures.points.size(); ++i) {
                if (entry.mac == mac && !entry.permanent && entry.port == captures.points[i].name && isPort(captures.points[i])) {
                    return static_cast<int>(i);
                }
            }
        }
    }
    return -1;
}

} // namespace

void settlePorts(evidence::Captures &captures, const evidence::Evidence &evidence)
{
    auto &points = captures.points;
    if (std::any_of(points.begin(), points.end(), [](const auto &each) { return each.role == PointRole::Port; })) {
        return;
    }
    const auto gateway = gatewayTo(evidence);
    const auto mac = gateway ? cachedMac(evidence, *gateway) : evidence.target.vmMac;
    int found = gateway ? -1 : portOfFirstUse(captures, evidence.target);
    if (found < 0 && mac) {
        found = portByFdb(captures, evidence, *mac);
    }
    if (found < 0 && std::count_if(points.begin(), points.end(), isPort) == 1) {
        found = static_cast<int>(std::find_if(points.begin(), points.end(), isPort) - points.begin());
    }
    if (found >= 0) {
        points[static_cast<std::size_t>(found)].role = PointRole::Port;
        points[static_cast<std::size_t>(found)].distance = distanceOf(PointRole::Port);
    }
}

} // namespace bothways::session
