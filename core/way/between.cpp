// SPDX-License-Identifier: GPL-3.0-or-later
#include "way/between.h"

#include "way/bridging.h"
#include "words/text.h"

#include <algorithm>

namespace bothways::way {

using namespace Qt::Literals::StringLiterals;
using evidence::Link;
using evidence::LinkKind;
using evidence::NodeFacts;
using facts::Where;

namespace {

struct Line {
    const NodeFacts &node;
    const facts::Case &known;
    bool toVm = true;
    std::optional<int> tag; ///< of the frame where it is now
};

/// "brq.30" on the bridge brq: frames cross that bridge with a tag.
const Link *bridgeUnder(const NodeFacts &node, const QString &interface, std::optional<int> &tag)
{
    const auto *link = linkOf(node, interface);
    if (link != nullptr && link->kind == LinkKind::Vlan) {
        tag = link->vlan;
        link = linkOf(node, link->lower);
    }
    return link != nullptr && link->kind == LinkKind::Bridge ? link : nullptr;
}

std::optional<int> guestTag(const facts::Scene &scene)
{
    const auto *link = scene.guestLink();
    return link != nullptr && link->kind == LinkKind::Vlan ? link->vlan : std::nullopt;
}

std::vector<BridgeCrossing> crossingsOf(const NodeFacts &node, const facts::Scene &scene, std::optional<int> &hostTag)
{
    const auto *bridge = bridgeUnder(node, scene.interface, hostTag);
    return bridge == nullptr ? std::vector<BridgeCrossing>{} : bridgesTowards(node, bridge->name, macOf(scene), scene.vmPort);
}

bool isOpenPort(const Link *link)
{
    return link == nullptr || !link->port || link->port->state.isEmpty() || link->port->state == evidence::PortState::Forwarding;
}

QString portOrBridge(const BridgeCrossing &crossing, const QString &port)
{
    return port.isEmpty() ? crossing.bridge->name : port;
}

/// Ports of one bridge: their state, isolation of both, a locked port's list, and flooding.
void passPorts(std::vector<Stage> &stages, const Line &line, const BridgeCrossing &crossing)
{
    const auto from = line.toVm ? crossing.inner : crossing.outer;
    const auto to = line.toVm ? crossing.outer : crossing.inner;
    auto here = stage(Place::Between, Kind::Bridge,
                      translate("way", "bridge %1 takes it from %2 to %3")
                          .arg(crossing.bridge->name, portOrBridge(crossing, from), portOrBridge(crossing, to)));
    const auto *input = from.isEmpty() ? nullptr : linkOf(line.node, from);
    const auto *output = to.isEmpty() ? nullptr : linkOf(line.node, to);
    const auto *closed = !isOpenPort(input) ? input : !isOpenPort(output) ? output : nullptr;
    const auto mac = macOf(line.known.scene);
    const auto knows = [&](const QString &port) {
        return std::any_of(line.node.fdb.value.begin(), line.node.fdb.value.end(),
                           [&](const auto &entry) { return entry.port == port && mac && entry.mac == *mac; });
    };
    facts::LinkObject object;
    object.where = Where::Host;
    if (closed != nullptr) {
        object.name = closed->name;
        object.state = closed->port->state.word();
        here.text = translate("way", "the port %1 of bridge %2 is %3")
                        .arg(closed->name, crossing.bridge->name, closed->port->state.word());
        stop(here, Fault::PortState, object);
    } else if (input != nullptr && output != nullptr && input->port && output->port && input->port->isolated &&
               output->port->isolated) {
        object.name = output->name;
        object.state = u"isolated"_s;
        here.text = translate("way", "the ports %1 and %2 of bridge %3 are both isolated")
                        .arg(input->name, output->name, crossing.bridge->name);
        stop(here, Fault::PortIsolated, object);
    } else if (!line.toVm && input != nullptr && input->port && input->port->locked && line.node.fdb.isRead() && mac &&
               !knows(from)) {
        object.name = input->name;
        object.state = u"locked"_s;
        here.text = translate("way", "the port %1 of bridge %2 is locked, and the VM's MAC is not among those it lets in")
                        .arg(input->name, crossing.bridge->name);
        stop(here, Fault::PortLocked, object);
    } else if (line.toVm && output != nullptr && output->port && !output->port->flood && line.node.fdb.isRead() && !knows(to)) {
        object.name = output->name;
        object.state = u"flood off"_s;
        here.text = translate("way", "bridge %1 does not know the VM's MAC, and does not flood the port %2")
                        .arg(crossing.bridge->name, output->name);
        stop(here, Fault::NotFlooded, object);
    } else if (crossing.outer.isEmpty()) {
        leaveOpen(here, translate("way", "Which port leads to the VM, a frame of it would tell."));
    }
    stages.push_back(here);
}

void passVlans(std::vector<Stage> &stages, Line &line, const BridgeCrossing &crossing, bool last,
               const std::optional<int> &awaited)
{
    const auto from = line.toVm ? crossing.inner : crossing.outer;
    const auto to = line.toVm ? crossing.outer : crossing.inner;
    const auto fate = crossVlans(line.node, *crossing.bridge, from, to, line.tag);
    if (fate.known && !fate.vlan && fate.lacking.isEmpty()) {
        return; // it does not look at VLANs
    }
    auto here = stage(Place::Between, Kind::Vlan,
                      fate.vlan ? translate("way", "bridge %1 carries it in VLAN %2").arg(crossing.bridge->name).arg(*fate.vlan)
                                : translate("way", "bridge %1 filters VLANs").arg(crossing.bridge->name));
    facts::VlanObject object{Where::Host, fate.lacking, fate.vlan.value_or(0), fate.lacking == crossing.bridge->name, true, true};
    if (!fate.known) {
        leaveOpen(here, translate("way", "The bridge's VLAN table was not read."));
    } else if (fate.noPvid) {
        // Which VLAN it should be, the other end of the crossing tells.
        const auto other = fate.lacking == portOrBridge(crossing, from) ? to : from;
        object.vlan = pvidAt(line.node, portOrBridge(crossing, other)).value_or(1);
        here.text = translate("way", "%1 is in no VLAN for untagged frames").arg(fate.lacking);
        stop(here, Fault::NotInVlan, object);
    } else if (!fate.lacking.isEmpty()) {
        object.pvid = !line.tag && !awaited;
        object.untagged = object.pvid;
        here.text = translate("way", "%1 is not in VLAN %2").arg(fate.lacking).arg(object.vlan);
        stop(here, Fault::NotInVlan, object);
    } else if (last && fate.leaves != awaited) {
        leaveOpen(here, translate("way", "The tags at the VM's port in a capture would tell."));
    }
    line.tag = fate.leaves;
    stages.push_back(here);
}

/// Between two ports of a bridge the hooks of a bridge, and with br_netfilter those of IP, see it.
void passHooks(std::vector<Stage> &stages, const Line &line, const BridgeCrossing &crossing, filter::Packet packet,
               filter::BridgeNetfilter bridging)
{
    if (crossing.inner.isEmpty() || crossing.outer.isEmpty()) {
        return;
    }
    const auto &options = crossing.bridge->bridge;
    bridging.ip = bridging.ip || (options && options->callIptables);
    bridging.ip6 = bridging.ip6 || (options && options->callIp6tables);
    packet.inputInterface = packet.outputInterface = crossing.bridge->name.toStdString();
    packet.inputPort = (line.toVm ? crossing.inner : crossing.outer).toStdString();
    packet.outputPort = (line.toVm ? crossing.outer : crossing.inner).toStdString();
    const auto &rules = line.known.hostRules;
    for (const auto layer : {facts::Layer::Ip, facts::Layer::Bridge}) {
        const bool ip = layer == facts::Layer::Ip;
        const bool shown = packet.source.isV4() ? bridging.ip : bridging.ip6;
        if (ip && !shown) {
            continue;
        }
        const auto passage = facts::pass(rules, filter::Way::Bridged, packet, bridging, layer);
        auto here = stage(Place::Between, Kind::Filter,
                          ip ? translate("way", "the hooks of IP let it through bridge %1").arg(crossing.bridge->name)
                             : translate("way", "the hooks of bridge %1 let it through").arg(crossing.bridge->name));
        if (passage.fate == facts::Passage::Fate::Stopped) {
            const facts::RuleObject object{Where::Host, passage.stoppers.front(), passage.hook, passage.packet};
            here.text = translate("way", "on bridge %1 it is stopped by %2").arg(crossing.bridge->name, facts::statement(object));
            stop(here, ip ? Fault::BridgedDrop : Fault::BridgeRuleDrops, object);
        } else if (passage.fate == facts::Passage::Fate::Open) {
            leaveOpen(here, passage.open.join(u' '));
        }
        stages.push_back(here);
    }
}

void passSnooping(std::vector<Stage> &stages, const Line &line, const BridgeCrossing &crossing, const net::IpAddress &destination)
{
    const auto to = line.toVm ? crossing.outer : crossing.inner;
    if (!isSnoopedOut(line.node, *crossing.bridge, to, destination)) {
        return;
    }
    auto here = stage(Place::Between, Kind::Bridge,
                      translate("way", "bridge %1 keeps neighbour solicitations for %2 from %3: nobody there joined their group")
                          .arg(crossing.bridge->name, text(destination.toString()), portOrBridge(crossing, to)));
    facts::LinkObject object;
    object.where = Where::Host;
    object.name = crossing.bridge->name;
    object.state = u"multicast_snooping"_s;
    stop(here, Fault::SnoopedOut, object);
    stages.push_back(here);
}

/// The host's interface itself.
void passDevice(std::vector<Stage> &stages, const Line &line, const net::IpAddress &vm)
{
    const auto &scene = line.known.scene;
    const auto *link = linkOf(line.node, scene.interface);
    if (const auto *stray = addressOnPort(line.node, vm)) {
        const auto *port = linkOf(line.node, stray->interface);
        const bool concerned = scene.interface == stray->interface || scene.interface == port->master;
        const bool also = std::any_of(line.node.addresses.value.begin(), line.node.addresses.value.end(), [&](const auto &each) {
            return each.interface == port->master && each.prefix.contains(vm) && each.prefix.length() < vm.width();
        });
        if (concerned && !also) {
            facts::AddressObject object;
            object.where = Where::Host;
            object.interface = stray->interface;
            object.address = stray->prefix;
            object.wantedInterface = port->master;
            auto here = stage(Place::Between, Kind::Device,
                              translate("way", "%1 is on %2, a port of bridge %3: what comes in there goes to the bridge")
                                  .arg(text(stray->prefix.toString()), stray->interface, port->master));
            stop(here, Fault::AddressOnPort, object);
            stages.push_back(here);
            return;
        }
    }
    if (link != nullptr && !link->up) {
        facts::LinkObject object;
        object.where = Where::Host;
        object.name = link->name;
        object.state = u"down"_s;
        auto here = stage(Place::Between, Kind::Device, translate("way", "the interface %1 is down").arg(link->name));
        stop(here, Fault::LinkDown, object);
        stages.push_back(here);
    }
}

void passRouter(std::vector<Stage> &stages, const Line &line, const net::IpAddress &gateway)
{
    auto here = stage(Place::Between, Kind::Router, translate("way", "the router %1 passes it on").arg(text(gateway.toString())));
    here.object = facts::RouterObject{{gateway}, Where::Switch};
    leaveOpen(here, line.toVm ? translate("way", "Captures at the VM, or the router's own rules and routes, would tell.")
                              : translate("way", "The router's own rules and routes would tell."));
    stages.push_back(here);
}

} // namespace

std::optional<net::MacAddress> macOf(const facts::Scene &scene)
{
    if (scene.vmMac) {
        return scene.vmMac;
    }
    if (scene.live.size() == 1) {
        return scene.live.front();
    }
    return scene.entry != nullptr ? scene.entry->mac : std::nullopt;
}

QString firstPort(const facts::Scene &scene)
{
    if (!scene.evidence->host.isRead()) {
        return {};
    }
    std::optional<int> tag;
    const auto crossings = crossingsOf(scene.evidence->host.value, scene, tag);
    return crossings.empty() ? QString() : crossings.front().outer;
}

void cross(std::vector<Stage> &stages, const facts::Case &known, const Machine &host, bool toVm, const filter::Packet &packet,
           filter::BridgeNetfilter bridging)
{
    if (host.node == nullptr) {
        return;
    }
    Line line{*host.node, known, toVm, std::nullopt};
    const auto &vm = toVm ? packet.destination : packet.source;
    std::optional<int> hostTag;
    auto crossings = crossingsOf(*host.node, known.scene, hostTag);
    if (toVm) {
        passDevice(stages, line, vm);
    }
    line.tag = toVm ? hostTag : guestTag(known.scene);
    const auto awaited = toVm ? guestTag(known.scene) : hostTag;
    if (!toVm) {
        std::reverse(crossings.begin(), crossings.end());
        if (known.scene.route != nullptr && known.scene.route->gateway) {
            passRouter(stages, line, *known.scene.route->gateway);
        }
    }
    for (const auto &crossing : crossings) {
        passPrograms(stages, host, toVm ? crossing.inner : crossing.outer, false);
        passPorts(stages, line, crossing);
        passVlans(stages, line, crossing, &crossing == &crossings.back(), awaited);
        passHooks(stages, line, crossing, packet, bridging);
        if (packet.destination.isV6()) {
            passSnooping(stages, line, crossing, packet.destination);
        }
        passPrograms(stages, host, toVm ? crossing.outer : crossing.inner, true);
    }
    if (!toVm) {
        passDevice(stages, line, vm);
    } else if (known.scene.route != nullptr && known.scene.route->gateway) {
        passRouter(stages, line, *known.scene.route->gateway);
    }
}

} // namespace bothways::way
