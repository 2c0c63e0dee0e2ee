// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "world/clock.h"

#include <QMutex>
#include <QWaitCondition>

#include <vector>

namespace bothways::world {

/// Time that passes only while every thread that takes part waits, and then at once: a minute of waiting takes no time. Within
/// one instant threads run as they will.
class VirtualClock final : public Clock {
public:
    /// Begins at that time since 1970; the thread that makes it takes part.
    explicit VirtualClock(std::chrono::nanoseconds begin) : m_begin(begin) {}

    Time now() const override;
    std::chrono::nanoseconds sinceEpoch() const override;
    Woken wait(Event *event, Time until, const std::stop_token &stop) override;
    void set(Event &event) override;
    void enter() override;
    void leave() override;

private:
    struct Waiter {
        Event *event = nullptr;
        Time until;
        bool isListed = false;
        bool isWoken = false;
        Woken why = Woken::Time;
        QWaitCondition wake; ///< Qt's: that of mingw's threads loses a wake-up now and then (seen under Wine)
    };
    void wake(Waiter &waiter, Woken why);
    void passTime();

    std::chrono::nanoseconds m_begin;
    mutable QMutex m_mutex;
    std::chrono::nanoseconds m_passed{0};
    int m_running = 1; ///< threads that take part and do not wait
    std::vector<Waiter *> m_waiters;
};

} // namespace bothways::world
