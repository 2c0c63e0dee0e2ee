// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "world/world.h"

namespace bothways::world {

/// A system whose collectors and probes are not built: every function says so.
class AbsentWorld final : public World {
public:
    QString cannotMeasure() const override;
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
    evidence::Reading<evidence::NeighbourProbe> neighbour(const net::IpAddress &target, const QString &interface, int requests,
                                                          std::chrono::milliseconds wait, const std::stop_token &stop) override;
    evidence::Reading<evidence::PortProbe> tcp(const net::IpAddress &target, int port,
                                               const std::optional<net::IpAddress> &source, std::chrono::milliseconds timeout,
                                               const std::stop_token &stop) override;
    evidence::Reading<evidence::PathTrace> trace(const probe::TracePlan &plan, const std::stop_token &stop) override;
    evidence::Reading<evidence::PathMtu> pathMtu(const probe::PathMtuPlan &plan, const std::stop_token &stop) override;
    tl::expected<evidence::Sweep, QString> sweep(const std::vector<net::IpAddress> &addresses, const std::stop_token &stop,
                                                 const probe::SweepSink &sink) override;
    CaptureOpened capture(const CaptureRequest &request, const std::stop_token &stop) override;
    tl::expected<std::unique_ptr<AppendFile>, AppendProblem> appendTo(const QString &path) override;

private:
    SystemClock m_clock;
};

} // namespace bothways::world
