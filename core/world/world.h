// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "capture/live_source.h"
#include "collect/hypervisor/hypervisor.h"
#include "collect/route_question.h"
#include "evidence/evidence.h"
#include "evidence/sweep.h"
#include "probe/plan.h"
#include "world/append_file.h"
#include "world/clock.h"
#include "world/debug_section.h"
#include "world/unlocked.h"

#include <QString>

#include <chrono>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include <tl/expected.hpp>

/// The door between a run and the machine that it runs on.
namespace bothways::world {

class World;

/// How far the helper with rights may be called in.
struct HelperWanted {
    bool ask = false;                           ///< start it through what asks the user for a password
    bool forEchoesOnly = false;                 ///< none is started where echoes can be sent without it
    std::shared_ptr<privilege::Helper> running; ///< of unlock(); null, or gone: one is started where rights are lacking
};

/// The same machine, with what the helper adds.
struct Elevated {
    std::unique_ptr<World> world; ///< never null
    evidence::Reading<evidence::Rights> rights;
};

struct CaptureRequest {
    std::vector<std::string> interfaces; ///< a point's number is its place here
    std::string filter;                  ///< tcpdump(1) expression
    std::uint32_t snapLength = 512;      ///< bytes kept of a frame
};
/// The error is translated, a whole sentence.
using CaptureOpened = tl::expected<std::unique_ptr<capture::LiveSource>, QString>;

/// One machine. What cannot be done here is Access::Absent, or an error that says so: no function is missing, and none throws.
/// Every function may be called from several threads at once. Those that take a stop token block, return at their deadline or
/// about 100 ms after a stop request, and keep what was measured until then.
class World {
public:
    virtual ~World() = default;

    /// Why nothing can be measured here at all, translated; empty where it can.
    virtual QString cannotMeasure() const = 0;
    virtual Clock &clock() = 0;

    // ---- rights

    /// Starts the helper, if rights are lacking and it is there, and gives the machine as it is with it.
    virtual Elevated elevated(const HelperWanted &wanted, const std::stop_token &stop) = 0;
    /// Why unlock() would add nothing to these rights, or cannot be done here; translated, empty where it may. Does not block.
    virtual QString cannotUnlock(const evidence::Rights &rights) const = 0;
    /// Starts the helper through what asks for a password: blocks until it was typed, at most two minutes.
    virtual Unlocked unlock(const std::stop_token &stop) = 0;

    // ---- this host

    virtual evidence::Reading<std::vector<evidence::Link>> links() = 0;
    virtual evidence::Reading<std::vector<evidence::InterfaceAddress>> addresses() = 0;
    /// Everything, with an answer to each question.
    virtual evidence::Reading<evidence::NodeFacts> host(const std::vector<collect::RouteQuestion> &questions,
                                                        const std::stop_token &stop) = 0;
    /// What changes quickly: counters, neighbours, rulesets for their counters.
    virtual evidence::Reading<evidence::NodeSnapshot> snapshot(const std::stop_token &stop) = 0;
    virtual std::vector<DebugSection> debugSections() = 0;

    // ---- virtual machines

    /// Every hypervisor that may be here; each call gives new ones. `connection`: where the user named one (libvirt: a URI).
    virtual std::vector<std::unique_ptr<collect::Hypervisor>> hypervisors(const QString &connection) = 0;

    // ---- measuring

    virtual evidence::Reading<evidence::EchoSeries> echo(const probe::EchoPlan &plan, const std::stop_token &stop,
                                                         const probe::SampleSink &sink = {}) = 0;
    /// ARP or neighbour solicitation; listens for the whole of `wait` after the last request.
    virtual evidence::Reading<evidence::NeighbourProbe> neighbour(const net::IpAddress &target, const QString &interface,
                                                                  int requests, std::chrono::milliseconds wait,
                                                                  const std::stop_token &stop) = 0;
    virtual evidence::Reading<evidence::PortProbe> tcp(const net::IpAddress &target, int port,
                                                       const std::optional<net::IpAddress> &source,
                                                       std::chrono::milliseconds timeout, const std::stop_token &stop) = 0;
    virtual evidence::Reading<evidence::PathTrace> trace(const probe::TracePlan &plan, const std::stop_token &stop) = 0;
    virtual evidence::Reading<evidence::PathMtu> pathMtu(const probe::PathMtuPlan &plan, const std::stop_token &stop) = 0;
    /// The error is translated, a whole sentence.
    virtual tl::expected<evidence::Sweep, QString> sweep(const std::vector<net::IpAddress> &addresses,
                                                         const std::stop_token &stop, const probe::SweepSink &sink = {}) = 0;
    /// For the calling thread, which must be the one that reads. The stop ends the opening only.
    virtual CaptureOpened capture(const CaptureRequest &request, const std::stop_token &stop) = 0;

    // ---- what is kept

    /// Opened for this program alone; made where there is none, its folder too.
    virtual tl::expected<std::unique_ptr<AppendFile>, AppendProblem> appendTo(const QString &path) = 0;
};

} // namespace bothways::world
