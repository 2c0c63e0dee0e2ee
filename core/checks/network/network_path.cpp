// SPDX-License-Identifier: GPL-3.0-or-later
#include "checks/network/network_path.h"

#include "checks/finding/build.h"
#include "checks/finding/outcomes.h"
#include "facts/path_facts.h"

#include <algorithm>
#include <array>

/// NET-6 and NET-9: the routers on the way, and how large a packet they carry. RFC 792, 1191, 4443, 4821.
namespace bothways::checks {

using namespace facts;
using namespace Qt::Literals::StringLiterals;
using evidence::EchoOutcome;
using evidence::EchoSeries;
using evidence::PathMtu;
using evidence::PathTrace;
using evidence::TraceHop;

namespace {

QString shown(const std::optional<net::IpAddress> &address) { return address ? text(address->toString()) : u"*"_s; }

QString hopLine(const TraceHop &hop)
{
    auto line = u"%1  %2"_s.arg(hop.ttl).arg(shown(hop.sender));
    if (hop.rttNs) {
        line += u"  %1 ms"_s.arg(static_cast<double>(*hop.rttNs) / 1e6, 0, 'f', 3);
    }
    if (hop.icmpType) {
        line += u"  icmp %1/%2"_s.arg(*hop.icmpType).arg(hop.icmpCode.value_or(0));
    }
    if (hop.errorNumber != 0 && !hop.icmpType) {
        line += u"  errno %1"_s.arg(hop.errorNumber);
    }
    return line;
}

void showTrace(Finding &finding, const evidence::Reading<PathTrace> &reading)
{
    QStringList lines;
    for (const auto &hop : reading.value.hops) {
        if (lines.size() < static_cast<qsizetype>(maximumItems)) {
            lines << hopLine(hop);
        }
    }
    show(finding, u"%1 %2"_s.arg(reading.source, name(reading.value.protocol)), lines.join(u'\n'), reading.at);
}

/// The trace that tells most about the target of `family`: one that arrived, else the longest.
const evidence::Reading<PathTrace> *bestTrace(const evidence::Evidence &evidence, const net::IpAddress &target)
{
    const evidence::Reading<PathTrace> *best = nullptr;
    const auto rank = [](const auto &reading) {
        const auto &hops = reading.value.hops;
        const auto heard = std::count_if(hops.begin(), hops.end(), [](const TraceHop &hop) { return hop.sender.has_value(); });
        return std::tuple(reading.isRead(), reading.value.reached, heard);
    };
    for (const auto &reading : evidence.probes.traces) {
        if (reading.value.target == target && (best == nullptr || rank(reading) > rank(*best))) {
            best = &reading;
        }
    }
    return best;
}

/// A packet passed one address twice with another between: those that it goes round between, in their order. Empty: none.
std::vector<net::IpAddress> loopIn(const PathTrace &trace)
{
    const auto &hops = trace.hops;
    for (std::size_t second = 2; second < hops.size(); ++second) {
        for (std::size_t first = 0; first + 1 < second; ++first) {
            const bool again = hops[first].sender && hops[first].sender == hops[second].sender &&
                               hops[first].outcome == EchoOutcome::TimeExceeded &&
                               hops[second].outcome == EchoOutcome::TimeExceeded;
            std::vector<net::IpAddress> round;
            for (std::size_t i = first; again && i < second; ++i) {
                if (hops[i].sender && std::find(round.begin(), round.end(), *hops[i].sender) == round.end()) {
                    round.push_back(*hops[i].sender);
                }
            }
            if (round.size() > 1) {
                return round;
            }
        }
    }
    return {};
}

QString joined(const std::vector<net::IpAddress> &addresses)
{
    QStringList words;
    for (const auto &address : addresses) {
        words << text(address.toString());
    }
    return few(words);
}

std::optional<net::IpAddress> whoseTtlRanOut(const EchoSeries *series)
{
    for (const auto &sample : series ? series->samples : std::vector<evidence::EchoSample>()) {
        if (sample.outcome == EchoOutcome::TimeExceeded && sample.sender) {
            return sample.sender;
        }
    }
    return std::nullopt;
}

void reportLoop(Finding &finding, const std::vector<net::IpAddress> &round, const EchoSeries *main)
{
    const auto sentence = translate("checks", "The packets go round between %1 until their TTL runs out.").arg(joined(round));
    say(finding, Status::Fail, sentence,
        translate("checks", "Each of these routers takes the other for the way to the VM: one of their routes is wrong."));
    const RouterObject object{round};
    observe(finding, Outcome::RouteLoop, Basis::LiveProbe, sentence, object);
    const auto teller = whoseTtlRanOut(main);
    if (teller && std::find(round.begin(), round.end(), *teller) != round.end()) {
        observe(finding, Outcome::LoopTold, Basis::Report,
                translate("checks", "A full-sized TTL ran out as well: %1 says so of the ordinary pings.").arg(shown(teller)),
                object);
    }
}

/// The TTL that this host gives its packets; 0 where it was not read.
int ownTtl(const Case &given)
{
    const auto &host = given.evidence.host;
    return host.isRead() && host.value.sysctls.isRead() ? host.value.sysctls.value.value(u"net.ipv4.ip_default_ttl"_s).toInt()
                                                        : 0;
}

void reportExpiry(Finding &finding, const Case &given, const net::IpAddress &teller, const PathTrace *trace)
{
    const auto sentence = translate("checks", "The TTL of the host's pings runs out at %1.").arg(text(teller.toString()));
    say(finding, Status::Fail, sentence);
    observe(finding, Outcome::TtlExpired, Basis::Report, sentence, RouterObject{{teller}});
    const int ttl = ownTtl(given);
    const bool known = trace != nullptr && trace->reached && !trace->hops.empty();
    if (known && ttl > 0 && teller.isV4() && ttl < trace->hops.back().ttl) {
        finding.reason = translate("checks", "The VM is %1 hops away, and this host's packets start with a TTL of %2.")
                             .arg(trace->hops.back().ttl)
                             .arg(ttl);
        observe(finding, Outcome::TtlTooSmall, Basis::Configuration, finding.reason,
                SysctlObject{Where::Host, u"net.ipv4.ip_default_ttl"_s, QString::number(ttl), u"64"_s});
    }
}

/// The first reply whose TTL was read; null where there is none.
const evidence::EchoSample *replyWithTtl(const EchoSeries *series)
{
    for (std::size_t i = 0; series != nullptr && i < series->samples.size(); ++i) {
        if (series->samples[i].outcome == EchoOutcome::Reply && series->samples[i].ttl) {
            return &series->samples[i];
        }
    }
    return nullptr;
}

/// Without a router nobody lowers a TTL, so replies come with the one that systems start with.
void judgeReplyTtl(Finding &finding, const Case &given)
{
    const auto *reply = replyWithTtl(given.scene.main);
    if (reply == nullptr) {
        say(finding, Status::Skipped, translate("checks", "There are no hops to look at."),
            translate("checks", "The VM is on this host's own link, and no reply came whose TTL would tell otherwise."));
        return;
    }
    constexpr std::array starts{32, 64, 128, 255}; // Windows 9x, Linux and macOS, Windows, network devices
    const int ttl = *reply->ttl;
    show(finding, name(given.scene.main->method), u"ttl=%1"_s.arg(ttl), reply->sentAt);
    if (std::find(starts.begin(), starts.end(), ttl) != starts.end()) {
        say(finding, Status::Pass,
            translate("checks", "The VM is on this host's own link: its replies arrive with an untouched TTL of %1.").arg(ttl));
    } else {
        say(finding, Status::Warn,
            translate("checks", "The VM's replies arrive with a TTL of %1, which no system starts with.").arg(ttl),
            translate("checks",
                      "The VM should be on this host's own link, yet something on the way lowers or rewrites the TTL."));
    }
}

void judgeTrace(Finding &finding, const PathTrace &trace)
{
    const auto count = static_cast<int>(trace.hops.size());
    if (trace.reached) {
        say(finding, Status::Pass,
            count == 1 ? translate("checks", "No router is on the way to the VM.")
                       : translate("checks", "The VM is reached over %1 routers.").arg(count - 1));
        return;
    }
    const auto last = std::find_if(trace.hops.rbegin(), trace.hops.rend(), [](const TraceHop &hop) { return hop.sender; });
    if (last == trace.hops.rend()) {
        say(finding, Status::Unknown, translate("checks", "No router on the way answered."),
            translate("checks", "Routers may drop what asks for them; a capture further on would tell."));
    } else if (last->outcome != EchoOutcome::TimeExceeded) {
        say(finding, Status::Fail,
            translate("checks", "%1 refuses to carry packets to the VM (ICMP %2/%3).")
                .arg(shown(last->sender))
                .arg(last->icmpType.value_or(0))
                .arg(last->icmpCode.value_or(0)));
    } else {
        say(finding, Status::Warn, translate("checks", "Behind %1 nobody answers.").arg(shown(last->sender)),
            translate("checks", "The next router or the VM itself is silent."));
    }
}

const evidence::Reading<PathMtu> *mtuReading(const Case &given)
{
    const auto &all = given.evidence.probes.pathMtus;
    const auto target = given.scene.vmAddress;
    const auto found = std::find_if(all.begin(), all.end(), [&](const auto &reading) { return reading.value.target == target; });
    return found == all.end() ? nullptr : &*found;
}

void showMtu(Finding &finding, const evidence::Reading<PathMtu> &reading)
{
    const auto &mtu = reading.value;
    QStringList lines{u"%1 mtu %2: answered %3, unanswered %4, refused here %5"_s.arg(mtu.interface)
                          .arg(mtu.interfaceMtu)
                          .arg(mtu.largestAnswered)
                          .arg(mtu.smallestUnanswered)
                          .arg(mtu.refusedHere)};
    for (const auto &notice : mtu.notices) {
        lines << u"%1: too big, mtu %2"_s.arg(text(notice.sender.toString())).arg(notice.mtu);
    }
    for (const auto &size : mtu.sizes) {
        lines << u"%1 bytes: %2/%3"_s.arg(size.size).arg(size.answered).arg(size.sent);
    }
    show(finding, u"%1, %2"_s.arg(reading.source, name(mtu.method)), lines.join(u'\n'), reading.at);
}

void showLinks(Finding &finding, const evidence::Evidence &evidence, const std::vector<LinkMtu> &links)
{
    for (const auto &link : links) {
        const auto line = u"%1 mtu %2"_s.arg(link.name).arg(link.mtu);
        const bool inside = link.where == Where::Guest;
        show(finding, u"MTU"_s, inside ? atGuest(line) : atHost(line),
             inside ? evidence.guest.value.facts.links.at : evidence.host.value.links.at);
    }
}

void reportVanishing(Finding &finding, const Case &given, const PathMtu &mtu)
{
    const auto sentence = translate("checks", "Packets of up to %1 bytes arrive; larger ones vanish without an ICMP error.")
                              .arg(mtu.largestAnswered);
    const auto links = linkMtus(given.scene);
    MtuObject object{Where::Host, mtu.interface.isEmpty() ? given.scene.interface : mtu.interface, mtu.interfaceMtu,
                     mtu.largestAnswered};
    say(finding, Status::Fail, sentence);
    if (!given.scene.onLink()) {
        finding.reason = translate("checks", "A router on the way drops what is too big and keeps silent, or its ICMP error is "
                                             "filtered: TCP connections stall as soon as they carry data.");
        observe(finding, Outcome::LargeLostOnPath, Basis::LiveProbe, sentence, object);
        return;
    }
    observe(finding, Outcome::LargeLostOnLink, Basis::LiveProbe, sentence, object);
    const auto *narrow = narrowest(links);
    if (narrow != nullptr && narrow->mtu < mtu.interfaceMtu) {
        finding.reason = translate("checks", "%1 takes %2 bytes where this host sends %3: what is larger is dropped at its door.")
                             .arg(narrow->where == Where::Guest ? atGuest(narrow->name) : atHost(narrow->name))
                             .arg(narrow->mtu)
                             .arg(mtu.interfaceMtu);
        observe(finding, Outcome::MtuDiffers, Basis::Configuration, finding.reason,
                MtuObject{narrow->where, narrow->name, narrow->mtu, mtu.interfaceMtu});
    } else {
        finding.reason =
            translate("checks", "On one link nobody says so: the receiver's interface has a smaller MTU than this host's.");
    }
}

void judgeMtu(Finding &finding, const Case &given, const PathMtu &mtu)
{
    const auto links = linkMtus(given.scene);
    showLinks(finding, given.evidence, links);
    if (mtu.smallestUnanswered > 0 && mtu.cutShort) {
        say(finding, Status::Unknown,
            translate("checks", "The search for the path MTU was cut short: it is between %1 and %2 bytes.")
                .arg(mtu.largestAnswered)
                .arg(mtu.smallestUnanswered));
    } else if (largePacketsVanish(mtu)) {
        reportVanishing(finding, given, mtu);
    } else if (mtu.smallestUnanswered > 0) {
        const auto *notice = narrowestNotice(mtu);
        if (notice == nullptr) { // a file may say that nothing arrived, and no reason
            say(finding, Status::Unknown,
                translate("checks", "Packets of %1 bytes were not answered, and of smaller ones nothing is known.")
                    .arg(mtu.smallestUnanswered));
            return;
        }
        say(finding, Status::Pass,
            translate("checks", "The path carries %1 bytes, and %2 says so to whoever sends more.")
                .arg(mtu.largestAnswered)
                .arg(text(notice->sender.toString())));
        observe(finding, Outcome::PathTold, Basis::LiveProbe, finding.summary);
    } else {
        say(finding, Status::Pass,
            translate("checks", "Packets of %1 bytes, the most this host sends, arrive whole.").arg(mtu.largestAnswered));
        observe(finding, Outcome::PathWhole, Basis::LiveProbe, finding.summary);
        const auto *guest = given.scene.guestLink();
        if (guest != nullptr && given.scene.onLink() && mtu.interfaceMtu > 0 && static_cast<int>(guest->mtu) > mtu.interfaceMtu) {
            say(finding, Status::Warn,
                translate("checks",
                          "The VM's %1 has an MTU of %2, this host's %3 one of %4: what the VM sends above that is lost.")
                    .arg(guest->name)
                    .arg(guest->mtu)
                    .arg(mtu.interface)
                    .arg(mtu.interfaceMtu));
        }
    }
}

} // namespace

Finding net6(const Case &given)
{
    Finding finding;
    const auto &scene = given.scene;
    const auto *reading = scene.vmAddress ? bestTrace(given.evidence, *scene.vmAddress) : nullptr;
    for (const auto &each : given.evidence.probes.traces) {
        if (each.isRead() && each.value.target == scene.vmAddress) {
            showTrace(finding, each);
            if (const auto round = loopIn(each.value); !round.empty() && finding.observations.empty()) {
                reportLoop(finding, round, scene.main);
            }
        }
    }
    if (!finding.observations.empty()) {
        return finding;
    }
    const auto *trace = reading != nullptr && reading->isRead() ? &reading->value : nullptr;
    if (const auto teller = whoseTtlRanOut(scene.main)) {
        reportExpiry(finding, given, *teller, trace);
    } else if (trace != nullptr) {
        judgeTrace(finding, *trace);
    } else if (reading != nullptr && reading->access != evidence::Access::NotTried) {
        say(finding, Status::Unknown, translate("checks", "The hops could not be traced."), whyNot(*reading));
    } else if (reading == nullptr && !scene.main) {
        say(finding, Status::Skipped, translate("checks", "No hops were traced."),
            translate("checks", "The VM's address is not known, or this session is from before hops were traced."));
    } else if (scene.onLink()) {
        judgeReplyTtl(finding, given);
    } else {
        say(finding, Status::Skipped, translate("checks", "No hops were traced."),
            reading ? whyNot(*reading) : translate("checks", "This session is from before hops were traced."));
    }
    return finding;
}

Finding net9(const Case &given)
{
    Finding finding;
    const auto *reading = mtuReading(given);
    if (reading == nullptr) {
        say(finding, Status::Skipped, translate("checks", "The path MTU was not probed."),
            translate("checks", "No echo was measured, or this session is from before the path MTU was probed."));
    } else if (reading->access == evidence::Access::NotTried) {
        say(finding, Status::Skipped, translate("checks", "The path MTU was not probed."), whyNot(*reading));
    } else if (!reading->isRead()) {
        say(finding, Status::Unknown, translate("checks", "The path MTU could not be probed."), whyNot(*reading));
    } else if (reading->value.largestAnswered == 0) {
        showMtu(finding, *reading);
        say(finding, Status::Unknown, translate("checks", "The path MTU could not be probed."),
            translate("checks", "Small echoes that may not be fragmented were not answered either."));
    } else {
        showMtu(finding, *reading);
        judgeMtu(finding, given, reading->value);
    }
    return finding;
}

} // namespace bothways::checks
