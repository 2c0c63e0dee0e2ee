// SPDX-License-Identifier: GPL-3.0-or-later
// R17, R18, R19: routes. A narrow route beside the wrong one comes before taking the wrong one away: others may use it.
#include "remedy/route_remedy.h"

#include "remedy/neighbour_remedy.h"
#include "remedy/quote.h"
#include "words/text.h"

#include <algorithm>

namespace bothways::remedy {
namespace {

constexpr quint32 mainTable = 254;

QString ipRoute(net::Family family, const QString &verb)
{
    return (family == net::Family::v6 ? QStringLiteral("ip -6 route ") : QStringLiteral("ip route ")) + verb;
}

/// The route with everything that tells it from its like, as ip-route(8) takes it. Empty for multipath: the weights of its
/// next hops are not known, so it could not be put back as it was.
QStringList exactly(const evidence::Route &route)
{
    if (route.nextHops.size() > 1) {
        return {};
    }
    const auto &destination = route.destination;
    QStringList words;
    if (!route.type.isEmpty() && route.type != evidence::RouteType::Unicast) {
        words << route.type.word();
    }
    words << (destination.length() == 0 ? QStringLiteral("default") : text(destination.toString()));
    if (!route.nextHops.empty()) {
        const auto &hop = route.nextHops.front();
        if (hop.gateway) {
            words << QStringLiteral("via") << addressText(*hop.gateway);
        }
        if (!hop.interface.isEmpty()) {
            words << QStringLiteral("dev") << hop.interface;
        }
    }
    const bool six = destination.address().isV6();
    for (const auto &[key, value] :
         {std::pair{QStringLiteral("proto"), route.protocol},
          std::pair{QStringLiteral("scope"), six ? QString() : route.scope.word()},
          std::pair{QStringLiteral("src"), route.preferredSource ? addressText(*route.preferredSource) : QString()},
          std::pair{QStringLiteral("metric"), route.metric == 0 ? QString() : QString::number(route.metric)},
          std::pair{QStringLiteral("table"), route.table == mainTable ? QString() : QString::number(route.table)}}) {
        if (!value.isEmpty()) {
            words << key << value;
        }
    }
    return words;
}

/// A host route to the other end alone, over the interface that leads there.
std::optional<Remedy> narrowRoute(const Request &request, const facts::RouteObject &object)
{
    if (object.wantedInterface.isEmpty() || object.destination.isUnspecified()) {
        return std::nullopt;
    }
    QStringList words{hostPrefix(object.destination)};
    if (object.wantedGateway) {
        words << QStringLiteral("via") << addressText(*object.wantedGateway);
    }
    words << QStringLiteral("dev") << object.wantedInterface;
    QStringList added = words;
    if (object.wantedSource) {
        added << QStringLiteral("src") << addressText(*object.wantedSource);
    }
    evidence::Route route;
    route.destination = net::Prefix(object.destination, object.destination.width());
    route.nextHops = {{object.wantedInterface, object.wantedGateway}};
    route.preferredSource = object.wantedSource;
    Remedy remedy = draft(request, object.where);
    remedy.edits = {RouteEdit{Does::Add, route}};
    remedy.title = object.where == facts::Where::Guest ? translate("remedies", "Add a route back to this host in the VM")
                                                       : translate("remedies", "Add a route to the VM's address alone");
    remedy.changes =
        translate("remedies", "Adds one host route to %1 over %2; every other destination keeps its way. Until reboot.")
            .arg(addressText(object.destination), object.wantedInterface);
    remedy.commands << ipRoute(object.destination.family(), QStringLiteral("add ")) + bashCommand(added);
    remedy.undo << ipRoute(object.destination.family(), QStringLiteral("del ")) + bashCommand(words);
    remedy.verify = pingVerify(request.given, object.destination.family());
    return remedy;
}

Remedies removal(const Request &request, const facts::RouteObject &object)
{
    const QStringList words = exactly(*object.route);
    if (words.isEmpty()) {
        return {};
    }
    const auto family = object.route->destination.address().family();
    Remedy remedy = draft(request, object.where);
    remedy.title = translate("remedies", "Take away the route that diverts the echo");
    remedy.changes =
        translate("remedies",
                  "Deletes the route %1: everything it carried goes another way. Until reboot or until its owner sets it again.")
            .arg(words.join(u' '));
    remedy.risk = Risk::Medium;
    remedy.commands << ipRoute(family, QStringLiteral("del ")) + bashCommand(words);
    remedy.undo << ipRoute(family, QStringLiteral("add ")) + bashCommand(words);
    remedy.verify = pingVerify(request.given, family);
    remedy.edits = {RouteEdit{Does::Remove, *object.route}};
    return {remedy};
}

Remedies defaultRoute(const Request &request, const facts::RouteObject &object)
{
    if (!object.wantedGateway || object.wantedInterface.isEmpty()) {
        return {};
    }
    const auto family = object.wantedGateway->family();
    QStringList wanted{QStringLiteral("default"), QStringLiteral("via"), addressText(*object.wantedGateway),
                       QStringLiteral("dev"), object.wantedInterface};
    Remedy remedy = draft(request, object.where);
    remedy.title = translate("remedies", "Point the default route at the right gateway");
    remedy.changes = translate("remedies", "Sets the default route to %1 over %2. Until reboot.")
                         .arg(addressText(*object.wantedGateway), object.wantedInterface);
    remedy.risk = Risk::Medium;
    remedy.verify = pingVerify(request.given, family);
    evidence::Route route;
    route.destination = net::Prefix(family == net::Family::v4 ? net::IpAddress::fromV4(0) : net::IpAddress::fromV6({}), 0);
    route.nextHops = {{object.wantedInterface, object.wantedGateway}};
    if (object.route) {
        route.metric = object.route->metric;
        route.table = object.route->table;
        remedy.edits.emplace_back(RouteEdit{Does::Remove, *object.route});
    }
    remedy.edits.emplace_back(RouteEdit{Does::Add, route});
    if (!object.route) {
        remedy.commands << ipRoute(family, QStringLiteral("add ")) + bashCommand(wanted);
        remedy.undo << ipRoute(family, QStringLiteral("del ")) + bashCommand(wanted);
        return {remedy};
    }
    const QStringList old = exactly(*object.route);
    if (old.isEmpty() || object.route->destination.length() != 0) {
        return {};
    }
    // Same prefix, metric and table: "replace" puts one in the other's very place, with no moment without a default route.
    if (object.route->metric != 0) {
        wanted << QStringLiteral("metric") << QString::number(object.route->metric);
    }
    if (object.route->table != mainTable) {
        wanted << QStringLiteral("table") << QString::number(object.route->table);
    }
    remedy.commands << ipRoute(family, QStringLiteral("replace ")) + bashCommand(wanted);
    remedy.undo << ipRoute(family, QStringLiteral("replace ")) + bashCommand(old);
    return {remedy};
}

/// A rule is asked before those of higher numbers: right before the one that diverts, else before all that somebody added.
std::optional<quint32> priorityBefore(const evidence::NodeFacts &facts, const facts::RouteObject &object)
{
    quint32 first = object.rule ? object.rule->priority : 32766;
    for (const auto &rule : facts.policyRules.value) {
        if (!object.rule && rule.family == object.destination.family() && rule.priority > 0) {
            first = std::min(first, rule.priority);
        }
    }
    return first < 2 ? std::nullopt : std::optional(first - 1);
}

/// Whether packets to the other end pass that are bound to this address: an ordinary ping chooses its source by the route.
QStringList boundVerify(const Request &request, const facts::RouteObject &object)
{
    if (object.where != facts::Where::Host || !object.bound || !object.wantedSource) {
        return pingVerify(request.given, object.destination.family());
    }
    return {bashCommand({QStringLiteral("ping"), QStringLiteral("-n"), QStringLiteral("-c"), QStringLiteral("3"),
                         QStringLiteral("-W"), QStringLiteral("1"), QStringLiteral("-I"), addressText(*object.wantedSource),
                         addressText(object.destination)})};
}

struct Selector {
    std::optional<net::IpAddress> from;
    std::optional<net::IpAddress> to;
};

Remedy pastRule(const Request &request, const facts::RouteObject &object, quint32 priority, const Selector &selector)
{
    QStringList selected;
    evidence::PolicyRule added;
    added.priority = priority;
    added.family = object.destination.family();
    added.action = evidence::RuleAction::Table;
    added.table = mainTable;
    if (selector.from) {
        selected << QStringLiteral("from") << hostPrefix(*selector.from);
        added.source = net::Prefix(*selector.from, selector.from->width());
    }
    if (selector.to) {
        selected << QStringLiteral("to") << hostPrefix(*selector.to);
        added.destination = net::Prefix(*selector.to, selector.to->width());
    }
    const QString rule = QStringLiteral("pref %1 %2 lookup main").arg(priority).arg(selected.join(u' '));
    const QString program = object.destination.isV6() ? QStringLiteral("ip -6 rule ") : QStringLiteral("ip rule ");
    Remedy remedy = draft(request, object.where);
    remedy.commands << program + QStringLiteral("add ") + rule;
    remedy.undo << program + QStringLiteral("del ") + rule;
    remedy.verify = boundVerify(request, object);
    remedy.edits = {RuleEdit{Does::Add, added}};
    return remedy;
}

/// A rule that sends the other end's address, and nothing else, to the main table before the rule that diverts it. What is bound
/// to an address of this machine may be let past as a whole, too: every other peer of that address meets the same.
Remedies policyRule(const Request &request, const facts::RouteObject &object)
{
    const auto *facts = factsOf(request.given.evidence, object.where);
    if (facts == nullptr || !facts->policyRules.isRead() || object.destination.isUnspecified()) {
        return {};
    }
    const auto priority = priorityBefore(*facts, object);
    if (!priority) {
        return {};
    }
    if (!object.bound || !object.wantedSource || !object.rule || !object.rule->source) {
        Remedy remedy = pastRule(request, object, *priority, {std::nullopt, object.destination});
        remedy.title = translate("remedies", "Send the other end's address past the policy rule that diverts it");
        remedy.changes = translate("remedies", "Adds one policy rule for %1 alone, before all others. Until reboot.")
                             .arg(addressText(object.destination));
        return {remedy};
    }
    Remedy narrow = pastRule(request, object, *priority, {object.wantedSource, object.destination});
    narrow.title = translate("remedies", "Send replies to the other end past the policy rule that diverts them");
    narrow.changes = translate("remedies", "Adds one policy rule for packets from %1 to %2. Until reboot.")
                         .arg(addressText(*object.wantedSource), addressText(object.destination));
    Remedy wide = pastRule(request, object, *priority, {object.wantedSource, std::nullopt});
    wide.title = translate("remedies", "Send all that is bound to this address past the policy rule");
    wide.changes = translate("remedies", "Adds one policy rule for packets from %1 to anywhere. Until reboot.")
                       .arg(addressText(*object.wantedSource));
    wide.risk = Risk::Medium;
    return {narrow, wide};
}

const facts::RouteObject *machineRoute(const Request &request)
{
    const auto *object = objectOf<facts::RouteObject>(request);
    return object != nullptr && isMachine(object->where) ? object : nullptr;
}

} // namespace

Remedies correctDefault(const Request &request)
{
    const auto *route = machineRoute(request);
    return route == nullptr ? Remedies{} : defaultRoute(request, *route);
}

Remedies addRoute(const Request &request)
{
    if (const auto *address = objectOf<facts::AddressObject>(request)) {
        return reachPastMask(request, *address);
    }
    const auto *object = machineRoute(request);
    if (object == nullptr) {
        return {};
    }
    const bool hostRouteThere = object->route && object->route->destination.length() == object->destination.width();
    const bool mainDecides = !object->route || object->route->table == mainTable;
    if (!mainDecides || hostRouteThere) {
        return {};
    }
    const auto narrow = narrowRoute(request, *object);
    return narrow ? Remedies{*narrow} : Remedies{};
}

Remedies clearTheWay(const Request &request)
{
    const auto *object = machineRoute(request);
    if (object == nullptr) {
        return {};
    }
    if (request.cause.variant == diagnosis::Variant::PolicyRule) {
        return policyRule(request, *object);
    }
    return object->route ? removal(request, *object) : Remedies{};
}

} // namespace bothways::remedy
