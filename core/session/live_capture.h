// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "capture/journeys.h"
#include "evidence/evidence.h"
#include "session/capture_limits.h"
#include "session/resolve.h"
#include "world/task.h"
#include "world/world.h"

#include <QString>

#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace bothways::session {

/// Where to capture, from what is known before the probes: the interface of the host towards the VM, the ports of its bridge, and
/// this host's other interfaces, which a wrong route may lead to. At most `most`, and as many as the helper takes
/// (privilege::mostPoints). Pure.
std::vector<evidence::CapturePoint> pointsFor(const evidence::Target &target, const HostView &host,
                                              int most = CaptureLimits().points);

/// The tcpdump(1) expression for what a diagnosis looks at: all ARP and ICMP, TCP's SYN and RST, datagrams of the VM.
std::string captureFilter(const evidence::Target &target);

/// Which port of the bridge leads to the VM, where the hypervisor did not tell: the one at which frames of the VM's own address
/// came in first, else where the bridge learnt its MAC (behind a router, the router's), else the only one. Pure.
void settlePorts(evidence::Captures &captures, const evidence::Evidence &evidence);

/// Captures in a thread of its own while the probes run, and follows what passes.
class LiveCapture {
public:
    LiveCapture(world::World &world, const evidence::Target &target, const HostView &host, const CaptureLimits &limits = {});
    ~LiveCapture();
    LiveCapture(const LiveCapture &) = delete;
    LiveCapture &operator=(const LiveCapture &) = delete;

    /// Waits until every interface that is there is open, or it is clear that none will be.
    void awaitOpen(std::chrono::milliseconds most);
    /// Frames are captured at one point at least.
    bool isOpen() const;
    /// What became known of the VM meanwhile.
    void addInterest(const evidence::Target &target);
    /// Echo requests of that size seen so far (bytes of the IP packet).
    std::size_t echoes(int bytes) const;

    /// Captures that were made elsewhere at the same time are followed together with this one.
    using More = std::function<void(capture::JourneyFollower &follower, std::vector<evidence::CapturePoint> &points)>;
    /// Reads what is waiting, ends, and gives what was seen. Once.
    evidence::Reading<evidence::Captures> end(const More &more = {});

private:
    class Sink;
    void run(const std::stop_token &stop);
    qint64 nowNs() const { return m_world.clock().sinceEpoch().count(); }

    world::World &m_world;
    mutable std::mutex m_mutex; ///< over the follower and the points
    std::vector<evidence::CapturePoint> m_points;
    std::string m_filter;
    std::uint32_t m_bytes; ///< kept of a frame
    capture::JourneyFollower m_follower;
    QString m_problem;
    bool m_opened = false; ///< the source was made
    world::Event m_looked;
    std::stop_source m_over;
    world::Task<void> m_reading; ///< last: it uses the others
};

} // namespace bothways::session
