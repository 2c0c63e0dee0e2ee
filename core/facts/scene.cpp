// SPDX-License-Identifier: GPL-3.0-or-later
#include "facts/scene.h"

#include <algorithm>

namespace bothways::facts {

using namespace Qt::Literals::StringLiterals;
using evidence::EchoOutcome;
using evidence::EchoSeries;

namespace {

const EchoSeries *echoFor(const evidence::Evidence &evidence, evidence::EchoPurpose purpose)
{
    for (const auto &reading : evidence.probes.echoes) {
        if (reading.isRead() && reading.value.purpose == purpose) {
            return &reading.value;
        }
    }
    return nullptr;
}

void makeSet(std::vector<net::MacAddress> &macs)
{
    std::sort(macs.begin(), macs.end());
    macs.erase(std::unique(macs.begin(), macs.end()), macs.end());
}

void findVm(Scene &scene, const evidence::Evidence &evidence)
{
    if (!evidence.inventory.isRead()) {
        return;
    }
    for (const auto &vm : evidence.inventory.value.vms) {
        for (const auto &interface : vm.interfaces) {
            const bool byMac = scene.vmMac && interface.mac == scene.vmMac;
            const bool byAddress = std::any_of(interface.addresses.begin(), interface.addresses.end(), [&](const auto &known) {
                return scene.vmAddress && known.prefix.address() == *scene.vmAddress;
            });
            const bool byName = !evidence.target.vm.isEmpty() && vm.name == evidence.target.vm;
            if (byName && (byMac || byAddress || !scene.vmInterface)) {
                scene.vm = &vm;
                scene.vmInterface = &interface;
                if (byMac) {
                    return;
                }
            } else if (evidence.target.vm.isEmpty() && (byMac || byAddress)) {
                scene.vm = &vm;
                scene.vmInterface = &interface;
            }
        }
        if (!scene.vm && !evidence.target.vm.isEmpty() && vm.name == evidence.target.vm) {
            scene.vm = &vm;
        }
    }
}

void findGuestInterface(Scene &scene)
{
    if (!scene.guest || !scene.vmAddress || !scene.guest->facts.addresses.isRead()) {
        return;
    }
    for (const auto &address : scene.guest->facts.addresses.value) {
        if (address.prefix.address() == *scene.vmAddress) {
            scene.guestInterface = address.interface;
            scene.guestPrefix = address.prefix;
            return;
        }
    }
}

void findLive(Scene &scene, const evidence::Evidence &evidence)
{
    for (const auto &reading : evidence.probes.neighbours) {
        if (!reading.isRead() || !scene.vmAddress || reading.value.target != *scene.vmAddress) {
            continue;
        }
        scene.liveTried = scene.liveTried || reading.value.requestsSent > 0;
        for (const auto &answer : reading.value.answers) {
            scene.liveInterface = reading.value.interface;
            scene.live.push_back(answer.mac);
        }
    }
    makeSet(scene.live);
}

const evidence::RouteAnswer *answerFor(const Scene &scene, const evidence::Evidence &evidence)
{
    const evidence::RouteAnswer *found = nullptr;
    if (!evidence.host.isRead() || !scene.vmAddress) {
        return nullptr;
    }
    for (const auto &reading : evidence.host.value.routeAnswers) {
        const auto &answer = reading.value;
        if (!reading.isRead() || answer.destination != *scene.vmAddress) {
            continue;
        }
        const bool asked = answer.from.has_value();
        const bool fits = evidence.target.hostAddressGiven ? answer.from == evidence.target.hostAddress : !asked;
        if (fits || !found) {
            found = &answer;
        }
    }
    return found;
}

/// The bridge that learned the MAC; of several in a chain the one on which the host has an address.
QString learningBridge(const evidence::NodeFacts &host, const net::MacAddress &mac)
{
    QString first;
    for (const auto &entry : host.fdb.value) {
        if (entry.mac != mac || entry.permanent || entry.bridge.isEmpty()) {
            continue;
        }
        const auto &addresses = host.addresses.value;
        if (std::any_of(addresses.begin(), addresses.end(), [&](const auto &each) {
                return each.interface == entry.bridge && each.scope == evidence::AddressScope::Global;
            })) {
            return entry.bridge;
        }
        first = first.isEmpty() ? entry.bridge : first;
    }
    return first;
}

/// Where the VM is, from what does not depend on the route that may be wrong.
void findInterface(Scene &scene, const evidence::Evidence &evidence)
{
    if (scene.vmInterface && !scene.vmInterface->bridge.isEmpty()) {
        scene.interface = scene.vmInterface->bridge;
        scene.interfaceSeen = true;
        return;
    }
    const bool host = evidence.host.isRead();
    if (host && scene.vmMac) {
        const auto bridge = learningBridge(evidence.host.value, *scene.vmMac);
        if (!bridge.isEmpty()) {
            scene.interface = bridge;
            scene.interfaceSeen = true;
            return;
        }
    }
    const bool liveVm =
        std::find(scene.live.begin(), scene.live.end(), scene.vmMac.value_or(net::MacAddress())) != scene.live.end();
    if (liveVm && !scene.liveInterface.isEmpty()) {
        scene.interface = scene.liveInterface;
        scene.interfaceSeen = true;
        return;
    }
    QStringList fitting;
    if (host && scene.vmAddress && evidence.host.value.addresses.isRead()) {
        for (const auto &address : evidence.host.value.addresses.value) {
            if (address.prefix.length() < address.prefix.address().width() && address.prefix.contains(*scene.vmAddress)) {
                fitting << address.interface;
            }
        }
    }
    if (!fitting.isEmpty() && !fitting.contains(evidence.target.interface)) {
        scene.interface = fitting.first();
        return;
    }
    scene.interface = evidence.target.interface;
}

/// What was captured at it, what the run was aimed at, and the inventory name it. They differ where the VM was started anew
/// meanwhile: then the one that is still on the VM's bridge. The bridge's own memory is asked last, as it forgets, and as another
/// machine with the VM's MAC has its place there.
void findPort(Scene &scene, const evidence::Evidence &evidence)
{
    QStringList named;
    if (evidence.captures.isRead()) {
        const auto &points = evidence.captures.value.points;
        const auto found =
            std::find_if(points.begin(), points.end(), [](const auto &point) { return point.role == evidence::PointRole::Port; });
        named << (found == points.end() ? QString() : found->name);
    }
    named << evidence.target.port << (scene.vmInterface ? scene.vmInterface->hostDevice : QString());
    named.removeAll(QString());
    const auto onBridge = std::find_if(named.begin(), named.end(), [&](const QString &name) { return scene.isPortOfHome(name); });
    if (!named.isEmpty()) {
        scene.vmPort = onBridge == named.end() ? named.front() : *onBridge;
        return;
    }
    if (!scene.vmMac || !evidence.host.isRead() || !evidence.host.value.fdb.isRead()) {
        return;
    }
    const auto &entries = evidence.host.value.fdb.value;
    const auto learned = std::find_if(entries.begin(), entries.end(), [&](const auto &entry) {
        return entry.mac == *scene.vmMac && !entry.permanent && entry.bridge == scene.interface;
    });
    scene.vmPort = learned == entries.end() ? QString() : learned->port;
}

void findSource(Scene &scene, const evidence::Evidence &evidence)
{
    const auto &target = evidence.target;
    const bool routed = scene.route != nullptr && scene.route->error == 0 && !scene.interface.isEmpty();
    scene.diverted = routed && !scene.route->interface.isEmpty() && scene.route->interface != scene.interface;
    if (target.hostAddressGiven && target.hostAddress) {
        scene.hostAddress = target.hostAddress;
        return;
    }
    const bool fromTable = scene.diverted || scene.route == nullptr || scene.route->error != 0;
    if (fromTable && evidence.host.isRead() && evidence.host.value.addresses.isRead() && scene.vmAddress) {
        for (const auto &address : evidence.host.value.addresses.value) {
            if (address.interface == scene.interface && address.prefix.contains(*scene.vmAddress)) {
                scene.hostAddress = address.prefix.address();
                return;
            }
        }
    }
    if (scene.main && scene.main->source) {
        scene.hostAddress = scene.main->source;
    } else if (scene.route && scene.route->source) {
        scene.hostAddress = scene.route->source;
    } else {
        scene.hostAddress = target.hostAddress;
    }
}

void findEntry(Scene &scene, const evidence::Evidence &evidence)
{
    if (!evidence.host.isRead() || !evidence.host.value.neighbours.isRead() || !scene.vmAddress) {
        return;
    }
    for (const auto &entry : evidence.host.value.neighbours.value) {
        if (entry.address == *scene.vmAddress && (!scene.entry || entry.interface == scene.interface)) {
            scene.entry = &entry;
        }
    }
}

/// A report made without the host's address pings the guest's gateway, which may or may not be this host.
bool speaksOfHost(const EchoSeries &series, const evidence::Evidence &evidence)
{
    if (series.purpose != evidence::EchoPurpose::Gateway) {
        return true;
    }
    if (!evidence.host.isRead() || !evidence.host.value.addresses.isRead()) {
        return evidence.target.hostAddress == series.target;
    }
    const auto &addresses = evidence.host.value.addresses.value;
    return std::any_of(addresses.begin(), addresses.end(),
                       [&](const auto &address) { return address.prefix.address() == series.target; });
}

/// The VM's pings as they arrived here. One that was asked for tells by its size that it is the VM's.
void takeCapturedPings(Scene &scene)
{
    if (scene.back) {
        scene.backTarget = scene.back->target;
        scene.backSource = scene.guest->echoSource;
    }
    auto &captured = scene.captured;
    for (const auto &fate : scene.journeys) {
        if (fate.kind != evidence::JourneyKind::Echo || fate.journey == nullptr || fate.end == JourneyEnd::Open) {
            continue;
        }
        const bool toHost = fate.stations.back().name == u"host"_s;
        const bool askedFor = toHost && fate.journey->bytes == evidence::askingPingBytes(fate.asked.isV4()) && !fate.ours;
        if (fate.way != Way::VmToHost && !askedFor) {
            continue;
        }
        ++captured.asked;
        captured.answered += fate.end == JourneyEnd::Answered ? 1 : 0;
        captured.source = fate.asker;
        captured.target = fate.asked;
        captured.askedFor = captured.askedFor || askedFor;
        for (const auto &sighting : fate.journey->sightings) {
            captured.atNs = std::max(captured.atNs, sighting.timeNs);
            if (sighting.leg == evidence::Leg::Request) { // the last one is nearest to this host: as it arrives, behind any NAT
                captured.source = sighting.source;
                captured.ttl = sighting.ttl;
            }
        }
    }
    if (scene.backward == Fate::NotMeasured && captured.asked > 0) {
        scene.backSource = captured.source;
        scene.backTarget = captured.target;
        scene.backward = captured.answered == 0                         ? Fate::Fails
                         : captured.answered * 10 >= captured.asked * 9 ? Fate::Works
                                                                        : Fate::Lossy;
    }
}

} // namespace

int decided(const EchoSeries &series)
{
    return static_cast<int>(std::count_if(series.samples.begin(), series.samples.end(),
                                          [](const auto &sample) { return sample.outcome != EchoOutcome::Cancelled; }));
}

Fate fateOf(const EchoSeries *series)
{
    if (!series) {
        return Fate::NotMeasured;
    }
    const int sent = decided(*series);
    const int received = series->received();
    if (sent == 0) {
        return Fate::NotMeasured;
    }
    if (received == 0) {
        return Fate::Fails;
    }
    return received * 10 >= sent * 9 ? Fate::Works : Fate::Lossy;
}

bool hasOnly(const EchoSeries &series, EchoOutcome outcome)
{
    return decided(series) > 0 && std::all_of(series.samples.begin(), series.samples.end(), [&](const auto &sample) {
               return sample.outcome == outcome || sample.outcome == EchoOutcome::Cancelled;
           });
}

bool hasAny(const EchoSeries &series, EchoOutcome outcome)
{
    return std::any_of(series.samples.begin(), series.samples.end(),
                       [&](const auto &sample) { return sample.outcome == outcome; });
}

bool Scene::vmAlive() const
{
    const bool byMac = vmMac ? std::find(live.begin(), live.end(), *vmMac) != live.end() : live.size() == 1;
    return byMac || tcpAlive || fateOf(other) == Fate::Works || fateOf(other) == Fate::Lossy;
}

const evidence::Link *Scene::hostLink(const QString &name) const
{
    if (!evidence->host.isRead() || !evidence->host.value.links.isRead()) {
        return nullptr;
    }
    const auto &links = evidence->host.value.links.value;
    const auto found = std::find_if(links.begin(), links.end(), [&](const auto &link) { return link.name == name; });
    return found == links.end() ? nullptr : &*found;
}

const evidence::Link *Scene::homeLink() const { return hostLink(interface); }

bool Scene::isPortOfHome(const QString &name) const
{
    const auto *link = hostLink(name);
    return link != nullptr && !interface.isEmpty() && link->master == interface;
}

const evidence::Link *Scene::guestLink() const
{
    if (!guest || !guest->facts.links.isRead()) {
        return nullptr;
    }
    for (const auto &link : guest->facts.links.value) {
        if ((!guestInterface.isEmpty() && link.name == guestInterface) ||
            (guestInterface.isEmpty() && vmMac && link.mac == vmMac)) {
            return &link;
        }
    }
    return nullptr;
}

std::vector<net::MacAddress> Scene::ownMacs() const
{
    std::vector<net::MacAddress> macs;
    if (vmMac) {
        macs.push_back(*vmMac);
    }
    if (guest && guest->facts.links.isRead()) {
        for (const auto &link : guest->facts.links.value) {
            if (link.mac && !link.loopback) {
                macs.push_back(*link.mac);
            }
        }
    }
    if (vm) {
        for (const auto &attachment : vm->interfaces) {
            if (attachment.mac) {
                macs.push_back(*attachment.mac);
            }
        }
    }
    makeSet(macs);
    return macs;
}

bool Scene::onLink() const { return route == nullptr || !route->gateway; }

Scene sceneOf(const evidence::Evidence &evidence)
{
    Scene scene;
    scene.evidence = &evidence;
    scene.main = echoFor(evidence, evidence::EchoPurpose::Main);
    scene.other = echoFor(evidence, evidence::EchoPurpose::OtherSource);
    scene.v6 = echoFor(evidence, evidence::EchoPurpose::V6);
    scene.guest = evidence.guest.isRead() ? &evidence.guest.value : nullptr;
    if (scene.guest && scene.guest->echoToHost.isRead() && speaksOfHost(scene.guest->echoToHost.value, evidence)) {
        scene.back = &scene.guest->echoToHost.value;
    }
    scene.forward = fateOf(scene.main);
    scene.backward = fateOf(scene.back);
    scene.vmAddress = scene.main ? std::optional(scene.main->target) : evidence.target.vmAddress;
    scene.vmAddress6 = scene.v6 ? std::optional(scene.v6->target) : evidence.target.vmAddress6;
    scene.hostAddress6 = scene.v6 && scene.v6->source ? scene.v6->source : evidence.target.hostAddress6;
    scene.vmMac = evidence.target.vmMac;
    findGuestInterface(scene);
    if (!scene.vmMac) {
        if (const auto *link = scene.guestLink()) {
            scene.vmMac = link->mac;
        }
    }
    findVm(scene, evidence);
    if (!scene.vmMac && scene.vmInterface) {
        scene.vmMac = scene.vmInterface->mac;
    }
    findLive(scene, evidence);
    scene.route = answerFor(scene, evidence);
    if (scene.route != nullptr && scene.route->error == 0 && scene.route->type == evidence::RouteType::Local) {
        // The host answered itself: nothing was heard of the VM, whatever came back.
        scene.main = scene.other = scene.back = nullptr;
        scene.forward = scene.backward = Fate::NotMeasured;
    }
    findInterface(scene, evidence);
    findPort(scene, evidence);
    findSource(scene, evidence);
    findEntry(scene, evidence);
    for (const auto &reading : evidence.probes.ports) {
        const auto outcome = reading.value.outcome;
        scene.tcpAlive =
            scene.tcpAlive || (!scene.diverted && reading.isRead() && reading.value.protocol == evidence::ProbeProtocol::Tcp &&
                               (outcome == evidence::PortOutcome::Open || outcome == evidence::PortOutcome::Refused));
    }
    scene.journeys = followed(evidence, scene);
    takeCapturedPings(scene);
    const bool sourceFits = scene.backward != Fate::NotMeasured && (!scene.backSource || scene.backSource == scene.vmAddress);
    scene.reportOutdated = scene.back != nullptr && scene.backward == Fate::Works && scene.main != nullptr &&
                           hasOnly(*scene.main, EchoOutcome::NeighbourUnresolved) && !scene.vmAlive();
    scene.pairProven =
        scene.backward == Fate::Works && sourceFits && scene.backTarget == scene.hostAddress && !scene.reportOutdated;
    return scene;
}

} // namespace bothways::facts
