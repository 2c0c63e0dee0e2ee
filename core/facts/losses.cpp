// SPDX-License-Identifier: GPL-3.0-or-later
#include "facts/losses.h"

#include <algorithm>

namespace bothways::facts {

using namespace Qt::Literals::StringLiterals;
using evidence::EchoOutcome;
using evidence::JourneyKind;
using evidence::Leg;
using evidence::PointRole;
using evidence::Sighting;

namespace {

constexpr std::size_t maximumPlaces = 64;

const Station *stationOf(const JourneyFate &fate, const QString &name)
{
    const auto found =
        std::find_if(fate.stations.begin(), fate.stations.end(), [&](const Station &station) { return station.name == name; });
    return found == fate.stations.end() ? nullptr : &*found;
}

/// What a station is, as losses are told apart.
enum class Kind { HostEnd, VmEnd, HostSide, VmPort, Inside, Other };

/// One end of a pair whose other end is in a bridge of this host, too: the VM's port is behind that one.
bool leadsOn(const Scene &scene, const QString &name)
{
    const auto *link = scene.hostLink(name);
    const auto *peer = link == nullptr || link->peer.isEmpty() ? nullptr : scene.hostLink(link->peer);
    return peer != nullptr && !peer->master.isEmpty();
}

Kind kindOf(const Scene &scene, const JourneyFate &fate, const Station *station)
{
    if (station == nullptr) {
        return Kind::Other;
    }
    if (station->point < 0) {
        return station == &fate.stations.front() ? Kind::HostEnd : Kind::VmEnd;
    }
    const auto &points = scene.evidence->captures.value.points;
    const auto place = static_cast<std::size_t>(station->point);
    const auto role = place < points.size() ? points[place].role : PointRole::Unknown;
    switch (role) {
    case PointRole::Bridge:
        return isLine(scene, station->name) ? Kind::VmPort : Kind::HostSide;
    case PointRole::Port:
        return leadsOn(scene, station->name) ? Kind::HostSide : Kind::VmPort;
    case PointRole::Guest:
        return Kind::Inside;
    default:
        return Kind::Other;
    }
}

bool leftByUplink(const Scene &scene, const JourneyFate &fate)
{
    const auto &points = scene.evidence->captures.value.points;
    return std::any_of(points.begin(), points.end(),
                       [&](const auto &point) { return point.name == fate.besideAt && point.role == PointRole::Uplink; });
}

/// The kernel took it: nothing but a filter on its way out can have stopped it before the first interface.
bool wasTaken(const JourneyFate &fate)
{
    return !fate.outcome || fate.outcome == EchoOutcome::Silence || fate.outcome == EchoOutcome::SendDenied ||
           fate.outcome == EchoOutcome::Prohibited || fate.outcome == EchoOutcome::Unreachable;
}

/// A bridge gives nothing to a port without a carrier, or that is not forwarding: that is the port's fault and no filter's.
bool canForward(const Scene &scene, const QString &port)
{
    const auto *link = scene.hostLink(port);
    return link == nullptr ||
           (link->up && link->carrier &&
            (!link->port || link->port->state.isEmpty() || link->port->state == evidence::PortState::Forwarding));
}

LossPlace placeOf(const Scene &scene, const JourneyFate &fate)
{
    const auto *start = stationOf(fate, fate.lostBetween.from);
    const auto from = kindOf(scene, fate, start);
    const auto to = kindOf(scene, fate, stationOf(fate, fate.lostBetween.to));
    const bool request = fate.leg == LostLeg::Request;
    const bool reply = fate.leg == LostLeg::Reply;
    if (from == Kind::HostEnd && leftByUplink(scene, fate)) {
        return LossPlace::Elsewhere;
    }
    if (request && from == Kind::HostEnd && (to == Kind::HostSide || to == Kind::VmPort) && wasTaken(fate)) {
        return LossPlace::BeforeWire;
    }
    if (reply && to == Kind::HostEnd && (from == Kind::HostSide || isLine(scene, fate.lostBetween.from))) {
        return LossPlace::AtHost;
    }
    if ((request && from == Kind::HostSide && to == Kind::VmPort) || (reply && from == Kind::VmPort && to == Kind::HostSide)) {
        return canForward(scene, request ? fate.lostBetween.to : fate.lostBetween.from) ? LossPlace::InBridge
                                                                                        : LossPlace::Unclear;
    }
    if ((request && from == Kind::VmPort && to == Kind::Inside) || (reply && from == Kind::Inside && to == Kind::VmPort)) {
        return LossPlace::BeforeVm;
    }
    const bool inside = fate.leg == LostLeg::NotDecidable && (from == Kind::VmPort || from == Kind::Inside);
    return inside && start->whole ? LossPlace::InVm : LossPlace::Unclear;
}

bool isOnWay(const JourneyFate &fate, const Sighting &sighting)
{
    return std::any_of(fate.stations.begin(), fate.stations.end(),
                       [&](const Station &station) { return station.point == sighting.point; });
}

std::optional<net::MacAddress> strangeTarget(const Scene &scene, const JourneyFate &fate)
{
    const auto own = scene.ownMacs();
    if (fate.journey == nullptr || own.empty() || !scene.onLink()) {
        return std::nullopt;
    }
    for (const auto &sighting : fate.journey->sightings) {
        const bool addressed = sighting.leg == Leg::Request && sighting.destinationMac &&
                               !sighting.destinationMac->isMulticast() && isOnWay(fate, sighting);
        if (addressed && !std::binary_search(own.begin(), own.end(), *sighting.destinationMac)) {
            return sighting.destinationMac;
        }
    }
    return std::nullopt;
}

std::optional<net::MacAddress> misaddressedReply(const Scene &scene, const JourneyFate &fate)
{
    const auto *link = scene.homeLink();
    if (fate.journey == nullptr || link == nullptr || !link->mac || !scene.onLink()) {
        return std::nullopt;
    }
    for (const auto &sighting : fate.journey->sightings) {
        if (sighting.leg == Leg::Reply && sighting.destinationMac && !sighting.destinationMac->isMulticast() &&
            *sighting.destinationMac != *link->mac && isOnWay(fate, sighting)) {
            return sighting.destinationMac;
        }
    }
    return std::nullopt;
}

void add(Losses &losses, const Scene &scene, const JourneyFate &fate)
{
    ++losses.lost;
    const auto place = placeOf(scene, fate);
    const auto same = std::find_if(losses.places.begin(), losses.places.end(), [&](const Loss &loss) {
        return loss.place == place && loss.leg == fate.leg && loss.between == fate.lostBetween && loss.beside == fate.besideAt;
    });
    if (same != losses.places.end()) {
        ++same->count;
        return;
    }
    if (losses.places.size() >= maximumPlaces) { // they do not agree, which is all that further ones would tell
        return;
    }
    losses.places.push_back(
        {place, fate.leg, fate.lostBetween, 1, fate.besideAt, &fate, strangeTarget(scene, fate), misaddressedReply(scene, fate)});
}

void order(Losses &losses)
{
    std::stable_sort(losses.places.begin(), losses.places.end(),
                     [](const Loss &one, const Loss &other) { return one.count > other.count; });
}

} // namespace

bool isLine(const Scene &scene, const QString &name)
{
    const auto *link = scene.hostLink(name);
    return link != nullptr && (link->kind == evidence::LinkKind::Veth || link->kind == evidence::LinkKind::Tun);
}

const Loss *Losses::all() const
{
    return places.size() == 1 && places.front().place != LossPlace::Unclear ? &places.front() : nullptr;
}

bool isMainEcho(const Scene &scene, const JourneyFate &fate)
{
    return fate.ours && fate.kind == JourneyKind::Echo && fate.way == Way::HostToVm && scene.main != nullptr &&
           fate.asked == scene.main->target && (!scene.main->source || fate.asker == *scene.main->source);
}

Losses echoLosses(const Scene &scene)
{
    Losses losses;
    if (scene.forward != Fate::Fails && scene.forward != Fate::Lossy) {
        return losses;
    }
    for (const auto &fate : scene.journeys) {
        if (!isMainEcho(scene, fate) || fate.neighbourMissing) {
            continue;
        }
        ++losses.asked;
        if (fate.end == JourneyEnd::Lost) {
            add(losses, scene, fate);
        }
    }
    order(losses);
    return losses;
}

Losses arpLosses(const Scene &scene)
{
    Losses losses;
    for (const auto &fate : scene.journeys) {
        const bool asks = fate.kind == JourneyKind::Arp && fate.way == Way::HostToVm && fate.asked == scene.vmAddress;
        if (!asks || fate.end == JourneyEnd::Open) {
            continue;
        }
        ++losses.asked;
        if (fate.end == JourneyEnd::Lost) {
            add(losses, scene, fate);
        }
    }
    order(losses);
    return losses;
}

std::optional<net::MacAddress> strangeAnswerer(const Scene &scene)
{
    const auto own = scene.ownMacs();
    if (own.empty() || !scene.onLink()) {
        return std::nullopt;
    }
    for (const auto &fate : scene.journeys) {
        if (fate.kind != JourneyKind::Echo || !fate.ours || fate.journey == nullptr || fate.way != Way::HostToVm) {
            continue;
        }
        for (const auto &sighting : fate.journey->sightings) {
            if (sighting.leg == Leg::Reply && sighting.sourceMac && isOnWay(fate, sighting) &&
                !std::binary_search(own.begin(), own.end(), *sighting.sourceMac)) {
                return sighting.sourceMac;
            }
        }
    }
    return std::nullopt;
}

} // namespace bothways::facts
