// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "probe/plan.h"
#include "session/session.h"

#include <mutex>

namespace bothways::session {

/// Calls the sink one at a time, from whichever thread.
class Announcer {
public:
    explicit Announcer(const EventSink &sink) : m_sink(sink) {}
    void stage(Stage stage, const QString &detail = {}) { tell(StageChanged{stage, detail}); }
    probe::SampleSink samples(evidence::EchoPurpose purpose)
    {
        return [this, purpose](const evidence::EchoSample &sample) { tell(EchoArrived{purpose, true, sample}); };
    }
    void guestsPing(const evidence::Reading<evidence::EchoSeries> &echo) ///< as soon as it is known
    {
        for (const auto &sample : evidence::timed(echo)) {
            tell(EchoArrived{evidence::EchoPurpose::Guest, false, sample});
        }
    }
    void tell(const Event &event)
    {
        if (m_sink) {
            const std::scoped_lock lock(m_mutex);
            m_sink(event);
        }
    }

private:
    const EventSink &m_sink;
    std::mutex m_mutex;
};

} // namespace bothways::session
