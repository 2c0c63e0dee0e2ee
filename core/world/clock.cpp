// SPDX-License-Identifier: GPL-3.0-or-later
#include "world/clock.h"

#include <utility>

namespace bothways::world {

QDateTime Clock::utc() const
{
    return QDateTime::fromMSecsSinceEpoch(std::chrono::duration_cast<std::chrono::milliseconds>(sinceEpoch()).count()).toUTC();
}

bool Clock::sleepUntil(Time until, const std::stop_token &stop) { return wait(nullptr, until, stop) != Woken::Stop; }

bool Clock::sleep(std::chrono::nanoseconds span, const std::stop_token &stop) { return sleepUntil(now() + span, stop); }

Clock::Time SystemClock::now() const { return std::chrono::steady_clock::now(); }

std::chrono::nanoseconds SystemClock::sinceEpoch() const { return std::chrono::system_clock::now().time_since_epoch(); }

Woken SystemClock::wait(Event *event, Time until, const std::stop_token &stop)
{
    Event nothing;
    auto &waited = event != nullptr ? *event : nothing;
    const auto isSet = [&waited] { return waited.isSet; };
    std::unique_lock lock(waited.mutex);
    const bool came = until == never ? waited.wake.wait(lock, stop, isSet) : waited.wake.wait_until(lock, stop, until, isSet);
    if (came) {
        waited.isSet = false;
        return Woken::Event;
    }
    return stop.stop_requested() ? Woken::Stop : Woken::Time;
}

void SystemClock::set(Event &event)
{
    const std::scoped_lock lock(event.mutex);
    event.isSet = true;
    event.wake.notify_all(); // within the lock: whoever waits may end the event's life at once
}

} // namespace bothways::world
