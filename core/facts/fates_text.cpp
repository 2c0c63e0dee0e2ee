// SPDX-License-Identifier: GPL-3.0-or-later
#include "facts/fates.h"

#include "words/punctuation.h"

#include <algorithm>

/// Journeys in words.
namespace bothways::facts {

using namespace Qt::Literals::StringLiterals;
using evidence::JourneyKind;
using evidence::Leg;

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
