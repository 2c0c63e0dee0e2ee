// SPDX-License-Identifier: GPL-3.0-or-later
#include "checks/build.h"
#include "checks/chapters.h"
#include "checks/outcomes.h"

/// TRN: transport. An answer of any kind, also a refusal, shows that the address is alive (RFC 9293, 3.5.2).
namespace bothways::checks {

using namespace Qt::Literals::StringLiterals;
using evidence::PortOutcome;

namespace {

QString worded(const evidence::PortProbe &probe)
{
    switch (probe.outcome) {
    case PortOutcome::Open:
        return translate("checks", "open");
    case PortOutcome::Refused:
        return translate("checks", "refused");
    case PortOutcome::Silent:
        return translate("checks", "silent");
    case PortOutcome::Unreachable:
        return translate("checks", "unreachable");
    case PortOutcome::Denied:
        return translate("checks", "denied by this host");
    case PortOutcome::Failed:
        return translate("checks", "failed, errno %1").arg(probe.errorNumber);
    case PortOutcome::Cancelled:
        return translate("checks", "cancelled");
    }
    return {};
}

} // namespace

Finding trn1(const Context &context)
{
    Finding finding;
    QStringList lines;
    int alive = 0;
    int silent = 0;
    int unreachable = 0;
    QString why;
    for (const auto &reading : context.evidence.probes.ports) {
        if (!reading.isRead()) {
            why = whyNot(reading);
            continue;
        }
        const auto &probe = reading.value;
        if (probe.protocol != u"tcp"_s || probe.outcome == PortOutcome::Cancelled) {
            continue;
        }
        auto line = u"%1: %2"_s.arg(probe.port).arg(worded(probe));
        if (probe.rttNs) {
            line += u" %1 ms"_s.arg(QString::number(static_cast<double>(*probe.rttNs) / 1e6, 'f', 3));
        }
        lines << line;
        alive += probe.outcome == PortOutcome::Open || probe.outcome == PortOutcome::Refused ? 1 : 0;
        silent += probe.outcome == PortOutcome::Silent ? 1 : 0;
        unreachable += probe.outcome == PortOutcome::Unreachable ? 1 : 0;
        show(finding, reading.source, u"tcp "_s + line, reading.at);
    }
    if (lines.isEmpty()) {
        say(finding, why.isEmpty() ? Status::Skipped : Status::Unknown, translate("checks", "No TCP port was probed."),
            why.isEmpty() ? translate("checks", "Give ports with --ports.") : why);
        return finding;
    }
    say(finding, alive > 0 ? Status::Pass : Status::Warn, lines.join(u", "_s));
    if (alive > 0 && context.scene.tcpAlive) {
        observe(finding, outcome::tcpAlive, Basis::LiveProbe,
                translate("checks", "A TCP port answers, so packets reach the VM and come back."));
    } else if (silent == lines.size()) {
        finding.reason = translate("checks", "Nothing answers, not even with a refusal.");
        observe(finding, outcome::tcpSilent, Basis::LiveProbe,
                translate("checks", "No TCP port answers, not even with a refusal."));
    } else if (unreachable == lines.size()) {
        finding.reason = translate("checks", "The kernel reports the address as unreachable.");
        observe(finding, outcome::tcpUnreachable, Basis::LiveProbe,
                translate("checks", "The kernel reports the VM's address as unreachable."));
    }
    return finding;
}

} // namespace bothways::checks
