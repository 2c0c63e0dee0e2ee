// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "world/scripted/world_script.h"
#include "world/world.h"

#include <memory>

namespace bothways::world {

/// A machine that a script makes up, in a time of its own in which waiting takes no time. For tests.
class ScriptedWorld final : public World {
public:
    explicit ScriptedWorld(Script script);

    QString cannotMeasure() const override { return {}; }
    Clock &clock() override;
    Elevated elevated(const HelperWanted &wanted, const std::stop_token &stop) override;
    QString cannotUnlock(const evidence::Rights &rights) const override;
    Unlocked unlock(const std::stop_token &stop) override;
    evidence::Reading<std::vector<evidence::Link>> links() override;
    evidence::Reading<std::vector<evidence::InterfaceAddress>> addresses() override;
    evidence::Reading<evidence::NodeFacts> host(const std::vector<collect::RouteQuestion> &questions,
                                                const std::stop_token &stop) override;
    evidence::Reading<evidence::NodeSnapshot> snapshot(const std::stop_token &stop) override;
    std::vector<DebugSection> debugSections() override;
    /// The session's, then those that the script adds.
    std::vector<std::unique_ptr<collect::Hypervisor>> hypervisors(const QString &connection) override;
    /// As the session's series of that purpose, target and source, else as its main one; again and again.
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

    class State;

private:
    explicit ScriptedWorld(std::shared_ptr<State> state);
    std::shared_ptr<State> m_state;
};

} // namespace bothways::world
