// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/watch_run.h"

#include "evidence/session_file.h"
#include "session/resolve.h"
#include "session/series_file.h"
#include "session/series_read.h"
#include "words/text.h"
#include "world/task.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <algorithm>
#include <functional>
#include <memory>
#include <mutex>
#include <utility>

namespace bothways::session {

namespace {

using namespace std::chrono_literals;
using evidence::EchoOutcome;
using evidence::PortOutcome;
using watch::Outcome;

constexpr auto portTimeout = 1000ms; // as an echo request has
constexpr auto echoAgain = 5s;       // after no echo could be sent at all
constexpr int mostSessions = 20;     ///< kept beside a series

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

class Watch {
public:
    Watch(world::World &world, const WatchPlan &plan, const net::IpAddress &address, const WatchSink &sink)
        : m_world(world), m_clock(world.clock()), m_plan(plan), m_address(address), m_sink(sink)
    {}

    tl::expected<Watched, Error> go(const QString &target, const std::stop_token &stop)
    {
        m_result.target = target;
        m_result.series = m_plan.series.isEmpty() ? seriesPath(m_plan.target.vm) : m_plan.series;
        auto file = SeriesFile::open(m_world, m_result.series, [this](const watch::Record &record) { tell(record, true); });
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
    qint64 now() const { return std::chrono::duration_cast<std::chrono::milliseconds>(m_clock.sinceEpoch()).count(); }

    void measure(const std::stop_token &outer)
    {
        const std::stop_callback forward(outer, [this] { m_stop.request_stop(); });
        const world::Task<void> echoes(m_clock, [this] { echo(); });
        const world::Task<void> connections(m_clock, [this] { connectPorts(); });
        const world::Task<void> diagnoses(m_clock, [this] { diagnoseAtAlerts(); });
        m_clock.sleepUntil(m_plan.length ? m_clock.now() + *m_plan.length : world::Clock::never, m_stop.get_token());
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
            m_clock.set(m_wake);
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
            if (const auto ended = ping(m_world, m_address, m_plan.target.hostAddress, m_plan.interval, stop, sink); !ended) {
                take(watch::Sample{now(), watch::Kind::Icmp, 0, Outcome::NotMeasured, {}});
                const std::scoped_lock lock(m_mutex);
                m_result.icmpProblem = ended.error().message;
            }
            m_clock.sleep(echoAgain, stop);
        }
    }

    void connectPorts()
    {
        const auto stop = m_stop.get_token();
        const auto &ports = m_plan.target.ports;
        for (auto next = m_clock.now(); !ports.empty() && !stop.stop_requested();) {
            std::vector<std::unique_ptr<world::Task<void>>> running;
            for (const int port : ports) {
                running.push_back(world::beside(m_clock, [this, port, &stop] { connectTo(port, stop); }));
            }
            running.clear(); // all of them have ended
            next = std::max(next + m_plan.interval, m_clock.now());
            m_clock.sleepUntil(next, stop);
        }
    }

    void connectTo(int port, const std::stop_token &stop)
    {
        const auto reading = m_world.tcp(m_address, port, m_plan.target.hostAddress, portTimeout, stop);
        if (const auto outcome = outcomeOf(reading)) {
            const auto rtt = *outcome == Outcome::Answered ? reading.value.rttNs : std::nullopt;
            take(watch::Sample{now(), watch::Kind::Tcp, port, *outcome, rtt});
        }
    }

    void diagnoseAtAlerts()
    {
        const auto stop = m_stop.get_token();
        while (m_plan.headline && awaitAlert(stop)) {
            const auto began = m_clock.now();
            diagnose(stop);
            if (!m_clock.sleepUntil(began + m_plan.diagnoseEvery, stop)) {
                return;
            }
            // What rang meanwhile and is over needs no diagnosis any more.
            const std::scoped_lock lock(m_mutex);
            m_alerted = m_result.monitor.alert(watch::Kind::Icmp).raised || m_result.monitor.alert(watch::Kind::Tcp).raised;
        }
    }

    /// False when it was stopped.
    bool awaitAlert(const std::stop_token &stop)
    {
        do {
            const std::scoped_lock lock(m_mutex);
            if (std::exchange(m_alerted, false)) {
                return !stop.stop_requested();
            }
        } while (m_clock.wait(&m_wake, world::Clock::never, stop) != world::Woken::Stop);
        return false;
    }

    void diagnose(const std::stop_token &stop)
    {
        const auto evidence = run(m_world, m_plan.target, stop);
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

    world::World &m_world;
    world::Clock &m_clock;
    const WatchPlan &m_plan;
    net::IpAddress m_address;
    const WatchSink &m_sink;
    std::stop_source m_stop;
    std::mutex m_mutex;  ///< the file, the result, m_alerted
    world::Event m_wake; ///< m_alerted has become true
    std::optional<SeriesFile> m_file;
    Watched m_result;
    bool m_alerted = false;
};

/// The address to ask, and how the series names the VM.
tl::expected<evidence::Target, Error> find(world::World &world, const Plan &plan, const std::stop_token &stop)
{
    const auto view = readHostView(world);
    if (plan.hostAddress && std::none_of(view.addresses.begin(), view.addresses.end(),
                                         [&](const auto &entry) { return entry.prefix.address() == *plan.hostAddress; })) {
        return tl::unexpected(
            Error{ErrorKind::WrongUse,
                  translate("session", "This host does not have the address %1.").arg(text(plan.hostAddress->toString()))});
    }
    const auto typed = net::IpAddress::parse(plan.vm.toStdString());
    const auto inventory = listVms(world, plan.connection, stop);
    if (!typed && !findVm(inventory.value, plan.vm, typed, view).vm) {
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

tl::expected<Watched, Error> watch(world::World &world, const WatchPlan &plan, const std::stop_token &stop, const WatchSink &sink)
{
    if (const auto why = world.cannotMeasure(); !why.isEmpty()) {
        return tl::unexpected(Error{ErrorKind::CouldNotMeasure, why});
    }
    const auto target = find(world, plan.target, stop);
    if (!target) {
        return tl::unexpected(target.error());
    }
    const auto address = text(target->vmAddress->toString());
    const auto name = target->vm.isEmpty() ? address : QStringLiteral("%1 (%2)").arg(target->vm, address);
    return Watch(world, plan, *target->vmAddress, sink).go(name, stop);
}

} // namespace bothways::session
