// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "collect/linux/rulesets.h"
#include "evidence/evidence.h"
#include "privilege/helper.h"
#include "probe/probe.h"
#include "session/live_capture.h"

#include <chrono>
#include <memory>
#include <stop_token>

namespace bothways::session {

/// What this process lacks the rights for, done by the helper beside the program where that has them.
class Elevation {
public:
    /// Takes the helper that runs already, or starts one if `rights` lack something and it is there. `ask`: through pkexec, which
    /// may ask the user for a password.
    void begin(evidence::Rights &rights, bool ask, const std::shared_ptr<privilege::Helper> &running = {},
               const std::stop_token &stop = {});
    const std::shared_ptr<privilege::Helper> &helper() const { return m_helper; }

    /// Empty where there is no helper that can.
    collect::ElevatedReader rulesReader(const std::stop_token &stop) const;
    /// By this process, or by the helper where the kernel denies it.
    evidence::Reading<evidence::NeighbourProbe> neighbour(const net::IpAddress &target, const QString &interface, int requests,
                                                          std::chrono::milliseconds wait, const std::stop_token &stop) const;
    /// The helper's rung of the echo ladder; empty where there is no helper that can.
    probe::EchoRung echoRung() const;
    /// Numbers that this process could not read, where the helper can.
    void complete(evidence::Reading<evidence::Conntrack> &conntrack, const std::stop_token &stop) const;

    /// Opens a capture: by this process, or by a helper of its own, since one that captures does nothing else.
    LiveCapture::Opener capturer() const;

private:
    bool m_ownPackets = false;                   ///< this process may capture
    std::shared_ptr<privilege::Helper> m_helper; ///< null: none, or it has no rights
};

} // namespace bothways::session
