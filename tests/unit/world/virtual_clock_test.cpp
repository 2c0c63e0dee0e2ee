// SPDX-License-Identifier: GPL-3.0-or-later
#include "catch.h"

#include "world/scripted/virtual_clock.h"
#include "world/task.h"

#include <atomic>
#include <vector>

using namespace bothways::world;
using namespace std::chrono_literals;

namespace {

Clock::Time at(std::chrono::nanoseconds time) { return Clock::Time(std::chrono::duration_cast<Clock::Time::duration>(time)); }

} // namespace

TEST_CASE("virtual time passes when all wait, by what the next of them waits for", "[clock]")
{
    VirtualClock clock(5s);
    const auto real = std::chrono::steady_clock::now();
    std::vector<std::chrono::nanoseconds> seen(3);
    {
        const auto sleeper = [&](std::size_t i, std::chrono::seconds span) {
            return beside(clock, [&clock, &seen, i, span] {
                clock.sleep(span, {});
                seen[i] = clock.now().time_since_epoch();
            });
        };
        const auto one = sleeper(0, 3600s);
        const auto two = sleeper(1, 1s);
        const auto three = sleeper(2, 60s);
        clock.sleep(7200s, {});
    }
    CHECK(seen[0] == 3600s);
    CHECK(seen[1] == 1s);
    CHECK(seen[2] == 60s);
    CHECK(clock.now() == at(7200s));
    CHECK(clock.sinceEpoch() == 7205s);
    CHECK(std::chrono::steady_clock::now() - real < 5s);
}

TEST_CASE("a thread that has not waited yet holds the time", "[clock]")
{
    VirtualClock clock(0s);
    std::atomic<bool> done = false;
    const auto busy = beside(clock, [&] {
        std::this_thread::sleep_for(20ms); // it computes
        done = true;
    });
    clock.sleep(1s, {});
    CHECK(done);
}

TEST_CASE("an event wakes one wait, before or while it waits", "[clock]")
{
    VirtualClock clock(0s);
    Event event;
    clock.set(event);
    CHECK(clock.wait(&event, at(10s), {}) == Woken::Event);
    CHECK(clock.wait(&event, at(10s), {}) == Woken::Time);
    CHECK(clock.now() == at(10s));
    const auto setter = beside(clock, [&] {
        clock.sleep(5s, {});
        clock.set(event);
    });
    CHECK(clock.wait(&event, Clock::never, {}) == Woken::Event);
    CHECK(clock.now() == at(15s));
}

TEST_CASE("a stop request ends a wait at the time at which it came", "[clock]")
{
    VirtualClock clock(0s);
    std::stop_source stop;
    const auto person = beside(clock, [&] {
        clock.sleep(3s, {});
        stop.request_stop();
    });
    CHECK_FALSE(clock.sleep(100s, stop.get_token()));
    CHECK(clock.now() == at(3s));
    CHECK_FALSE(clock.sleep(100s, stop.get_token()));
    CHECK(clock.now() == at(3s));
}

TEST_CASE("a task gives its result, and its end is waited for by the clock", "[clock]")
{
    VirtualClock clock(0s);
    const auto task = beside(clock, [&clock] {
        clock.sleep(30s, {});
        return 7;
    });
    CHECK_FALSE(task->hasEnded());
    CHECK(task->get() == 7);
    CHECK(clock.now() == at(30s));
}

TEST_CASE("the machine's clock does the same in real time", "[clock]")
{
    SystemClock clock;
    Event event;
    const auto began = clock.now();
    CHECK(clock.wait(&event, began + 5ms, {}) == Woken::Time);
    CHECK(clock.now() - began >= 5ms);
    const auto setter = beside(clock, [&] { clock.set(event); });
    CHECK(clock.wait(&event, Clock::never, {}) == Woken::Event);
    std::stop_source stop;
    stop.request_stop();
    CHECK(clock.wait(&event, Clock::never, stop.get_token()) == Woken::Stop);
}
