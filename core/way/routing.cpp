// SPDX-License-Identifier: GPL-3.0-or-later
#include "way/routing.h"

#include "facts/fib.h"
#include "words/text.h"

#include <algorithm>

namespace bothways::way {

using namespace Qt::Literals::StringLiterals;
using evidence::PolicyRule;
using evidence::Route;
using evidence::RouteType;

namespace {

constexpr quint32 localTable = 255;
constexpr quint32 mainTable = 254;
constexpr quint32 defaultTable = 253;

enum class Match { No, Yes, Unknown };

PolicyRule builtIn(net::Family family, quint32 priority, quint32 table)
{
    PolicyRule rule;
    rule.priority = priority;
    rule.family = family;
    rule.action = evidence::RuleAction::Table;
    rule.table = table;
    return rule;
}

std::vector<PolicyRule> rulesOf(const evidence::NodeFacts &node, net::Family family)
{
    std::vector<PolicyRule> rules;
    if (node.policyRules.isRead()) {
        std::copy_if(node.policyRules.value.begin(), node.policyRules.value.end(), std::back_inserter(rules),
                     [family](const auto &rule) { return rule.family == family; });
    }
    if (rules.empty()) {
        rules = {builtIn(family, 0, localTable), builtIn(family, 32766, mainTable), builtIn(family, 32767, defaultTable)};
    }
    std::stable_sort(rules.begin(), rules.end(), [](const auto &a, const auto &b) { return a.priority < b.priority; });
    return rules;
}

/// The table of the VRF that the packet came in through.
std::optional<quint32> vrfTable(const evidence::NodeFacts &node, const RoutedPacket &packet)
{
    const auto *input = linkOf(node, packet.inputInterface);
    const auto *master = input != nullptr ? linkOf(node, input->master) : nullptr;
    return master != nullptr ? master->table : std::nullopt;
}

/// A packet of the machine's own has the loopback interface as its input, and no output interface yet.
Match matchInterfaces(const PolicyRule &rule, const RoutedPacket &packet)
{
    const auto input = packet.inputInterface.isEmpty() ? u"lo"_s : packet.inputInterface;
    const bool fits = (rule.inputInterface.isEmpty() || rule.inputInterface == input) && rule.outputInterface.isEmpty();
    return fits ? Match::Yes : Match::No;
}

Match matchMark(const PolicyRule &rule, const RoutedPacket &packet)
{
    if (!rule.mark) {
        return Match::Yes;
    }
    if (!packet.mark) {
        return Match::Unknown;
    }
    return ((*rule.mark ^ *packet.mark) & rule.markMask.value_or(~0U)) == 0 ? Match::Yes : Match::No;
}

Match matchUser(const PolicyRule &rule, const RoutedPacket &packet)
{
    if (!rule.users) {
        return Match::Yes;
    }
    if (!packet.user) {
        return Match::Unknown;
    }
    return *packet.user >= rule.users->first && *packet.user <= rule.users->last ? Match::Yes : Match::No;
}

/// Selectors without a field of their own. A plain packet has no tunnel's id.
Match matchOthers(const PolicyRule &rule, bool inVrf)
{
    Match result = Match::Yes;
    for (const auto &name : rule.others) {
        if (name == u"tun_id"_s || (name == u"l3mdev"_s && !inVrf)) {
            return Match::No;
        }
        result = name == u"l3mdev"_s ? result : Match::Unknown;
    }
    return result;
}

/// An echo has neither ports nor a type of service.
Match matches(const PolicyRule &rule, const RoutedPacket &packet, bool inVrf)
{
    const bool addresses =
        (!rule.source || rule.source->length() == 0 || (packet.source && rule.source->contains(*packet.source))) &&
        (!rule.destination || rule.destination->contains(packet.destination));
    const bool protocol =
        (!rule.protocol || *rule.protocol == packet.protocol) && rule.tos == 0 && !rule.sourcePorts && !rule.destinationPorts;
    Match result = addresses && protocol ? Match::Yes : Match::No;
    for (const auto part :
         {matchInterfaces(rule, packet), matchMark(rule, packet), matchUser(rule, packet), matchOthers(rule, inVrf)}) {
        if (result == Match::No || part == Match::No) {
            result = Match::No;
        } else if (part == Match::Unknown) {
            result = Match::Unknown;
        }
    }
    if (!rule.inverted || result == Match::Unknown) {
        return result;
    }
    return result == Match::Yes ? Match::No : Match::Yes;
}

QString nameOf(const PolicyRule &rule) { return translate("way", "the policy rule with priority %1").arg(rule.priority); }

/// The first address that the kernel would take of an interface where the route names none.
std::optional<net::IpAddress> firstAddress(const evidence::NodeFacts &node, const QString &interface, const RoutedPacket &packet)
{
    for (const auto &address : node.addresses.value) {
        const bool wide = address.scope == evidence::AddressScope::Global || address.scope == evidence::AddressScope::Site;
        if (address.interface == interface && wide && !address.secondary && !address.tentative &&
            address.prefix.address().family() == packet.destination.family()) {
            return address.prefix.address();
        }
    }
    return std::nullopt;
}

Routing take(const evidence::NodeFacts &node, const PolicyRule &rule, const Route &route, const RoutedPacket &packet)
{
    Routing routing;
    routing.rule = rule;
    routing.route = route;
    routing.kind = route.type == RouteType::Unicast                                       ? Routing::Kind::Sent
                   : route.type == RouteType::Local || route.type == RouteType::Broadcast ? Routing::Kind::Local
                                                                                          : Routing::Kind::Refused;
    if (!route.nextHops.empty()) {
        const auto &first = route.nextHops.front();
        const bool one = std::all_of(route.nextHops.begin(), route.nextHops.end(),
                                     [&](const auto &hop) { return hop.interface == first.interface; });
        routing.interface = one ? first.interface : QString();
        routing.gateway = route.nextHops.size() == 1 ? first.gateway : std::nullopt;
    }
    routing.source = packet.source ? packet.source : route.preferredSource;
    if (!routing.source && routing.kind == Routing::Kind::Sent) {
        routing.source = firstAddress(node, routing.interface, packet);
    }
    return routing;
}

Routing refusedBy(const PolicyRule &rule)
{
    Routing routing;
    routing.kind = Routing::Kind::Refused;
    routing.rule = rule;
    return routing;
}

Routing unknownFor(const QString &what)
{
    Routing routing;
    routing.open << what;
    return routing;
}

/// What one rule's table says; nothing where the next rule is asked.
std::optional<Routing> inTable(const evidence::NodeFacts &node, const PolicyRule &rule, quint32 table, const RoutedPacket &packet)
{
    for (const auto *route : facts::covering(node.routes.value, packet.destination, table)) {
        if (route->type == RouteType::Multicast || route->type == RouteType::Anycast) {
            continue;
        }
        if (route->type == RouteType::Throw) {
            return std::nullopt;
        }
        if (rule.suppressPrefixLength && route->destination.length() <= *rule.suppressPrefixLength) {
            return std::nullopt;
        }
        return take(node, rule, *route, packet);
    }
    return std::nullopt;
}

Routing byTables(const evidence::NodeFacts &node, const RoutedPacket &packet)
{
    // Windows has no policy rules; on Linux rules that could not be read may be any.
    if (!node.routes.isRead() || (!node.policyRules.isRead() && node.os != evidence::Os::Windows)) {
        return unknownFor(translate("way", "the routing tables were not read"));
    }
    const auto vrf = vrfTable(node, packet);
    for (const auto &rule : rulesOf(node, packet.destination.family())) {
        const auto match = matches(rule, packet, vrf.has_value());
        if (match == Match::No || rule.action == evidence::RuleAction::Nop) {
            continue;
        }
        const bool jumps = rule.action == evidence::RuleAction::Goto; // where to, the kernel was not asked
        if (match == Match::Unknown || jumps) {
            return unknownFor(jumps ? translate("way", "where %1 jumps").arg(nameOf(rule))
                                    : translate("way", "whether %1 matches").arg(nameOf(rule)));
        }
        if (rule.action != evidence::RuleAction::Table && !rule.action.isEmpty()) {
            return refusedBy(rule);
        }
        const bool byVrf = std::find(rule.others.begin(), rule.others.end(), u"l3mdev"_s) != rule.others.end();
        if (auto found = inTable(node, rule, byVrf ? *vrf : rule.table, packet)) {
            return *found;
        }
    }
    Routing none;
    none.kind = Routing::Kind::None;
    return none;
}

} // namespace

const evidence::Link *linkOf(const evidence::NodeFacts &node, const QString &name)
{
    const auto &links = node.links.value;
    const auto found = std::find_if(links.begin(), links.end(), [&](const auto &link) { return link.name == name; });
    return found == links.end() ? nullptr : &*found;
}

bool Routing::hasOwnRule() const
{
    const auto isBuiltIn = [](const PolicyRule &each) {
        return (each.priority == 0 && each.table == localTable) || (each.priority == 32766 && each.table == mainTable) ||
               (each.priority == 32767 && each.table == defaultTable);
    };
    return rule && !isBuiltIn(*rule);
}

bool agree(const Routing &one, const Routing &other)
{
    const bool known = one.kind != Routing::Kind::Unknown && other.kind != Routing::Kind::Unknown;
    const auto goes = [](const Routing &each) { return each.kind == Routing::Kind::Sent || each.kind == Routing::Kind::Local; };
    if (!known || (!goes(one) && !goes(other))) {
        return true; // which kind of refusal differs between versions
    }
    const bool interface = one.kind == Routing::Kind::Local || one.interface.isEmpty() || other.interface.isEmpty() ||
                           one.interface == other.interface;
    return one.kind == other.kind && interface;
}

namespace {

std::optional<Routing> answerTo(const evidence::NodeFacts &node, const net::IpAddress &destination,
                                const std::optional<net::IpAddress> &source)
{
    for (const auto &reading : node.routeAnswers) {
        const auto &answer = reading.value;
        if (!reading.isRead() || answer.destination != destination || answer.from != source) {
            continue;
        }
        Routing routing;
        routing.byKernel = true;
        routing.kind = answer.error != 0                 ? Routing::Kind::None
                       : answer.type == RouteType::Local ? Routing::Kind::Local
                                                         : Routing::Kind::Sent;
        routing.interface = answer.interface;
        routing.gateway = answer.gateway;
        routing.source = answer.source;
        return routing;
    }
    return std::nullopt;
}

} // namespace

std::optional<Routing> kernelsAnswer(const evidence::NodeFacts &node, const RoutedPacket &packet)
{
    const bool own = packet.inputInterface.isEmpty() && packet.mark == 0U;
    return own ? answerTo(node, packet.destination, packet.source) : std::nullopt;
}

Routing routeOf(const evidence::NodeFacts &node, const RoutedPacket &packet)
{
    auto modelled = byTables(node, packet);
    auto asked = kernelsAnswer(node, packet);
    if (!asked && modelled.kind == Routing::Kind::Unknown && packet.source) {
        // Without tables, what the kernel said of the packet that would get this very source is the best there is.
        asked = answerTo(node, packet.destination, std::nullopt);
        asked = asked && asked->source == packet.source ? asked : std::nullopt;
    }
    if (!asked || modelled.kind == Routing::Kind::Refused ||
        (modelled.kind == Routing::Kind::None && asked->kind == modelled.kind)) {
        return modelled;
    }
    if (agree(modelled, *asked) && modelled.kind != Routing::Kind::Unknown) {
        modelled.byKernel = true;
        modelled.interface = asked->interface;
        modelled.gateway = asked->gateway;
        modelled.source = asked->source ? asked->source : modelled.source;
        return modelled;
    }
    return *asked; // the kernel knows better than our reading of its tables
}

} // namespace bothways::way
