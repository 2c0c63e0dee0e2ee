// SPDX-License-Identifier: GPL-3.0-or-later
#include "watchdog.h"

#include "catch.h"

#include <QCoreApplication>
#include <QMetaEnum>
#include <QThread>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <ctime>

#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <sys/resource.h>
#include <unistd.h>

namespace bothways::ui::test {

namespace {

using namespace std::chrono_literals;
using Milliseconds = std::chrono::duration<double, std::milli>;

constexpr auto beatInterval = 3ms;
constexpr double worthALine = 5;    ///< ms
constexpr double worthKeeping = 20; ///< ms

Watchdog *theOne = nullptr;

QString describe(const QObject *receiver, int type)
{
    const auto *name = QMetaEnum::fromType<QEvent::Type>().valueToKey(type);
    QString path = QString::fromLatin1(receiver->metaObject()->className());
    if (!receiver->objectName().isEmpty()) {
        path += QLatin1Char(' ') + receiver->objectName();
    }
    return QStringLiteral("%1 to %2").arg(name != nullptr ? QString::fromLatin1(name) : QString::number(type), path);
}

} // namespace

Watchdog::Watchdog()
{
    const auto path = "/proc/self/task/" + std::to_string(::gettid()) + "/schedstat";
    m_schedstat = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    REQUIRE(m_schedstat >= 0);
    REQUIRE(::pthread_getcpuclockid(::pthread_self(), &m_processorTime) == 0);
    REQUIRE(theOne == nullptr);
    theOne = this;
    beginAnew();
    m_thread = std::jthread([this](const std::stop_token &stop) { post(stop); });
}

Watchdog::~Watchdog()
{
    theOne = nullptr;
    m_thread.request_stop();
    m_thread.join();
    ::close(m_schedstat);
}

Watchdog *Watchdog::watching() { return theOne; }

/// "time on a processor, time waiting for one, slices"
Watchdog::Moment Watchdog::now() const
{
    std::array<char, 128> text{};
    Moment moment;
    if (::pread(m_schedstat, text.data(), text.size() - 1, 0) > 0) {
        char *end = nullptr;
        std::strtoull(text.data(), &end, 10);
        moment.waited = std::chrono::nanoseconds(std::strtoull(end, nullptr, 10));
    }
    timespec worked{};
    ::clock_gettime(m_processorTime, &worked);
    moment.worked = std::chrono::seconds(worked.tv_sec) + std::chrono::nanoseconds(worked.tv_nsec);
    rusage usage{};
    if (thread() == QThread::currentThread() && ::getrusage(RUSAGE_THREAD, &usage) == 0) {
        m_faults = usage.ru_majflt;
    }
    moment.faults = m_faults;
    moment.at = std::chrono::steady_clock::now();
    return moment;
}

void Watchdog::post(const std::stop_token &stop)
{
    // Before everything else where that is allowed: a heartbeat that is posted late shows less. It costs next to nothing.
    const sched_param first{1};
    ::pthread_setschedparam(::pthread_self(), SCHED_FIFO, &first);
    while (!stop.stop_requested()) {
        {
            std::unique_lock lock(m_mutex);
            m_posted = now();
            m_waiting = true;
            QCoreApplication::postEvent(this, new QEvent(QEvent::User));
            if (!m_served.wait(lock, stop, [this] { return !m_waiting; })) {
                return;
            }
        }
        std::this_thread::sleep_for(beatInterval);
    }
}

double Watchdog::since(const Moment &from) const
{
    const auto at = now();
    // A machine short of memory reads the program itself from the disk again: what counts then is the work.
    return at.faults != from.faults ? Milliseconds(at.worked - from.worked).count()
                                    : Milliseconds((at.at - from.at) - (at.waited - from.waited)).count();
}

bool Watchdog::event(QEvent *event)
{
    if (event->type() != QEvent::User) {
        return QObject::event(event);
    }
    Moment from;
    {
        const std::scoped_lock lock(m_mutex);
        from = m_posted.at > m_last.at ? m_posted : m_last;
        m_waiting = false;
    }
    const double gap = since(from);
    m_served.notify_all();
    note(std::max(gap, m_longestOne));
    m_beats += m_paused ? 0 : 1;
    m_last = now();
    return true;
}

void Watchdog::note(double took)
{
    auto &stretch = m_stretches.back();
    if (!m_paused && took > worthKeeping && stretch.milliseconds > worthKeeping) {
        m_stretches.push_back({took, m_step, m_events});
    } else if (!m_paused && took > stretch.milliseconds) {
        stretch = {took, m_step, m_events};
    }
    m_events.clear();
    m_longestOne = 0;
}

void Watchdog::delivered(const QObject *receiver, int type, int depth, const Moment &from)
{
    const double took = since(from);
    if (took >= worthALine && type != QEvent::User) {
        const auto what = receiver == nullptr ? QStringLiteral("what is gone") : describe(receiver, type);
        m_events << QStringLiteral("%1%2 ms %3").arg(QString(2 * depth, QLatin1Char(' '))).arg(took, 0, 'f', 1).arg(what);
    }
    if (depth == 0) {
        m_longestOne = std::max(m_longestOne, took);
    }
}

void Watchdog::act(const QString &what, const std::function<void()> &action)
{
    step(what);
    const auto from = now();
    action();
    note(since(m_last.at > from.at ? m_last : from)); // a heartbeat may have been served within
    m_last = now();
}

void Watchdog::beginAnew()
{
    m_stretches.push_back({0, m_step, {}});
    m_events.clear();
    m_last = now();
}

void Watchdog::step(const QString &what)
{
    note(m_longestOne);
    m_step = what;
    beginAnew();
}

Watchdog::Pause::Pause(Watchdog &watchdog) : m_watchdog(watchdog) { m_watchdog.m_paused = true; }

Watchdog::Pause::~Pause()
{
    m_watchdog.m_paused = false;
    m_watchdog.beginAnew();
}

std::vector<Watchdog::Stretch> Watchdog::longerThan(double milliseconds) const
{
    std::vector<Stretch> found;
    std::copy_if(m_stretches.begin(), m_stretches.end(), std::back_inserter(found),
                 [milliseconds](const Stretch &each) { return each.milliseconds > milliseconds; });
    std::sort(found.begin(), found.end(), [](const auto &a, const auto &b) { return a.milliseconds > b.milliseconds; });
    return found;
}

double Watchdog::longest() const
{
    const auto found = longerThan(0);
    return found.empty() ? 0 : found.front().milliseconds;
}

std::string Watchdog::report(double limit) const
{
    QString text = QStringLiteral("%1 heartbeats\n").arg(m_beats);
    for (const auto &stretch : m_stretches) {
        text += QStringLiteral("%1 ms  %2\n").arg(stretch.milliseconds, 7, 'f', 1).arg(stretch.step);
        if (stretch.milliseconds > limit) {
            text += QStringLiteral("            ") + stretch.events.join(QStringLiteral("\n            ")) + QLatin1Char('\n');
        }
    }
    return text.toStdString();
}

} // namespace bothways::ui::test
