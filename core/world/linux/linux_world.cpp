// SPDX-License-Identifier: GPL-3.0-or-later
#include "world/linux/linux_world.h"

#include "capture/linux/capture_here.h"
#include "capture/linux/filter_compiler.h"
#include "collect/hypervisor/registry.h"
#include "collect/linux/host.h"
#include "collect/linux/netlink/addresses.h"
#include "collect/linux/netlink/links.h"
#include "privilege/helper_capture.h"
#include "probe/linux/echo_ladder.h"
#include "probe/linux/neighbour/neighbour_probe.h"
#include "probe/linux/path_mtu.h"
#include "probe/linux/port_probe.h"
#include "probe/linux/rights_probe.h"
#include "probe/linux/sweep_probe.h"
#include "probe/linux/trace.h"
#include "words/text.h"
#include "world/linux/debug_sections.h"
#include "world/linux/locked_file.h"

namespace bothways::world {

using namespace std::chrono_literals;
using evidence::Access;
using evidence::Reading;

namespace {

constexpr auto greetingDeadline = 5s;
constexpr auto passwordDeadline = 120s; // somebody types
constexpr auto rulesDeadline = 10s;
constexpr auto conntrackDeadline = 5s;
const QString thisHost = QStringLiteral("this host");

} // namespace

void LinuxWorld::elevate(evidence::Rights &rights, const HelperWanted &wanted, const std::stop_token &stop)
{
    m_ownPackets = rights.rawSockets;
    if ((rights.administration && rights.rawSockets) || (wanted.forEchoesOnly && rights.pingSocket)) {
        return;
    }
    rights.helper = privilege::Helper::installed();
    if (wanted.running && !wanted.running->problem()) {
        m_helper = wanted.running;
    } else if (rights.helper.isEmpty()) {
        return;
    } else {
        auto helper = privilege::Helper::start({rights.helper.toStdString(), wanted.ask},
                                               wanted.ask ? std::chrono::milliseconds(passwordDeadline) : greetingDeadline, stop);
        if (!helper) {
            rights.helperProblem = helper.error().message;
            return;
        }
        m_helper = std::move(*helper);
        if (wanted.ask) {
            m_helper->another(passwordDeadline, stop); // at once, while polkit remembers the password
        }
    }
    const auto &abilities = m_helper->abilities();
    if (!abilities.packets && !abilities.rules) {
        rights.helperProblem = translate("session", "The helper has no capabilities.");
        m_helper.reset();
        return;
    }
    rights.rawSockets = rights.rawSockets || abilities.packets;
    rights.administration = rights.administration || abilities.rules;
    rights.helped = true;
}

Elevated LinuxWorld::elevated(const HelperWanted &wanted, const std::stop_token &stop)
{
    auto world = std::make_unique<LinuxWorld>();
    auto rights = probe::rights();
    world->elevate(rights.value, wanted, stop);
    return {std::move(world), std::move(rights)};
}

QString LinuxWorld::cannotUnlock(const evidence::Rights &rights) const
{
    if (rights.administration && rights.rawSockets) {
        return rights.helped ? translate("session", "Nothing more to unlock: the helper does what this program may not.")
                             : translate("session", "Nothing to unlock: this program has all the rights that it can use.");
    }
    if (rights.helper.isEmpty()) {
        return translate("session", "Nothing can be unlocked: bothways-helper is not beside this program.");
    }
    return privilege::canAskTheUser()
               ? QString()
               : translate("session",
                           "The password cannot be asked for: pkexec is not installed. As root, this does the same: %1")
                     .arg(QStringLiteral("setcap cap_net_admin,cap_net_raw,cap_dac_read_search=p ") + rights.helper);
}

Unlocked LinuxWorld::unlock(const std::stop_token &stop)
{
    auto rights = probe::rights();
    LinuxWorld world;
    world.elevate(rights.value, {true, false, {}}, stop);
    if (world.m_helper) {
        return {world.m_helper, {}};
    }
    const auto reason = cannotUnlock(rights.value);
    return {nullptr, reason.isEmpty() ? rights.value.helperProblem : reason};
}

Reading<std::vector<evidence::Link>> LinuxWorld::links() { return collect::readLinks(); }

Reading<std::vector<evidence::InterfaceAddress>> LinuxWorld::addresses() { return collect::readAddresses(); }

Reading<evidence::NodeFacts> LinuxWorld::host(const std::vector<collect::RouteQuestion> &questions, const std::stop_token &stop)
{
    auto facts = collect::readHost(questions, rulesReader(stop));
    complete(facts.conntrack, stop);
    return Reading<evidence::NodeFacts>::read(std::move(facts), thisHost);
}

Reading<evidence::NodeSnapshot> LinuxWorld::snapshot(const std::stop_token &stop)
{
    return Reading<evidence::NodeSnapshot>::read(collect::readSnapshot(true, rulesReader(stop)), thisHost);
}

std::vector<DebugSection> LinuxWorld::debugSections()
{
    const auto seen = elevated({}, {});
    return debugSectionsOf(seen.rights.value, cannotUnlock(seen.rights.value));
}

std::vector<std::unique_ptr<collect::Hypervisor>> LinuxWorld::hypervisors(const QString &connection)
{
    return collect::registry(connection);
}

collect::ElevatedReader LinuxWorld::rulesReader(const std::stop_token &stop) const
{
    if (!m_helper || !m_helper->abilities().rules) {
        return {};
    }
    return [this, stop]() -> tl::expected<collect::ElevatedRules, QString> {
        auto rules = m_helper->rules(rulesDeadline, stop);
        if (!rules) {
            return tl::unexpected(rules.error().message);
        }
        return collect::ElevatedRules{std::move(rules->nftables), std::move(rules->ipTablesNames),
                                      std::move(rules->ip6TablesNames)};
    };
}

CaptureOpened LinuxWorld::capture(const CaptureRequest &request, const std::stop_token &stop)
{
    capture::LiveOptions options;
    options.snapLength = request.snapLength;
    auto filter = capture::compileFilter(request.filter);
    if (!filter) {
        return tl::unexpected(text(filter.error()));
    }
    options.filter = std::move(*filter);
    if (m_ownPackets) {
        return capture::captureHere(request.interfaces, options);
    }
    if (!m_helper || !m_helper->abilities().packets) {
        return tl::unexpected(translate("session", "Capturing takes CAP_NET_RAW, or the helper that has it."));
    }
    auto helper = m_helper->another(passwordDeadline, stop);
    if (!helper) {
        return tl::unexpected(helper.error().message);
    }
    auto source = privilege::captureBy(*helper, request.interfaces, options);
    if (!source) {
        return tl::unexpected(source.error().message);
    }
    return std::move(*source);
}

tl::expected<std::unique_ptr<AppendFile>, AppendProblem> LinuxWorld::appendTo(const QString &path)
{
    return openForAppending(path);
}

Reading<evidence::NeighbourProbe> LinuxWorld::neighbour(const net::IpAddress &target, const QString &interface, int requests,
                                                        std::chrono::milliseconds wait, const std::stop_token &stop)
{
    auto own = probe::neighbour(target, interface, requests, wait, stop);
    if (own.access != Access::Denied || !m_helper || !m_helper->abilities().packets) {
        return own;
    }
    return m_helper->neighbour(target, interface, requests, wait, stop);
}

Reading<evidence::EchoSeries> LinuxWorld::echo(const probe::EchoPlan &plan, const std::stop_token &stop,
                                               const probe::SampleSink &sink)
{
    if (!m_helper || !m_helper->abilities().packets) {
        return probe::echo(plan, stop, sink);
    }
    return probe::echo(plan, stop, sink,
                       [this](const probe::EchoPlan &asked, const std::stop_token &stopped, const probe::SampleSink &samples) {
                           return m_helper->echo(asked, stopped, samples);
                       });
}

Reading<evidence::PortProbe> LinuxWorld::tcp(const net::IpAddress &target, int port, const std::optional<net::IpAddress> &source,
                                             std::chrono::milliseconds timeout, const std::stop_token &stop)
{
    return probe::tcp(target, port, source, timeout, stop);
}

Reading<evidence::PathTrace> LinuxWorld::trace(const probe::TracePlan &plan, const std::stop_token &stop)
{
    return probe::trace(plan, stop);
}

Reading<evidence::PathMtu> LinuxWorld::pathMtu(const probe::PathMtuPlan &plan, const std::stop_token &stop)
{
    return probe::pathMtu(plan, stop);
}

tl::expected<evidence::Sweep, QString> LinuxWorld::sweep(const std::vector<net::IpAddress> &addresses,
                                                         const std::stop_token &stop, const probe::SweepSink &sink)
{
    return probe::sweep(addresses, stop, sink);
}

void LinuxWorld::complete(evidence::Reading<evidence::Conntrack> &conntrack, const std::stop_token &stop) const
{
    // Where nothing is tracked, nobody can count.
    const auto &own = conntrack.value;
    const bool known = conntrack.isRead() && own.drop >= 0 && own.earlyDrop >= 0 && own.insertFailed >= 0;
    if (known || conntrack.access == Access::Absent || !m_helper || !m_helper->abilities().rules) {
        return;
    }
    auto helped = m_helper->conntrack(conntrackDeadline, stop);
    if (!helped.isRead()) {
        return; // what this process could read stands, and so does why it could not
    }
    const auto fill = [](qint64 &number, qint64 by) { number = number >= 0 ? number : by; };
    if (conntrack.isRead()) {
        fill(helped.value.count, own.count);
        fill(helped.value.max, own.max);
        helped.source = conntrack.source + QStringLiteral(", ") + helped.source;
    }
    if (helped.value.count >= 0 && helped.value.max >= 0) {
        conntrack = std::move(helped);
    }
}

} // namespace bothways::world
