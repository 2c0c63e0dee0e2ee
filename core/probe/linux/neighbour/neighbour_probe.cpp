// SPDX-License-Identifier: GPL-3.0-or-later
#include "probe/linux/neighbour/neighbour_probe.h"

#include "evidence/utc.h"
#include "probe/linux/socket/error_text.h"
#include "probe/linux/socket/kernel_clock.h"
#include "words/text.h"

#include <algorithm>
#include <cerrno>

namespace bothways::probe {

using evidence::Access;
using evidence::NeighbourAnswer;
using evidence::NeighbourProbe;
using evidence::Reading;

namespace {

Access accessOf(int error) { return error == EPERM || error == EACCES ? Access::Denied : Access::Failed; }

QString problemOf(const NeighbourOutcome &outcome, const QString &interface)
{
    switch (outcome.step) {
    case NeighbourStep::Interface:
        return translate("probe", "There is no interface '%1'.").arg(interface);
    case NeighbourStep::Socket:
        return translate("probe", "The kernel gives no packet socket (CAP_NET_RAW): %1.").arg(errorText(outcome.error));
    case NeighbourStep::HardwareAddress:
        return translate("probe", "The interface '%1' does not tell its hardware address: %2.")
            .arg(interface, errorText(outcome.error));
    case NeighbourStep::NotEthernet:
        return translate("probe", "The interface '%1' is not Ethernet; nobody is asked for a hardware address there.")
            .arg(interface);
    case NeighbourStep::Bind:
        return translate("probe", "Cannot listen on the interface '%1': %2.").arg(interface, errorText(outcome.error));
    default:
        return translate("probe", "Cannot send on the interface '%1': %2.").arg(interface, errorText(outcome.error));
    }
}

Access accessOf(const NeighbourOutcome &outcome)
{
    switch (outcome.step) {
    case NeighbourStep::NotEthernet:
        return Access::Absent;
    case NeighbourStep::Socket:
    case NeighbourStep::Send:
        return accessOf(outcome.error);
    default:
        return Access::Failed;
    }
}

} // namespace

Reading<NeighbourProbe> neighbourReading(const net::IpAddress &target, const QString &interface, const NeighbourOutcome &outcome)
{
    const auto source = target.isV4() ? QStringLiteral("ARP request") : QStringLiteral("neighbour solicitation");
    if (outcome.step != NeighbourStep::None && outcome.sent == 0) {
        return Reading<NeighbourProbe>::missing(accessOf(outcome), source, problemOf(outcome, interface));
    }
    NeighbourProbe probe;
    probe.target = target;
    probe.interface = interface;
    probe.requestsSent = outcome.sent;
    for (const auto &answer : outcome.answers) {
        probe.answers.push_back(NeighbourAnswer{answer.mac, answer.rttNs, evidence::utc(answer.atNs / 1'000'000)});
    }
    return Reading<NeighbourProbe>::read(std::move(probe), source);
}

Reading<NeighbourProbe> neighbour(const net::IpAddress &target, const QString &interface, int requests,
                                  std::chrono::milliseconds wait, const std::stop_token &stop)
{
    const auto longest = std::clamp(wait, std::chrono::milliseconds(0), std::chrono::milliseconds(60'000));
    const NeighbourQuestion question{interface.toStdString(), target, std::clamp(requests, 1, 100), nanoseconds(longest)};
    return neighbourReading(target, interface, askNeighbour(question, [&stop] { return stop.stop_requested(); }));
}

} // namespace bothways::probe
