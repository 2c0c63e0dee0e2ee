// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/session.h"

#include "collect/guest/report.h"
#include "collect/guest/script.h"
#include "session/announcer.h"
#include "session/capture_files.h"
#include "session/guest_capture.h"
#include "session/inventory.h"
#include "session/live_capture.h"
#include "session/path_probes.h"
#include "session/preferences.h"
#include "session/resolve.h"
#include "words/text.h"
#include "world/task.h"

#include <QSysInfo>

#include <algorithm>
#include <functional>
#include <utility>

namespace bothways::session {

namespace {

using namespace std::chrono_literals;
using evidence::Access;
using evidence::Reading;

constexpr auto guestDeadline = 12s; // an emulated guest needs 3 s; more would leave no time for the probes
constexpr auto guestAfterDeadline = 5s;
constexpr auto captureOpening = 2s;
constexpr auto portTimeout = 2s;
constexpr int comparisonCount = 3; // echoes from each further source: enough to tell "works" from "never"

/// One run: owns the evidence while it grows, so that a stop at any point keeps what there is.
class Run {
public:
    Run(world::World &world, const Plan &plan, std::stop_token stop, const EventSink &sink)
        : m_outer(world), m_clock(world.clock()), m_plan(plan), m_stop(std::move(stop)), m_announce(sink)
    {
        m_evidence.tool.version = QStringLiteral(BOTHWAYS_VERSION);
        m_evidence.tool.platform = QSysInfo::prettyProductName() + QLatin1Char(' ') + QSysInfo::kernelVersion() +
                                   QLatin1Char(' ') + QSysInfo::currentCpuArchitecture();
        m_evidence.started = m_clock.utc();
    }

    tl::expected<evidence::Evidence, Error> go()
    {
        m_announce.stage(Stage::Resolving);
        if (auto error = readPastedReport()) {
            return tl::unexpected(*error);
        }
        if (auto files = openCaptures(m_plan.captureFiles); !files) { // not after half a minute of measuring
            return tl::unexpected(files.error());
        }
        readSurroundings();
        if (auto error = resolveTarget()) {
            return tl::unexpected(*error);
        }
        beginCapture();
        // Beside the guest's own report: none of this moves the echo counters that the report begins with. The target is
        // copied because the report may refine it meanwhile.
        const auto known = m_evidence.target;
        world::Task<void> probing(m_clock, [this, &known] { probeNeighbourAndPorts(known); });
        readGuest();
        probing.get();
        if (!known.vmAddress) {
            probeNeighbourAndPorts(m_evidence.target); // only the guest knew its address
        }
        if (m_evidence.target.vmAddress && !m_stop.stop_requested()) {
            probeEcho();
            readGuestAfter();
            compareSources();
            listenToVm();
        }
        endCapture();
        m_announce.stage(Stage::ReadingHost);
        readHost();
        settlePorts(m_evidence.captures.value, m_evidence);
        if (!m_evidence.captures.isRead()) { // no right to capture: the files stand alone
            if (auto added = addCaptures(m_evidence, m_plan.captureFiles, m_stop); !added) {
                return tl::unexpected(added.error());
            }
        }
        probePath(*m_world, m_evidence, m_plan.hostAddress, m_stop);
        m_evidence.interrupted = m_stop.stop_requested();
        m_evidence.finished = m_clock.utc();
        m_announce.stage(Stage::Done);
        return std::move(m_evidence);
    }

private:
    std::optional<Error> readPastedReport()
    {
        if (m_plan.guestReport.isEmpty()) {
            return std::nullopt;
        }
        auto guest = collect::guest::parseReport(m_plan.guestReport, evidence::GuestChannel::GuestReport);
        if (!guest) {
            return Error{ErrorKind::WrongUse,
                         translate("session", "The guest report cannot be read: %1").arg(guest.error().message)};
        }
        m_evidence.guest = Reading<evidence::Guest>::read(std::move(*guest), name(evidence::GuestChannel::GuestReport));
        return std::nullopt;
    }

    void readSurroundings()
    {
        // The helper comes first: what is read beside this may need it.
        auto elevated = m_outer.elevated({m_plan.askForRights, false, m_plan.helper}, m_stop);
        m_world = std::move(elevated.world);
        m_evidence.rights = std::move(elevated.rights);
        const auto view = world::beside(m_clock, [this] { return readHostView(*m_world); });
        const auto before = world::beside(m_clock, [this] { return m_world->snapshot(m_stop); });
        m_hypervisors = m_world->hypervisors(m_plan.connection);
        m_evidence.inventory = inventoryOf(m_hypervisors, m_stop);
        m_hostView = view->get();
        m_evidence.hostBefore = before->get();
    }

    bool isOurs(const net::IpAddress &address) const
    {
        return std::any_of(m_hostView.addresses.begin(), m_hostView.addresses.end(),
                           [&](const auto &entry) { return entry.prefix.address() == address; });
    }

    std::optional<Error> resolveTarget()
    {
        const auto typed = net::IpAddress::parse(m_plan.vm.toStdString());
        if (!typed && !findVm(m_evidence.inventory.value, m_plan.vm, typed).vm) {
            return unknownVm();
        }
        const auto *guest = m_evidence.guest.isRead() ? &m_evidence.guest.value : nullptr;
        m_evidence.target = resolve(m_plan, m_evidence.inventory.value, m_hostView, guest);
        if (typed && guest == nullptr && !findVm(m_evidence.inventory.value, m_plan.vm, typed).vm && isOurs(*typed)) {
            return Error{ErrorKind::WrongUse,
                         translate("session", "%1 is an address of this host itself, not of a VM.").arg(m_plan.vm)};
        }
        const auto &interface = m_plan.interface;
        if (!interface.isEmpty() && std::none_of(m_hostView.links.begin(), m_hostView.links.end(),
                                                 [&](const auto &link) { return link.name == interface; })) {
            return Error{ErrorKind::WrongUse, translate("session", "This host has no interface “%1”.").arg(interface)};
        }
        if (m_plan.hostAddress && !isOurs(*m_plan.hostAddress)) {
            return Error{
                ErrorKind::WrongUse,
                translate("session", "This host does not have the address %1.").arg(text(m_plan.hostAddress->toString()))};
        }
        return std::nullopt;
    }

    Error unknownVm() const
    {
        if (!m_evidence.inventory.isRead()) {
            return {ErrorKind::CouldNotMeasure,
                    translate("session", "“%1” is no address, and the virtual machines of this host could not be listed: %2")
                        .arg(m_plan.vm, m_evidence.inventory.problem)};
        }
        QStringList names;
        for (const auto &vm : m_evidence.inventory.value.vms) {
            names << vm.name;
        }
        return {ErrorKind::WrongUse,
                names.isEmpty() ? translate("session", "There is no VM named “%1”: the hypervisor knows none.").arg(m_plan.vm)
                                : translate("session", "There is no VM named “%1”. Known here: %2.")
                                      .arg(m_plan.vm, names.join(QLatin1String(", ")))};
    }

    std::vector<net::IpAddress> hostAddresses() const
    {
        std::vector<net::IpAddress> addresses;
        for (const auto &address : {m_evidence.target.hostAddress, m_evidence.target.hostAddress6}) {
            if (address) {
                addresses.push_back(*address);
            }
        }
        return addresses;
    }

    /// The hypervisor and VM through which the guest can be asked; null where there is no such way.
    std::pair<collect::Hypervisor *, const evidence::Vm *> channel() const
    {
        const auto typed = net::IpAddress::parse(m_plan.vm.toStdString());
        const auto match = findVm(m_evidence.inventory.value, m_plan.vm, typed);
        for (const auto &hypervisor : m_hypervisors) {
            if (match.vm && hypervisor->id() == match.vm->hypervisor) {
                return {hypervisor.get(), match.vm};
            }
        }
        return {nullptr, nullptr};
    }

    void readGuest()
    {
        if (m_evidence.guest.isRead() || m_stop.stop_requested()) {
            return;
        }
        const auto [hypervisor, vm] = channel();
        if (!hypervisor) {
            m_evidence.guest = Reading<evidence::Guest>::missing(
                Access::Absent, QStringLiteral("guest channel"),
                translate(
                    "session",
                    "No channel into the VM is known. Run the guest script in the VM and give its output as the guest report."));
            return;
        }
        m_announce.stage(Stage::ReadingGuest, name(hypervisor->channel()));
        m_evidence.guest = hypervisor->readGuest(*vm, hostAddresses(), {m_plan.guestLogin, guestDeadline, m_stop});
        if (!m_evidence.guest.isRead()) {
            return;
        }
        m_announce.guestsPing(m_evidence.guest.value.echoToHost);
        m_evidence.target = resolve(m_plan, m_evidence.inventory.value, m_hostView, &m_evidence.guest.value);
        m_capture->addInterest(m_evidence.target);
    }

    void readGuestAfter()
    {
        const auto [hypervisor, vm] = channel();
        if (!hypervisor || !m_evidence.guest.isRead() || m_evidence.guest.value.channel != hypervisor->channel() ||
            m_stop.stop_requested()) {
            return;
        }
        m_evidence.guest.value.after = hypervisor->readGuestAgain(*vm, {m_plan.guestLogin, guestAfterDeadline, m_stop});
    }

    void probeNeighbourAndPorts(const evidence::Target &target)
    {
        if (!target.vmAddress) {
            return;
        }
        const auto neighbour = world::beside(m_clock, [&] {
            std::vector<Reading<evidence::NeighbourProbe>> readings;
            for (const auto &address : {target.vmAddress, target.vmAddress6}) {
                if (address && !target.interface.isEmpty()) {
                    readings.push_back(m_world->neighbour(*address, target.interface, 3, 700ms, m_stop));
                }
            }
            return readings;
        });
        std::vector<std::unique_ptr<world::Task<Reading<evidence::PortProbe>>>> ports;
        for (const int port : m_plan.ports) {
            ports.push_back(world::beside(m_clock, [this, &target, port] {
                return m_world->tcp(*target.vmAddress, port, m_plan.hostAddress, portTimeout, m_stop);
            }));
        }
        m_evidence.probes.neighbours = neighbour->get();
        for (const auto &port : ports) {
            m_evidence.probes.ports.push_back(port->get());
        }
    }

    void beginCapture()
    {
        m_capture = std::make_unique<LiveCapture>(*m_world, m_evidence.target, m_hostView, m_plan.capture);
        // Before the guest is read: by the time that is done, it has begun.
        const auto [hypervisor, vm] = channel();
        if (hypervisor && vm->agentConfigured && hypervisor->systemOf(*vm) == collect::guest::System::Linux &&
            m_evidence.target.vmMac && !m_evidence.guest.isRead()) {
            m_guestCapture = std::make_unique<GuestCapture>(*m_world, m_plan, *vm, *m_evidence.target.vmMac, m_stop);
        }
        m_capture->awaitOpen(captureOpening);
    }

    void endCapture()
    {
        // Captures made elsewhere during this run are followed together with its own: behind a NAT only both show one packet.
        if (m_guestCapture) {
            m_guestCapture->end();
        }
        if (!m_plan.captureFiles.isEmpty()) {
            m_announce.stage(Stage::ReadingCaptures);
        }
        m_evidence.captures = m_capture->end([this](auto &follower, auto &points) {
            if (m_guestCapture) {
                m_guestCapture->follow(m_evidence.target, follower, points, m_stop);
            }
            followFiles(m_plan.captureFiles, m_evidence.target, follower, points, m_stop);
        });
        m_capture.reset();
        m_guestCapture.reset();
    }

    /// A VM without a channel cannot be asked, but what it sends can be seen. The size tells its ping from all others, whatever
    /// address it comes from.
    void listenToVm()
    {
        const auto host = m_evidence.target.hostAddress;
        if (m_plan.listen.count() == 0 || !host || m_evidence.guest.isRead() || m_stop.stop_requested() || !m_capture->isOpen()) {
            return;
        }
        m_announce.stage(Stage::Listening, text(host->toString()));
        const int bytes = evidence::askingPingBytes(host->isV4());
        const auto until = m_clock.now() + m_plan.listen;
        while (m_clock.now() < until && !m_stop.stop_requested() && !m_plan.listenNoMore.stop_requested() &&
               m_capture->echoes(bytes) < evidence::askingPingCount) {
            m_clock.sleep(100ms, m_stop);
        }
        m_clock.sleep(200ms, {}); // the last one's answer
    }

    probe::EchoPlan echoPlan(const net::IpAddress &target, evidence::EchoPurpose purpose) const
    {
        probe::EchoPlan plan;
        plan.purpose = purpose;
        plan.target = target;
        plan.count = m_plan.echoCount;
        plan.interval = m_plan.echoInterval;
        if (target.isLinkLocal()) {
            plan.interface = m_evidence.target.interface;
        }
        return plan;
    }

    void probeEcho()
    {
        m_announce.stage(Stage::Probing);
        const auto &target = m_evidence.target;
        auto main = echoPlan(*target.vmAddress, evidence::EchoPurpose::Main);
        main.source = m_plan.hostAddress;
        const auto second = world::beside(m_clock, [&]() -> std::optional<Reading<evidence::EchoSeries>> {
            if (!target.vmAddress6) {
                return std::nullopt;
            }
            return m_world->echo(echoPlan(*target.vmAddress6, evidence::EchoPurpose::V6), m_stop,
                                 m_announce.samples(evidence::EchoPurpose::V6));
        });
        m_evidence.probes.echoes.push_back(m_world->echo(main, m_stop, m_announce.samples(main.purpose)));
        if (auto reading = second->get()) {
            m_evidence.probes.echoes.push_back(std::move(*reading));
        }
    }

    /// After the guest's counters were read again, so that these requests do not blur them.
    void compareSources()
    {
        const auto &main = m_evidence.probes.echoes.front();
        if (!main.isRead() || main.value.received() == main.value.sent() || m_stop.stop_requested()) {
            return;
        }
        std::vector<std::unique_ptr<world::Task<Reading<evidence::EchoSeries>>>> running;
        for (const auto &source : otherSources(m_evidence.target, m_hostView, main.value.source)) {
            auto plan = echoPlan(*m_evidence.target.vmAddress, evidence::EchoPurpose::OtherSource);
            plan.source = source;
            plan.count = comparisonCount;
            running.push_back(world::beside(m_clock, [this, plan] { return m_world->echo(plan, m_stop); }));
        }
        for (const auto &series : running) {
            m_evidence.probes.echoes.push_back(series->get());
        }
    }

    /// To the VM from the address that the kernel chooses, and from the one that a reply to the VM has; and what comes in from
    /// it.
    static void askRoutes(std::vector<collect::RouteQuestion> &questions, const std::optional<net::IpAddress> &host,
                          const std::optional<net::IpAddress> &vm, const QString &interface)
    {
        if (!vm) {
            return;
        }
        questions.push_back({*vm, std::nullopt});
        if (host && host->family() == vm->family()) {
            questions.push_back({*vm, host});
            if (!interface.isEmpty()) {
                questions.push_back({*host, vm, interface});
            }
        }
    }

    void readHost()
    {
        std::vector<collect::RouteQuestion> questions;
        const auto &target = m_evidence.target;
        askRoutes(questions, target.hostAddress, target.vmAddress, target.interface);
        askRoutes(questions, target.hostAddress6, target.vmAddress6, target.interface);
        m_evidence.host = m_world->host(questions, m_stop);
    }

    world::World &m_outer;
    world::Clock &m_clock;
    const Plan &m_plan;
    std::stop_token m_stop;
    Announcer m_announce;
    evidence::Evidence m_evidence;
    std::unique_ptr<world::World> m_world; ///< with the helper
    std::vector<std::unique_ptr<collect::Hypervisor>> m_hypervisors;
    HostView m_hostView;
    std::unique_ptr<GuestCapture> m_guestCapture;
    std::unique_ptr<LiveCapture> m_capture; ///< last: its thread uses the others
};

/// Passes the caller's stop on, and adds one of its own when the deadline comes.
class Deadline {
public:
    Deadline(world::Clock &clock, std::stop_token outer, std::chrono::seconds after)
        : m_forward(std::move(outer), [this] { m_source.request_stop(); })
        , m_timer(clock, [this, &clock, until = clock.now() + after] {
            if (clock.sleepUntil(until, m_over.get_token())) {
                m_source.request_stop();
            }
        })
    {}
    ~Deadline() { m_over.request_stop(); }
    Deadline(const Deadline &) = delete;
    Deadline &operator=(const Deadline &) = delete;
    std::stop_token token() const { return m_source.get_token(); }

private:
    std::stop_source m_source;
    std::stop_source m_over;
    std::stop_callback<std::function<void()>> m_forward;
    world::Task<void> m_timer;
};

Error cannotMeasure(const world::World &world) { return {ErrorKind::CouldNotMeasure, world.cannotMeasure()}; }

} // namespace

tl::expected<evidence::Evidence, Error> run(world::World &world, const Plan &plan, std::stop_token stop, const EventSink &sink)
{
    if (!world.cannotMeasure().isEmpty()) {
        return tl::unexpected(cannotMeasure(world));
    }
    if (plan.vm.isEmpty()) {
        return tl::unexpected(Error{ErrorKind::WrongUse, translate("session", "No VM was named.")});
    }
    const auto sane = bounded(plan);
    const Deadline deadline(world.clock(), std::move(stop), sane.deadline + sane.listen);
    return Run(world, sane, deadline.token(), sink).go();
}

evidence::Reading<evidence::Inventory> listVms(world::World &world, const QString &connection, const std::stop_token &stop)
{
    if (!world.cannotMeasure().isEmpty()) {
        return Reading<evidence::Inventory>::missing(Access::Absent, QStringLiteral("this build"), world.cannotMeasure());
    }
    return inventoryOf(world.hypervisors(connection), stop);
}

evidence::Reading<evidence::Rights> rights(world::World &world, const std::shared_ptr<privilege::Helper> &helper)
{
    return world.elevated({false, false, helper}, {}).rights;
}

tl::expected<void, Error> ping(world::World &world, const net::IpAddress &target, const std::optional<net::IpAddress> &source,
                               std::chrono::milliseconds interval, const std::stop_token &stop, const EventSink &sink)
{
    constexpr int chunk = 600; // a series keeps its samples: begin a new one now and then
    if (!world.cannotMeasure().isEmpty()) {
        return tl::unexpected(cannotMeasure(world));
    }
    Announcer announce(sink);
    const auto elevated = world.elevated({false, true, {}}, stop);
    while (!stop.stop_requested()) {
        probe::EchoPlan plan;
        plan.purpose = evidence::EchoPurpose::Live;
        plan.target = target;
        plan.source = source;
        plan.interval = interval;
        plan.count = chunk;
        const auto series = elevated.world->echo(plan, stop, announce.samples(plan.purpose));
        if (!series.isRead()) {
            return tl::unexpected(Error{ErrorKind::CouldNotMeasure, series.problem});
        }
    }
    return {};
}

} // namespace bothways::session
