// SPDX-License-Identifier: GPL-3.0-or-later
#include "checks/transport/transport_captured.h"

#include "checks/finding/build.h"
#include "checks/finding/outcomes.h"

#include <algorithm>

/// TRN-2 and TRN-3: what was seen of the VM's own TCP, and of UDP in both directions. A refusal is an answer: a reset (RFC 9293,
/// 3.5.2), or the ICMP error that the port is unreachable (RFC 1122, 4.1.3.1).
namespace bothways::checks {

using namespace facts;
using namespace Qt::Literals::StringLiterals;
using evidence::JourneyKind;
using evidence::PortOutcome;

namespace {

/// Ports by what became of them, as the captures saw it.
struct Asked {
    QStringList answered;
    QStringList refused;
    QStringList lost;
    std::vector<JourneyFate> fates;
    bool any() const { return !fates.empty(); }
    bool alive() const { return !answered.isEmpty() || !refused.isEmpty(); }
};

Asked askedBy(const Scene &scene, JourneyKind kind, Way way)
{
    Asked asked;
    for (const auto &fate : scene.journeys) {
        if (fate.kind != kind || fate.way != way || fate.end == JourneyEnd::Open) {
            continue;
        }
        auto &ports = fate.end == JourneyEnd::Answered  ? asked.answered
                      : fate.end == JourneyEnd::Refused ? asked.refused
                                                        : asked.lost;
        const auto port = QString::number(fate.sequence);
        if (!ports.contains(port) && ports.size() < static_cast<qsizetype>(maximumItems)) {
            ports << port;
        }
        asked.fates.push_back(fate);
    }
    return asked;
}

void showGroups(Finding &finding, const Case &given, const Asked &asked)
{
    for (const auto &group : grouped(asked.fates)) {
        show(finding, given.evidence.captures.source, describe(group), given.evidence.captures.at);
    }
}

/// Where all that were lost were lost.
QString whereLost(const Asked &asked)
{
    QStringList sentences;
    for (const auto &group : grouped(asked.fates)) {
        if (group.end == JourneyEnd::Lost) {
            sentences << asSentence(describe(group));
        }
    }
    return sentences.mid(0, maximumNames).join(u' ');
}

/// The request passed every point on its way to the host, and the host's stack gave no answer.
bool lostInHost(const JourneyFate &fate)
{
    return fate.end == JourneyEnd::Lost && fate.leg == LostLeg::NotDecidable && fate.lostBetween.to == u"host"_s;
}

QString notCaptured(const Case &given)
{
    return given.evidence.captures.isRead()
               ? translate("checks", "The captures hold none; start one in the VM while this program captures.")
               : whyNot(given.evidence.captures);
}

struct UdpProbed {
    QStringList open;
    QStringList refused;
    QStringList silent;
    bool any() const { return !open.isEmpty() || !refused.isEmpty() || !silent.isEmpty(); }
};

UdpProbed probedUdp(Finding &finding, const evidence::Evidence &evidence)
{
    UdpProbed probed;
    for (const auto &reading : evidence.probes.ports) {
        if (!reading.isRead() || reading.value.protocol != evidence::ProbeProtocol::Udp) {
            continue;
        }
        const auto port = QString::number(reading.value.port);
        switch (reading.value.outcome) {
        case PortOutcome::Open:
            probed.open << port;
            show(finding, reading.source, translate("checks", "udp %1: answered").arg(port), reading.at);
            break;
        case PortOutcome::Refused:
            probed.refused << port;
            show(finding, reading.source, translate("checks", "udp %1: port unreachable, so the VM answers").arg(port),
                 reading.at);
            break;
        case PortOutcome::Silent:
            probed.silent << port;
            show(finding, reading.source, translate("checks", "udp %1: no answer").arg(port), reading.at);
            break;
        default:
            break;
        }
    }
    return probed;
}

void sayUdp(Finding &finding, const UdpProbed &probed, const Asked &toVm, const Asked &toHost)
{
    QStringList parts;
    const auto add = [&](const QString &form, const QStringList &ports) {
        if (!ports.isEmpty()) {
            parts << form.arg(few(ports));
        }
    };
    add(translate("checks", "the VM answered on UDP %1"), probed.open + toVm.answered);
    add(translate("checks", "the VM's UDP %1 is closed, and it says so"), probed.refused + toVm.refused);
    add(translate("checks", "no answer from the VM's UDP %1"), probed.silent + toVm.lost);
    add(translate("checks", "the host answered the VM on UDP %1"), toHost.answered);
    add(translate("checks", "the host's UDP %1 is closed, and it says so"), toHost.refused);
    add(translate("checks", "no answer from the host's UDP %1"), toHost.lost);
    const auto line = asSentence(clauses(parts));
    const bool alive = !probed.open.isEmpty() || !probed.refused.isEmpty() || toVm.alive() || toHost.alive();
    say(finding, alive ? Status::Pass : Status::Unknown, line.left(1).toUpper() + line.mid(1),
        alive ? QString()
              : translate("checks", "A UDP port that is silent may be open, closed or filtered: most services answer only "
                                    "what they understand."));
}

} // namespace

Finding trn2(const Case &given)
{
    Finding finding;
    const auto asked = askedBy(given.scene, JourneyKind::Tcp, Way::VmToHost);
    if (!asked.any()) {
        say(finding, Status::Skipped, translate("checks", "No TCP connection of the VM to this host was seen."),
            notCaptured(given));
        return finding;
    }
    showGroups(finding, given, asked);
    if (asked.alive()) {
        const auto ports = asked.answered + asked.refused;
        const auto sentence =
            (asked.answered.isEmpty()
                 ? translate("checks", "The host refused the VM's TCP connection to port %1, so packets pass both ways.")
                 : translate("checks", "The host answered the VM's TCP connection to port %1, so packets pass both ways."))
                .arg(few(ports));
        say(finding, asked.lost.isEmpty() ? Status::Pass : Status::Warn, sentence, whereLost(asked));
        observe(finding, Outcome::TcpFromVmAnswered, Basis::Capture, sentence);
        return finding;
    }
    const auto sentence =
        translate("checks", "The VM's TCP connections to port %1 of the host got no answer.").arg(few(asked.lost));
    say(finding, Status::Warn, sentence, whereLost(asked));
    if (std::all_of(asked.fates.begin(), asked.fates.end(), lostInHost)) {
        observe(finding, Outcome::TcpFromVmSwallowed, Basis::Capture,
                translate("checks", "By the capture the VM's TCP SYN came in at the host, and the host's stack gave no answer."));
    }
    return finding;
}

Finding trn3(const Case &given)
{
    Finding finding;
    const auto probed = probedUdp(finding, given.evidence);
    const auto toVm = askedBy(given.scene, JourneyKind::Udp, Way::HostToVm);
    const auto toHost = askedBy(given.scene, JourneyKind::Udp, Way::VmToHost);
    if (!probed.any() && !toVm.any() && !toHost.any()) {
        say(finding, Status::Skipped, translate("checks", "No UDP between host and VM was probed or seen."), notCaptured(given));
        return finding;
    }
    showGroups(finding, given, toVm);
    showGroups(finding, given, toHost);
    sayUdp(finding, probed, toVm, toHost);
    if (!probed.open.isEmpty() || !probed.refused.isEmpty()) {
        observe(finding, Outcome::UdpAlive, Basis::LiveProbe,
                translate("checks", "The VM answers UDP, if only to say that a port is closed."));
    } else if (toVm.alive()) {
        observe(finding, Outcome::UdpAlive, Basis::Capture,
                translate("checks", "By the capture the VM answers UDP, if only to say that a port is closed."));
    }
    return finding;
}

} // namespace bothways::checks
