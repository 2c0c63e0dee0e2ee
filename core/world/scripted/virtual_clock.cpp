// SPDX-License-Identifier: GPL-3.0-or-later
#include "world/scripted/virtual_clock.h"

#include <algorithm>
#include <utility>

namespace bothways::world {

Clock::Time VirtualClock::now() const
{
    const std::scoped_lock lock(m_mutex);
    return Time(std::chrono::duration_cast<Time::duration>(m_passed));
}

std::chrono::nanoseconds VirtualClock::sinceEpoch() const
{
    const std::scoped_lock lock(m_mutex);
    return m_begin + m_passed;
}

Woken VirtualClock::wait(Event *event, Time until, const std::stop_token &stop)
{
    Waiter waiter;
    waiter.event = event;
    waiter.until = until;
    // Registered before this thread counts as waiting, so that no time passes between a stop request and its effect.
    const std::stop_callback onStop(stop, [this, &waiter] {
        const std::scoped_lock lock(m_mutex);
        if (waiter.isListed) {
            wake(waiter, Woken::Stop);
        }
    });
    const std::scoped_lock lock(m_mutex);
    if (event != nullptr && std::exchange(event->isSet, false)) {
        return Woken::Event;
    }
    if (stop.stop_requested()) {
        return Woken::Stop;
    }
    if (until.time_since_epoch() <= m_passed) {
        return Woken::Time;
    }
    waiter.isListed = true;
    m_waiters.push_back(&waiter);
    --m_running;
    passTime();
    while (!waiter.isWoken) {
        waiter.wake.wait(&m_mutex);
    }
    return waiter.why;
}

/// It counts as running from now on, not from when it gets its turn.
void VirtualClock::wake(Waiter &waiter, Woken why)
{
    waiter.isListed = false;
    waiter.isWoken = true;
    waiter.why = why;
    m_waiters.erase(std::find(m_waiters.begin(), m_waiters.end(), &waiter));
    ++m_running;
    waiter.wake.wakeOne();
}

void VirtualClock::passTime()
{
    if (m_running > 0 || m_waiters.empty()) {
        return;
    }
    const auto sooner = [](const Waiter *one, const Waiter *other) { return one->until < other->until; };
    const auto next = (*std::min_element(m_waiters.begin(), m_waiters.end(), sooner))->until;
    if (next == never) {
        return; // until somebody who takes no part sets an event or requests a stop
    }
    m_passed = next.time_since_epoch();
    const auto waiting = m_waiters;
    for (auto *waiter : waiting) {
        if (waiter->until <= next) {
            wake(*waiter, Woken::Time);
        }
    }
}

void VirtualClock::set(Event &event)
{
    const std::scoped_lock lock(m_mutex);
    const auto waiting =
        std::find_if(m_waiters.begin(), m_waiters.end(), [&event](const Waiter *waiter) { return waiter->event == &event; });
    if (waiting == m_waiters.end()) {
        event.isSet = true;
        return;
    }
    wake(**waiting, Woken::Event);
}

void VirtualClock::enter()
{
    const std::scoped_lock lock(m_mutex);
    ++m_running;
}

void VirtualClock::leave()
{
    const std::scoped_lock lock(m_mutex);
    --m_running;
    passTime();
}

} // namespace bothways::world
