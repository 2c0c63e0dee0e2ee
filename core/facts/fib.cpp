// SPDX-License-Identifier: GPL-3.0-or-later
#include "facts/fib.h"

#include <algorithm>

namespace bothways::facts {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr quint32 localTable = 255;
constexpr quint32 mainTable = 254;
constexpr quint32 defaultTable = 253;

Lookup found(const evidence::Route &route)
{
    Lookup result;
    result.kind = Lookup::Kind::Found;
    result.route = route;
    result.interface = route.nextHops.empty() ? QString() : route.nextHops.front().interface;
    return result;
}

/// The kernel's own answer beats any reasoning about its tables.
std::optional<Lookup> answered(const evidence::NodeFacts &facts, const net::IpAddress &destination,
                               const std::optional<net::IpAddress> &source)
{
    for (const auto &reading : facts.routeAnswers) {
        const auto &answer = reading.value;
        if (!reading.isRead() || answer.destination != destination || (answer.from && answer.from != source)) {
            continue;
        }
        Lookup result;
        result.kind = answer.error == 0 ? Lookup::Kind::Found : Lookup::Kind::None;
        result.interface = answer.interface;
        return result;
    }
    return std::nullopt;
}

std::vector<evidence::PolicyRule> rulesOf(const evidence::NodeFacts &facts, net::Family family)
{
    std::vector<evidence::PolicyRule> rules;
    if (facts.policyRules.isRead()) {
        for (const auto &rule : facts.policyRules.value) {
            if (rule.family == family) {
                rules.push_back(rule);
            }
        }
    }
    if (rules.empty()) {
        for (const auto &[priority, table] : {std::pair{0U, localTable}, {32766U, mainTable}, {32767U, defaultTable}}) {
            evidence::PolicyRule rule;
            rule.priority = priority;
            rule.family = family;
            rule.action = evidence::RuleAction::Table;
            rule.table = table;
            rules.push_back(rule);
        }
    }
    std::stable_sort(rules.begin(), rules.end(), [](const auto &a, const auto &b) { return a.priority < b.priority; });
    return rules;
}

bool dependsOnMore(const evidence::PolicyRule &rule)
{
    return rule.mark || !rule.inputInterface.isEmpty() || !rule.outputInterface.isEmpty() || rule.sourcePorts ||
           rule.destinationPorts || rule.users || !rule.others.empty();
}

/// What is looked up is a plain echo: ICMP of its family with TOS 0 (ping's default).
bool fitsEcho(const evidence::PolicyRule &rule, net::Family family)
{
    constexpr int icmp = 1;
    constexpr int icmpv6 = 58;
    return rule.tos == 0 && (!rule.protocol || *rule.protocol == (family == net::Family::v4 ? icmp : icmpv6));
}

bool matches(const evidence::PolicyRule &rule, const net::IpAddress &destination, const std::optional<net::IpAddress> &source)
{
    const bool from = !rule.source || (source && rule.source->contains(*source));
    const bool to = !rule.destination || rule.destination->contains(destination);
    return (from && to && fitsEcho(rule, destination.family())) != rule.inverted;
}

} // namespace

std::vector<const evidence::Route *> covering(const std::vector<evidence::Route> &routes, const net::IpAddress &destination,
                                              quint32 table)
{
    std::vector<const evidence::Route *> result;
    for (const auto &route : routes) {
        if (route.table == table && route.destination.address().family() == destination.family() &&
            route.destination.contains(destination)) {
            result.push_back(&route);
        }
    }
    std::stable_sort(result.begin(), result.end(), [](const auto *a, const auto *b) {
        return a->destination.length() != b->destination.length() ? a->destination.length() > b->destination.length()
                                                                  : a->metric < b->metric;
    });
    return result;
}

Lookup lookup(const evidence::NodeFacts &facts, const net::IpAddress &destination, const std::optional<net::IpAddress> &source)
{
    const auto known = answered(facts, destination, source);
    const bool routed = facts.routes.isRead();
    // Windows has no policy rules; on Linux rules that could not be read may be any.
    const bool ruled = facts.policyRules.isRead() || facts.os == evidence::Os::Windows;
    if (!routed || !ruled) {
        return known.value_or(Lookup());
    }
    for (const auto &rule : rulesOf(facts, destination.family())) {
        if (!matches(rule, destination, source)) {
            continue;
        }
        if (dependsOnMore(rule) || (rule.action != evidence::RuleAction::Table && !rule.action.isEmpty())) {
            return known.value_or(Lookup());
        }
        for (const auto *route : covering(facts.routes.value, destination, rule.table)) {
            if (rule.suppressPrefixLength && route->destination.length() <= *rule.suppressPrefixLength) {
                continue;
            }
            if (route->type == evidence::RouteType::Throw) {
                break;
            }
            auto result = found(*route);
            if (known) {
                result.kind = known->kind;
                result.interface = known->interface;
            } else if (route->type != evidence::RouteType::Unicast && route->type != evidence::RouteType::Local) {
                result.kind = Lookup::Kind::None;
            }
            return result;
        }
    }
    Lookup none;
    none.kind = Lookup::Kind::None;
    return known.value_or(none);
}

} // namespace bothways::facts
