// SPDX-License-Identifier: GPL-3.0-or-later
#include "shown/timeline_words.h"

#include "evidence/utc.h"
#include "shown/journey_timeline.h"
#include "words/punctuation.h"

#include <QDateTime>
#include <QLocale>

#include <algorithm>

namespace bothways::shown {

using namespace Qt::Literals::StringLiterals;
using evidence::Leg;
using evidence::PointRole;
using facts::JourneyEnd;
using facts::LostLeg;

namespace {

constexpr qint64 second = 1'000'000'000;

/// In UTC, for a recording may come from another place.
QString clockTime(qint64 ns)
{
    const auto time = evidence::utc(ns / 1'000'000);
    return u"%1.%2 UTC"_s.arg(time.toString(u"HH:mm:ss"_s)).arg(ns % second, 9, 10, QLatin1Char('0'));
}

QString kindName(evidence::JourneyKind kind)
{
    switch (kind) {
    case evidence::JourneyKind::Echo:
        return translate("journeys", "ICMP echo");
    case evidence::JourneyKind::Tcp:
        return translate("journeys", "TCP connection");
    case evidence::JourneyKind::Udp:
        return translate("journeys", "UDP");
    case evidence::JourneyKind::Arp:
        return translate("journeys", "ARP");
    case evidence::JourneyKind::Nd:
        return translate("journeys", "neighbour discovery");
    }
    return {};
}

template <typename T>
QString pairOf(const std::optional<T> &from, const std::optional<T> &to)
{
    const auto shown = [](const std::optional<T> &value) { return value ? text(value->toString()) : u"?"_s; };
    return translate("journeys", "%1 to %2").arg(shown(from), shown(to));
}

} // namespace

qint64 apart(qint64 time, qint64 since) { return static_cast<qint64>(static_cast<quint64>(time) - static_cast<quint64>(since)); }

QString wordFor(Leg leg)
{
    switch (leg) {
    case Leg::Request:
        return translate("journeys", "request");
    case Leg::Reply:
        return translate("journeys", "answer");
    case Leg::Refusal:
        return translate("journeys", "TCP reset");
    case Leg::Error:
        return translate("journeys", "ICMP error");
    }
    return {};
}

QString wordFor(LostLeg leg)
{
    switch (leg) {
    case LostLeg::Request:
        return translate("journeys", "request lost");
    case LostLeg::Reply:
        return translate("journeys", "answer lost");
    case LostLeg::NotDecidable:
        return translate("journeys", "no answer");
    case LostLeg::None:
        break;
    }
    return {};
}

QString nameOf(const facts::JourneyGroup &group)
{
    switch (group.way) {
    case facts::Way::HostToVm:
        return translate("journeys", "%1, host to VM").arg(kindName(group.kind));
    case facts::Way::VmToHost:
        return translate("journeys", "%1, VM to host").arg(kindName(group.kind));
    case facts::Way::Other:
        break;
    }
    return translate("journeys", "%1, %2 to %3", "ARP, 192.0.2.1 to 192.0.2.2")
        .arg(kindName(group.kind), text(group.first->asker.toString()), text(group.first->asked.toString()));
}

QString fateOf(const facts::JourneyGroup &group)
{
    const auto of = std::max(group.of, group.count);
    if (group.lostBetween.isThere()) {
        const auto from = endName(group.lostBetween.from);
        const auto to = endName(group.lostBetween.to);
        const auto pattern = group.leg == LostLeg::Request ? translate("journeys", "%1 of %2 lost between %3 and %4")
                             : group.leg == LostLeg::Reply
                                 ? translate("journeys", "%1 of %2: the answer was lost between %3 and %4")
                                 : translate("journeys", "%1 of %2 without an answer: lost between %3 and %4, or in it");
        return pattern.arg(group.count).arg(of).arg(from, to);
    }
    switch (group.end) {
    case JourneyEnd::Answered:
        return translate("journeys", "%1 of %2 answered").arg(group.count).arg(of);
    case JourneyEnd::Refused:
        return translate("journeys", "%1 of %2 refused").arg(group.count).arg(of);
    case JourneyEnd::Lost:
        return translate("journeys", "%1 of %2 lost").arg(group.count).arg(of);
    case JourneyEnd::Open:
        break;
    }
    return translate("journeys", "%1 asked when the capture ended").arg(group.count);
}

QString endName(const QString &station)
{
    if (station == u"host"_s) {
        return translate("journeys", "host");
    }
    return station == u"guest"_s ? translate("journeys", "VM") : station;
}

QString captionOf(const evidence::CapturePoint &point)
{
    switch (point.role) {
    case PointRole::Unknown:
        break;
    case PointRole::Uplink:
        return translate("journeys", "way out");
    case PointRole::UplinkPort:
        return translate("journeys", "to outside");
    case PointRole::Bridge:
        return translate("journeys", "host's side");
    case PointRole::OtherPort:
        return translate("journeys", "other port");
    case PointRole::Port:
        return translate("journeys", "VM's port");
    case PointRole::Guest:
        return translate("journeys", "inside VM");
    }
    return point.live ? translate("journeys", "point of capture") : translate("journeys", "from a file");
}

QString doubtOf(const evidence::CapturePoint &point)
{
    if (point.isWhole()) {
        return {};
    }
    return point.dropped > 0 ? translate("journeys", "frames dropped by the capture: %1").arg(point.dropped) : point.problem;
}

QString describe(const evidence::Sighting &sighting, const evidence::CapturePoint &point, qint64 begin)
{
    auto when = clockTime(sighting.timeNs);
    if (sighting.timeNs != begin) {
        when = translate("journeys", "%1 (%2 after the first)").arg(when, duration(apart(sighting.timeNs, begin)));
    }
    QStringList parts{when, pairOf(sighting.source, sighting.destination)};
    if (sighting.sourceMac || sighting.destinationMac) {
        parts << translate("journeys", "MAC %1").arg(pairOf(sighting.sourceMac, sighting.destinationMac));
    }
    if (sighting.vlan) {
        parts << translate("journeys", "VLAN %1").arg(*sighting.vlan);
    }
    if (sighting.ttl > 0) {
        parts << translate("journeys", "TTL %1").arg(sighting.ttl);
    }
    if (sighting.icmpType) {
        parts << translate("journeys", "ICMP type %1, code %2").arg(*sighting.icmpType).arg(sighting.icmpCode.value_or(0));
    }
    if (sighting.mtu) {
        parts << translate("journeys", "MTU %1").arg(*sighting.mtu);
    }
    return labelled(translate("journeys", "%1 at %2", "request at vnet0").arg(wordFor(sighting.leg), point.name), clauses(parts));
}

} // namespace bothways::shown
