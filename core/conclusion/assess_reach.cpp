// SPDX-License-Identifier: GPL-3.0-or-later
#include "conclusion/assess_reach.h"

#include "conclusion/assessment_parts.h"

#include "facts/handshake.h"
#include "words/text.h"

#include <algorithm>

/// Reachability and handshakes: the alerts of the article (ICMP success below 90 %, TCP failures above 5 %) stand at half the
/// points.
namespace bothways::conclusion {

using namespace Qt::Literals::StringLiterals;
using evidence::PortOutcome;

namespace {

constexpr std::array<Anchor, 3> success{
    {{0, 0, ""}, {90, 50, QT_TRANSLATE_NOOP("assessment", "alert below it")}, {100, 100, ""}}};
constexpr std::array<Anchor, 3> failures{
    {{0, 100, ""}, {5, 50, QT_TRANSLATE_NOOP("assessment", "alert above it")}, {100, 0, ""}}};

double share(int part, int whole) { return 100.0 * part / whole; }

QString toVm() { return translate("assessment", "echo requests answered, this host to the VM"); }
QString toHost() { return translate("assessment", "echo requests answered, the VM to this host"); }

std::optional<Input> answered(const char *id, const QString &title, const evidence::EchoSeries *series)
{
    const int sent = series == nullptr ? 0 : facts::decided(*series);
    if (sent == 0) {
        return std::nullopt;
    }
    const int received = std::min(series->received(), sent);
    return measured(id, title, share(received, sent), "%", success,
                    u"%1: %2/%3"_s.arg(name(series->method)).arg(received).arg(sent));
}

/// The VM's own ping where it was asked, else what the captures saw of its pings.
std::optional<Input> backward(const facts::Scene &scene)
{
    if (scene.reportOutdated) {
        return std::nullopt;
    }
    if (auto input = answered("icmp_vm_to_host", toHost(), scene.back)) {
        return input;
    }
    const auto &captured = scene.captured;
    if (captured.asked <= 0) {
        return std::nullopt;
    }
    return measured("icmp_vm_to_host", toHost(), share(std::min(captured.answered, captured.asked), captured.asked), "%", success,
                    u"capture: %1/%2"_s.arg(captured.answered).arg(captured.asked));
}

struct Tally {
    int worked = 0;
    int failed = 0;
    int refused = 0;
    int closed = 0; ///< by a rule that was read
    int counted() const { return worked + failed; }
};

/// A refusal is an answer where nobody listens: neither a success nor a failure. A port that a rule keeps silent is closed on
/// purpose, but only where another one answers: else the same rule may be the very fault.
Tally ports(const facts::Case &given)
{
    Tally tally;
    for (const auto &reading : given.evidence.probes.ports) {
        const auto &probe = reading.value;
        if (!reading.isRead() || probe.protocol != evidence::ProbeProtocol::Tcp || probe.outcome == PortOutcome::Cancelled) {
            continue;
        }
        (probe.outcome == PortOutcome::Open      ? tally.worked
         : probe.outcome == PortOutcome::Refused ? tally.refused
                                                 : tally.failed)++;
    }
    if (tally.failed > 0 && tally.worked + tally.refused > 0) {
        const auto silent = facts::silentPorts(given.scene, given.hostRules, given.guestRules);
        tally.closed = static_cast<int>(
            std::count_if(silent.begin(), silent.end(), [](const auto &port) { return port.stopper.has_value(); }));
        tally.failed -= tally.closed;
    }
    return tally;
}

Tally seenFromVm(const facts::Scene &scene)
{
    Tally tally;
    for (const auto &fate : scene.journeys) {
        if (fate.kind == evidence::JourneyKind::Tcp && fate.way == facts::Way::VmToHost) {
            tally.worked += fate.end == facts::JourneyEnd::Answered ? 1 : 0;
            tally.failed += fate.end == facts::JourneyEnd::Lost ? 1 : 0;
        }
    }
    return tally;
}

QString source(const char *way, const Tally &tally)
{
    return u"%1: %2 open, %3 failed, %4 refused, %5 closed by a rule"_s.arg(QString::fromLatin1(way))
        .arg(tally.worked)
        .arg(tally.failed)
        .arg(tally.refused)
        .arg(tally.closed);
}

} // namespace

Rating rateReachability(const facts::Case &given)
{
    Rating rating;
    const auto &scene = given.scene;
    const bool v4 = !scene.vmAddress || scene.vmAddress->isV4();
    std::optional<double> families[2];
    const auto add = [&](bool isV4, std::optional<Input> input, const QString &missing) {
        if (input) {
            auto &family = families[isV4 ? 0 : 1];
            family = std::min(family.value_or(100), input->points);
            rating.inputs.push_back(std::move(*input));
        } else if (!missing.isEmpty()) {
            rating.missing << missing;
        }
    };
    add(v4, answered("icmp_host_to_vm", toVm(), scene.main),
        translate("assessment", "The echo from this host to the VM was not measured."));
    add(v4, backward(scene), translate("assessment", "The echo from the VM to this host was not observed."));
    add(false,
        answered("icmpv6_host_to_vm", translate("assessment", "IPv6 echo requests answered, this host to the VM"), scene.v6), {});
    for (const auto &family : families) {
        if (family) {
            rating.points = rating.points ? (*rating.points + *family) / 2 : *family;
        }
    }
    if (!rating.points) {
        rating.leftOut = translate("assessment", "No echo was measured in either direction.");
    }
    return rating;
}

Rating rateHandshakes(const facts::Case &given)
{
    Rating rating;
    const auto out = ports(given);
    const auto back = seenFromVm(given.scene);
    if (out.counted() > 0) {
        rating.inputs.push_back(measured("tcp_host_to_vm",
                                         translate("assessment", "TCP handshakes that failed, this host to the VM"),
                                         share(out.failed, out.counted()), "%", failures, source("connect()", out)));
    } else {
        rating.missing << (out.refused + out.closed > 0
                               ? translate("assessment", "No handshake could succeed or fail from this host to the VM: nothing "
                                                         "listens on the ports that were tried, or a rule closes them.")
                               : translate("assessment", "No TCP port of the VM was tried."));
    }
    if (back.counted() > 0) {
        rating.inputs.push_back(measured("tcp_vm_to_host",
                                         translate("assessment", "TCP handshakes that failed, the VM to this host"),
                                         share(back.failed, back.counted()), "%", failures, source("capture", back)));
    } else {
        rating.missing << translate("assessment", "No TCP handshake from the VM to this host was captured.");
    }
    takeLowest(rating);
    if (!rating.points) {
        rating.leftOut = rating.missing.front();
    }
    return rating;
}

} // namespace bothways::conclusion
