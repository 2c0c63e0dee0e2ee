// SPDX-License-Identifier: GPL-3.0-or-later
#include "checks/network/network_echo.h"

#include "checks/finding/build.h"
#include "checks/finding/outcomes.h"
#include "words/numbers.h"

#include <algorithm>

/// NET-7 and NET-8: ICMP echo over IPv4 (RFC 792) and IPv6 (RFC 4443).
namespace bothways::checks {

using namespace facts;
using namespace Qt::Literals::StringLiterals;
using evidence::EchoOutcome;
using evidence::EchoSeries;

namespace {

QString statistics(const EchoSeries &series)
{
    auto line = translate("checks", "%1 sent, %2 received").arg(decided(series)).arg(series.received());
    if (const auto rtt = summarise(series)) {
        line +=
            translate("checks", ", RTT min/avg/max/mdev/p95 %1 ms")
                .arg(QStringList{figures(rtt->min), figures(rtt->avg), figures(rtt->max), figures(rtt->mdev), figures(rtt->p95)}
                         .join(u'/'));
    }
    if (series.duplicates > 0) {
        line += translate("checks", ", %1 duplicates").arg(series.duplicates);
    }
    if (series.foreign > 0) {
        line += translate("checks", ", %1 foreign replies").arg(series.foreign);
    }
    return line;
}

QString inShort(const EchoSeries &series)
{
    const auto sent = decided(series);
    if (series.received() == 0) {
        return translate("checks", "None of %1 echo requests to %2 was answered.").arg(sent).arg(text(series.target.toString()));
    }
    const auto line = translate("checks", "%1 of %2 echo requests to %3 were answered")
                          .arg(series.received())
                          .arg(sent)
                          .arg(text(series.target.toString()));
    const auto rtt = summarise(series);
    return rtt ? translate("checks", "%1, after %2 on average.").arg(line, milliseconds(rtt->avg)) : asSentence(line);
}

std::optional<net::IpAddress> complainer(const EchoSeries &series)
{
    for (const auto &sample : series.samples) {
        if (sample.outcome == EchoOutcome::Prohibited || sample.outcome == EchoOutcome::Unreachable) {
            return sample.sender;
        }
    }
    return std::nullopt;
}

/// What NET-7 and NET-8 call the same thing.
struct LossOutcomes {
    Outcome sendDenied;
    Outcome prohibitedByGuest;
    Outcome unresolved;
    Outcome noRoute;
    Outcome silentAlive;
    Outcome silent;
};
constexpr LossOutcomes lossesOfV4{Outcome::SendDenied, Outcome::ProhibitedByGuest, Outcome::Unresolved,
                                  Outcome::NoRoute,    Outcome::SilentAlive,       Outcome::Silent};
constexpr LossOutcomes lossesOfV6{Outcome::SendDenied6, Outcome::ProhibitedByGuest6, Outcome::Unresolved6,
                                  Outcome::NoRoute6,    Outcome::SilentAlive6,       Outcome::Silent6};

/// Why nothing came back, in the order of what is most certain.
void explainLoss(Finding &finding, const Case &given, const EchoSeries &series, const LossOutcomes &losses)
{
    const auto &scene = given.scene;
    const auto sender = complainer(series);
    const auto from = sender ? text(sender->toString()) : translate("checks", "an unknown sender");
    if (hasAny(series, EchoOutcome::SendDenied) ||
        (sender && hasAny(series, EchoOutcome::Prohibited) && sender == series.source)) {
        finding.reason = translate("checks", "Nothing left this host: its own packet filter refused to send.");
        observe(finding, losses.sendDenied, Basis::LiveProbe,
                translate("checks", "The host's kernel refused to send the request (EPERM): its own filter stopped it."),
                PlainObject{Where::Host, translate("checks", "the packet filter on the way out")});
    } else if (hasAny(series, EchoOutcome::Prohibited) || (sender == series.target && hasAny(series, EchoOutcome::Unreachable))) {
        finding.reason = translate("checks", "The request was refused with an ICMP error by %1.").arg(from);
        if (sender == series.target) {
            observe(finding, losses.prohibitedByGuest, Basis::LiveProbe,
                    translate("checks", "The guest itself refused the request with an ICMP error."),
                    PlainObject{Where::Guest, translate("checks", "the packet filter on the way in")});
        }
    } else if (hasOnly(series, EchoOutcome::NeighbourUnresolved)) {
        finding.reason = translate("checks", "No request left: nobody answers for this address on the link.");
        observe(finding, losses.unresolved, Basis::LiveProbe,
                translate("checks", "The host's kernel found nobody who answers for the VM's address."));
    } else if (hasAny(series, EchoOutcome::NoRoute)) {
        finding.reason = translate("checks", "No request left: the kernel has no route to this address.");
        observe(finding, losses.noRoute, Basis::LiveProbe,
                translate("checks", "The host's kernel has no route for the request."));
    } else if (scene.vmAlive() && !scene.diverted) {
        finding.reason = translate("checks", "Silence, although the VM answers otherwise on the same link: frames reach it and "
                                             "come back, so something filters or ignores echo requests.");
        observe(finding, losses.silentAlive, Basis::LiveProbe,
                translate("checks", "Echo requests get no answer while the VM answers otherwise on the same link."));
    } else if (hasAny(series, EchoOutcome::Silence)) {
        finding.reason = translate("checks", "Silence: no reply and no ICMP error.");
        observe(finding, losses.silent, Basis::LiveProbe, translate("checks", "Echo requests get no answer."));
    }
}

const evidence::Reading<EchoSeries> *failedReading(const evidence::Evidence &evidence, evidence::EchoPurpose purpose)
{
    const auto &all = evidence.probes.echoes;
    const auto found =
        std::find_if(all.begin(), all.end(), [&](const auto &reading) { return reading.value.purpose == purpose; });
    if (found != all.end()) {
        return &*found;
    }
    return purpose == evidence::EchoPurpose::Main && !all.empty() ? &all.front() : nullptr;
}

void grade(Finding &finding, const Case &given, const EchoSeries &series, const LossOutcomes &losses)
{
    const auto fate = fateOf(&series);
    show(finding, name(series.method),
         u"%1 -> %2: "_s.arg(series.source ? text(series.source->toString()) : u"?"_s, text(series.target.toString())) +
             statistics(series),
         series.samples.empty() ? QDateTime() : series.samples.front().sentAt);
    switch (fate) {
    case Fate::NotMeasured:
        say(finding, Status::Unknown, translate("checks", "The run was stopped before any request was decided."));
        break;
    case Fate::Works:
        say(finding, Status::Pass, inShort(series));
        break;
    case Fate::Lossy:
        say(finding, Status::Warn, inShort(series));
        break;
    case Fate::Fails:
        say(finding, Status::Fail, inShort(series));
        explainLoss(finding, given, series, losses);
        break;
    }
}

} // namespace

Finding net7(const Case &given)
{
    Finding finding;
    const auto &scene = given.scene;
    if (!scene.main) {
        const auto *reading = failedReading(given.evidence, evidence::EchoPurpose::Main);
        say(finding, Status::Unknown, translate("checks", "The echo could not be measured."),
            reading ? whyNot(*reading) : translate("checks", "No echo was sent: the VM's address is not known."));
        return finding;
    }
    grade(finding, given, *scene.main, lossesOfV4);
    if (scene.forward == Fate::Works) {
        observe(finding, Outcome::Replies, Basis::LiveProbe, translate("checks", "The VM answers the host's echo requests."));
    }
    if (scene.other) {
        show(finding, name(scene.other->method),
             u"%1 -> %2: "_s.arg(scene.other->source ? text(scene.other->source->toString()) : u"?"_s,
                                 text(scene.other->target.toString())) +
                 statistics(*scene.other));
    }
    return finding;
}

Finding net8(const Case &given)
{
    Finding finding;
    const auto &scene = given.scene;
    if (!scene.v6) {
        const auto *reading = failedReading(given.evidence, evidence::EchoPurpose::V6);
        if (!reading) {
            say(finding, Status::Skipped, translate("checks", "No IPv6 echo was sent."),
                translate("checks", "No IPv6 address of the VM is known; the guest agent or the guest script would tell one."));
        } else {
            say(finding, Status::Unknown, translate("checks", "The IPv6 echo could not be measured."), whyNot(*reading));
        }
        return finding;
    }
    grade(finding, given, *scene.v6, lossesOfV6);
    // With IPv4 silent too, IPv6 tells nothing new about the pair: its observations would count one fault twice.
    if (scene.forward != Fate::Works) {
        finding.observations.clear();
    }
    return finding;
}

} // namespace bothways::checks
