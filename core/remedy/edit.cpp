// SPDX-License-Identifier: GPL-3.0-or-later
#include "remedy/edit.h"

#include <algorithm>

namespace bothways::remedy {

namespace {

using evidence::NodeFacts;

constexpr quint32 localTable = 255;

/// What a kernel answered before is no answer any more.
void forgetAnswers(NodeFacts &node)
{
    node.routeAnswers.clear();
    node.incomingAnswers.clear();
}

evidence::Route plainRoute(const net::Prefix &destination, const QString &interface, evidence::RouteType type)
{
    evidence::Route route;
    route.destination = destination;
    route.type = type;
    route.nextHops = {{interface, std::nullopt}};
    route.protocol = QStringLiteral("kernel");
    return route;
}

/// The routes that the kernel makes of an address: to itself, and to its prefix (net/ipv4/fib_frontend.c, fib_add_ifaddr).
std::vector<evidence::Route> routesOf(const net::Prefix &prefix, const QString &interface)
{
    const auto &address = prefix.address();
    auto own = plainRoute(net::Prefix(address, address.width()), interface, evidence::RouteType::Local);
    own.table = localTable;
    own.scope = evidence::AddressScope::Host;
    auto link = plainRoute(net::Prefix(prefix.network(), prefix.length()), interface, evidence::RouteType::Unicast);
    link.scope = evidence::AddressScope::Link;
    link.preferredSource = address;
    return {own, link};
}

bool isThat(const evidence::Route &one, const evidence::Route &other)
{
    return one.destination == other.destination && one.type == other.type && one.table == other.table &&
           one.metric == other.metric;
}

evidence::Link *linkIn(NodeFacts &node, const QString &name)
{
    auto &links = node.links.value;
    const auto found = std::find_if(links.begin(), links.end(), [&](const auto &link) { return link.name == name; });
    return found == links.end() ? nullptr : &*found;
}

void addRoutes(NodeFacts &node, const std::vector<evidence::Route> &routes)
{
    auto &all = node.routes.value;
    for (const auto &route : routes) {
        if (std::find(all.begin(), all.end(), route) == all.end()) {
            all.push_back(route);
        }
    }
}

void change(NodeFacts &, const filter::Acceptance &) {}

void change(NodeFacts &node, const RouteEdit &edit)
{
    forgetAnswers(node);
    if (edit.does == Does::Add) {
        node.routes.value.push_back(edit.route);
    } else {
        std::erase_if(node.routes.value, [&](const auto &route) { return isThat(route, edit.route); });
    }
}

void change(NodeFacts &node, const RuleEdit &edit)
{
    forgetAnswers(node);
    if (edit.does == Does::Add) {
        node.policyRules.value.push_back(edit.rule);
    } else {
        std::erase(node.policyRules.value, edit.rule);
    }
}

void change(NodeFacts &node, const SettingEdit &edit) { node.sysctls.value.insert(edit.name, edit.value); }

void change(NodeFacts &node, const NeighbourEdit &edit)
{
    auto &all = node.neighbours.value;
    std::erase_if(all, [&](const auto &each) { return each.address == edit.address && each.interface == edit.interface; });
    if (edit.mac) {
        all.push_back({edit.address, edit.interface, edit.mac, evidence::NeighbourState::Permanent});
    }
}

void change(NodeFacts &node, const AddressEdit &edit)
{
    forgetAnswers(node);
    auto &addresses = node.addresses.value;
    const auto routes = routesOf(edit.prefix, edit.interface);
    if (edit.does == Does::Add) {
        evidence::InterfaceAddress added;
        added.interface = edit.interface;
        added.prefix = edit.prefix;
        added.scope = evidence::AddressScope::Global;
        addresses.push_back(added);
        addRoutes(node, routes);
        return;
    }
    std::erase_if(addresses, [&](const auto &each) { return each.interface == edit.interface && each.prefix == edit.prefix; });
    std::erase_if(node.routes.value, [&](const evidence::Route &route) {
        return route.protocol == u"kernel" && route.nextHops.size() == 1 && route.nextHops.front().interface == edit.interface &&
               (route.destination == routes.front().destination || route.destination == routes.back().destination);
    });
}

void change(NodeFacts &node, const LinkUpEdit &edit)
{
    forgetAnswers(node);
    if (auto *link = linkIn(node, edit.name)) {
        link->up = true;
        link->carrier = true;
        link->operState = evidence::OperState::Up;
        if (link->port) {
            link->port->state = evidence::PortState::Forwarding;
        }
    }
    for (const auto &address : node.addresses.value) {
        if (address.interface == edit.name) {
            addRoutes(node, routesOf(address.prefix, edit.name));
        }
    }
}

void change(NodeFacts &node, const PortEdit &edit)
{
    auto *link = linkIn(node, edit.name);
    if (link != nullptr && link->port) {
        *link->port = evidence::BridgePort{};
        link->port->state = evidence::PortState::Forwarding;
    }
}

void change(NodeFacts &node, const SnoopingEdit &edit)
{
    auto *link = linkIn(node, edit.bridge);
    if (link != nullptr && link->bridge) {
        link->bridge->multicastSnooping = false;
    }
}

void change(NodeFacts &node, const VlanEdit &edit)
{
    auto &all = node.vlans.value;
    if (edit.membership.pvid) {
        for (auto &each : all) {
            each.pvid = each.pvid && each.port != edit.membership.port;
        }
    }
    std::erase_if(all, [&](const auto &each) {
        return each.port == edit.membership.port && each.first == edit.membership.first && each.last == edit.membership.last;
    });
    all.push_back(edit.membership);
}

} // namespace

void apply(NodeFacts &node, const Edit &edit)
{
    std::visit([&node](const auto &each) { change(node, each); }, edit);
}

} // namespace bothways::remedy
