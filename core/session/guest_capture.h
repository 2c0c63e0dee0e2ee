// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "capture/journeys.h"
#include "evidence/evidence.h"
#include "session/session.h"
#include "world/task.h"
#include "world/world.h"

#include <QByteArray>
#include <QString>

#include <chrono>
#include <memory>
#include <stop_token>
#include <vector>

namespace bothways::session {

/// The guest's own tcpdump, through the channel that needs no network, while the probes run: the point behind which nothing but
/// the guest's stack is. Where the guest has no tcpdump there is no such point.
class GuestCapture {
public:
    /// Begins in a thread of its own. The channel is opened a second time, so that nothing waits for this.
    GuestCapture(world::World &world, const Plan &plan, evidence::Vm vm, const net::MacAddress &mac, const std::stop_token &stop);
    ~GuestCapture();
    GuestCapture(const GuestCapture &) = delete;
    GuestCapture &operator=(const GuestCapture &) = delete;

    /// Ends it in the guest and fetches what it saw. Once.
    void end();
    /// Adds it behind all other points, with its times set to this host's clock.
    void follow(const evidence::Target &target, capture::JourneyFollower &follower, std::vector<evidence::CapturePoint> &points,
                const std::stop_token &stop);

private:
    evidence::Reading<QByteArray> runInGuest(const QByteArray &script, std::chrono::milliseconds deadline,
                                             const std::stop_token &stop) const;

    world::World &m_world;
    const Plan &m_plan;
    evidence::Vm m_vm;
    QByteArray m_token;
    std::stop_token m_stop;
    evidence::Reading<QByteArray> m_file;
    std::unique_ptr<world::Task<evidence::Reading<QByteArray>>> m_running; ///< null once it has ended
};

} // namespace bothways::session
