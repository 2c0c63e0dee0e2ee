// SPDX-License-Identifier: GPL-3.0-or-later
#include "way/machine.h"

#include "words/text.h"

#include <algorithm>

namespace bothways::way {

using namespace Qt::Literals::StringLiterals;
using evidence::LinkKind;
using evidence::NeighbourState;
using evidence::NodeFacts;
using evidence::TransformDirection;
using facts::RouteObject;
using facts::SysctlObject;

namespace {

QString said(const net::IpAddress &address) { return text(address.toString()); }

QString ruleText(const evidence::PolicyRule &rule)
{
    QStringList words{u"%1:"_s.arg(rule.priority)};
    if (rule.inverted) {
        words << u"not"_s;
    }
    words << u"from"_s << (rule.source ? text(rule.source->toString()) : u"all"_s);
    if (rule.destination) {
        words << u"to"_s << text(rule.destination->toString());
    }
    if (rule.action == evidence::RuleAction::Table || rule.action.isEmpty()) {
        words << u"lookup"_s << QString::number(rule.table);
    } else {
        words << rule.action.word();
    }
    return words.join(u' ');
}

/// One that leads to the other machine, if what diverts the packet were not there: then it shows the gateway, too.
const evidence::Route *routeBy(const NodeFacts &node, const QString &interface, const net::IpAddress &destination)
{
    const evidence::Route *best = nullptr;
    for (const auto &route : node.routes.value) {
        const bool leads = route.type == evidence::RouteType::Unicast && route.nextHops.size() == 1 &&
                           route.nextHops.front().interface == interface && route.destination.contains(destination) &&
                           route.destination.address().family() == destination.family();
        if (leads && (best == nullptr || route.destination.length() > best->destination.length())) {
            best = &route;
        }
    }
    return best;
}

RouteObject routeObject(const Machine &machine, const RoutedPacket &packet, const Routing &routing)
{
    RouteObject object;
    object.where = machine.where();
    object.route = routing.route;
    object.destination = packet.destination;
    object.wantedInterface = machine.interface;
    object.wantedSource = packet.source;
    object.rule = routing.hasOwnRule() ? routing.rule : std::nullopt;
    object.bound = packet.source.has_value();
    const auto *right = routeBy(*machine.node, machine.interface, packet.destination);
    object.wantedGateway = right != nullptr ? right->nextHops.front().gateway : std::nullopt;
    if (right == nullptr && machine.otherIsRouted) {
        object.wantedGateway = gatewayOn(*machine.node, machine.interface, packet.destination.family());
    }
    if (machine.otherIsRouted && !object.wantedGateway) {
        object.wantedInterface.clear(); // it is on no link of this machine
    }
    return object;
}

/// Neighbours that were asked for there and did not answer.
bool isUnanswered(const NodeFacts &node, const QString &interface, const net::IpAddress &address)
{
    return std::any_of(node.neighbours.value.begin(), node.neighbours.value.end(), [&](const auto &entry) {
        return entry.address == address && entry.interface == interface &&
               (entry.state == NeighbourState::Failed || entry.state == NeighbourState::Incomplete);
    });
}

/// An interface that leads to no link with other machines on it, or to none but its own containers'.
bool leadsAway(const NodeFacts &node, const QString &interface, const QString &expected)
{
    const auto *link = evidence::linkNamed(node.links.value, interface);
    if (link == nullptr) {
        return false;
    }
    const auto *right = evidence::linkNamed(node.links.value, expected);
    const bool ownBridge = link->kind == LinkKind::Bridge && right != nullptr && right->master != link->name;
    return link->loopback || link->kind == LinkKind::Dummy || link->kind == LinkKind::Wireguard || !link->up ||
           (link->kind == LinkKind::Tun && link->mode != u"tap"_s) || ownBridge;
}

/// It leaves through another interface than the one where the other machine is. That it cannot arrive so is certain only where
/// that interface leads elsewhere: a machine may have two feet in one network.
bool isAstray(const Machine &machine, const RoutedPacket &packet, const Routing &routing)
{
    const auto &node = *machine.node;
    const auto *link = evidence::linkNamed(node.links.value, routing.interface);
    const bool port = link != nullptr && link->master == machine.interface; // it enters the same bridge, past its hooks
    if (routing.interface.isEmpty() || machine.interface.isEmpty() || routing.interface == machine.interface || port) {
        return false;
    }
    const bool onLink = !routing.gateway;
    return machine.interfaceKnown || leadsAway(node, routing.interface, machine.interface) || (onLink && machine.otherIsRouted) ||
           (onLink && isUnanswered(node, routing.interface, packet.destination));
}

void judgeRoute(Stage &stage, const Machine &machine, const RoutedPacket &packet, const Routing &routing)
{
    const auto object = routeObject(machine, packet, routing);
    const auto to = said(packet.destination);
    if (machine.otherIsMisplaced) {
        stage.text = translate("way", "the route to %1 is none to the VM, if that is not its address").arg(to);
        leaveOpen(stage,
                  translate("way", "Only the VM says that it has this address, which is in no network of this host there."));
        return;
    }
    const auto rule = routing.hasOwnRule() ? ruleText(*routing.rule) : QString();
    switch (routing.kind) {
    case Routing::Kind::None:
        stage.text = translate("way", "no route to %1").arg(to);
        stop(stage, Fault::NoRoute, object);
        return;
    case Routing::Kind::Refused:
        stage.text = routing.route ? translate("way", "a route of type %1 throws it away").arg(routing.route->type.word())
                                   : translate("way", "the policy rule %1 throws it away").arg(rule);
        stop(stage, routing.route ? Fault::Refused : Fault::RefusedByRule, object);
        return;
    case Routing::Kind::Unknown:
        leaveOpen(stage, translate("way", "Not known: %1.").arg(routing.open.join(u"; "_s)));
        return;
    case Routing::Kind::Local:
        stage.text = translate("way", "%1 is an address of its own").arg(to);
        stop(stage, Fault::NotOurs, object);
        return;
    case Routing::Kind::Sent:
        break;
    }
    stage.text = routing.gateway
                     ? translate("way", "leaves by %1 to the gateway %2").arg(routing.interface, said(*routing.gateway))
                     : translate("way", "leaves by %1").arg(routing.interface);
    if (!rule.isEmpty()) {
        stage.text = translate("way", "%1, by the policy rule %2").arg(stage.text, rule);
    }
    if (isAstray(machine, packet, routing)) {
        stop(stage, routing.hasOwnRule() ? Fault::DivertedByRule : Fault::DivertedByRoute, object);
    } else if (!machine.interface.isEmpty() && routing.interface != machine.interface) {
        leaveOpen(stage, translate("way", "A capture on %1 would tell whether it gets there that way.").arg(routing.interface));
    }
}

std::optional<int> setting(const NodeFacts &node, const QString &key)
{
    bool ok = false;
    const int value = node.sysctls.value.value(key).trimmed().toInt(&ok);
    return node.sysctls.isRead() && ok ? std::optional(value) : std::nullopt;
}

QString perInterface(const QString &interface, const QString &name) { return u"net.ipv4.conf.%1.%2"_s.arg(interface, name); }

/// fib_validate_source(): a packet whose source this machine would not answer through the interface it came in by.
void checkReversePath(std::vector<Stage> &stages, const Machine &machine, const net::IpAddress &source,
                      const net::IpAddress &destination)
{
    const auto &node = *machine.node;
    auto here = stage(machine.place, Kind::ReversePath, translate("way", "its source %1 is believed").arg(said(source)));
    if (owns(node, source) && setting(node, perInterface(machine.interface, u"accept_local"_s)).value_or(0) == 0) {
        here.text = translate("way", "its source %1 is this machine's own address, which no packet from outside may have")
                        .arg(said(source));
        stop(here, Fault::Martian);
        stages.push_back(here);
        return;
    }
    const auto all = setting(node, perInterface(u"all"_s, u"rp_filter"_s));
    const auto own = setting(node, perInterface(machine.interface, u"rp_filter"_s));
    if (machine.interface.isEmpty() || !all || !own) {
        leaveOpen(here, translate("way", "rp_filter was not read."));
        stages.push_back(here);
        return;
    }
    const int effective = std::max(*all, *own);
    const auto back = routeOf(node, {source, destination, {}, 0, 0, 1});
    const auto key = perInterface(*own >= *all ? machine.interface : u"all"_s, u"rp_filter"_s);
    const bool reachable = back.kind == Routing::Kind::Sent;
    if (effective != 0 && back.kind == Routing::Kind::Unknown) {
        leaveOpen(here, translate("way", "Not known: %1.").arg(back.open.join(u"; "_s)));
    } else if (effective == 1 && (!reachable || back.interface != machine.interface)) {
        here.text = translate("way", "the strict reverse-path filter of %1 drops it: the way back to %2 is another")
                        .arg(machine.interface, said(source));
        stop(here, Fault::StrictReversePath, SysctlObject{machine.where(), key, QString::number(effective), u"2"_s});
    } else if (effective == 2 && !reachable) {
        here.text = translate("way", "the loose reverse-path filter of %1 drops it: there is no way back to %2")
                        .arg(machine.interface, said(source));
        stop(here, Fault::LooseReversePath, SysctlObject{machine.where(), key, QString::number(effective), u"0"_s});
    }
    stages.push_back(here);
}

/// A policy for these addresses; the one with the smallest number comes first.
const evidence::TransformPolicy *policyFor(const NodeFacts &node, TransformDirection direction, const net::IpAddress &source,
                                           const net::IpAddress &destination)
{
    const evidence::TransformPolicy *first = nullptr;
    for (const auto &policy : node.transforms.value) {
        const bool icmp = policy.protocol == 0 || policy.protocol == (source.isV4() ? 1 : 58);
        const bool family = policy.source.address().family() == source.family();
        if (policy.direction == direction && icmp && family && policy.source.contains(source) &&
            policy.destination.contains(destination) && (first == nullptr || policy.priority < first->priority)) {
            first = &policy;
        }
    }
    return first;
}

void passPolicies(std::vector<Stage> &stages, const Machine &machine, TransformDirection direction, const net::IpAddress &source,
                  const net::IpAddress &destination)
{
    const auto *policy = policyFor(*machine.node, direction, source, destination);
    if (policy == nullptr) {
        return;
    }
    const auto named = u"src %1 dst %2 dir %3"_s.arg(text(policy->source.toString()), text(policy->destination.toString()),
                                                     policy->direction.word());
    auto here = stage(machine.place, Kind::Transform, translate("way", "the IPsec policy %1 lets it go as it is").arg(named));
    const facts::PlainObject object{machine.where(), u"ip xfrm policy "_s + named};
    if (policy->action == evidence::TransformAction::Block) {
        here.text = translate("way", "the IPsec policy %1 blocks it").arg(named);
        stop(here, Fault::Transformed, object);
    } else if (policy->templates > 0) {
        here.text = translate("way", "the IPsec policy %1 wants it encrypted").arg(named);
        leaveOpen(here, translate("way", "Whether the other end has the same policy and keys would tell."));
        here.object = object;
    }
    stages.push_back(here);
}

/// Nobody's MAC is known for the next hop, or a permanent entry holds one.
void findNeighbour(std::vector<Stage> &stages, const Machine &machine, const net::IpAddress &hop, const QString &interface)
{
    for (const auto &entry : machine.node->neighbours.value) {
        if (entry.address != hop || entry.interface != interface) {
            continue;
        }
        auto here = stage(machine.place, Kind::Neighbour, translate("way", "its next hop %1 is known").arg(said(hop)));
        if (entry.state == NeighbourState::Failed || entry.state == NeighbourState::Incomplete) {
            here.text = translate("way", "nobody on %1 answers for %2").arg(interface, said(hop));
            leaveOpen(here, translate("way", "Why nobody answers, the stages behind this one tell."));
        }
        stages.push_back(here);
        return;
    }
}

void checkEcho(std::vector<Stage> &stages, const Machine &machine, net::Family family)
{
    const auto name = family == net::Family::v4 ? u"net.ipv4.icmp_echo_ignore_all"_s : u"net.ipv6.icmp.echo_ignore_all"_s;
    const auto value = setting(*machine.node, name);
    auto here = stage(machine.place, Kind::Echo, translate("way", "the kernel answers echo requests"));
    if (value.value_or(0) != 0) {
        here.text = translate("way", "the kernel ignores echo requests");
        stop(here, Fault::EchoIgnored, SysctlObject{machine.where(), name, QString::number(*value), u"0"_s});
    } else if (!machine.node->sysctls.isRead()) {
        leaveOpen(here, translate("way", "The kernel's echo switches were not read."));
    }
    stages.push_back(here);
}

} // namespace

Stage stage(Place place, Kind kind, const QString &text)
{
    Stage made;
    made.place = place;
    made.kind = kind;
    made.text = text;
    return made;
}

void stop(Stage &stage, Fault fault, std::optional<facts::Object> object)
{
    stage.result = Result::Stops;
    stage.fault = fault;
    stage.object = std::move(object);
}

void leaveOpen(Stage &stage, const QString &wouldTell)
{
    stage.result = Result::Unknown;
    stage.wouldTell = wouldTell;
}

bool owns(const NodeFacts &node, const net::IpAddress &address)
{
    return std::any_of(node.addresses.value.begin(), node.addresses.value.end(),
                       [&](const auto &own) { return own.prefix.address() == address; });
}

Routing leave(std::vector<Stage> &stages, const Machine &machine, const RoutedPacket &packet)
{
    auto here = stage(machine.place, Kind::Route, translate("way", "which way it leaves is not known"));
    if (machine.node == nullptr) {
        leaveOpen(here, machine.notRead);
        stages.push_back(here);
        return {};
    }
    auto zoned = packet;
    zoned.zone = machine.interface;
    const auto routing = routeOf(*machine.node, zoned);
    if (packet.source) {
        stages.push_back(
            stage(machine.place, Kind::Source, translate("way", "its source is bound to %1").arg(said(*packet.source))));
    } else if (routing.source) {
        stages.push_back(
            stage(machine.place, Kind::Source, translate("way", "it gets the source %1").arg(said(*routing.source))));
    }
    judgeRoute(here, machine, packet, routing);
    const auto asked = routing.route ? kernelsAnswer(*machine.node, packet) : std::nullopt;
    if (asked && !agree(routing, *asked)) {
        here.seen << translate("way", "The kernel itself says: by %1.").arg(asked->interface);
    }
    stages.push_back(here);
    return routing;
}

void handOver(std::vector<Stage> &stages, const Machine &machine, const Routing &routing, const net::IpAddress &source,
              const net::IpAddress &destination)
{
    if (machine.node == nullptr) {
        return;
    }
    passPolicies(stages, machine, TransformDirection::Out, source, destination);
    if (routing.kind == Routing::Kind::Sent) {
        findNeighbour(stages, machine, routing.gateway.value_or(destination), routing.interface);
        passPrograms(stages, machine, routing.interface, true);
    }
}

void arrive(std::vector<Stage> &stages, const Machine &machine, const net::IpAddress &source, const net::IpAddress &destination)
{
    if (machine.node == nullptr) {
        auto here = stage(machine.place, Kind::Delivery, translate("way", "what becomes of it there is not known"));
        leaveOpen(here, machine.notRead);
        stages.push_back(here);
        return;
    }
    passPrograms(stages, machine, machine.interface, false);
    if (source.isV4()) {
        checkReversePath(stages, machine, source, destination);
    }
}

void deliver(std::vector<Stage> &stages, const Machine &machine, const net::IpAddress &source, const net::IpAddress &destination,
             bool isRequest)
{
    if (machine.node == nullptr) {
        return;
    }
    passPolicies(stages, machine, TransformDirection::In, source, destination);
    if (machine.node->addresses.isRead()) {
        auto here = stage(machine.place, Kind::Delivery, translate("way", "%1 is an address of its own").arg(said(destination)));
        if (!owns(*machine.node, destination)) {
            here.text = translate("way", "%1 is no address of this machine").arg(said(destination));
            stop(here, Fault::NotOurs);
        }
        stages.push_back(here);
    }
    if (isRequest) {
        checkEcho(stages, machine, destination.family());
    }
}

void track(std::vector<Stage> &stages, const Machine &machine)
{
    if (machine.node == nullptr || !machine.node->conntrack.isRead() || machine.node->conntrack.value.max <= 0) {
        return;
    }
    const auto &table = machine.node->conntrack.value;
    auto here = stage(machine.place, Kind::Tracking,
                      translate("way", "%1 of %2 entries of the connection table are taken").arg(table.count).arg(table.max));
    if (table.count >= table.max) {
        stop(here, Fault::TableFull,
             SysctlObject{machine.where(), u"net.netfilter.nf_conntrack_max"_s, QString::number(table.max),
                          QString::number(std::max<qint64>(table.max * 4, 65536))});
    }
    stages.push_back(here);
}

void passPrograms(std::vector<Stage> &stages, const Machine &machine, const QString &interface, bool out)
{
    if (machine.node == nullptr) {
        return;
    }
    for (const auto &program : machine.node->programs.value) {
        const bool meets = program.interface == interface && (program.hook == evidence::ProgramHook::Egress) == out;
        if (!meets) {
            continue;
        }
        const auto named = u"%1 %2 %3 %4"_s.arg(program.interface, program.hook.word(), program.kind,
                                                program.name.isEmpty() ? QString::number(program.id) : program.name);
        auto here = stage(machine.place, Kind::Program, translate("way", "the program %1 sees it first").arg(named));
        here.object = facts::PlainObject{machine.where(), named};
        leaveOpen(here, translate("way", "A capture on both sides of it, or taking it away for a moment, would tell."));
        stages.push_back(here);
    }
}

} // namespace bothways::way
