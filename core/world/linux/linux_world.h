// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "collect/linux/rulesets.h"
#include "privilege/helper.h"
#include "world/world.h"

#include <memory>

namespace bothways::world {

/// The network namespace of the calling thread, through kernel APIs; what this process lacks the rights for is done by the helper
/// beside the program where that has them.
class LinuxWorld final : public World {
public:
    LinuxWorld() = default;

    QString cannotMeasure() const override { return {}; }
    Clock &clock() override { return m_clock; }
    Elevated elevated(const HelperWanted &wanted, const std::stop_token &stop) override;
    QString cannotUnlock(const evidence::Rights &rights) const override;
    Unlocked unlock(const std::stop_token &stop) override;
    evidence::Reading<std::vector<evidence::Link>> links() override;
    evidence::Reading<std::vector<evidence::InterfaceAddress>> addresses() override;
    evidence::Reading<evidence::NodeFacts> host(const std::vector<collect::RouteQuestion> &questions,
                                                const std::stop_token &stop) override;
    evidence::Reading<evidence::NodeSnapshot> snapshot(const std::stop_token &stop) override;
    std::vector<DebugSection> debugSections() override;
    std::vector<std::unique_ptr<collect::Hypervisor>> hypervisors(const QString &connection) override;
    evidence::Reading<evidence::EchoSeries> echo(const probe::EchoPlan &plan, const std::stop_token &stop,
                                                 const probe::SampleSink &sink) override;
    /// By this process, or by the helper where the kernel denies it.
    evidence::Reading<evidence::NeighbourProbe> neighbour(const net::IpAddress &target, const QString &interface, int requests,
                                                          std::chrono::milliseconds wait, const std::stop_token &stop) override;
    evidence::Reading<evidence::PortProbe> tcp(const net::IpAddress &target, int port,
                                               const std::optional<net::IpAddress> &source, std::chrono::milliseconds timeout,
                                               const std::stop_token &stop) override;
    evidence::Reading<evidence::PathTrace> trace(const probe::TracePlan &plan, const std::stop_token &stop) override;
    evidence::Reading<evidence::PathMtu> pathMtu(const probe::PathMtuPlan &plan, const std::stop_token &stop) override;
    tl::expected<evidence::Sweep, QString> sweep(const std::vector<net::IpAddress> &addresses, const std::stop_token &stop,
                                                 const probe::SweepSink &sink) override;
    /// By this process, or by a helper of its own, since one that captures does nothing else.
    CaptureOpened capture(const CaptureRequest &request, const std::stop_token &stop) override;
    tl::expected<std::unique_ptr<AppendFile>, AppendProblem> appendTo(const QString &path) override;

private:
    /// Takes the helper that runs already, or starts one if `rights` lack something and it is there.
    void elevate(evidence::Rights &rights, const HelperWanted &wanted, const std::stop_token &stop);
    /// Empty where there is no helper that can.
    collect::ElevatedReader rulesReader(const std::stop_token &stop) const;
    /// Numbers that this process could not read, where the helper can.
    void complete(evidence::Reading<evidence::Conntrack> &conntrack, const std::stop_token &stop) const;

    SystemClock m_clock;
    bool m_ownPackets = false;                   ///< this process may capture
    std::shared_ptr<privilege::Helper> m_helper; ///< null: none, or it has no rights
};

} // namespace bothways::world
