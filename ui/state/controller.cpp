// SPDX-License-Identifier: GPL-3.0-or-later
#include "state/controller.h"

#include "collect/guest/report.h"
#include "conclusion/conclusion.h"
#include "evidence/session_file.h"
#include "resources/embedded.h"
#include "session/capture_files.h"
#include "state/comparer.h"
#include "state/idle.h"
#include "state/language_scope.h"
#include "state/memory.h"
#include "state/pinging.h"
#include "state/workers.h"

#include <algorithm>

namespace bothways::ui {

using namespace Qt::Literals::StringLiterals;

namespace {

/// For a VM that cannot be asked: time to find its window, paste the command and see the answers.
constexpr std::chrono::seconds listening{20};

RttSample fromEcho(const evidence::EchoSample &sample)
{
    RttSample result;
    result.atMs = sample.sentAt.toMSecsSinceEpoch();
    if (sample.outcome == evidence::EchoOutcome::Reply && !sample.late && sample.rttNs) {
        result.rttMs = static_cast<double>(*sample.rttNs) / 1e6;
    }
    return result;
}

bool counts(const evidence::EchoSample &sample) { return sample.outcome != evidence::EchoOutcome::Cancelled; }

} // namespace

Controller::Controller(Engine engine, Memory *memory, QObject *parent)
    : QObject(parent)
    , m_engine(std::move(engine))
    , m_memory(memory)
    , m_preferences(memory == nullptr ? session::Preferences() : memory->preferences())
    , m_workers(new Workers(this))
    , m_idle(new Idle(this))
    , m_unlocking(new Unlocking(m_engine, *m_workers, this))
    , m_writer(new FileWriter(*m_workers, this))
    , m_comparer(new Comparer(*m_workers, this))
    , m_pinging(new Pinging(m_engine.ping, *m_workers, this))
{
    connect(m_unlocking, &Unlocking::changed, this, &Controller::rightsChanged);
    connect(m_writer, &FileWriter::problem, this, &Controller::problem);
    connect(m_comparer, &Comparer::compared, this, &Controller::compared);
    connect(m_comparer, &Comparer::problem, this, &Controller::problem);
    connect(m_pinging, &Pinging::arrived, this, &Controller::receive);
}

Controller::~Controller()
{
    // The threads use this object and its parts: they end first.
    delete m_workers;
}

void Controller::setPreferences(const session::Preferences &preferences)
{
    if (preferences == m_preferences) {
        return;
    }
    m_preferences = preferences;
    if (m_memory != nullptr) {
        m_memory->keep(m_preferences);
    }
    Q_EMIT preferencesChanged();
}

void Controller::collectDebugInfo()
{
    m_workers->start([this, tell = m_engine.debugInfo, preferences = m_preferences](const std::stop_token &) -> Workers::Done {
        auto text = tell(preferences);
        return [this, text = std::move(text)] { Q_EMIT debugInfoReady(text); };
    });
}

const evidence::Reading<evidence::Rights> &Controller::rights() const
{
    return m_recorded && m_evidence && m_evidence->rights.isRead() ? m_evidence->rights : m_unlocking->rights();
}

QString Controller::cannotUnlock() const
{
    return m_recorded ? tr("A saved session is shown: nothing is read from this host now.") : m_unlocking->impediment();
}

void Controller::unlock()
{
    if (!m_recorded) {
        m_unlocking->unlock();
    }
}

void Controller::refreshInventory()
{
    if (m_listing || m_running || !m_engine.canMeasure) {
        return;
    }
    m_listing = true;
    m_workers->start([this, list = m_engine.listVms](std::stop_token stop) -> Workers::Done {
        auto found = list(std::move(stop));
        return [this, found = std::move(found)] {
            m_listing = false;
            m_inventory = found;
            Q_EMIT inventoryChanged();
        };
    });
}

std::optional<evidence::Target> Controller::fromInventory(const QString &name) const
{
    const auto &vms = m_inventory.value.vms;
    const auto vm = std::find_if(vms.begin(), vms.end(), [&](const auto &candidate) { return candidate.name == name; });
    if (vm == vms.end()) {
        return {};
    }
    evidence::Target target;
    target.requested = name;
    target.vm = vm->name;
    target.hypervisor = vm->hypervisor;
    for (const auto &interface : vm->interfaces) {
        for (const auto &address : interface.addresses) {
            if (address.prefix.address().isV4() && !target.vmAddress) {
                target.vmAddress = address.prefix.address();
                target.vmMac = interface.mac;
                target.port = interface.hostDevice;
                target.interface = interface.bridge;
                target.network = interface.network;
                target.mode = evidence::modeOf(interface, m_inventory.value);
            }
        }
    }
    return target;
}

void Controller::choose(const QString &vmOrAddress, const QString &connection)
{
    cancel();
    ++m_generation;
    setRunning(false);
    if (vmOrAddress.trimmed() != m_plan.vm || connection != m_plan.connection) {
        m_told = {}; // it was of another one
    }
    m_plan = {};
    m_plan.vm = vmOrAddress.trimmed();
    m_plan.connection = connection;
    if (m_memory != nullptr) {
        m_memory->keepTarget(m_plan.vm);
    }
    m_evidence.reset();
    m_conclusion.reset();
    m_topology.reset();
    m_journeys.reset();
    m_evidenceBefore.reset();
    m_before.reset();
    m_recorded = false;
    if (const auto known = fromInventory(m_plan.vm)) {
        m_target = *known;
    } else {
        m_target = {};
        m_target.requested = m_plan.vm;
        m_target.vmAddress = net::IpAddress::parse(m_plan.vm.toStdString());
    }
    Q_EMIT samplesReset();
    Q_EMIT targetChanged();
    Q_EMIT concluded();
    startPinging();
}

void Controller::runAll()
{
    if (m_running || m_plan.vm.isEmpty()) {
        return;
    }
    start(Purpose::Anew);
}

void Controller::tell(const evidence::Told &told)
{
    const auto words = evidence::asTold(told);
    if (words != m_told) {
        m_told = words;
        Q_EMIT toldChanged();
    }
}

session::Plan Controller::watchTarget() const
{
    auto plan = m_plan;
    m_preferences.applyTo(plan);
    plan.helper = m_unlocking->helper();
    plan.guestReport.clear(); // it says how the VM was, not how it is at the alert
    plan.captureFiles.clear();
    return plan;
}

void Controller::checkAgain()
{
    if (m_running || m_plan.vm.isEmpty() || m_recorded) {
        return;
    }
    start(Purpose::Compare);
}

void Controller::checkAgainWith(const QByteArray &guestReport)
{
    if (m_running || m_plan.vm.isEmpty() || m_recorded) {
        return;
    }
    m_plan.guestReport = guestReport;
    start(Purpose::Compare);
}

void Controller::start(Purpose purpose)
{
    m_purpose = purpose;
    m_cancelled = false;
    m_pinging->stop(); // its packets would be counted among the run's
    for (auto &count : m_live) {
        count = {};
    }
    m_stage = session::Stage::Resolving;
    m_stageDetail.clear();
    m_plan.helper = m_unlocking->helper();
    const auto generation = ++m_generation;
    m_listening = {};
    auto plan = m_plan;
    m_preferences.applyTo(plan);
    plan.listen = listening;
    plan.listenNoMore = m_listening.get_token();
    m_run = m_workers->start([this, generation, plan, run = m_engine.run](std::stop_token stop) -> Workers::Done {
        auto result = run(plan, std::move(stop), [this, generation](const session::Event &event) {
            m_workers->post([this, generation, event] {
                if (generation == m_generation) {
                    receive(event);
                }
            });
        });
        return [this, generation, result = std::move(result)]() mutable {
            if (generation == m_generation) {
                finish(std::move(result));
            }
        };
    });
    setRunning(true);
    Q_EMIT liveChanged();
}

void Controller::finish(tl::expected<evidence::Evidence, session::Error> result)
{
    if (!result) {
        keepEarlier(result.error().message);
        return;
    }
    if (m_conclusion && m_cancelled) {
        keepEarlier(tr("Stopped. What is shown is what the run before found."));
        return;
    }
    m_evidenceBefore = m_purpose == Purpose::Compare ? m_evidence : nullptr;
    take(std::move(*result), false);
    startPinging();
}

void Controller::keepEarlier(const QString &why)
{
    Q_EMIT problem(why);
    startPinging();
    if (m_evidence) {
        conclude(); // the language may have changed meanwhile
    } else {
        setRunning(false);
    }
}

void Controller::cancel()
{
    m_run.request_stop();
    m_pinging->stop();
    if (m_running) {
        m_cancelled = true;
        m_stageDetail = tr("stopping; what was measured is kept");
        Q_EMIT stageChanged();
    }
}

void Controller::openSession(const QString &path)
{
    cancel();
    const auto generation = ++m_generation;
    setRunning(false);
    m_workers->start([this, generation, path](const std::stop_token &) -> Workers::Done {
        auto loaded = evidence::load(path);
        return [this, generation, path, loaded = std::move(loaded)]() mutable {
            if (generation != m_generation) {
                return;
            }
            if (!loaded) {
                Q_EMIT problem(loaded.error().message);
                return;
            }
            if (m_memory != nullptr && !path.startsWith(u':')) {
                m_memory->addSession(path);
            }
            m_evidenceBefore.reset();
            m_plan = {};
            m_told = loaded->told;
            Q_EMIT samplesReset();
            take(std::move(*loaded), true);
            replaySamples();
        };
    });
}

void Controller::pasteGuestReport(const QByteArray &report)
{
    if (!m_recorded) {
        m_plan.guestReport = report;
        runAll();
        return;
    }
    if (!m_evidence) {
        return;
    }
    m_workers->start([this, report, evidence = m_evidence](const std::stop_token &) -> Workers::Done {
        auto guest = collect::guest::parseReport(report, evidence::GuestChannel::GuestReport);
        return [this, evidence, guest = std::move(guest)] {
            if (!guest) {
                Q_EMIT problem(guest.error().message);
                return;
            }
            auto changed = *evidence;
            changed.guest = evidence::Reading<evidence::Guest>::read(*guest, u"guest report"_s);
            take(std::move(changed), true);
        };
    });
}

void Controller::addCaptures(const QStringList &paths)
{
    if (m_running || paths.isEmpty()) {
        return;
    }
    if (!m_evidence) {
        Q_EMIT problem(
            tr("There is no evidence yet that a capture could be added to. Run all, or open a session, then add it again."));
        return;
    }
    m_cancelled = false;
    for (auto &count : m_live) {
        count = {};
    }
    m_stage = session::Stage::ReadingCaptures;
    m_stageDetail.clear();
    const auto generation = ++m_generation;
    m_run = m_workers->start([this, generation, paths, evidence = m_evidence](const std::stop_token &stop) -> Workers::Done {
        auto changed = *evidence;
        auto added = session::addCaptures(changed, paths, stop);
        return [this, generation, added = std::move(added), changed = std::move(changed)]() mutable {
            if (generation != m_generation) {
                return;
            }
            if (!added) {
                keepEarlier(added.error().message);
            } else if (m_cancelled) {
                keepEarlier(tr("Stopped. The capture was not added."));
            } else {
                take(std::move(changed), m_recorded);
            }
        };
    });
    setRunning(true);
    Q_EMIT stageChanged();
}

void Controller::stopListening() { m_listening.request_stop(); }

void Controller::take(evidence::Evidence evidence, bool recorded)
{
    m_recorded = recorded;
    m_target = evidence.target;
    if (m_target.requested.isEmpty()) {
        m_target.requested = m_target.vm;
    }
    evidence.told = m_told; // a run brings none; meanwhile the person may have gone on
    m_evidence = std::make_shared<const evidence::Evidence>(std::move(evidence));
    Q_EMIT targetChanged();
    Q_EMIT rightsChanged();
    conclude();
}

void Controller::conclude()
{
    const auto generation = m_generation;
    m_workers->start([this, generation, language = resources::language(), evidence = m_evidence,
                      earlier = m_evidenceBefore](const std::stop_token &) -> Workers::Done {
        const LanguageScope speaks(language); // which the window may change meanwhile
        auto conclusion =
            std::make_shared<const conclusion::Conclusion>(conclusion::conclude(std::make_shared<const facts::Case>(evidence)));
        auto topology = std::make_shared<const shown::Topology>(shown::topologyOf(*conclusion));
        auto journeys = std::make_shared<const shown::Journeys>(shown::journeysOf(*conclusion->given));
        auto before = earlier ? std::make_shared<const conclusion::Conclusion>(
                                    conclusion::conclude(std::make_shared<const facts::Case>(earlier)))
                              : nullptr;
        return [this, generation, language, conclusion, topology, journeys, before] {
            if (generation != m_generation) {
                return;
            }
            if (language != resources::language()) {
                conclude();
                return;
            }
            m_conclusion = conclusion;
            m_language = language;
            m_topology = topology;
            m_journeys = journeys;
            m_before = before;
            setRunning(false);
            Q_EMIT concluded();
        };
    });
}

void Controller::compareWith(const QString &path)
{
    if (m_evidence && !m_running) {
        m_comparer->compareWithFile(m_evidence, path);
    }
}

void Controller::compareWithBefore()
{
    if (m_evidence && m_evidenceBefore && !m_running) {
        m_comparer->compare(m_evidenceBefore, m_evidence);
    }
}

void Controller::concludeAgain()
{
    if (m_evidence && !m_running) {
        conclude();
    }
}

void Controller::shutDown()
{
    cancel();
    ++m_generation;
    m_workers->requestStop();
}

void Controller::receive(const session::Event &event)
{
    if (const auto *stage = std::get_if<session::StageChanged>(&event)) {
        m_stage = stage->stage;
        m_stageDetail = stage->detail;
        Q_EMIT stageChanged();
        return;
    }
    const auto &echo = std::get<session::EchoArrived>(event);
    if (!counts(echo.sample)) {
        return;
    }
    const auto direction = echo.hostToVm ? Direction::HostToVm : Direction::VmToHost;
    const auto sample = fromEcho(echo.sample);
    if (m_running && (echo.purpose == evidence::EchoPurpose::None || echo.purpose == evidence::EchoPurpose::Main ||
                      echo.purpose == evidence::EchoPurpose::Guest)) {
        auto &count = m_live[static_cast<std::size_t>(direction)];
        ++count.sent;
        count.received += sample.rttMs ? 1 : 0;
        Q_EMIT liveChanged();
    }
    Q_EMIT sampleArrived(direction, sample);
}

void Controller::setRunning(bool running)
{
    if (m_running != running) {
        m_running = running;
        Q_EMIT runningChanged();
    }
}

void Controller::startPinging()
{
    if (m_engine.canMeasure && !m_recorded && m_target.vmAddress) {
        m_pinging->start(*m_target.vmAddress, m_target.hostAddress);
    }
}

void Controller::replaySamples()
{
    const auto replay = [this](const evidence::Reading<evidence::EchoSeries> &reading, Direction direction) {
        for (const auto &sample : evidence::timed(reading)) {
            if (counts(sample)) {
                Q_EMIT sampleArrived(direction, fromEcho(sample));
            }
        }
    };
    for (const auto &echo : m_evidence->probes.echoes) {
        if (echo.isRead() && echo.value.purpose == evidence::EchoPurpose::Main) {
            replay(echo, Direction::HostToVm);
        }
    }
    if (m_evidence->guest.isRead() && m_evidence->guest.value.echoToHost.isRead()) {
        replay(m_evidence->guest.value.echoToHost, Direction::VmToHost);
    }
}

} // namespace bothways::ui
