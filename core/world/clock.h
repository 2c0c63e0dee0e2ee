// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <stop_token>

/// The time by which a run waits. A test puts one in its place that runs as fast as its threads do, so everything that waits
/// while a run goes on waits here, and every thread of a run is a Task (task.h).
namespace bothways::world {

/// Something that one thread brings about and another waits for. Set once, it lets one wait through.
/// Its members belong to the clock that it is used with.
struct Event {
    std::mutex mutex;
    std::condition_variable_any wake;
    bool isSet = false;
};

enum class Woken { Event, Time, Stop };

/// Any thread, any number at once.
class Clock {
public:
    using Time = std::chrono::steady_clock::time_point;
    static constexpr Time never = Time::max();

    virtual ~Clock() = default;
    virtual Time now() const = 0;
    virtual std::chrono::nanoseconds sinceEpoch() const = 0; ///< 1970-01-01 00:00 UTC
    QDateTime utc() const;

    /// Until the event (null: none), the time, or the stop, whichever comes first.
    virtual Woken wait(Event *event, Time until, const std::stop_token &stop) = 0;
    virtual void set(Event &event) = 0;
    /// False when it was stopped.
    bool sleepUntil(Time until, const std::stop_token &stop);
    bool sleep(std::chrono::nanoseconds span, const std::stop_token &stop);

    /// A thread that waits by this clock takes part from before it is started until it ends.
    virtual void enter() = 0;
    virtual void leave() = 0;
};

/// The machine's.
class SystemClock final : public Clock {
public:
    Time now() const override;
    std::chrono::nanoseconds sinceEpoch() const override;
    Woken wait(Event *event, Time until, const std::stop_token &stop) override;
    void set(Event &event) override;
    void enter() override {}
    void leave() override {}
};

} // namespace bothways::world
