// SPDX-License-Identifier: GPL-3.0-or-later
#include "checks/transport/transport.h"

#include "checks/finding/build.h"
#include "checks/finding/outcomes.h"
#include "facts/handshake.h"

#include <algorithm>
#include <map>

/// TRN: transport. An answer of any kind, also a refusal, shows that the address is alive (RFC 9293, 3.5.2).
namespace bothways::checks {

using namespace facts;
using namespace Qt::Literals::StringLiterals;
using evidence::PortOutcome;

namespace {

QString worded(PortOutcome outcome)
{
    switch (outcome) {
    case PortOutcome::Open:
        return translate("checks", "open");
    case PortOutcome::Refused:
        return translate("checks", "refused, so the VM answers");
    case PortOutcome::Silent:
        return translate("checks", "no answer");
    case PortOutcome::Unreachable:
        return translate("checks", "unreachable");
    case PortOutcome::Denied:
        return translate("checks", "this host did not let us send");
    case PortOutcome::Failed:
        return translate("checks", "failed");
    case PortOutcome::Cancelled:
        return translate("checks", "cancelled");
    }
    return {};
}

/// Ports by outcome, in the order of the outcomes.
struct Tally {
    std::map<PortOutcome, QStringList> ports;
    int probed = 0;

    bool only(PortOutcome outcome) const { return ports.size() == 1 && ports.begin()->first == outcome; }
    bool any(PortOutcome outcome) const { return ports.contains(outcome); }
    QString line() const
    {
        QStringList parts;
        for (const auto &[outcome, numbers] : ports) {
            const auto form = numbers.size() == 1 ? translate("checks", "port %1: %2") : translate("checks", "ports %1: %2");
            parts << form.arg(few(numbers), worded(outcome));
        }
        auto line = clauses(parts);
        return line.isEmpty() ? line : asSentence(line.front().toUpper() + line.mid(1));
    }
};

Tally tallyOf(Finding &finding, const evidence::Evidence &evidence)
{
    Tally tally;
    for (const auto &reading : evidence.probes.ports) {
        const auto &probe = reading.value;
        if (!reading.isRead() || probe.protocol != evidence::ProbeProtocol::Tcp || probe.outcome == PortOutcome::Cancelled) {
            continue;
        }
        auto line = u"tcp %1: %2"_s.arg(probe.port).arg(worded(probe.outcome));
        if (probe.outcome == PortOutcome::Failed) {
            line += u" errno %1"_s.arg(probe.errorNumber);
        }
        if (probe.rttNs) {
            line += u" %1 ms"_s.arg(QString::number(static_cast<double>(*probe.rttNs) / 1e6, 'f', 3));
        }
        show(finding, reading.source, line, reading.at);
        tally.ports[probe.outcome] << QString::number(probe.port);
        ++tally.probed;
    }
    return tally;
}

/// Which rule keeps which port silent, one sentence a rule. False where none that was read does.
bool nameClosers(Finding &finding, const Case &given, const std::vector<SilentPort> &silent)
{
    std::vector<std::pair<RuleObject, QStringList>> closers;
    for (const auto &port : silent) {
        if (!port.stopper || closers.size() >= maximumItems) {
            continue;
        }
        const auto known = std::find_if(closers.begin(), closers.end(),
                                        [&](const auto &closer) { return describe(closer.first) == describe(*port.stopper); });
        auto &closer = known == closers.end() ? closers.emplace_back(*port.stopper, QStringList()) : *known;
        closer.second << QString::number(port.port);
    }
    QStringList sentences;
    for (const auto &[rule, ports] : closers) {
        const auto form = rule.where == Where::Guest
                              ? translate("checks", "The guest's own packet filter keeps TCP %1 closed: %2.")
                              : translate("checks", "The host's own packet filter keeps TCP %1 from passing: %2.");
        sentences << form.arg(few(ports), statement(rule));
        show(finding, translate("checks", "deciding rule for TCP %1").arg(few(ports)), describe(rule),
             rule.where == Where::Guest ? given.guestRules.at : given.hostRules.at);
    }
    finding.reason = sentences.mid(0, maximumNames).join(u' ');
    return !sentences.isEmpty();
}

/// Nothing answers: what the rules of either end say to that.
void judgeSilence(Finding &finding, const std::vector<SilentPort> &silent)
{
    const auto all = [&](bool SilentPort::*passes) {
        return !silent.empty() && std::all_of(silent.begin(), silent.end(), [&](const SilentPort &port) { return port.*passes; });
    };
    finding.reason = translate("checks", "A port where nothing listens would refuse; these are kept silent.");
    observe(finding, Outcome::TcpSilent, Basis::LiveProbe,
            translate("checks", "No probed TCP port answers, not even with a refusal."));
    if (all(&SilentPort::passesGuest)) {
        finding.reason =
            together(finding.reason, translate("checks", "The guest's packet filter would let these ports through."));
        observe(finding, Outcome::GuestPassesTcp, Basis::Configuration,
                translate("checks", "The guest's packet filter lets TCP to the probed ports through."));
    }
    if (all(&SilentPort::passesHost)) {
        observe(finding, Outcome::HostPassesTcp, Basis::Configuration,
                translate("checks", "The host's packet filter lets TCP to the probed ports through."));
    }
}

} // namespace

Finding trn1(const Case &given)
{
    Finding finding;
    const auto tally = tallyOf(finding, given.evidence);
    if (tally.probed == 0) {
        QString why;
        for (const auto &reading : given.evidence.probes.ports) {
            why = reading.isRead() ? why : whyNot(reading);
        }
        say(finding, why.isEmpty() ? Status::Skipped : Status::Unknown, translate("checks", "No TCP port was probed."),
            why.isEmpty() ? translate("checks", "Name the ports to try with --ports.") : why);
        return finding;
    }
    const bool alive = tally.any(PortOutcome::Open) || tally.any(PortOutcome::Refused);
    say(finding, alive ? Status::Pass : Status::Warn, tally.line());
    const auto silent = silentPorts(given.scene, given.hostRules, given.guestRules);
    const bool closed = nameClosers(finding, given, silent);
    if (alive && given.scene.tcpAlive) {
        observe(finding, Outcome::TcpAlive, Basis::LiveProbe,
                translate("checks", "A TCP port answers, so packets reach the VM and come back."));
    } else if (tally.only(PortOutcome::Silent) && !closed) {
        judgeSilence(finding, silent);
    } else if (tally.only(PortOutcome::Unreachable)) {
        finding.reason = translate("checks", "The host's kernel could not reach the address at all.");
        observe(finding, Outcome::TcpUnreachable, Basis::LiveProbe,
                translate("checks", "The host's kernel reports the VM's address as unreachable."));
    }
    return finding;
}

} // namespace bothways::checks
