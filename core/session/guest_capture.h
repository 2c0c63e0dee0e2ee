// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "capture/journeys.h"
#include "evidence/evidence.h"
#include "session/capture_limits.h"

#include <QByteArray>
#include <QString>

#include <future>
#include <stop_token>
#include <vector>

namespace bothways::session {

/// The guest's own tcpdump, through the channel that needs no network, while the probes run: the point behind which nothing but
/// the guest's stack is. Where the guest has no tcpdump there is no such point.
class GuestCapture {
public:
    /// Begins in a thread of its own. The channel is opened a second time, so that nothing waits for this.
    GuestCapture(const QString &connection, evidence::Vm vm, const net::MacAddress &mac, const CaptureLimits &limits,
                 const std::stop_token &stop);
    ~GuestCapture();
    GuestCapture(const GuestCapture &) = delete;
    GuestCapture &operator=(const GuestCapture &) = delete;

    /// Ends it in the guest and fetches what it saw. Once.
    void end();
    /// Adds it behind all other points, with its times set to this host's clock.
    void follow(const evidence::Target &target, capture::JourneyFollower &follower, std::vector<evidence::CapturePoint> &points,
                const std::stop_token &stop);

private:
    QString m_connection;
    evidence::Vm m_vm;
    QByteArray m_token;
    std::stop_token m_stop;
    std::future<evidence::Reading<QByteArray>> m_running;
    evidence::Reading<QByteArray> m_file;
};

} // namespace bothways::session
