// SPDX-License-Identifier: GPL-3.0-or-later
#include "shown/topology_facts.h"

#include "shown/terms.h"

#include "filter/model/model.h"
#include "words/punctuation.h"
#include "words/text.h"

#include <algorithm>

namespace bothways::shown {

using namespace Qt::Literals::StringLiterals;
using filter::Hook;

namespace {

constexpr int mostFactLines = 12;

QString utf8(const std::string &value) { return QString::fromStdString(value); }

void add(TopologyNode &node, const QString &name, const QString &value)
{
    if (!value.isEmpty()) {
        node.facts.emplace_back(name, value);
    }
}

QString yesNo(bool value) { return value ? translate("topology", "yes") : translate("topology", "no"); }

/// As `ip -d link` says it.
QString rawLink(const evidence::Link &link)
{
    QStringList words{link.name + u':'};
    const auto put = [&words](const QString &key, const QString &value) {
        if (!value.isEmpty()) {
            words << key << value;
        }
    };
    put(u"kind"_s, link.kind.word());
    put(u"mode"_s, link.mode);
    put(u"master"_s, link.master);
    put(u"lower"_s, link.lower);
    put(u"driver"_s, link.driver);
    put(u"state"_s, link.operState.word());
    words << (link.up ? u"up"_s : u"down"_s) << (link.carrier ? u"carrier"_s : u"no-carrier"_s);
    put(u"mtu"_s, QString::number(link.mtu));
    put(u"lladdr"_s, link.mac ? utf8(link.mac->toString()) : QString());
    QString text = words.join(u' ');
    if (link.port) {
        const auto &port = *link.port;
        text += u"\n  port state %1 isolated %2 learning %3 flood %4 locked %5 hairpin %6"_s.arg(port.state.word())
                    .arg(port.isolated)
                    .arg(port.learning)
                    .arg(port.flood)
                    .arg(port.locked)
                    .arg(port.hairpin);
    }
    const auto &count = link.counters;
    text += u"\n  rx packets %1 errors %2 dropped %3"_s.arg(count.rxPackets).arg(count.rxErrors).arg(count.rxDropped);
    text += u"\n  tx packets %1 errors %2 dropped %3"_s.arg(count.txPackets).arg(count.txErrors).arg(count.txDropped);
    return text;
}

QString rawRoute(const evidence::Route &route)
{
    QStringList words;
    if (route.type != evidence::RouteType::Unicast) {
        words << route.type.word();
    }
    words << (route.destination.length() == 0 ? u"default"_s : utf8(route.destination.toString()));
    for (const auto &hop : route.nextHops) {
        if (hop.gateway) {
            words << u"via"_s << utf8(hop.gateway->toString());
        }
        words << u"dev"_s << hop.interface;
    }
    if (route.preferredSource) {
        words << u"src"_s << utf8(route.preferredSource->toString());
    }
    if (route.metric != 0) {
        words << u"metric"_s << QString::number(route.metric);
    }
    return words.join(u' ');
}

/// Tables of the kernel's own (local, broadcast) say nothing of the way.
bool isOfInterest(const evidence::Route &route) { return route.table != 255 && !route.destination.address().isMulticast(); }

bool isAt(Hook hook, bool inwards, bool bridge)
{
    if (bridge) {
        return hook == Hook::Forward || hook == Hook::BridgeForward;
    }
    if (inwards) {
        return hook == Hook::Ingress || hook == Hook::Prerouting || hook == Hook::Input || hook == Hook::BridgePrerouting ||
               hook == Hook::BridgeInput || hook == Hook::ArpInput;
    }
    return hook == Hook::Egress || hook == Hook::Output || hook == Hook::Postrouting || hook == Hook::BridgeOutput ||
           hook == Hook::BridgePostrouting || hook == Hook::ArpOutput;
}

QString rawChain(const filter::Table &table, const filter::Chain &chain)
{
    const auto hook = filter::name(chain.base->hook);
    QString text = u"%1 %2 %3: hook %4 priority %5 policy %6"_s.arg(
        utf8(table.family), utf8(table.name), utf8(chain.name),
        QString::fromLatin1(hook.data(), static_cast<qsizetype>(hook.size())), QString::number(chain.base->priority),
        chain.base->dropByPolicy ? u"drop"_s : u"accept"_s);
    for (const auto &rule : chain.rules) {
        text += u"\n  "_s + utf8(rule.text);
        if (rule.handle != 0) {
            text += u"  # handle %1"_s.arg(rule.handle);
        }
    }
    return text;
}

} // namespace

void describeLink(TopologyNode &node, const evidence::NodeFacts &facts, const QString &name)
{
    const auto found =
        std::find_if(facts.links.value.begin(), facts.links.value.end(), [&](const auto &link) { return link.name == name; });
    if (found == facts.links.value.end()) {
        return;
    }
    const auto &link = *found;
    QStringList addresses;
    for (const auto &address : facts.addresses.value) {
        if (address.interface == name) {
            addresses << utf8(address.prefix.toString());
            if (!address.prefix.address().isLinkLocal()) {
                node.lines << addresses.back();
            }
        }
    }
    add(node, translate("topology", "Addresses"), addresses.join(u'\n'));
    if (link.mac) {
        node.lines << utf8(link.mac->toString());
        add(node, translate("topology", "MAC"), node.lines.back());
    }
    node.lines << u"mtu %1"_s.arg(link.mtu);
    add(node, translate("topology", "MTU"), QString::number(link.mtu));
    add(node, translate("topology", "Kind"), link.kind.word());
    add(node, translate("topology", "State"), link.operState.word());
    add(node, translate("topology", "Carrier"), yesNo(link.carrier));
    add(node, translate("topology", "Driver"), link.driver);
    add(node, translate("topology", "Port of"), link.master);
    if (link.port) {
        add(node, translate("topology", "Port state"), link.port->state.word());
        add(node, translate("topology", "Isolated"), yesNo(link.port->isolated));
    }
    const auto &count = link.counters;
    add(node, translate("topology", "Errors and drops"),
        QString::number(count.rxErrors + count.txErrors + count.rxDropped + count.txDropped));
    node.source = facts.links.source;
    node.raw = rawLink(link);
}

void describeStack(TopologyNode &node, const evidence::Reading<evidence::NodeFacts> &facts)
{
    if (!facts.isRead()) {
        node.state = TopologyState::NotSeen;
        node.lines << word(TopologyState::NotSeen);
        add(node, translate("topology", "Why it was not read"), facts.problem);
        return;
    }
    add(node, translate("topology", "Name"), facts.value.hostName);
    add(node, translate("topology", "System"), facts.value.system);
    add(node, translate("topology", "Kernel"), facts.value.kernel);
    QStringList raw;
    QString defaults;
    for (const auto &route : facts.value.routes.value) {
        if (!isOfInterest(route) || raw.size() >= mostFactLines * 4) {
            continue;
        }
        raw << rawRoute(route);
        if (route.destination.length() == 0 && defaults.isEmpty()) {
            defaults = raw.back();
            for (const auto &hop : route.nextHops) {
                node.lines << (hop.gateway ? u"default via"_s : u"default dev"_s)
                           << (hop.gateway ? utf8(hop.gateway->toString()) : hop.interface);
            }
        }
    }
    if (facts.value.routes.isRead() && defaults.isEmpty()) {
        defaults = translate("topology", "none");
        node.lines << translate("topology", "no default route");
    }
    add(node, translate("topology", "Default route"), defaults);
    if (facts.value.neighbours.isRead()) {
        for (const auto &entry : facts.value.neighbours.value) {
            if (!entry.address.isMulticast() && raw.size() < mostFactLines * 8) {
                raw << u"neigh %1 dev %2 lladdr %3 %4"_s.arg(utf8(entry.address.toString()), entry.interface,
                                                             entry.mac ? utf8(entry.mac->toString()) : u"-"_s,
                                                             entry.state.word());
            }
        }
    }
    node.source = facts.value.routes.source;
    node.raw = raw.join(u'\n');
}

void describeGate(TopologyNode &node, const facts::Rules &rules, bool inwards, bool bridge)
{
    QStringList raw;
    QStringList chains;
    int count = 0;
    for (const auto &table : rules.ruleset.tables()) {
        for (const auto &chain : table.chains) {
            if (!chain.base || table.dormant || !isAt(chain.base->hook, inwards, bridge)) {
                continue;
            }
            chains << u"%1 %2 %3"_s.arg(utf8(table.family), utf8(table.name), utf8(chain.name));
            count += static_cast<int>(chain.rules.size());
            raw << rawChain(table, chain);
        }
    }
    if (!rules.read) {
        add(node, translate("topology", "What was not read"), clauses(rules.problems));
    }
    add(node, translate("topology", "Chains"),
        chains.isEmpty() && rules.read ? translate("topology", "none") : chains.join(u'\n'));
    add(node, translate("topology", "Rules"), QString::number(count));
    if (node.state == TopologyState::Plain && !rules.read) {
        node.state = TopologyState::NotSeen;
    }
    node.source = listed(rules.sources);
    node.raw = excerpt(raw.join(u"\n\n"_s));
}

} // namespace bothways::shown
