// SPDX-License-Identifier: GPL-3.0-or-later
#include "facts/object.h"

#include "words/punctuation.h"
#include "words/text.h"

namespace bothways::facts {

using namespace Qt::Literals::StringLiterals;

namespace {

/// ASCII tool output and kernel names, so Latin-1 would do; UTF-8 keeps a translated comment readable.
QString utf8(const std::string &value) { return QString::fromStdString(value); }

QString rulePlace(const filter::RuleRef &rule)
{
    const bool xtables = rule.backend == "iptables" || rule.backend == "ip6tables";
    QStringList parts;
    if (xtables) {
        parts << utf8(rule.backend) + (rule.flavour.empty() ? QString() : u"-"_s + utf8(rule.flavour));
    } else {
        parts << utf8(rule.family);
    }
    parts << utf8(rule.table) << utf8(rule.chain);
    if (!rule.policy) {
        if (xtables || rule.handle == 0) {
            parts << u"rule %1"_s.arg(rule.position);
        } else {
            parts << u"handle %1"_s.arg(rule.handle);
        }
    }
    return parts.join(u' ');
}

QString neighbourText(const NeighbourObject &object)
{
    const auto &entry = object.entry;
    auto result = u"%1 dev %2 lladdr %3 %4"_s.arg(text(entry.address.toString()), entry.interface,
                                                  entry.mac ? text(entry.mac->toString()) : u"-"_s, entry.state.word());
    if (object.expected) {
        result += translate("checks", " (the VM has %1)").arg(text(object.expected->toString()));
    }
    return result;
}

QString policyText(const evidence::PolicyRule &rule)
{
    QStringList parts{u"rule %1"_s.arg(rule.priority)};
    if (rule.inverted) {
        parts << u"not"_s;
    }
    parts << u"from"_s << (rule.source ? text(rule.source->toString()) : u"all"_s);
    if (rule.destination) {
        parts << u"to"_s << text(rule.destination->toString());
    }
    if (rule.mark) {
        parts << u"fwmark 0x%1"_s.arg(*rule.mark, 0, 16);
    }
    if (rule.action == evidence::RuleAction::Table || rule.action.isEmpty()) {
        parts << u"lookup"_s << QString::number(rule.table);
    } else {
        parts << rule.action.word();
    }
    return parts.join(u' ');
}

QString routeText(const RouteObject &object)
{
    if (!object.route && object.rule) {
        return policyText(*object.rule);
    }
    if (!object.route) {
        return translate("checks", "no route to %1").arg(text(object.destination.toString()));
    }
    const auto &route = *object.route;
    QStringList parts;
    if (route.type != evidence::RouteType::Unicast) {
        parts << route.type.word();
    }
    parts << (route.destination.length() == 0 ? u"default"_s : text(route.destination.toString()));
    for (const auto &hop : route.nextHops) {
        if (hop.gateway) {
            parts << u"via"_s << text(hop.gateway->toString());
        }
        if (!hop.interface.isEmpty()) {
            parts << u"dev"_s << hop.interface;
        }
    }
    if (route.table != 254) {
        parts << u"table"_s << QString::number(route.table);
    }
    if (route.metric != 0) {
        parts << u"metric"_s << QString::number(route.metric);
    }
    return object.rule ? policyText(*object.rule) + u": "_s + parts.join(u' ') : parts.join(u' ');
}

QString addressText(const AddressObject &object)
{
    QStringList claimants;
    for (const auto &mac : object.claimants) {
        claimants << text(mac.toString());
    }
    auto result = text(object.address.toString());
    if (!object.interface.isEmpty()) {
        result += u" dev "_s + object.interface;
    }
    if (!claimants.isEmpty()) {
        result += translate("checks", " claimed by %1").arg(claimants.join(u", "_s));
    }
    if (!object.wantedInterface.isEmpty()) {
        result += translate("checks", ", a port of %1").arg(object.wantedInterface);
    }
    if (object.wanted) {
        result += translate("checks", " (fits as %1)").arg(text(object.wanted->toString()));
    }
    return result;
}

QString tagText(std::optional<int> tag)
{
    return tag ? translate("checks", "VLAN %1").arg(*tag) : translate("checks", "untagged");
}

struct Stater {
    QString operator()(const PlainObject &object) const { return object.name; }
    QString operator()(const RuleObject &object) const { return rulePlace(object.rule) + u": "_s + utf8(object.rule.text); }
    QString operator()(const SysctlObject &object) const { return object.name + u'=' + object.value; }
    QString operator()(const NeighbourObject &object) const { return neighbourText(object); }
    QString operator()(const RouteObject &object) const { return routeText(object); }
    QString operator()(const AddressObject &object) const { return addressText(object); }
    QString operator()(const LinkObject &object) const
    {
        const auto subject = object.vm.isEmpty() ? object.name : object.vm + u' ' + object.name;
        return object.state.isEmpty() ? subject : subject + u' ' + object.state;
    }
    QString operator()(const ModeObject &object) const
    {
        QStringList parts{name(object.mode)};
        for (const auto &part : {object.vm, object.network, object.interface}) {
            if (!part.isEmpty()) {
                parts << part;
            }
        }
        return parts.join(u' ');
    }
    QString operator()(const MtuObject &object) const
    {
        return object.mtu > 0 ? u"%1 mtu %2"_s.arg(object.interface).arg(object.mtu) : object.interface;
    }
    QString operator()(const RouterObject &object) const
    {
        QStringList words;
        for (const auto &address : object.addresses) {
            words << text(address.toString());
        }
        return listed(words);
    }
    QString operator()(const MacObject &object) const
    {
        return translate("checks", "%1 at %2").arg(text(object.mac.toString()), listed(object.places));
    }
    QString operator()(const TagObject &object) const
    {
        return translate("checks", "%1: from the host %2, from the VM %3")
            .arg(object.place, tagText(object.fromHost), tagText(object.fromVm));
    }
    QString operator()(const VlanObject &object) const
    {
        return translate("checks", "%1 is not in %2").arg(object.port, tagText(object.vlan));
    }
};

} // namespace

QString name(ModeFault fault)
{
    switch (fault) {
    case ModeFault::User:
        return u"user"_s;
    case ModeFault::Macvtap:
        return u"macvtap"_s;
    case ModeFault::HostAdapterMissing:
        return u"host-adapter-missing"_s;
    }
    return {};
}

QString name(Where where)
{
    switch (where) {
    case Where::Host:
        return u"host"_s;
    case Where::Guest:
        return u"guest"_s;
    case Where::Hypervisor:
        return u"hypervisor"_s;
    case Where::Switch:
        return u"switch"_s;
    case Where::Cloud:
        return u"cloud"_s;
    }
    return {};
}

QString statement(const Object &object) { return std::visit(Stater{}, object); }

QString atHost(const QString &line) { return labelled(translate("checks", "host"), line); }
QString atGuest(const QString &line) { return labelled(translate("checks", "guest"), line); }

QString describe(const Object &object)
{
    if (const auto *router = std::get_if<RouterObject>(&object)) {
        return labelled(router->addresses.size() == 1 ? translate("checks", "router") : translate("checks", "routers"),
                        statement(object));
    }
    switch (whereOf(object)) {
    case Where::Host:
        return atHost(statement(object));
    case Where::Guest:
        return atGuest(statement(object));
    case Where::Hypervisor:
        return labelled(translate("checks", "hypervisor"), statement(object));
    case Where::Switch:
        return labelled(translate("checks", "switch"), statement(object));
    case Where::Cloud:
        return labelled(translate("checks", "cloud"), statement(object));
    }
    return statement(object);
}

QString locate(const Object &object)
{
    const auto *rule = std::get_if<RuleObject>(&object);
    if (!rule) {
        return statement(object);
    }
    const auto place = rulePlace(rule->rule);
    return rule->rule.policy ? place + u' ' + utf8(rule->rule.text) : place;
}

Where whereOf(const Object &object)
{
    return std::visit(
        [](const auto &value) {
            if constexpr (requires { value.where; }) {
                return value.where;
            } else {
                return Where::Hypervisor;
            }
        },
        object);
}

} // namespace bothways::facts
