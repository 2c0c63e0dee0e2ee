// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QEvent>
#include <QObject>
#include <QString>
#include <QStringList>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace bothways::ui::test {

/// Milliseconds for which the GUI thread may serve nothing.
#ifdef NDEBUG
inline constexpr double longestBlock = 50;
#else
inline constexpr double longestBlock = 250; // nothing is optimised
#endif

/// Measures for how long at a time the GUI thread serves no event: each delivery of an event, each act() of the test, and
/// whatever else keeps a heartbeat from being served, which another thread posts into its queue, one at a time. Time in which the
/// GUI thread could have run and the machine gave it no processor, or no memory, is not counted (schedstat of /proc: see
/// Documentation/scheduler/sched-stats.rst of the kernel), so that a busy machine changes nothing. One at a time, made and
/// destroyed on the GUI thread.
class Watchdog : public QObject {
public:
    Watchdog();
    ~Watchdog() override;

    struct Moment {
        std::chrono::steady_clock::time_point at;
        std::chrono::nanoseconds waited{0}; ///< for a processor, since the thread began
        std::chrono::nanoseconds worked{0}; ///< on one
        long faults = 0;                    ///< for which the kernel had to read from a disk
    };
    Moment now() const;

    /// What is done from now on, for the report.
    void step(const QString &what);
    /// A step that begins with a call into the window, which an event would bring about otherwise.
    void act(const QString &what, const std::function<void()> &action);

    struct Stretch {
        double milliseconds = 0;
        QString step;
        QStringList events; ///< those that took long in it: event, receiver, time
    };
    /// Those that took longer, the longest first.
    std::vector<Stretch> longerThan(double milliseconds) const;
    double longest() const;
    /// Heartbeats served so far.
    int beats() const { return m_beats; }
    /// A line for each step: its longest stretch; below it what is over the limit.
    std::string report(double limit) const;

    /// While one is there nothing is measured: the test itself is at work.
    class Pause {
    public:
        explicit Pause(Watchdog &watchdog);
        ~Pause();
        Pause(const Pause &) = delete;
        Pause &operator=(const Pause &) = delete;

    private:
        Watchdog &m_watchdog;
    };

    /// From the application's notify(): an event was delivered, so deep within others. The receiver may be gone: nullptr.
    void delivered(const QObject *receiver, int type, int depth, const Moment &from);
    static Watchdog *watching(); ///< nullptr where nothing is measured

protected:
    bool event(QEvent *event) override;

private:
    double since(const Moment &from) const; ///< ms, without the waiting
    void post(const std::stop_token &stop);
    void note(double took);
    void beginAnew();

    int m_schedstat = -1;
    clockid_t m_processorTime{};
    mutable std::atomic<long> m_faults = 0; ///< as the GUI thread last knew
    QString m_step;
    std::vector<Stretch> m_stretches; ///< the longest of each step, and all that are worth a line
    QStringList m_events;             ///< since the heartbeat before
    double m_longestOne = 0;          ///< ms; of those events and acts
    Moment m_last;                    ///< when the heartbeat before was served
    int m_beats = 0;
    bool m_paused = false;
    std::mutex m_mutex;
    std::condition_variable_any m_served;
    Moment m_posted;
    bool m_waiting = false; ///< a heartbeat is in the queue
    std::jthread m_thread;
};

} // namespace bothways::ui::test
