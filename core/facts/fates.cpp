// SPDX-License-Identifier: GPL-3.0-or-later
#include "facts/fates.h"

#include "facts/scene.h"

#include "words/punctuation.h"
#include "words/text.h"

#include <algorithm>
#include <cstdlib>
#include <limits>
#include <utility>

namespace bothways::facts {

using namespace Qt::Literals::StringLiterals;
using evidence::CapturePoint;
using evidence::Captures;
using evidence::EchoOutcome;
using evidence::Journey;
using evidence::JourneyKind;
using evidence::Leg;
using evidence::PointRole;

namespace {

constexpr qint64 second = 1'000'000'000;
/// A request is held back by the kernel for so long while the neighbour's MAC is looked for.
constexpr qint64 heldBack = 4 * second;
// A session file may hold anything: what is looked at of it is far more than a run makes, and takes no time.
constexpr std::size_t mostPoints = 64;
constexpr std::size_t mostJourneys = 20'000;
constexpr std::size_t mostSamples = 5'000;
constexpr std::size_t mostGroups = 100;

const auto hostEnd = u"host"_s;
const auto guestEnd = u"guest"_s;

qint64 beginOf(const Journey &journey) { return journey.sightings.empty() ? 0 : journey.sightings.front().timeNs; }

/// Who is who, and which points stand between two of them.
class Map {
public:
    Map(const evidence::Evidence &evidence, const Scene &scene) : m_captures(evidence.captures.value), m_macs(scene.ownMacs())
    {
        const auto note = [](std::vector<net::IpAddress> &list, const std::optional<net::IpAddress> &address) {
            if (address) {
                list.push_back(*address);
            }
        };
        note(m_host, evidence.target.hostAddress);
        note(m_host, evidence.target.hostAddress6);
        note(m_host, scene.hostAddress);
        note(m_vm, evidence.target.vmAddress);
        note(m_vm, evidence.target.vmAddress6);
        note(m_vm, scene.vmAddress);
        if (evidence.host.isRead() && evidence.host.value.addresses.isRead()) {
            for (const auto &address : evidence.host.value.addresses.value) {
                m_host.push_back(address.prefix.address());
            }
        }
        if (scene.guest && scene.guest->facts.addresses.isRead()) {
            for (const auto &address : scene.guest->facts.addresses.value) {
                if (!address.prefix.address().isLoopback()) {
                    m_vm.push_back(address.prefix.address());
                }
            }
        }
        for (std::size_t i = 0; i < std::min(m_captures.points.size(), mostPoints); ++i) {
            m_order.push_back(static_cast<int>(i));
            m_hasPort = m_hasPort || m_captures.points[i].role == PointRole::Port;
            m_hasUplinkPort = m_hasUplinkPort || m_captures.points[i].role == PointRole::UplinkPort;
        }
        m_spans.assign(m_captures.points.size(), {std::numeric_limits<qint64>::max(), 0});
        for (const auto &journey : m_captures.journeys) {
            for (const auto &sighting : journey.sightings) {
                if (sighting.point >= 0 && static_cast<std::size_t>(sighting.point) < m_spans.size()) {
                    auto &[first, last] = m_spans[static_cast<std::size_t>(sighting.point)];
                    first = std::min(first, beginOf(journey));
                    last = std::max(last, beginOf(journey));
                }
            }
        }
        std::stable_sort(m_order.begin(), m_order.end(), [this](int one, int other) {
            return m_captures.points[static_cast<std::size_t>(one)].distance <
                   m_captures.points[static_cast<std::size_t>(other)].distance;
        });
    }

    // An address that both have (a duplicate) is the VM's: it is what was asked for.
    bool isVm(const net::IpAddress &address) const { return contains(m_vm, address); }
    bool isHost(const net::IpAddress &address) const { return !isVm(address) && contains(m_host, address); }
    bool isVmMac(const net::MacAddress &mac) const { return std::find(m_macs.begin(), m_macs.end(), mac) != m_macs.end(); }
    bool knowsPort() const { return m_hasPort; } ///< the VM's
    bool knowsVmMac() const { return !m_macs.empty(); }
    bool isAtVm(int point) const
    {
        const auto place = static_cast<std::size_t>(point);
        return point >= 0 && place < m_captures.points.size() &&
               (m_captures.points[place].role == PointRole::Port || m_captures.points[place].role == PointRole::Guest);
    }

    Way wayOf(const net::IpAddress &asker, const net::IpAddress &asked) const
    {
        return isHost(asker) && isVm(asked) ? Way::HostToVm : isVm(asker) && isHost(asked) ? Way::VmToHost : Way::Other;
    }

    QString nameOf(const net::IpAddress &end) const
    {
        return isVm(end) ? guestEnd : isHost(end) ? hostEnd : text(end.toString());
    }

    /// Whether what that point did not see did not pass it at that time. A file begins and ends when it likes: only between the
    /// first and the last journey that it saw something of, it is known to have been open.
    bool isWhole(int index, qint64 time) const
    {
        const auto &point = m_captures.points[static_cast<std::size_t>(index)];
        if (!point.isWhole()) {
            return false;
        }
        const auto &[first, last] = m_spans[static_cast<std::size_t>(index)];
        return point.live || (first <= time && time <= last);
    }

    /// From who asked to who was asked, at that time.
    std::vector<Station> stations(const net::IpAddress &asker, const net::IpAddress &asked, qint64 time) const
    {
        std::vector<Station> way;
        const bool vmAsks = isVm(asker);
        const bool vmInIt = vmAsks || isVm(asked);
        const bool hostInIt = isHost(asker) || isHost(asked);
        for (const int index : m_order) {
            const auto &point = m_captures.points[static_cast<std::size_t>(index)];
            if (point.opened && isOnWay(point.role, vmInIt, hostInIt)) {
                way.push_back({point.name, index, isWhole(index, time)});
            }
        }
        // Points are in order from the host; what leaves the VM passes them the other way round, as does what comes from outside
        // to the host.
        if (vmAsks || (!vmInIt && isHost(asked))) {
            std::reverse(way.begin(), way.end());
        }
        way.insert(way.begin(), {nameOf(asker), -1, true});
        way.push_back({nameOf(asked), -1, true});
        return way;
    }

private:
    static bool contains(const std::vector<net::IpAddress> &list, const net::IpAddress &address)
    {
        return std::find(list.begin(), list.end(), address) != list.end();
    }
    bool isOnWay(PointRole role, bool vmInIt, bool hostInIt) const
    {
        switch (role) {
        case PointRole::Unknown:
            return true;
        case PointRole::Bridge: // a frame from port to port does not pass the host's own interface
            return hostInIt || !m_hasUplinkPort;
        case PointRole::Port:
        case PointRole::Guest:
            return vmInIt;
        case PointRole::Uplink:
        case PointRole::UplinkPort:
            return !hostInIt;
        case PointRole::OtherPort:
            return false;
        }
        return false;
    }

    const Captures &m_captures;
    std::vector<net::MacAddress> m_macs;
    std::vector<net::IpAddress> m_host;
    std::vector<net::IpAddress> m_vm;
    bool m_hasPort = false;
    bool m_hasUplinkPort = false;
    std::vector<int> m_order;
    std::vector<std::pair<qint64, qint64>> m_spans; ///< by point: begin of the first and of the last journey seen there
};

bool sawLeg(const Journey *journey, int point, bool answer)
{
    return journey != nullptr && std::any_of(journey->sightings.begin(), journey->sightings.end(), [&](const auto &sighting) {
               const bool isAnswer = sighting.leg == Leg::Reply || sighting.leg == Leg::Refusal;
               return sighting.point == point && (answer ? isAnswer : sighting.leg == Leg::Request);
           });
}

bool hasLeg(const Journey *journey, Leg leg)
{
    return journey != nullptr && std::any_of(journey->sightings.begin(), journey->sightings.end(),
                                             [&](const auto &sighting) { return sighting.leg == leg; });
}

void lose(JourneyFate &fate, const QString &from, const QString &to, LostLeg leg)
{
    fate.end = JourneyEnd::Lost;
    fate.lostBetween = {from, to};
    fate.leg = leg;
}

/// The answer came as far as the VM's port or card and was addressed to another MAC: the VM's kernel passes over it.
bool addressedPastVm(const JourneyFate &fate, const Map &map, int point)
{
    if (fate.way != Way::VmToHost || fate.journey == nullptr || !map.knowsVmMac() || !map.isAtVm(point)) {
        return false;
    }
    bool toOther = false;
    for (const auto &sighting : fate.journey->sightings) {
        if (sighting.point != point || sighting.leg == Leg::Request || !sighting.destinationMac) {
            continue;
        }
        if (sighting.destinationMac->isMulticast() || map.isVmMac(*sighting.destinationMac)) {
            return false;
        }
        toOther = true;
    }
    return toOther;
}

/// The answer was seen at station `at`, counted from the asker, and not nearer to it.
void judgeAnswer(JourneyFate &fate, const Map &map, std::size_t at, bool arrived)
{
    const auto &stations = fate.stations;
    for (std::size_t i = at; i-- > 1;) {
        if (stations[i].whole) {
            lose(fate, stations[at].name, stations[i].name, LostLeg::Reply);
            return;
        }
    }
    if ((fate.ours && !arrived) || addressedPastVm(fate, map, stations[at].point)) {
        lose(fate, stations[at].name, stations.front().name, LostLeg::Reply);
        return;
    }
    fate.end = hasLeg(fate.journey, Leg::Refusal) ? JourneyEnd::Refused : JourneyEnd::Answered;
}

/// An ICMP error ends it at whoever sent that.
bool judgeError(JourneyFate &fate, const Map &map, std::size_t furthest)
{
    if (fate.journey == nullptr) {
        return false;
    }
    for (const auto &sighting : fate.journey->sightings) {
        if (sighting.leg != Leg::Error || !sighting.source) {
            continue;
        }
        fate.reporter = sighting.source;
        const auto reporter = map.nameOf(*sighting.source);
        if (!sighting.quotesReply && *sighting.source == fate.asked) {
            fate.end = JourneyEnd::Refused;
        } else if (sighting.quotesReply) {
            lose(fate, fate.stations.back().name, reporter, LostLeg::Reply);
        } else {
            lose(fate, fate.stations[furthest].name, reporter, LostLeg::Request);
        }
        return true;
    }
    return false;
}

/// `arrived`: for a request of ours, whether its answer came.
void judge(JourneyFate &fate, const Map &map, bool arrived)
{
    const auto &stations = fate.stations;
    const auto last = stations.size() - 1;
    std::size_t furthest = 0;
    std::size_t nearest = last;
    for (std::size_t i = 1; i < last; ++i) {
        furthest = sawLeg(fate.journey, stations[i].point, false) ? i : furthest;
        nearest = sawLeg(fate.journey, stations[i].point, true) ? std::min(nearest, i) : nearest;
    }
    if (fate.ours && arrived) {
        fate.end = JourneyEnd::Answered;
        return;
    }
    if (nearest < last) {
        judgeAnswer(fate, map, nearest, arrived);
        return;
    }
    if (judgeError(fate, map, furthest)) {
        return;
    }
    for (auto next = furthest + 1; next < last; ++next) {
        if (stations[next].whole) {
            lose(fate, stations[furthest].name, stations[next].name, LostLeg::Request);
            return;
        }
    }
    lose(fate, stations[furthest].name, stations.back().name, LostLeg::NotDecidable);
}

/// Where it went instead, and to whom it was addressed.
void lookBeside(JourneyFate &fate, const Map &map, const Captures &captures)
{
    if (fate.journey == nullptr) {
        return;
    }
    for (const auto &sighting : fate.journey->sightings) {
        const bool onWay = std::any_of(fate.stations.begin(), fate.stations.end(),
                                       [&](const auto &station) { return station.point == sighting.point; });
        if (sighting.leg != Leg::Request) {
            continue;
        }
        const auto place = static_cast<std::size_t>(sighting.point);
        const bool known = sighting.point >= 0 && place < captures.points.size();
        // Of the ports of a bridge none is the wrong one as long as it is not known which is the right one.
        const bool wrong = known && (captures.points[place].role != PointRole::OtherPort || map.knowsPort());
        if (!onWay && wrong && fate.besideAt.isEmpty()) {
            fate.besideAt = captures.points[place].name;
        }
        const bool addressed = sighting.destinationMac && !sighting.destinationMac->isMulticast() && fate.way == Way::HostToVm;
        fate.strangeMac = fate.strangeMac || (addressed && onWay && map.knowsVmMac() && !map.isVmMac(*sighting.destinationMac));
    }
}

JourneyFate fateOf(const Journey &journey, const Map &map)
{
    JourneyFate fate;
    fate.journey = &journey;
    fate.kind = journey.kind;
    fate.asker = journey.asker;
    fate.asked = journey.asked;
    fate.id = journey.id;
    fate.sequence = journey.sequence;
    fate.way = map.wayOf(journey.asker, journey.asked);
    fate.stations = map.stations(journey.asker, journey.asked, beginOf(journey));
    return fate;
}

qint64 sentNs(const evidence::EchoSample &sample) { return sample.sentAt.toMSecsSinceEpoch() * 1'000'000; }

/// The captures' own end: what was asked just before it may have been answered behind it.
qint64 endOf(const Captures &captures)
{
    qint64 end = 0;
    for (const auto &point : captures.points) {
        end = std::max(end, point.toNs);
    }
    return end;
}

/// Our own echo requests know how they ended.
class OwnRequests {
public:
    OwnRequests(const evidence::Evidence &evidence, const Map &map) : m_evidence(evidence), m_map(map) {}

    void join(std::vector<JourneyFate> &fates)
    {
        const auto known = fates.size();
        for (const auto &reading : m_evidence.probes.echoes) {
            if (!reading.isRead()) {
                continue;
            }
            for (const auto &sample : reading.value.samples) {
                if (sample.outcome != EchoOutcome::Cancelled && m_joined < mostSamples) {
                    ++m_joined;
                    joinOne(fates, known, reading.value, sample);
                }
            }
        }
    }

private:
    void joinOne(std::vector<JourneyFate> &fates, std::size_t known, const evidence::EchoSeries &series,
                 const evidence::EchoSample &sample) const
    {
        JourneyFate *match = nullptr;
        qint64 best = heldBack;
        for (std::size_t i = 0; i < known; ++i) {
            auto &fate = fates[i];
            const auto apart = std::abs(beginOf(*fate.journey) - sentNs(sample));
            if (fate.kind == JourneyKind::Echo && !fate.ours && fate.asked == series.target &&
                fate.sequence == (sample.sequence & 0xffff) && (!series.source || fate.asker == *series.source) && apart < best) {
                best = apart;
                match = &fate;
            }
        }
        if (match == nullptr) {
            if (!series.source || !isWatched(sentNs(sample))) {
                return;
            }
            JourneyFate fate;
            fate.asker = *series.source;
            fate.asked = series.target;
            fate.sequence = sample.sequence;
            fate.way = m_map.wayOf(fate.asker, fate.asked);
            fate.stations = m_map.stations(fate.asker, fate.asked, sentNs(sample));
            fates.push_back(fate);
            match = &fates.back();
        }
        match->ours = true;
        match->outcome = sample.outcome;
        match->neighbourMissing = sample.outcome == EchoOutcome::NeighbourUnresolved;
        judge(*match, m_map, sample.outcome == EchoOutcome::Reply);
    }

    /// Some live point would have seen it leave.
    bool isWatched(qint64 time) const
    {
        const auto &points = m_evidence.captures.value.points;
        return std::any_of(points.begin(), points.end(), [&](const CapturePoint &point) {
            return point.live && point.isWhole() && point.role == PointRole::Bridge && point.fromNs <= time && time < point.toNs;
        });
    }

    const evidence::Evidence &m_evidence;
    const Map &m_map;
    std::size_t m_joined = 0;
};

} // namespace

std::vector<JourneyFate> followed(const evidence::Evidence &evidence, const Scene &scene)
{
    std::vector<JourneyFate> fates;
    if (!evidence.captures.isRead()) {
        return fates;
    }
    const auto &captures = evidence.captures.value;
    const Map map(evidence, scene);
    const auto end = endOf(captures);
    fates.reserve(std::min(captures.journeys.size(), mostJourneys));
    for (const auto &journey : captures.journeys) {
        if (fates.size() == mostJourneys) {
            break;
        }
        fates.push_back(fateOf(journey, map));
    }
    OwnRequests(evidence, map).join(fates);
    for (auto &fate : fates) {
        lookBeside(fate, map, captures);
        if (fate.ours) {
            continue;
        }
        judge(fate, map, false);
        if (fate.end == JourneyEnd::Lost && fate.leg != LostLeg::Reply && !fate.reporter &&
            beginOf(*fate.journey) > end - second) {
            fate.end = JourneyEnd::Open;
            fate.lostBetween = {};
            fate.leg = LostLeg::None;
        }
    }
    return fates;
}

std::vector<JourneyGroup> grouped(const std::vector<JourneyFate> &fates)
{
    std::vector<JourneyGroup> groups;
    for (const auto &fate : fates) {
        const auto same = std::find_if(groups.begin(), groups.end(), [&](const JourneyGroup &group) {
            return group.kind == fate.kind && group.way == fate.way && group.end == fate.end && group.leg == fate.leg &&
                   group.lostBetween == fate.lostBetween;
        });
        if (same != groups.end()) {
            ++same->count;
        } else if (groups.size() < mostGroups) {
            groups.push_back({fate.kind, fate.way, fate.end, fate.lostBetween, fate.leg, 1, 0, &fate});
        }
    }
    for (auto &group : groups) {
        for (const auto &other : groups) {
            group.of += other.kind == group.kind && other.way == group.way && other.end != JourneyEnd::Open ? other.count : 0;
        }
    }
    std::stable_sort(groups.begin(), groups.end(), [](const auto &one, const auto &other) { return one.count > other.count; });
    return groups;
}

// Journeys in words.

namespace {

QString wordFor(JourneyKind kind)
{
    switch (kind) {
    case JourneyKind::Echo:
        return translate("journeys", "echo request");
    case JourneyKind::Tcp:
        return translate("journeys", "TCP SYN");
    case JourneyKind::Udp:
        return translate("journeys", "UDP datagram");
    case JourneyKind::Arp:
        return translate("journeys", "ARP request");
    case JourneyKind::Nd:
        return translate("journeys", "neighbour solicitation");
    }
    return {};
}

QString wordFor(const QString &station)
{
    if (station == u"host"_s) {
        return translate("journeys", "the host's own stack");
    }
    return station == u"guest"_s ? translate("journeys", "the VM") : station;
}

QString lostPart(const Gap &between, LostLeg leg)
{
    const auto from = wordFor(between.from);
    const auto to = wordFor(between.to);
    switch (leg) {
    case LostLeg::Request:
        return translate("journeys", "the request was lost between %1 and %2").arg(from, to);
    case LostLeg::Reply:
        return translate("journeys", "the answer was lost between %1 and %2").arg(from, to);
    case LostLeg::NotDecidable:
        return translate("journeys",
                         "no answer came back from beyond %1: lost between there and %2 or in it, and no point of capture "
                         "tells whether the request or the answer")
            .arg(from, to);
    case LostLeg::None:
        break;
    }
    return {};
}

QString endPart(JourneyEnd end)
{
    switch (end) {
    case JourneyEnd::Answered:
        return translate("journeys", "answered");
    case JourneyEnd::Refused:
        return translate("journeys", "refused");
    case JourneyEnd::Open:
        return translate("journeys", "asked when the capture ended");
    case JourneyEnd::Lost:
        break;
    }
    return translate("journeys", "lost");
}

/// "virbr0, vnet0": where that leg was seen, in the order of its travel.
QStringList placesOf(const JourneyFate &fate, const evidence::Captures &captures, bool answer)
{
    QStringList places;
    if (fate.journey == nullptr) {
        return places;
    }
    const auto saw = [&](int point) {
        return std::any_of(fate.journey->sightings.begin(), fate.journey->sightings.end(), [&](const auto &sighting) {
            const bool isAnswer = sighting.leg == Leg::Reply || sighting.leg == Leg::Refusal;
            return sighting.point == point && sighting.leg != Leg::Error && isAnswer == answer;
        });
    };
    const auto onWay = [&](int point) {
        return std::any_of(fate.stations.begin(), fate.stations.end(),
                           [&](const auto &station) { return station.point == point; });
    };
    for (const auto &station : fate.stations) {
        if (station.point >= 0 && saw(station.point)) {
            places << station.name;
        }
    }
    if (answer) {
        std::reverse(places.begin(), places.end());
    }
    for (std::size_t i = 0; i < captures.points.size(); ++i) {
        if (!onWay(static_cast<int>(i)) && saw(static_cast<int>(i))) {
            places << captures.points[i].name;
        }
    }
    return places;
}

} // namespace

QString name(JourneyEnd end)
{
    switch (end) {
    case JourneyEnd::Answered:
        return u"answered"_s;
    case JourneyEnd::Refused:
        return u"refused"_s;
    case JourneyEnd::Lost:
        return u"lost"_s;
    case JourneyEnd::Open:
        return u"open"_s;
    }
    return {};
}

QString name(LostLeg leg)
{
    switch (leg) {
    case LostLeg::None:
        return {};
    case LostLeg::Request:
        return u"request"_s;
    case LostLeg::Reply:
        return u"reply"_s;
    case LostLeg::NotDecidable:
        return u"not-decidable"_s;
    }
    return {};
}

QString direction(const JourneyFate &fate, const evidence::Sighting &sighting)
{
    // An error about the request travels back to who asked, as an answer does.
    const bool back = sighting.leg == Leg::Error ? !sighting.quotesReply : sighting.leg != Leg::Request;
    if (fate.way == Way::Other) {
        return back ? u"back"_s : u"out"_s;
    }
    return (fate.way == Way::HostToVm) != back ? u"host-to-vm"_s : u"vm-to-host"_s;
}

QString describe(const JourneyFate &fate, const evidence::Captures &captures)
{
    auto sentence = translate("journeys", "%1 %2 from %3 to %4")
                        .arg(wordFor(fate.kind))
                        .arg(fate.sequence)
                        .arg(text(fate.asker.toString()), text(fate.asked.toString()));
    QStringList parts;
    const auto out = placesOf(fate, captures, false);
    parts << (out.isEmpty() ? translate("journeys", "seen at no point") : translate("journeys", "seen at %1").arg(listed(out)));
    if (const auto back = placesOf(fate, captures, true); !back.isEmpty()) {
        parts << translate("journeys", "its answer at %1").arg(listed(back));
    }
    parts << (fate.lostBetween.isThere() ? lostPart(fate.lostBetween, fate.leg) : endPart(fate.end));
    if (!fate.besideAt.isEmpty()) {
        parts << translate("journeys", "it went out at %1, which is not the way to the VM").arg(fate.besideAt);
    }
    if (fate.strangeMac) {
        parts << translate("journeys", "it was addressed to a MAC that is not the VM's");
    }
    if (fate.neighbourMissing) {
        parts << translate("journeys", "it never left, because nobody answered for the MAC it needs");
    }
    if (fate.reporter) {
        parts << translate("journeys", "%1 reported it by ICMP").arg(text(fate.reporter->toString()));
    }
    return labelled(sentence, clauses(parts));
}

QString describe(const JourneyGroup &group)
{
    const auto ends =
        group.way == Way::HostToVm ? translate("journeys", "host to VM")
        : group.way == Way::VmToHost
            ? translate("journeys", "VM to host")
            : translate("journeys", "%1 to %2").arg(text(group.first->asker.toString()), text(group.first->asked.toString()));
    const auto count = translate("journeys", "%1, %2: %3 of %4", "echo request, host to VM: 3 of 10")
                           .arg(wordFor(group.kind), ends)
                           .arg(group.count)
                           .arg(std::max(group.of, group.count));
    return together(count, group.lostBetween.isThere() ? lostPart(group.lostBetween, group.leg) : endPart(group.end));
}

} // namespace bothways::facts
