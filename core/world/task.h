// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "world/clock.h"

#include <future>
#include <memory>
#include <thread>
#include <type_traits>
#include <utility>

namespace bothways::world {

/// A thread of a run, in the network namespace of the one that makes it, with what it gives. It is waited for by the clock, as
/// everything is. Ends before its life does.
template <typename Result>
class Task {
public:
    template <typename Work>
    Task(Clock &clock, Work work) : m_clock(clock)
    {
        std::packaged_task<Result()> packed(std::move(work));
        m_result = packed.get_future();
        m_clock.enter();
        m_thread = std::thread([this, made = std::move(packed)]() mutable {
            made();
            m_clock.set(m_ended);
            m_clock.leave();
        });
    }
    ~Task() { wait(); }
    Task(const Task &) = delete;
    Task &operator=(const Task &) = delete;

    bool hasEnded() const { return m_result.wait_for(std::chrono::seconds(0)) == std::future_status::ready; }
    /// Once.
    Result get()
    {
        wait();
        return m_result.get();
    }

private:
    void wait()
    {
        if (m_thread.joinable()) {
            m_clock.wait(&m_ended, Clock::never, {});
            m_thread.join();
        }
    }

    Clock &m_clock;
    Event m_ended;
    std::future<Result> m_result;
    std::thread m_thread;
};

/// What `work` gives, asked beside the calling thread.
template <typename Work>
auto beside(Clock &clock, Work work)
{
    return std::make_unique<Task<std::invoke_result_t<Work>>>(clock, std::move(work));
}

} // namespace bothways::world
