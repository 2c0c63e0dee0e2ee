// SPDX-License-Identifier: GPL-3.0-or-later
#include "world/scripted/scripted_world.h"

#include "words/text.h"
#include "world/recorded.h"
#include "world/scripted/virtual_clock.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <algorithm>
#include <utility>

namespace bothways::world {

using namespace std::chrono_literals;
using namespace Qt::Literals::StringLiterals;
using evidence::Access;
using evidence::EchoOutcome;
using evidence::PortOutcome;
using evidence::Reading;

/// What all views of one scripted machine share.
class ScriptedWorld::State {
public:
    explicit State(Script made)
        : script(std::move(made))
        , clock(std::chrono::milliseconds(script.evidence.started.toMSecsSinceEpoch()))
        , recorded(script.evidence)
    {}

    Script::Span passed() const { return std::chrono::duration_cast<Script::Span>(clock.now().time_since_epoch()); }
    bool isOut() const
    {
        return std::any_of(script.outages.begin(), script.outages.end(),
                           [now = passed()](const auto &outage) { return now >= outage.from && now < outage.until; });
    }
    /// Why the helper answers no more; empty while it does.
    QString helperGone() const
    {
        return script.helperLost && passed() >= script.helperLost->at ? script.helperLost->words : QString();
    }

    /// Takes as long as the script says, at most until the deadline; then what went wrong.
    std::optional<Script::Failure> pass(Step step, const std::stop_token &stop, Script::Span deadline = Script::Span::max())
    {
        if (const auto span = script.takes.find(step); span != script.takes.end()) {
            if (!clock.sleep(std::min(span->second, deadline), stop)) {
                return Script::Failure{Access::Failed, u"Stopped before the answer came."_s};
            }
            if (span->second > deadline) {
                return Script::Failure{Access::TimedOut, u"No answer in time."_s};
            }
        }
        const auto failure = script.failures.find(step);
        return failure == script.failures.end() ? std::nullopt : std::optional(failure->second);
    }

    /// `ask`, after what the script says of the step.
    template <typename Ask>
    auto after(Step step, const std::stop_token &stop, const Ask &ask) -> decltype(ask())
    {
        const auto failure = pass(step, stop);
        return failure ? decltype(ask())::missing(failure->access, source, failure->words) : ask();
    }

    inline static const QString source = u"script"_s;
    const Script script;
    VirtualClock clock;
    RecordedWorld recorded;
};

namespace {

using State = ScriptedWorld::State;

class ScriptedHypervisor final : public collect::Hypervisor {
public:
    ScriptedHypervisor(std::shared_ptr<State> state, std::unique_ptr<collect::Hypervisor> recorded)
        : m_state(std::move(state)), m_recorded(std::move(recorded))
    {}

    evidence::Worded<evidence::HypervisorId> id() const override { return m_recorded->id(); }
    evidence::GuestChannel channel() const override { return m_recorded->channel(); }
    Reading<evidence::Inventory> inventory(std::stop_token stop) override
    {
        return m_state->after(Step::Inventory, stop, [&] { return m_recorded->inventory(stop); });
    }
    /// What the script prints for a report; nothing, as from a guest without the program, for anything else.
    Reading<QByteArray> runInGuest(const evidence::Vm & /*vm*/, collect::guest::System /*system*/, const QByteArray & /*script*/,
                                   const collect::GuestCall & /*call*/) override
    {
        return Reading<QByteArray>::read(m_reports ? *m_state->script.guestOutput : QByteArray(), State::source);
    }
    Reading<evidence::Guest> readGuest(const evidence::Vm &vm, const std::vector<net::IpAddress> &hostAddresses,
                                       const collect::GuestCall &call) override
    {
        if (const auto &wanted = m_state->script.login;
            wanted && !(call.login && call.login->user == wanted->user && call.login->password == wanted->password)) {
            return Reading<evidence::Guest>::missing(Access::Denied, State::source, u"The guest asks for a login."_s);
        }
        if (const auto failure = m_state->pass(Step::Guest, call.stop, call.deadline)) {
            return Reading<evidence::Guest>::missing(failure->access, State::source, failure->words);
        }
        m_reports = m_state->script.guestOutput.has_value();
        auto guest = m_reports ? Hypervisor::readGuest(vm, hostAddresses, call) : m_recorded->readGuest(vm, hostAddresses, call);
        m_reports = false;
        return guest;
    }
    Reading<evidence::NodeSnapshot> readGuestAgain(const evidence::Vm &vm, const collect::GuestCall &call) override
    {
        const auto failure = m_state->pass(Step::GuestAgain, call.stop, call.deadline);
        return failure ? Reading<evidence::NodeSnapshot>::missing(failure->access, State::source, failure->words)
                       : m_recorded->readGuestAgain(vm, call);
    }

private:
    std::shared_ptr<State> m_state;
    std::unique_ptr<collect::Hypervisor> m_recorded;
    bool m_reports = false;
};

/// One that only lists what it knows.
class ListingHypervisor final : public collect::Hypervisor {
public:
    explicit ListingHypervisor(Script::Hypervisor made) : m_made(std::move(made)) {}

    evidence::Worded<evidence::HypervisorId> id() const override
    {
        return evidence::Worded<evidence::HypervisorId>::of(m_made.id);
    }
    evidence::GuestChannel channel() const override { return evidence::GuestChannel::None; }
    Reading<evidence::Inventory> inventory(std::stop_token /*stop*/) override { return m_made.inventory; }
    Reading<QByteArray> runInGuest(const evidence::Vm &vm, collect::guest::System /*system*/, const QByteArray & /*script*/,
                                   const collect::GuestCall & /*call*/) override
    {
        return Reading<QByteArray>::missing(Access::Absent, m_made.id + u" channel"_s, u"%1 has no channel."_s.arg(vm.name));
    }

private:
    Script::Hypervisor m_made;
};

class ScriptedSource final : public capture::LiveSource {
public:
    ScriptedSource(std::shared_ptr<State> state, CaptureRequest request)
        : m_state(std::move(state)), m_request(std::move(request)), m_counts(m_request.interfaces.size())
    {}

    tl::expected<void, std::string> read(capture::LiveSink &sink, std::chrono::milliseconds wait) override
    {
        if (!m_opened) {
            m_opened = true;
            for (std::uint32_t point = 0; point < m_request.interfaces.size(); ++point) {
                sink.changed({point, capture::LiveChange::Status::Open, 1, true, {}});
            }
        }
        m_state->clock.sleep(wait, {});
        if (const auto gone = m_state->helperGone(); !gone.isEmpty()) {
            return tl::unexpected(gone.toStdString());
        }
        const auto &frames = m_state->script.frames;
        for (; m_next < frames.size() && frames[m_next].at <= m_state->passed(); ++m_next) {
            hand(sink, frames[m_next]);
        }
        return {};
    }

    std::vector<capture::LiveCount> counts() const override { return m_counts; }

private:
    void hand(capture::LiveSink &sink, const Script::Frame &made)
    {
        const auto &names = m_request.interfaces;
        const auto place = std::find(names.begin(), names.end(), made.interface);
        if (place == names.end()) {
            return;
        }
        capture::Frame frame;
        frame.point = static_cast<std::uint32_t>(place - names.begin());
        frame.time = m_state->clock.sinceEpoch().count();
        frame.bytes = net::Bytes(reinterpret_cast<const std::uint8_t *>(made.bytes.constData()),
                                 static_cast<std::size_t>(made.bytes.size()));
        frame.originalLength = static_cast<std::uint32_t>(made.bytes.size());
        ++m_counts[frame.point].received;
        sink.frame(frame);
    }

    std::shared_ptr<State> m_state;
    CaptureRequest m_request;
    std::vector<capture::LiveCount> m_counts;
    bool m_opened = false;
    std::size_t m_next = 0; ///< of the script's frames
};

/// A file of the real disk, of which there is as much as the script says.
class ScriptedFile final : public AppendFile {
public:
    ScriptedFile(const QString &path, std::optional<qint64> room) : m_file(path), m_room(room)
    {
        QDir().mkpath(QFileInfo(path).path());
    }
    bool open() { return m_file.open(QIODevice::ReadWrite | QIODevice::Append); }
    QString why() const { return m_file.errorString(); }

    qint64 size() const override { return m_file.size(); }
    QString append(const QByteArray &bytes) override
    {
        if (m_room && m_file.size() + bytes.size() > *m_room) {
            return u"No space left on device"_s;
        }
        return m_file.write(bytes) == bytes.size() && m_file.flush() ? QString() : m_file.errorString();
    }
    QString cutTo(qint64 bytes) override { return m_file.resize(bytes) ? QString() : m_file.errorString(); }
    QString flush() override { return m_file.flush() ? QString() : m_file.errorString(); }
    QString closeAs(const QString &path) override
    {
        m_file.close();
        QFile::remove(path);
        return m_file.rename(path) ? QString() : m_file.errorString();
    }

private:
    QFile m_file;
    std::optional<qint64> m_room;
};

} // namespace

ScriptedWorld::ScriptedWorld(Script script)
{
    std::stable_sort(script.frames.begin(), script.frames.end(),
                     [](const auto &one, const auto &other) { return one.at < other.at; });
    m_state = std::make_shared<State>(std::move(script));
}

ScriptedWorld::ScriptedWorld(std::shared_ptr<State> state) : m_state(std::move(state)) {}

Clock &ScriptedWorld::clock() { return m_state->clock; }

Elevated ScriptedWorld::elevated(const HelperWanted & /*wanted*/, const std::stop_token & /*stop*/)
{
    return {std::unique_ptr<World>(new ScriptedWorld(m_state)), m_state->script.evidence.rights};
}

QString ScriptedWorld::cannotUnlock(const evidence::Rights &rights) const { return m_state->recorded.cannotUnlock(rights); }

Unlocked ScriptedWorld::unlock(const std::stop_token &stop) { return m_state->recorded.unlock(stop); }

Reading<std::vector<evidence::Link>> ScriptedWorld::links() { return m_state->recorded.links(); }

Reading<std::vector<evidence::InterfaceAddress>> ScriptedWorld::addresses() { return m_state->recorded.addresses(); }

Reading<evidence::NodeFacts> ScriptedWorld::host(const std::vector<collect::RouteQuestion> &questions,
                                                 const std::stop_token &stop)
{
    auto facts = m_state->after(Step::Host, stop, [&] { return m_state->recorded.host(questions, stop); });
    if (const auto gone = m_state->helperGone(); !gone.isEmpty()) {
        for (auto &dump : facts.value.rulesets) {
            dump.text = Reading<QString>::missing(Access::Denied, State::source, gone);
        }
    }
    return facts;
}

Reading<evidence::NodeSnapshot> ScriptedWorld::snapshot(const std::stop_token &stop)
{
    return m_state->after(Step::Snapshot, stop, [&] { return m_state->recorded.snapshot(stop); });
}

std::vector<DebugSection> ScriptedWorld::debugSections() { return {}; }

std::vector<std::unique_ptr<collect::Hypervisor>> ScriptedWorld::hypervisors(const QString &connection)
{
    std::vector<std::unique_ptr<collect::Hypervisor>> all;
    for (auto &recorded : m_state->recorded.hypervisors(connection)) {
        all.push_back(std::make_unique<ScriptedHypervisor>(m_state, std::move(recorded)));
    }
    for (const auto &made : m_state->script.hypervisors) {
        all.push_back(std::make_unique<ListingHypervisor>(made));
    }
    return all;
}

Reading<evidence::EchoSeries> ScriptedWorld::echo(const probe::EchoPlan &plan, const std::stop_token &stop,
                                                  const probe::SampleSink &sink)
{
    if (const auto failure = m_state->pass(Step::Echo, stop)) {
        return Reading<evidence::EchoSeries>::missing(failure->access, State::source, failure->words);
    }
    const auto &echoes = m_state->script.evidence.probes.echoes;
    const auto exact = std::find_if(echoes.begin(), echoes.end(), [&](const auto &each) {
        return each.value.purpose == plan.purpose && each.value.target == plan.target && each.value.source == plan.source;
    });
    if (echoes.empty() || !echoes.front().isRead() || echoes.front().value.samples.empty()) {
        return m_state->recorded.echo(plan, stop, sink);
    }
    auto series = exact == echoes.end() ? echoes.front() : *exact;
    series.value.purpose = plan.purpose;
    series.value.target = plan.target;
    series.value.source = plan.source ? plan.source : series.value.source;
    series.value.interface = plan.interface;
    const auto model = std::exchange(series.value.samples, {});
    auto &samples = series.value.samples;
    auto &clock = m_state->clock;
    while (std::ssize(samples) < plan.count && (samples.empty() || clock.sleep(plan.interval, stop))) {
        auto sample = model[samples.size() % model.size()];
        sample.sequence = static_cast<int>(samples.size()) + 1;
        sample.sentAt = clock.utc();
        if (m_state->isOut()) {
            sample = {sample.sequence, sample.sentAt, EchoOutcome::Silence, {}, {}, {}, {}, {}, {}, {}, 0, false};
        }
        samples.push_back(sample);
        if (sink) {
            sink(sample);
        }
    }
    if (samples.back().outcome == EchoOutcome::Silence && !clock.sleep(plan.timeout, stop)) {
        samples.back().outcome = EchoOutcome::Cancelled;
    }
    return series;
}

Reading<evidence::NeighbourProbe> ScriptedWorld::neighbour(const net::IpAddress &target, const QString &interface, int requests,
                                                           std::chrono::milliseconds wait, const std::stop_token &stop)
{
    if (const auto gone = m_state->helperGone(); !gone.isEmpty()) {
        return Reading<evidence::NeighbourProbe>::missing(Access::Failed, State::source, gone);
    }
    auto probe = m_state->after(Step::Neighbour, stop,
                                [&] { return m_state->recorded.neighbour(target, interface, requests, wait, stop); });
    m_state->clock.sleep(wait, stop);
    return probe;
}

Reading<evidence::PortProbe> ScriptedWorld::tcp(const net::IpAddress &target, int port,
                                                const std::optional<net::IpAddress> &source, std::chrono::milliseconds timeout,
                                                const std::stop_token &stop)
{
    auto probe = m_state->after(Step::Tcp, stop, [&] { return m_state->recorded.tcp(target, port, source, timeout, stop); });
    if (m_state->isOut()) {
        probe.value.outcome = PortOutcome::Silent;
        probe.value.rttNs.reset();
    }
    const bool isSilent = probe.value.outcome == PortOutcome::Silent;
    if (!m_state->clock.sleep(
            isSilent ? std::chrono::nanoseconds(timeout) : std::chrono::nanoseconds(probe.value.rttNs.value_or(0)), stop)) {
        probe.value.outcome = PortOutcome::Cancelled;
    }
    return probe;
}

Reading<evidence::PathTrace> ScriptedWorld::trace(const probe::TracePlan &plan, const std::stop_token &stop)
{
    const auto failure = m_state->pass(Step::Trace, stop, plan.deadline);
    return failure ? Reading<evidence::PathTrace>::missing(failure->access, State::source, failure->words)
                   : m_state->recorded.trace(plan, stop);
}

Reading<evidence::PathMtu> ScriptedWorld::pathMtu(const probe::PathMtuPlan &plan, const std::stop_token &stop)
{
    const auto failure = m_state->pass(Step::PathMtu, stop, plan.deadline);
    return failure ? Reading<evidence::PathMtu>::missing(failure->access, State::source, failure->words)
                   : m_state->recorded.pathMtu(plan, stop);
}

tl::expected<evidence::Sweep, QString> ScriptedWorld::sweep(const std::vector<net::IpAddress> &addresses,
                                                            const std::stop_token &stop, const probe::SweepSink &sink)
{
    return m_state->recorded.sweep(addresses, stop, sink);
}

CaptureOpened ScriptedWorld::capture(const CaptureRequest &request, const std::stop_token &stop)
{
    if (const auto failure = m_state->pass(Step::Capture, stop)) {
        return tl::unexpected(failure->words);
    }
    if (m_state->script.frames.empty()) { // silence on every interface would contradict a session in which something was answered
        return tl::unexpected(u"The script has no frames."_s);
    }
    return std::make_unique<ScriptedSource>(m_state, request);
}

tl::expected<std::unique_ptr<AppendFile>, AppendProblem> ScriptedWorld::appendTo(const QString &path)
{
    auto file = std::make_unique<ScriptedFile>(path, m_state->script.diskBytes);
    if (!file->open()) {
        return tl::unexpected(AppendProblem{false, file->why()});
    }
    return file;
}

} // namespace bothways::world
