// SPDX-License-Identifier: GPL-3.0-or-later
#include "comparison/comparison_node.h"

#include "comparison/comparison_parts.h"

#include "words/punctuation.h"
#include "words/text.h"

#include <algorithm>
#include <functional>

/// What each machine said of its network, and what the probes found of ports and sizes.
namespace bothways::comparison {

using namespace Qt::Literals::StringLiterals;

namespace {

template <typename Address>
QString shown(const std::optional<Address> &address)
{
    return address ? text(address->toString()) : QString();
}

/// "via 10.0.0.1 dev eth0"; only the words whose value is there.
class Words {
public:
    explicit Words(QString first = {}) : m_words(first.isEmpty() ? QStringList() : QStringList{std::move(first)}) {}
    Words &add(const char *word, const QString &value)
    {
        if (!value.isEmpty()) {
            m_words << QLatin1String(word) + u' ' + value;
        }
        return *this;
    }
    Words &word(const QString &value)
    {
        if (!value.isEmpty()) {
            m_words << value;
        }
        return *this;
    }
    Words &flag(const char *word, bool on)
    {
        if (on) {
            m_words << QLatin1String(word);
        }
        return *this;
    }
    QString text() const { return m_words.join(u' '); }

private:
    QStringList m_words;
};

Facts factsOf(const std::vector<evidence::Route> &routes)
{
    Facts facts;
    for (const auto &route : routes) {
        const auto destination = route.destination.length() == 0 ? u"default"_s : text(route.destination.toString());
        Words value(route.type.word());
        for (const auto &hop : route.nextHops) {
            value.add("via", shown(hop.gateway)).add("dev", hop.interface);
        }
        value.add("src", shown(route.preferredSource)).add("proto", route.protocol).add("scope", route.scope.word());
        const auto key = Words(destination)
                             .flag("(IPv6)", route.destination.length() == 0 && route.destination.address().isV6())
                             .add("table", route.table == 254 ? QString() : QString::number(route.table))
                             .add("metric", route.metric == 0 ? QString() : QString::number(route.metric));
        facts.add(key.text(), value.text());
    }
    return facts;
}

QString range(const std::optional<evidence::NumberRange> &numbers)
{
    return numbers ? u"%1-%2"_s.arg(numbers->first).arg(numbers->last) : QString();
}

Facts factsOf(const std::vector<evidence::PolicyRule> &rules)
{
    Facts facts;
    for (const auto &rule : rules) {
        Words words;
        words.flag("not", rule.inverted).add("from", shown(rule.source)).add("to", shown(rule.destination));
        words.add("iif", rule.inputInterface).add("oif", rule.outputInterface);
        words.add("fwmark",
                  rule.mark ? u"0x%1/0x%2"_s.arg(*rule.mark, 0, 16).arg(rule.markMask.value_or(0xffffffff), 0, 16) : QString());
        words.add("tos", rule.tos == 0 ? QString() : QString::number(rule.tos));
        words.add("ipproto", rule.protocol ? QString::number(*rule.protocol) : QString());
        words.add("sport", range(rule.sourcePorts)).add("dport", range(rule.destinationPorts)).add("uidrange", range(rule.users));
        words.add("other", QStringList(rule.others.begin(), rule.others.end()).join(u' '));
        words.add("suppress_prefixlength", rule.suppressPrefixLength ? QString::number(*rule.suppressPrefixLength) : QString());
        words.word(rule.action.word()).word(rule.table == 0 ? QString() : QString::number(rule.table));
        facts.add(u"%1 %2"_s.arg(rule.priority).arg(rule.family == net::Family::v4 ? u"IPv4"_s : u"IPv6"_s), words.text());
    }
    return facts;
}

Facts factsOf(const std::vector<evidence::InterfaceAddress> &addresses)
{
    Facts facts;
    for (const auto &address : addresses) {
        facts.add(u"%1 %2"_s.arg(address.interface, text(address.prefix.toString())), Words(address.scope.word())
                                                                                          .flag("secondary", address.secondary)
                                                                                          .flag("tentative", address.tentative)
                                                                                          .flag("dadfailed", address.dadFailed)
                                                                                          .text());
    }
    return facts;
}

QString portText(const evidence::BridgePort &port)
{
    return Words(port.state.word())
        .flag("isolated", port.isolated)
        .flag("no-learning", !port.learning)
        .flag("no-flood", !port.flood)
        .flag("locked", port.locked)
        .flag("hairpin", port.hairpin)
        .text();
}

Facts factsOf(const std::vector<evidence::Link> &links)
{
    Facts facts;
    for (const auto &link : links) {
        facts.add(link.name, Words(link.kind.word())
                                 .add("mode", link.mode)
                                 .add("mac", shown(link.mac))
                                 .add("mtu", QString::number(link.mtu))
                                 .add("master", link.master)
                                 .add("on", link.lower)
                                 .add("driver", link.driver)
                                 .flag("UP", link.up)
                                 .flag("DOWN", !link.up)
                                 .flag("NO-CARRIER", link.up && !link.carrier)
                                 .add("port", link.port ? portText(*link.port) : QString())
                                 .text());
    }
    return facts;
}

/// REACHABLE, STALE and the like come and go within seconds; whether the neighbour was found does not.
QString lasting(const evidence::Worded<evidence::NeighbourState> &state)
{
    using evidence::NeighbourState;
    switch (state.value()) {
    case NeighbourState::Reachable:
    case NeighbourState::Stale:
    case NeighbourState::Delay:
    case NeighbourState::Probe:
        return u"found"_s;
    case NeighbourState::Failed:
    case NeighbourState::Incomplete:
        return u"not found"_s;
    default:
        return state.word();
    }
}

Facts factsOf(const std::vector<evidence::Neighbour> &neighbours)
{
    Facts facts;
    for (const auto &entry : neighbours) {
        facts.add(u"%1 %2"_s.arg(entry.interface, text(entry.address.toString())),
                  Words(shown(entry.mac)).word(lasting(entry.state)).text());
    }
    return facts;
}

Facts factsOf(const QMap<QString, QString> &settings)
{
    Facts facts;
    for (auto it = settings.begin(); it != settings.end(); ++it) {
        if (it.key() != u"net.netfilter.nf_conntrack_count"_s) { // counts, and sets nothing
            facts.add(it.key(), it.value().simplified());
        }
    }
    return facts;
}

Facts factsOf(const std::vector<evidence::FirewallManager> &managers)
{
    Facts facts;
    for (const auto &manager : managers) {
        QStringList settings;
        for (auto it = manager.settings.begin(); it != manager.settings.end(); ++it) {
            settings << it.key() + u'=' + it.value();
        }
        facts.add(manager.name, Words(manager.running ? u"running"_s : u"not running"_s).add("with", settings.join(u' ')).text());
    }
    return facts;
}

/// The names that a kernel has differ with its interfaces, and those that are read with who reads: what only one tells is no
/// difference.
void compareSettings(ComparedPart &part, const QMap<QString, QString> &before, const QMap<QString, QString> &after)
{
    QMap<QString, QString> was;
    QMap<QString, QString> is;
    for (auto it = before.begin(); it != before.end(); ++it) {
        if (const auto other = after.find(it.key()); other != after.end()) {
            was.insert(it.key(), it.value());
            is.insert(other.key(), other.value());
        }
    }
    const auto once = before.size() + after.size() - 2 * was.size();
    if (once > 0) {
        part.note = translate("comparison", "Read in only one of the two, so not compared: %1 settings.").arg(once);
    }
    compareFacts(part, factsOf(was), factsOf(is));
}

/// As whyUnread(), but that there is no such thing does not tell either.
template <typename T>
QString whyNot(const evidence::Reading<T> &reading)
{
    return reading.access == evidence::Access::Absent
               ? (reading.problem.isEmpty() ? translate("comparison", "there is none") : reading.problem)
               : whyUnread(reading);
}

template <typename T>
using Member = evidence::Reading<T> evidence::NodeFacts::*;

template <typename T>
void comparePart(Comparison &comparison, const Machine &machine, const char *id, const QString &title, Member<T> member,
                 const QString &note = {})
{
    ComparedPart part;
    part.id = u"%1_%2"_s.arg(machine.id, QLatin1String(id));
    part.title = title.arg(machine.title);
    part.note = note;
    if (machine.before == nullptr || machine.after == nullptr) {
        part.cannot = cannotCompare(machine.whyBefore, machine.whyAfter);
    } else {
        const auto &before = machine.before->*member;
        const auto &after = machine.after->*member;
        part.cannot = cannotCompare(whyUnread(before), whyUnread(after));
        if (part.cannot.isEmpty()) {
            if constexpr (std::is_same_v<T, QMap<QString, QString>>) {
                compareSettings(part, before.value, after.value);
            } else {
                compareFacts(part, factsOf(before.value), factsOf(after.value));
            }
        }
    }
    comparison.parts.push_back(std::move(part));
}

void compareMachine(Comparison &comparison, const Machine &machine)
{
    using evidence::NodeFacts;
    comparePart(comparison, machine, "routes", translate("comparison", "Routes %1"), &NodeFacts::routes);
    comparePart(comparison, machine, "policy_rules", translate("comparison", "Policy rules of routing %1"),
                &NodeFacts::policyRules);
    comparePart(comparison, machine, "addresses", translate("comparison", "Addresses %1"), &NodeFacts::addresses);
    comparePart(comparison, machine, "links", translate("comparison", "Links %1"), &NodeFacts::links);
    comparePart(comparison, machine, "neighbours", translate("comparison", "Neighbours %1"), &NodeFacts::neighbours,
                translate("comparison", "Entries come and go by themselves; another MAC does not."));
    comparePart(comparison, machine, "settings", translate("comparison", "Kernel settings %1"), &NodeFacts::sysctls);
    comparePart(comparison, machine, "managers", translate("comparison", "Firewall programs %1"), &NodeFacts::managers);
}

void compareSystems(Comparison &comparison, const Machine &machine)
{
    if (machine.before == nullptr || machine.after == nullptr) {
        return; // said of every part of that machine
    }
    ComparedPart part;
    part.id = machine.id + u"_system"_s;
    part.title = translate("comparison", "System %1").arg(machine.title);
    Facts facts[2];
    int side = 0;
    for (const auto *node : {machine.before, machine.after}) {
        facts[side].add(translate("comparison", "name"), node->hostName);
        facts[side].add(translate("comparison", "system"), node->system);
        facts[side].add(translate("comparison", "kernel"), node->kernel);
        ++side;
    }
    compareFacts(part, facts[0], facts[1]);
    comparison.parts.push_back(std::move(part));
}

QString attachment(const evidence::VmInterface &interface)
{
    return Words(interface.type.word())
        .add("network", interface.network)
        .add("bridge", interface.bridge)
        .add("lower", interface.lower)
        .add("mode", interface.directMode)
        .add("model", interface.model)
        .add("filter", interface.filter)
        .flag("link-down", !interface.linkUp)
        .flag("isolated", interface.portIsolated)
        .text();
}

Facts vmFacts(const evidence::Evidence &evidence)
{
    Facts facts;
    for (const auto &vm : evidence.inventory.value.vms) {
        if (vm.name != evidence.target.vm || evidence.target.vm.isEmpty()) {
            continue;
        }
        facts.add(translate("comparison", "state"), vm.state.word());
        for (const auto &interface : vm.interfaces) {
            facts.add(Words(translate("comparison", "interface")).word(shown(interface.mac)).text(), attachment(interface));
        }
    }
    return facts;
}

void compareVm(Comparison &comparison, const evidence::Evidence &before, const evidence::Evidence &after)
{
    if (before.target.vm.isEmpty() && after.target.vm.isEmpty()) {
        return; // nobody named a VM: the pair is two addresses
    }
    ComparedPart part;
    part.id = u"vm"_s;
    part.title = translate("comparison", "The VM by its hypervisor");
    part.cannot = cannotCompare(whyNot(before.inventory), whyNot(after.inventory));
    if (part.cannot.isEmpty()) {
        compareFacts(part, vmFacts(before), vmFacts(after));
    }
    comparison.parts.push_back(std::move(part));
}

/// Ports and sizes are compared where both sessions asked: what only one asked has not changed.
void compareProbes(Comparison &comparison, const evidence::Evidence &before, const evidence::Evidence &after)
{
    const auto answers = [](const evidence::Evidence &evidence) {
        QMap<QString, QString> found;
        for (const auto &port : evidence.probes.ports) {
            if (port.isRead() && port.value.outcome != evidence::PortOutcome::Cancelled) {
                found.insert(u"%1 %2"_s.arg(name(port.value.protocol)).arg(port.value.port), name(port.value.outcome));
            }
        }
        for (const auto &mtu : evidence.probes.pathMtus) {
            if (mtu.isRead() && mtu.value.largestAnswered > 0 && !mtu.value.cutShort) {
                found.insert(translate("comparison", "largest packet that arrives"), QString::number(mtu.value.largestAnswered));
            }
        }
        return found;
    };
    const auto was = answers(before);
    const auto is = answers(after);
    ComparedPart part;
    part.id = u"probes"_s;
    part.title = translate("comparison", "Ports and packet sizes");
    QStringList once;
    for (const auto *side : {&was, &is}) {
        for (auto it = side->begin(); it != side->end(); ++it) {
            if (!was.contains(it.key()) || !is.contains(it.key())) {
                once << it.key();
            } else if (side == &was) {
                was[it.key()] == is[it.key()] ? static_cast<void>(++part.same)
                                              : note(part, {Change::Changed, it.key(), was[it.key()], is[it.key()]});
            }
        }
    }
    if (part.same == 0 && part.differences.empty()) {
        part.cannot = translate("comparison", "Cannot be compared: the two sessions have no probed port or size in common.");
    } else if (!once.isEmpty()) {
        part.note = translate("comparison", "Asked in only one of the two, so not compared: %1.").arg(listed(once.mid(0, 20)));
    }
    comparison.parts.push_back(std::move(part));
}

} // namespace

std::vector<Machine> machinesOf(const evidence::Evidence &before, const evidence::Evidence &after)
{
    Machine host{u"host"_s, translate("comparison", "on this host"), nullptr, nullptr, whyNot(before.host), whyNot(after.host)};
    host.before = before.host.isRead() ? &before.host.value : nullptr;
    host.after = after.host.isRead() ? &after.host.value : nullptr;
    Machine guest{u"guest"_s, translate("comparison", "in the VM"), nullptr, nullptr, whyNot(before.guest), whyNot(after.guest)};
    guest.before = before.guest.isRead() ? &before.guest.value.facts : nullptr;
    guest.after = after.guest.isRead() ? &after.guest.value.facts : nullptr;
    return {host, guest};
}

void compareNodes(Comparison &comparison, const evidence::Evidence &before, const evidence::Evidence &after)
{
    compareProbes(comparison, before, after);
    for (const auto &machine : machinesOf(before, after)) {
        compareMachine(comparison, machine);
        compareSystems(comparison, machine);
    }
    compareVm(comparison, before, after);
}

} // namespace bothways::comparison
