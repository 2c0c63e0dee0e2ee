// SPDX-License-Identifier: GPL-3.0-or-later
#include "facts/symptom.h"

#include "facts/handshake.h"
#include "facts/path_facts.h"
#include "facts/rules.h"
#include "facts/scene.h"
#include "words/punctuation.h"
#include "words/text.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace bothways::facts {

using namespace Qt::Literals::StringLiterals;
using evidence::EchoOutcome;

namespace {

struct Verdict {
    Signature signature = Signature::Unobserved;
    QString explanation;
};

QString worded(EchoOutcome outcome)
{
    switch (outcome) {
    case EchoOutcome::Reply:
        return translate("checks", "answered");
    case EchoOutcome::Silence:
        return translate("checks", "silence, no ICMP error");
    case EchoOutcome::Unreachable:
        return translate("checks", "ICMP destination unreachable");
    case EchoOutcome::Prohibited:
        return translate("checks", "ICMP administratively prohibited");
    case EchoOutcome::TimeExceeded:
        return translate("checks", "time to live exceeded");
    case EchoOutcome::TooBig:
        return translate("checks", "packet too big");
    case EchoOutcome::NeighbourUnresolved:
        return translate("checks", "nobody answered ARP or neighbour solicitation");
    case EchoOutcome::NoRoute:
        return translate("checks", "the kernel has no route");
    case EchoOutcome::SendDenied:
        return translate("checks", "refused by the sender's own packet filter (EPERM)");
    case EchoOutcome::SendFailed:
        return translate("checks", "sending failed");
    case EchoOutcome::Cancelled:
        return translate("checks", "cancelled");
    }
    return {};
}

/// The fates that occurred, most frequent first.
QString detailOf(const evidence::EchoSeries &series)
{
    std::map<EchoOutcome, int> counted;
    for (const auto &sample : series.samples) {
        ++counted[sample.outcome];
    }
    std::vector<std::pair<EchoOutcome, int>> ordered(counted.begin(), counted.end());
    std::stable_sort(ordered.begin(), ordered.end(), [](const auto &a, const auto &b) { return a.second > b.second; });
    QStringList parts;
    for (const auto &[outcome, count] : ordered) {
        parts << (ordered.size() == 1 ? worded(outcome) : translate("checks", "%1 (%2 times)").arg(worded(outcome)).arg(count));
    }
    return clauses(parts);
}

IcmpCell cellOf(const evidence::EchoSeries &series)
{
    IcmpCell cell;
    cell.sent = decided(series);
    cell.received = series.received();
    cell.loss = cell.sent > 0 ? static_cast<double>(cell.sent - cell.received) / cell.sent : 0;
    cell.rtt = summarise(series);
    cell.detail = detailOf(series);
    return cell;
}

/// "64: no hop, as Linux and its kin begin": the first value is one of three, by kind of system (facts: RFC 1700 and practice).
QString ttlDetail(int ttl)
{
    const int first = ttl > 128 ? 255 : ttl > 64 ? 128 : 64;
    const auto system = first == 64    ? translate("checks", "as Linux, BSD and macOS begin")
                        : first == 128 ? translate("checks", "as Windows begins")
                                       : translate("checks", "as network devices begin");
    return ttl == first ? translate("checks", "TTL %1, no router on the way, %2").arg(ttl).arg(system)
                        : translate("checks", "TTL %1, so %2 routers on the way from %3, %4")
                              .arg(ttl)
                              .arg(first - ttl)
                              .arg(first)
                              .arg(system);
}

/// What the captures saw arrive, and leave again.
IcmpCell cellOf(const Scene::CapturedPings &captured)
{
    IcmpCell cell;
    cell.sent = captured.asked;
    cell.received = captured.answered;
    cell.loss = static_cast<double>(captured.asked - captured.answered) / captured.asked;
    QStringList parts{translate("checks", "seen by capture")};
    if (captured.source) {
        parts << translate("checks", "from %1").arg(text(captured.source->toString()));
    }
    if (captured.ttl > 0) {
        parts << ttlDetail(captured.ttl);
    }
    cell.detail = clauses(parts);
    return cell;
}

std::optional<StateCell> tcpCell(const evidence::Evidence &evidence)
{
    using evidence::PortOutcome;
    struct Word {
        PortOutcome outcome = PortOutcome::Failed;
        CellState state = CellState::NotTold;
        std::optional<bool> works;
    };
    static const Word words[] = {
        {PortOutcome::Open, CellState::Open, true},      {PortOutcome::Refused, CellState::Refused, true},
        {PortOutcome::Silent, CellState::Silent, false}, {PortOutcome::Unreachable, CellState::Unreachable, false},
        {PortOutcome::Denied, CellState::Denied, false}, {PortOutcome::Failed, CellState::Failed, std::nullopt},
    };
    for (const auto &word : words) {
        QStringList ports;
        for (const auto &probe : evidence.probes.ports) {
            if (probe.isRead() && probe.value.protocol == evidence::ProbeProtocol::Tcp && probe.value.outcome == word.outcome) {
                ports << QString::number(probe.value.port);
            }
        }
        if (!ports.isEmpty()) {
            const auto form = ports.size() == 1 ? translate("checks", "port %1") : translate("checks", "ports %1");
            return StateCell{word.works, word.state, form.arg(few(ports))};
        }
    }
    return std::nullopt;
}

std::optional<StateCell> arpCell(const Scene &scene)
{
    if (!scene.liveTried) {
        return std::nullopt;
    }
    QStringList macs;
    for (const auto &mac : scene.live) {
        macs << text(mac.toString());
    }
    if (macs.isEmpty()) {
        return StateCell{false, CellState::Unanswered, translate("checks", "nobody answered")};
    }
    return StateCell{true, CellState::Answered, translate("checks", "by %1").arg(few(macs))};
}

evidence::Worded<CellState> cellState(const evidence::Worded<evidence::NeighbourState> &state)
{
    return evidence::Worded<CellState>::of(state.word());
}

StateCell cacheCell(const evidence::Neighbour *entry, const std::optional<net::MacAddress> &expected)
{
    if (!entry) {
        return {false, CellState::None, translate("checks", "no entry")};
    }
    if (!entry->mac) {
        return {false, cellState(entry->state), translate("checks", "entry without a link-layer address")};
    }
    const auto shown = u"%1 %2"_s.arg(text(entry->mac->toString()), entry->state.word());
    if (!expected) {
        return {std::nullopt, cellState(entry->state), shown};
    }
    return *entry->mac == *expected ? StateCell{true, CellState::Agrees, shown} : StateCell{false, CellState::Differs, shown};
}

/// The guest's own ARP for the host: resolved or not, and whether to the host's address.
void fillGuestCache(Symptom &symptom, const Scene &scene)
{
    if (!scene.guest || !scene.guest->facts.neighbours.isRead() || !scene.back) {
        return;
    }
    const evidence::Neighbour *entry = nullptr;
    for (const auto &known : scene.guest->facts.neighbours.value) {
        if (known.address == scene.back->target) {
            entry = &known;
        }
    }
    const auto *link = scene.homeLink();
    symptom.arpCache.vmToHost = cacheCell(entry, link ? link->mac : std::nullopt);
    if (entry) {
        const bool resolved =
            entry->mac && entry->state != evidence::NeighbourState::Failed && entry->state != evidence::NeighbourState::Permanent;
        if (entry->state != evidence::NeighbourState::Permanent) {
            symptom.arp.vmToHost = StateCell{resolved, resolved ? CellState::Answered : CellState::Unanswered,
                                             translate("checks", "by the VM's own neighbour table")};
        }
    }
}

/// What the captures saw of the VM's TCP connections to this host.
std::optional<StateCell> capturedTcp(const Scene &scene)
{
    std::map<JourneyEnd, QStringList> ports;
    for (const auto &fate : scene.journeys) {
        if (fate.kind == evidence::JourneyKind::Tcp && fate.way == Way::VmToHost && fate.end != JourneyEnd::Open) {
            auto &list = ports[fate.end];
            const auto port = QString::number(fate.sequence);
            if (!list.contains(port) && list.size() <= maximumNames) {
                list << port;
            }
        }
    }
    if (ports.empty()) {
        return std::nullopt;
    }
    const auto &[end, list] = *ports.begin(); // answered before refused before lost
    const auto state = end == JourneyEnd::Answered  ? CellState::Open
                       : end == JourneyEnd::Refused ? CellState::Refused
                                                    : CellState::Silent;
    return StateCell{end != JourneyEnd::Lost, state, translate("checks", "seen by capture: port %1").arg(few(list))};
}

/// The VM's own ARP requests for the host.
std::optional<StateCell> capturedArp(const Scene &scene)
{
    std::optional<StateCell> cell;
    for (const auto &fate : scene.journeys) {
        if (fate.kind != evidence::JourneyKind::Arp || fate.way != Way::VmToHost || fate.end == JourneyEnd::Open) {
            continue;
        }
        const bool answered = fate.end == JourneyEnd::Answered;
        if (!cell || answered) {
            cell = StateCell{answered, answered ? CellState::Answered : CellState::Unanswered,
                             translate("checks", "seen by capture")};
        }
    }
    return cell;
}

/// The MAC that the VM addresses to reach this host is what its neighbour table holds.
std::optional<StateCell> capturedCache(const Scene &scene)
{
    const auto *link = scene.homeLink();
    for (auto each = scene.journeys.rbegin(); each != scene.journeys.rend(); ++each) {
        const auto &fate = *each;
        if (fate.journey == nullptr || fate.kind == evidence::JourneyKind::Arp || fate.kind == evidence::JourneyKind::Nd) {
            continue;
        }
        for (const auto &sighting : fate.journey->sightings) {
            const bool asks = sighting.leg == evidence::Leg::Request;
            const bool fromVm = sighting.leg != evidence::Leg::Error && fate.way == (asks ? Way::VmToHost : Way::HostToVm);
            if (!fromVm || !sighting.destinationMac || sighting.destinationMac->isMulticast()) {
                continue;
            }
            const auto shown =
                translate("checks", "seen by capture: the VM addresses %1").arg(text(sighting.destinationMac->toString()));
            if (link == nullptr || !link->mac) {
                return StateCell{std::nullopt, CellState::Seen, shown};
            }
            const bool agrees = sighting.destinationMac == link->mac;
            return StateCell{agrees, agrees ? CellState::Agrees : CellState::Differs, shown};
        }
    }
    return std::nullopt;
}

/// Where the guest was not read, its frames tell.
void fillFromCaptures(Symptom &symptom, const Scene &scene)
{
    symptom.tcp.vmToHost = capturedTcp(scene);
    if (!symptom.arp.vmToHost) {
        symptom.arp.vmToHost = capturedArp(scene);
    }
    if (!symptom.arpCache.vmToHost && scene.onLink()) {
        symptom.arpCache.vmToHost = capturedCache(scene);
    }
}

/// A missing IPv6 route is no fault of this pair; silence and refusal are.
bool v6Fails(const Scene &scene)
{
    return fateOf(scene.v6) == Fate::Fails && !hasAny(*scene.v6, EchoOutcome::NoRoute) &&
           !hasAny(*scene.v6, EchoOutcome::SendFailed);
}

Verdict whenForwardWorks(const Scene &scene, const Rules &host, const Rules &guest)
{
    if (scene.backward == Fate::Fails) {
        return {Signature::OneWayBack, translate("checks", "The host reaches the VM, but the VM's own ping of the host is not "
                                                           "answered: the one-way fault runs the other way round.")};
    }
    if (v6Fails(scene)) {
        return {Signature::Partial, translate("checks", "IPv4 works and only IPv6 does not: look at ICMPv6 filters and "
                                                        "neighbour discovery.")};
    }
    if (fateOf(scene.other) == Fate::Fails) {
        return {Signature::Partial, translate("checks", "The VM answers one source address of this host and not another.")};
    }
    const bool silent = allTcpSilent(*scene.evidence);
    if (silent && !closedByPolicy(scene, host, guest)) { // a filter that lets echo in and TCP not is no fault
        return {Signature::AboveIcmp, translate("checks", "Ping works, but no probed TCP port answers, not even with a refusal: "
                                                          "only what tells TCP from ICMP can be wrong.")};
    }
    if (largePacketsVanish(scene)) {
        return {Signature::Partial, translate("checks", "Small pings pass and large ones vanish without an ICMP error: only what "
                                                        "limits the size of packets can be wrong.")};
    }
    if (const auto gap = sizeGap(scene)) {
        return {Signature::Partial,
                gap->from == gap->to
                    ? translate("checks", "Pings of %1 bytes are lost, smaller and larger ones are answered.").arg(gap->from)
                    : translate("checks", "Pings of %1 to %2 bytes are lost, smaller and larger ones are answered.")
                          .arg(gap->from)
                          .arg(gap->to)};
    }
    auto explanation = scene.backward == Fate::Works
                           ? translate("checks", "Ping is answered in both directions.")
                           : translate("checks", "The host's ping of the VM is answered, so requests and replies pass. "
                                                 "The VM's own ping of the host was not observed.");
    if (silent) {
        explanation =
            together(explanation, translate("checks", "That no probed TCP port answers is the packet filter's own policy."));
    }
    return {Signature::Healthy, explanation};
}

bool pingedElsewhere(const Scene &scene, const evidence::Evidence &evidence)
{
    if (!scene.backTarget || !evidence.host.isRead() || !evidence.host.value.addresses.isRead()) {
        return false;
    }
    const auto &addresses = evidence.host.value.addresses.value;
    return !addresses.empty() && std::none_of(addresses.begin(), addresses.end(),
                                              [&](const auto &address) { return address.prefix.address() == *scene.backTarget; });
}

Verdict oneWay(const Scene &scene)
{
    auto explanation = scene.backSource
                           ? translate("checks", "The VM's ping of the host is answered and comes from the very address that the "
                                                 "host pings in vain. The replies used the host's route, neighbour entry and "
                                                 "link to the VM, so those are good; only what tells a request from a reply "
                                                 "can be wrong.")
                           : translate("checks", "The VM's ping of the host is answered, the host's ping of the VM is not. "
                                                 "Which source address the VM used was not told; if it is the pinged one, "
                                                 "route, neighbour entry and link are good.");
    if (fateOf(scene.other) == Fate::Works) {
        explanation = together(explanation, translate("checks", "From another source address of the host the VM does answer."));
    }
    return {Signature::OneWay, explanation};
}

Verdict whenForwardFails(const Scene &scene, const evidence::Evidence &evidence)
{
    if (evidence.target.mode == evidence::Mode::User && scene.backward != Fate::Fails) {
        return {Signature::WrongAddress,
                translate("checks", "The VM sits behind user-mode networking: its address exists only "
                                    "inside the hypervisor's process, so nothing on the host can reach it.")};
    }
    if (scene.reportOutdated) {
        return {Signature::Unobserved, translate("checks", "The VM's ping worked when it was asked, yet nobody answers for its "
                                                           "address now: the two were not seen at the same time, so neither "
                                                           "side is proven. Run the guest script again.")};
    }
    if (scene.backward == Fate::Works || scene.backward == Fate::Lossy) {
        if (scene.backSource && scene.backSource != scene.vmAddress) {
            return {Signature::WrongAddress,
                    translate("checks", "The VM's pings arrive from %1, not from the pinged address %2.")
                        .arg(text(scene.backSource->toString()), text(scene.vmAddress.value_or(net::IpAddress()).toString()))};
        }
        if (pingedElsewhere(scene, evidence)) {
            return {Signature::WrongAddress,
                    translate("checks", "The VM's pings are answered by %1, which is no address of this host.")
                        .arg(text(scene.backTarget->toString()))};
        }
        return oneWay(scene);
    }
    if (fateOf(scene.other) == Fate::Works) {
        return {Signature::Partial, translate("checks", "From another source address of this host the VM answers: only what "
                                                        "depends on the source can be wrong.")};
    }
    if (scene.backward == Fate::Fails) {
        return {Signature::BothWays, translate("checks", "Neither direction works: link, mode, neighbour, VLAN, route, mask, MAC "
                                                         "or a filter of all ICMP can be wrong.")};
    }
    return {Signature::Unobserved, translate("checks", "The host's ping is not answered. Whether the VM can ping the host was "
                                                       "not observed, so the verdict stays open between the classes. Run the "
                                                       "guest script in the VM to settle it.")};
}

Verdict classify(const Scene &scene, const Rules &host, const Rules &guest)
{
    switch (scene.forward) {
    case Fate::NotMeasured:
        return {Signature::Unobserved, translate("checks", "The host's ping of the VM could not be measured.")};
    case Fate::Works:
        return whenForwardWorks(scene, host, guest);
    case Fate::Lossy:
        return {Signature::Partial, translate("checks", "Some of the host's pings are answered and some are not.")};
    case Fate::Fails:
        return whenForwardFails(scene, *scene.evidence);
    }
    return {};
}

} // namespace

QString name(Signature signature)
{
    switch (signature) {
    case Signature::OneWay:
        return u"one-way"_s;
    case Signature::OneWayBack:
        return u"one-way-back"_s;
    case Signature::WrongAddress:
        return u"wrong-address"_s;
    case Signature::BothWays:
        return u"both-ways"_s;
    case Signature::AboveIcmp:
        return u"above-icmp"_s;
    case Signature::Partial:
        return u"partial"_s;
    case Signature::Healthy:
        return u"healthy"_s;
    case Signature::Unobserved:
        return u"unobserved"_s;
    }
    return {};
}

std::optional<RttSummary> summarise(const evidence::EchoSeries &series)
{
    std::vector<double> values; // nanoseconds
    for (const auto &sample : series.samples) {
        if (sample.outcome == EchoOutcome::Reply && !sample.late && sample.rttNs && *sample.rttNs >= 0) {
            values.push_back(static_cast<double>(*sample.rttNs));
        }
    }
    if (values.empty()) {
        return std::nullopt;
    }
    std::sort(values.begin(), values.end());
    const auto count = values.size();
    double mean = 0;
    for (const double value : values) {
        mean += value / static_cast<double>(count);
    }
    double squares = 0;
    for (const double value : values) {
        squares += (value - mean) * (value - mean);
    }
    const auto milliseconds = [](double nanoseconds) { return std::round(nanoseconds) / 1e6; };
    const auto rank = (95 * count + 99) / 100; // nearest rank: ceil(0.95 n), without floating point
    return RttSummary{milliseconds(values.front()), milliseconds(mean), milliseconds(values.back()),
                      milliseconds(std::sqrt(squares / static_cast<double>(count))), milliseconds(values[rank - 1])};
}

Symptom observe(const Scene &scene, const Rules &host, const Rules &guest)
{
    const auto &evidence = *scene.evidence;
    Symptom symptom;
    const auto verdict = classify(scene, host, guest);
    symptom.signature = verdict.signature;
    symptom.explanation = verdict.explanation;
    if (scene.main) {
        symptom.icmp.hostToVm = cellOf(*scene.main);
    }
    if (scene.back) {
        symptom.icmp.vmToHost = cellOf(*scene.back);
    } else if (scene.captured.asked > 0) {
        symptom.icmp.vmToHost = cellOf(scene.captured);
    }
    symptom.tcp.hostToVm = tcpCell(evidence);
    symptom.arp.hostToVm = arpCell(scene);
    if (evidence.host.isRead() && evidence.host.value.neighbours.isRead() && scene.vmAddress) {
        const bool single = !scene.vmMac && scene.live.size() == 1;
        symptom.arpCache.hostToVm = cacheCell(scene.entry, single ? std::optional(scene.live.front()) : scene.vmMac);
    }
    fillGuestCache(symptom, scene);
    fillFromCaptures(symptom, scene);
    symptom.surroundings = surroundingsOf(scene);
    return symptom;
}

} // namespace bothways::facts
