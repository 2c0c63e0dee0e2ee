// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/watch.h"

#include "collect/linux/host.h"
#include "evidence/session_file.h"
#include "probe/probe.h"
#include "session/resolve.h"
#include "session/watch_file.h"
#include "words/text.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <algorithm>
#include <condition_variable>
#include <future>
#include <mutex>
#include <thread>

namespace bothways::session {

namespace {

using namespace std::chrono_literals;
using evidence::EchoOutcome;
using evidence::PortOutcome;
using std::chrono::steady_clock;
using watch::Outcome;

constexpr auto portTimeout = 1000ms; // as an echo request has
constexpr auto echoAgain = 5s;       // after no echo could be sent at all
constexpr int mostSessions = 20;     ///< kept beside a series

qint64 now() { return QDateTime::currentMSecsSinceEpoch(); }

/// Empty: it says nothing, the run was stopped.
std::optional<Outcome> outcomeOf(const evidence::EchoSample &sample)
{
    switch (sample.outcome) {
    case EchoOutcome::Reply:
        return sample.late ? Outcome::Failed : Outcome::Answered;
    case EchoOutcome::Cancelled:
        return std::nullopt;
    case EchoOutcome::SendFailed: // no memory, no device: nothing left this host, and nothing of the VM was seen
        return Outcome::NotMeasured;
    default:
        return Outcome::Failed;
    }
}

std::optional<Outcome> outcomeOf(const evidence::Reading<evidence::PortProbe> &reading)
{
    if (!reading.isRead()) {
        return Outcome::NotMeasured;
    }
    switch (reading.value.outcome) {
    case PortOutcome::Open:
        return Outcome::Answered;
    case PortOutcome::Refused:
        return Outcome::Refused;
    case PortOutcome::Cancelled:
        return std::nullopt;
    case PortOutcome::Failed:
        return Outcome::NotMeasured;
    default:
        return Outcome::Failed;
    }
}

/// Sleeps; false when it was stopped.
bool wait(const std::stop_token &stop, steady_clock::time_point until)
{
    std::mutex mutex;
    std::unique_lock lock(mutex);
    std::condition_variable_any wake;
    wake.wait_until(lock, stop, until, [] { return false; });
    return !stop.stop_requested();
}

class Watch {
public:
    Watch(const WatchPlan &plan, const net::IpAddress &address, const WatchSink &sink)
        : m_plan(plan), m_address(address), m_sink(sink)
    {}

    tl::expected<Watched, Error> go(const QString &target, const std::stop_token &stop)
    {
        m_result.target = target;
        m_result.series = m_plan.series.isEmpty() ? seriesPath(m_plan.target.vm) : m_plan.series;
        auto file = SeriesFile::open(m_result.series, [this](const watch::Record &record) { tell(record, true); });
        if (!file) {
            return tl::unexpected(Error{ErrorKind::CouldNotMeasure, file.error()});
        }
        m_file.emplace(std::move(*file));
        m_result.damaged = m_file->damaged();
        take(watch::Begin{now(), false, static_cast<int>(m_plan.interval.count()), m_plan.settings, target});
        measure(stop);
        take(watch::End{now()});
        m_file.reset();
        return std::move(m_result);
    }

private:
    void measure(const std::stop_token &outer)
    {
        const std::stop_callback forward(outer, [this] { m_stop.request_stop(); });
        const std::jthread echoes([this] { echo(); });
        const std::jthread connections([this] { connectPorts(); });
        const std::jthread diagnoses([this] { diagnoseAtAlerts(); });
        const auto never = steady_clock::now() + std::chrono::hours(24 * 365 * 10);
        wait(m_stop.get_token(), m_plan.length ? steady_clock::now() + *m_plan.length : never);
        m_stop.request_stop();
    }

    /// One at a time, in the order in which they are in the file.
    void take(const watch::Record &record)
    {
        const std::scoped_lock lock(m_mutex);
        if (!m_result.fileProblem.isEmpty()) {
            return;
        }
        m_result.fileProblem = m_file->append(record);
        if (!m_result.fileProblem.isEmpty()) {
            m_stop.request_stop();
            return;
        }
        for (const auto &event : tell(record, false)) {
            m_alerted = m_alerted || event.what == watch::What::Raised;
        }
        if (m_alerted) {
            m_wake.notify_all();
        }
    }

    std::vector<watch::Event> tell(const watch::Record &record, bool replayed)
    {
        auto events = m_result.monitor.take(record);
        if (m_sink) {
            m_sink({m_result.monitor, record, events, replayed});
        }
        return events;
    }

    void echo()
    {
        const auto stop = m_stop.get_token();
        const EventSink sink = [this](const Event &event) {
            const auto *arrived = std::get_if<EchoArrived>(&event);
            const auto outcome = arrived == nullptr ? std::nullopt : outcomeOf(arrived->sample);
            if (outcome) {
                const auto rtt = *outcome == Outcome::Answered ? arrived->sample.rttNs : std::nullopt;
                take(watch::Sample{now(), watch::Kind::Icmp, 0, *outcome, rtt});
            }
        };
        while (!stop.stop_requested()) {
            if (const auto ended = ping(m_address, m_plan.target.hostAddress, m_plan.interval, stop, sink); !ended) {
                take(watch::Sample{now(), watch::Kind::Icmp, 0, Outcome::NotMeasured, {}});
                const std::scoped_lock lock(m_mutex);
                m_result.icmpProblem = ended.error().message;
            }
            wait(stop, steady_clock::now() + (stop.stop_requested() ? steady_clock::duration(0) : echoAgain));
        }
    }

    void connectPorts()
    {
        const auto stop = m_stop.get_token();
        const auto &ports = m_plan.target.ports;
        for (auto next = steady_clock::now(); !ports.empty() && !stop.stop_requested();) {
            std::vector<std::future<void>> running;
            for (const int port : ports) {
                running.push_back(std::async(std::launch::async, [this, port, &stop] { connectTo(port, stop); }));
            }
            for (auto &each : running) {
                each.get();
            }
            next = std::max(next + m_plan.interval, steady_clock::now());
            wait(stop, next);
        }
    }

    void connectTo(int port, const std::stop_token &stop)
    {
        const auto reading = probe::tcp(m_address, port, m_plan.target.hostAddress, portTimeout, stop);
        if (const auto outcome = outcomeOf(reading)) {
            const auto rtt = *outcome == Outcome::Answered ? reading.value.rttNs : std::nullopt;
            take(watch::Sample{now(), watch::Kind::Tcp, port, *outcome, rtt});
        }
    }

    void diagnoseAtAlerts()
    {
        const auto stop = m_stop.get_token();
        while (m_plan.headline && !stop.stop_requested()) {
            {
                std::unique_lock lock(m_mutex);
                if (!m_wake.wait(lock, stop, [this] { return m_alerted; })) {
                    return;
                }
                m_alerted = false;
            }
            const auto began = steady_clock::now();
            diagnose(stop);
            if (!wait(stop, began + m_plan.diagnoseEvery)) {
                return;
            }
            // What rang meanwhile and is over needs no diagnosis any more.
            const std::scoped_lock lock(m_mutex);
            m_alerted = m_result.monitor.alert(watch::Kind::Icmp).raised || m_result.monitor.alert(watch::Kind::Tcp).raised;
        }
    }

    void diagnose(const std::stop_token &stop)
    {
        const auto evidence = run(m_plan.target, stop);
        if (stop.stop_requested()) { // half a diagnosis says less than none
            return;
        }
        if (!evidence) {
            take(watch::Diagnosed{now(), {}, evidence.error().message});
            return;
        }
        const QFileInfo series(m_result.series);
        const auto stem = series.completeBaseName() + QLatin1Char('-');
        const auto name = stem + evidence->started.toString(QStringLiteral("yyyyMMdd-hhmmss")) + QStringLiteral(".bothways");
        const bool saved = evidence::save(*evidence, series.dir().filePath(name)).has_value();
        take(watch::Diagnosed{now(), saved ? name : QString(), m_plan.headline(*evidence)});
        forgetOldSessions(series.dir(), stem);
    }

    /// Only names as diagnose() gives them: a time after the series' own name.
    static void forgetOldSessions(const QDir &folder, const QString &stem)
    {
        QStringList names;
        for (const auto &name : folder.entryList({QStringLiteral("*.bothways")}, QDir::Files, QDir::Name)) {
            if (name.startsWith(stem) && name.size() == stem.size() + 24) {
                names << name;
            }
        }
        while (names.size() > mostSessions) {
            QFile::remove(folder.filePath(names.takeFirst()));
        }
    }

    const WatchPlan &m_plan;
    net::IpAddress m_address;
    const WatchSink &m_sink;
    std::stop_source m_stop;
    std::mutex m_mutex; ///< the file, the result, m_alerted
    std::condition_variable_any m_wake;
    std::optional<SeriesFile> m_file;
    Watched m_result;
    bool m_alerted = false;
};

/// The address to ask, and how the series names the VM.
tl::expected<evidence::Target, Error> find(const Plan &plan, const std::stop_token &stop)
{
    HostView view{collect::readLinks().value, collect::readAddresses().value};
    if (plan.hostAddress && std::none_of(view.addresses.begin(), view.addresses.end(),
                                         [&](const auto &entry) { return entry.prefix.address() == *plan.hostAddress; })) {
        return tl::unexpected(
            Error{ErrorKind::WrongUse,
                  translate("session", "This host does not have the address %1.").arg(text(plan.hostAddress->toString()))});
    }
    const auto typed = net::IpAddress::parse(plan.vm.toStdString());
    const auto inventory = listVms(plan.connection, stop);
    if (!typed && !findVm(inventory.value, plan.vm, typed).vm) {
        return tl::unexpected(
            inventory.isRead()
                ? Error{ErrorKind::WrongUse, translate("session", "There is no VM named “%1”.").arg(plan.vm)}
                : Error{ErrorKind::CouldNotMeasure,
                        translate("session", "“%1” is no address, and the virtual machines of this host could not be listed: %2")
                            .arg(plan.vm, inventory.problem)});
    }
    auto target = resolve(plan, inventory.value, view, nullptr);
    if (!target.vmAddress) {
        return tl::unexpected(Error{ErrorKind::CouldNotMeasure,
                                    translate("session", "No address of “%1” is known. Name its address instead.").arg(plan.vm)});
    }
    return target;
}

} // namespace

tl::expected<Watched, Error> watch(const WatchPlan &plan, std::stop_token stop, const WatchSink &sink)
{
    const auto target = find(plan.target, stop);
    if (!target) {
        return tl::unexpected(target.error());
    }
    const auto address = text(target->vmAddress->toString());
    const auto name = target->vm.isEmpty() ? address : QStringLiteral("%1 (%2)").arg(target->vm, address);
    return Watch(plan, *target->vmAddress, sink).go(name, stop);
}

} // namespace bothways::session
