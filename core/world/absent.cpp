// SPDX-License-Identifier: GPL-3.0-or-later
#include "world/absent.h"

#include "words/text.h"

namespace bothways::world {

using evidence::Reading;

namespace {

QString notHere()
{
    return translate("session",
                     "Reading the live system is not in the Windows build yet. Open a session file or a recorded case.");
}

template <typename T>
Reading<T> absent()
{
    return Reading<T>::missing(evidence::Access::Absent, QStringLiteral("this build"), notHere());
}

} // namespace

QString AbsentWorld::cannotMeasure() const { return notHere(); }

Elevated AbsentWorld::elevated(const HelperWanted & /*wanted*/, const std::stop_token & /*stop*/)
{
    return {std::make_unique<AbsentWorld>(), absent<evidence::Rights>()};
}

QString AbsentWorld::cannotUnlock(const evidence::Rights & /*rights*/) const { return notHere(); }

Unlocked AbsentWorld::unlock(const std::stop_token & /*stop*/) { return {nullptr, notHere()}; }

Reading<std::vector<evidence::Link>> AbsentWorld::links() { return absent<std::vector<evidence::Link>>(); }

Reading<std::vector<evidence::InterfaceAddress>> AbsentWorld::addresses()
{
    return absent<std::vector<evidence::InterfaceAddress>>();
}

Reading<evidence::NodeFacts> AbsentWorld::host(const std::vector<collect::RouteQuestion> & /*questions*/,
                                               const std::stop_token & /*stop*/)
{
    return absent<evidence::NodeFacts>();
}

Reading<evidence::NodeSnapshot> AbsentWorld::snapshot(const std::stop_token & /*stop*/)
{
    return absent<evidence::NodeSnapshot>();
}

std::vector<DebugSection> AbsentWorld::debugSections() { return {}; }

std::vector<std::unique_ptr<collect::Hypervisor>> AbsentWorld::hypervisors(const QString & /*connection*/) { return {}; }

Reading<evidence::EchoSeries> AbsentWorld::echo(const probe::EchoPlan & /*plan*/, const std::stop_token & /*stop*/,
                                                const probe::SampleSink & /*sink*/)
{
    return absent<evidence::EchoSeries>();
}

Reading<evidence::NeighbourProbe> AbsentWorld::neighbour(const net::IpAddress & /*target*/, const QString & /*interface*/,
                                                         int /*requests*/, std::chrono::milliseconds /*wait*/,
                                                         const std::stop_token & /*stop*/)
{
    return absent<evidence::NeighbourProbe>();
}

Reading<evidence::PortProbe> AbsentWorld::tcp(const net::IpAddress & /*target*/, int /*port*/,
                                              const std::optional<net::IpAddress> & /*source*/,
                                              std::chrono::milliseconds /*timeout*/, const std::stop_token & /*stop*/)
{
    return absent<evidence::PortProbe>();
}

Reading<evidence::PathTrace> AbsentWorld::trace(const probe::TracePlan & /*plan*/, const std::stop_token & /*stop*/)
{
    return absent<evidence::PathTrace>();
}

Reading<evidence::PathMtu> AbsentWorld::pathMtu(const probe::PathMtuPlan & /*plan*/, const std::stop_token & /*stop*/)
{
    return absent<evidence::PathMtu>();
}

tl::expected<evidence::Sweep, QString> AbsentWorld::sweep(const std::vector<net::IpAddress> & /*addresses*/,
                                                          const std::stop_token & /*stop*/, const probe::SweepSink & /*sink*/)
{
    return tl::unexpected(notHere());
}

CaptureOpened AbsentWorld::capture(const CaptureRequest & /*request*/, const std::stop_token & /*stop*/)
{
    return tl::unexpected(notHere());
}

tl::expected<std::unique_ptr<AppendFile>, AppendProblem> AbsentWorld::appendTo(const QString & /*path*/)
{
    return tl::unexpected(AppendProblem{false, notHere()});
}

} // namespace bothways::world
