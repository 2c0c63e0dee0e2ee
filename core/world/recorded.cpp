// SPDX-License-Identifier: GPL-3.0-or-later
#include "world/recorded.h"

#include "words/text.h"

#include <algorithm>

namespace bothways::world {

using evidence::Access;
using evidence::Evidence;
using evidence::Reading;

namespace {

const QString source = QStringLiteral("session");

QString notRecorded() { return translate("session", "The session does not hold this."); }

/// The first reading that meets the condition; else the first that could not be read, which keeps no word of what it was about.
template <typename T, typename Condition>
Reading<T> found(const std::vector<Reading<T>> &readings, const Condition &condition)
{
    auto place = std::find_if(readings.begin(), readings.end(),
                              [&](const auto &reading) { return reading.isRead() && condition(reading.value); });
    if (place == readings.end()) {
        place = std::find_if(readings.begin(), readings.end(), [](const auto &reading) { return !reading.isRead(); });
    }
    return place == readings.end() ? Reading<T>::missing(Access::NotTried, source, notRecorded()) : *place;
}

class RecordedHypervisor final : public collect::Hypervisor {
public:
    explicit RecordedHypervisor(std::shared_ptr<const Evidence> evidence) : m_evidence(std::move(evidence)) {}

    evidence::Worded<evidence::HypervisorId> id() const override { return m_evidence->target.hypervisor; }
    evidence::GuestChannel channel() const override { return m_evidence->guest.value.channel; }
    Reading<evidence::Inventory> inventory(std::stop_token /*stop*/) override { return m_evidence->inventory; }
    Reading<QByteArray> runInGuest(const evidence::Vm & /*vm*/, collect::guest::System /*system*/, const QByteArray & /*script*/,
                                   const collect::GuestCall & /*call*/) override
    {
        return Reading<QByteArray>::missing(Access::Absent, source, notRecorded());
    }
    Reading<evidence::Guest> readGuest(const evidence::Vm & /*vm*/, const std::vector<net::IpAddress> & /*hostAddresses*/,
                                       const collect::GuestCall & /*call*/) override
    {
        auto guest = m_evidence->guest;
        guest.value.after = {};
        return guest;
    }
    Reading<evidence::NodeSnapshot> readGuestAgain(const evidence::Vm & /*vm*/, const collect::GuestCall & /*call*/) override
    {
        return m_evidence->guest.value.after;
    }

private:
    std::shared_ptr<const Evidence> m_evidence;
};

} // namespace

RecordedWorld::RecordedWorld(Evidence evidence) : m_evidence(std::make_shared<const Evidence>(std::move(evidence))) {}

RecordedWorld::RecordedWorld(std::shared_ptr<const Evidence> evidence) : m_evidence(std::move(evidence)) {}

Elevated RecordedWorld::elevated(const HelperWanted & /*wanted*/, const std::stop_token & /*stop*/)
{
    return {std::make_unique<RecordedWorld>(m_evidence), m_evidence->rights};
}

QString RecordedWorld::cannotUnlock(const evidence::Rights & /*rights*/) const { return notRecorded(); }

Unlocked RecordedWorld::unlock(const std::stop_token & /*stop*/) { return {nullptr, notRecorded()}; }

Reading<std::vector<evidence::Link>> RecordedWorld::links()
{
    const auto &before = m_evidence->hostBefore.value.links;
    return before.isRead() ? before : m_evidence->host.value.links;
}

Reading<std::vector<evidence::InterfaceAddress>> RecordedWorld::addresses() { return m_evidence->host.value.addresses; }

Reading<evidence::NodeFacts> RecordedWorld::host(const std::vector<collect::RouteQuestion> & /*questions*/,
                                                 const std::stop_token & /*stop*/)
{
    return m_evidence->host;
}

Reading<evidence::NodeSnapshot> RecordedWorld::snapshot(const std::stop_token & /*stop*/) { return m_evidence->hostBefore; }

std::vector<DebugSection> RecordedWorld::debugSections() { return {}; }

std::vector<std::unique_ptr<collect::Hypervisor>> RecordedWorld::hypervisors(const QString & /*connection*/)
{
    std::vector<std::unique_ptr<collect::Hypervisor>> one;
    one.push_back(std::make_unique<RecordedHypervisor>(m_evidence));
    return one;
}

Reading<evidence::EchoSeries> RecordedWorld::echo(const probe::EchoPlan &plan, const std::stop_token & /*stop*/,
                                                  const probe::SampleSink &sink)
{
    auto series = found(m_evidence->probes.echoes, [&](const evidence::EchoSeries &each) {
        return each.purpose == plan.purpose && each.target == plan.target && (!plan.source || each.source == plan.source);
    });
    if (sink) {
        std::for_each(series.value.samples.begin(), series.value.samples.end(), sink);
    }
    return series;
}

Reading<evidence::NeighbourProbe> RecordedWorld::neighbour(const net::IpAddress &target, const QString & /*interface*/,
                                                           int /*requests*/, std::chrono::milliseconds /*wait*/,
                                                           const std::stop_token & /*stop*/)
{
    return found(m_evidence->probes.neighbours, [&](const auto &each) { return each.target == target; });
}

Reading<evidence::PortProbe> RecordedWorld::tcp(const net::IpAddress &target, int port,
                                                const std::optional<net::IpAddress> & /*source*/,
                                                std::chrono::milliseconds /*timeout*/, const std::stop_token & /*stop*/)
{
    return found(m_evidence->probes.ports, [&](const auto &each) { return each.target == target && each.port == port; });
}

Reading<evidence::PathTrace> RecordedWorld::trace(const probe::TracePlan &plan, const std::stop_token & /*stop*/)
{
    return found(m_evidence->probes.traces,
                 [&](const auto &each) { return each.target == plan.target && each.protocol == plan.protocol; });
}

Reading<evidence::PathMtu> RecordedWorld::pathMtu(const probe::PathMtuPlan &plan, const std::stop_token & /*stop*/)
{
    return found(m_evidence->probes.pathMtus, [&](const auto &each) { return each.target == plan.target; });
}

tl::expected<evidence::Sweep, QString> RecordedWorld::sweep(const std::vector<net::IpAddress> & /*addresses*/,
                                                            const std::stop_token & /*stop*/, const probe::SweepSink & /*sink*/)
{
    return tl::unexpected(notRecorded());
}

CaptureOpened RecordedWorld::capture(const CaptureRequest & /*request*/, const std::stop_token & /*stop*/)
{
    return tl::unexpected(notRecorded());
}

tl::expected<std::unique_ptr<AppendFile>, AppendProblem> RecordedWorld::appendTo(const QString & /*path*/)
{
    return tl::unexpected(AppendProblem{false, notRecorded()});
}

} // namespace bothways::world
