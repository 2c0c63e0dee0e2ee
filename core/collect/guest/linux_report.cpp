// SPDX-License-Identifier: GPL-3.0-or-later
#include "collect/guest/linux_report.h"

#include "collect/guest/node_report.h"

#include "collect/guest/ip_rules.h"
#include "collect/guest/ip_text.h"
#include "collect/guest/linux_files.h"
#include "collect/guest/ping_text.h"
#include "words/text.h"

#include <algorithm>
#include <iterator>

using namespace Qt::StringLiterals;

namespace bothways::collect::guest {
namespace {

using evidence::Access;
using evidence::NodeFacts;
using evidence::Reading;
using evidence::RulesetFormat;
using evidence::XtablesFlavour;

template <typename T>
using List = std::vector<T>;

Files filesOf(const Report &report, QStringView name)
{
    const auto *section = report.find(name);
    return Files(section == nullptr ? QStringView() : QStringView(section->body));
}

TableNames tableNames(const Files &system)
{
    TableNames names;
    for (const auto &path : system.paths()) {
        if (path.contains("/rt_tables"_L1)) {
            names.insert(parseTableNames(system.text(path)));
        }
    }
    return names;
}

/// IPv4 and IPv6 are asked for apart; both or nothing, for half a table reads like a whole one. IPv6 alone may be absent.
template <typename T>
Reading<List<T>> bothFamilies(Reading<List<T>> v4, Reading<List<T>> v6)
{
    if (!v4.isRead()) {
        return v4;
    }
    if (v6.isRead()) {
        v4.value.insert(v4.value.end(), std::make_move_iterator(v6.value.begin()), std::make_move_iterator(v6.value.end()));
        return v4;
    }
    // A kernel without IPv6 refuses the question: no routes of that family, which is a fact.
    const bool noIpv6 = v6.problem.contains("not supported"_L1);
    return noIpv6 || v6.access == Access::Absent ? v4 : v6;
}

Reading<List<evidence::InterfaceAddress>> addressesOf(const Report &report, const Files &system)
{
    auto result = readingFrom<List<evidence::InterfaceAddress>>(
        report, u"addresses", [](const Section &section) { return parseIpAddresses(section.body); });
    const auto v4 = parseFibTrie(system.text(u"/proc/net/fib_trie"_s));
    if (result.access != Access::Absent || !v4 || v4->empty()) {
        return result;
    }
    auto all = *v4;
    if (const auto v6 = parseIfInet6(system.text(u"/proc/net/if_inet6"_s))) {
        all.insert(all.end(), v6->begin(), v6->end());
    }
    return Reading<List<evidence::InterfaceAddress>>::read(std::move(all), report.source(u"/proc/net/fib_trie"));
}

Reading<List<evidence::Route>> routesOf(const Report &report, const Files &system, const TableNames &names)
{
    const auto parse = [&](net::Family family) {
        return [&names, family](const Section &section) { return parseIpRoutes(section.body, family, names); };
    };
    auto result = bothFamilies(readingFrom<List<evidence::Route>>(report, u"routes4", parse(net::Family::v4)),
                               readingFrom<List<evidence::Route>>(report, u"routes6", parse(net::Family::v6)));
    if (result.access == Access::Absent && system.has(u"/proc/net/route"_s)) {
        if (auto routes = parseProcRoute(system.text(u"/proc/net/route"_s))) {
            return Reading<List<evidence::Route>>::read(std::move(*routes), report.source(u"/proc/net/route"));
        }
    }
    return result;
}

Reading<List<evidence::PolicyRule>> rulesOf(const Report &report, const TableNames &names)
{
    const auto parse = [&](net::Family family) {
        return [&names, family](const Section &section) { return parseIpRules(section.body, family, names); };
    };
    return bothFamilies(readingFrom<List<evidence::PolicyRule>>(report, u"rules4", parse(net::Family::v4)),
                        readingFrom<List<evidence::PolicyRule>>(report, u"rules6", parse(net::Family::v6)));
}

Reading<List<evidence::Neighbour>> neighboursOf(const Report &report, const Files &counters)
{
    auto result = readingFrom<List<evidence::Neighbour>>(report, u"neighbours",
                                                         [](const Section &section) { return parseIpNeighbours(section.body); });
    if (result.access == Access::Absent && counters.has(u"/proc/net/arp"_s)) {
        if (auto neighbours = parseProcArp(counters.text(u"/proc/net/arp"_s))) {
            return Reading<List<evidence::Neighbour>>::read(std::move(*neighbours), report.source(u"/proc/net/arp"));
        }
    }
    return result;
}

Reading<QMap<QString, qint64>> countersOf(const Report &report, const Files &counters)
{
    return readingFrom<QMap<QString, qint64>>(report, u"counters", [&](const Section &) { return countersFrom(counters); });
}

/// Rulesets whose section stands in the report; iptables-nft is only asked where nft shows that it wrote rules.
List<evidence::RulesetDump> rulesetsOf(const Report &report)
{
    struct Kind {
        QStringView section;
        RulesetFormat format;
        XtablesFlavour flavour;
        bool always;
    };
    const List<Kind> kinds{{u"nft", RulesetFormat::NftJson, XtablesFlavour::None, true},
                           {u"iptables-nft", RulesetFormat::IptablesSave, XtablesFlavour::Nft, false},
                           {u"ip6tables-nft", RulesetFormat::Ip6tablesSave, XtablesFlavour::Nft, false},
                           {u"iptables-legacy", RulesetFormat::IptablesSave, XtablesFlavour::Legacy, true},
                           {u"ip6tables-legacy", RulesetFormat::Ip6tablesSave, XtablesFlavour::Legacy, true}};
    List<evidence::RulesetDump> dumps;
    for (const auto &kind : kinds) {
        if (kind.always || report.find(kind.section) != nullptr) {
            dumps.push_back({kind.format, kind.flavour, readingFrom<QString>(report, kind.section, [](const Section &section) {
                                 return Parsed<QString>(section.body.trimmed());
                             })});
            // The script always writes these. A report without one was edited, and must not pass for "no packet filter".
            auto &text = dumps.back().text;
            if (report.find(kind.section) == nullptr) {
                text.access = Access::Failed;
            }
        }
    }
    return dumps;
}

/// firewall-cmd --list-all-zones: "public (active)", then "  target: default", "  interfaces: eth0", ...
void addZones(evidence::FirewallManager &manager, QStringView text)
{
    QString zone;
    for (const auto line : text.split(u'\n', Qt::SkipEmptyParts)) {
        if (!line.startsWith(u' ')) {
            zone = line.split(u' ').front().left(64).toString();
            continue;
        }
        const auto colon = line.indexOf(u':');
        const auto key = line.first(std::max<qsizetype>(colon, 0)).trimmed();
        const auto value = line.mid(colon + 1).trimmed().toString();
        if (key == "target"_L1 || key == "icmp-blocks"_L1 || key == "icmp-block-inversion"_L1) {
            manager.settings.insert(key.toString() + u'.' + zone, value);
        } else if (key == "interfaces"_L1) {
            for (const auto &interface : value.split(u' ', Qt::SkipEmptyParts)) {
                manager.settings.insert("zone."_L1 + interface, zone);
            }
        }
    }
}

Reading<List<evidence::FirewallManager>> managersOf(const Report &report, const Files &system)
{
    using Managers = Reading<List<evidence::FirewallManager>>;
    const auto source = report.source(u"firewall-cmd, /etc/ufw/ufw.conf");
    if (report.cut) {
        return Managers::missing(Access::Failed, source, translate("guest", "The guest report is cut."));
    }
    List<evidence::FirewallManager> managers;
    if (const auto *state = report.find(u"firewalld-state")) {
        const bool running = state->status == "ok"_L1;
        // It cannot run without the system bus.
        const bool stopped = state->detail.contains("not running"_L1) || state->detail.contains("system_bus_socket"_L1);
        if (!running && !stopped) {
            const auto standingOf = standing(report, u"firewalld-state");
            return Managers::missing(standingOf.access, source, standingOf.problem);
        }
        evidence::FirewallManager manager{u"firewalld"_s, running, {}};
        if (const auto *chosen = report.find(u"firewalld-default"); chosen != nullptr && chosen->status == "ok"_L1) {
            manager.settings.insert(u"default-zone"_s, chosen->body.trimmed());
        }
        if (const auto *zones = report.find(u"firewalld-zones"); zones != nullptr && zones->status == "ok"_L1) {
            addZones(manager, zones->body);
        }
        managers.push_back(std::move(manager));
    }
    if (system.has(u"/etc/ufw/ufw.conf"_s)) {
        const bool enabled = system.text(u"/etc/ufw/ufw.conf"_s).contains("\nENABLED=yes"_L1);
        managers.push_back({u"ufw"_s, enabled, {}});
    }
    return Managers::read(std::move(managers), source);
}

/// PRETTY_NAME of os-release(5); shell quoting taken off, nothing expanded.
QString prettyName(const Files &system)
{
    for (const auto &path : {u"/etc/os-release"_s, u"/usr/lib/os-release"_s}) {
        for (const auto &line : system.text(path).split(u'\n')) {
            if (line.startsWith("PRETTY_NAME="_L1)) {
                auto value = line.sliced(12).trimmed();
                const bool quoted =
                    value.size() >= 2 && (value.front() == u'"' || value.front() == u'\'') && value.back() == value.front();
                return (quoted ? value.sliced(1, value.size() - 2) : value).left(200);
            }
        }
    }
    return system.first(u"/proc/sys/kernel/ostype"_s);
}

Reading<evidence::RouteAnswer> routeAnswer(const Report &report, const QString &name, const evidence::RouteAnswer &asked,
                                           const TableNames &names)
{
    const auto complete = [&asked](evidence::RouteAnswer answer) {
        answer.from = asked.from;
        answer.inputInterface = asked.inputInterface;
        return answer;
    };
    auto reading = readingFrom<evidence::RouteAnswer>(report, name, [&](const Section &section) {
        return parseRouteGet(section.body, asked.destination, names).map(complete);
    });
    // "RTNETLINK answers: Network is unreachable" is an answer too, and the one that matters.
    const auto error = reading.access == Access::Failed || reading.access == Access::Denied ? errorNumber(reading.problem) : 0;
    if (error != 0 && reading.problem.contains("RTNETLINK answers"_L1)) {
        auto refused = asked;
        refused.error = error;
        return Reading<evidence::RouteAnswer>::read(refused, report.source(name));
    }
    return reading;
}

/// What the guest's kernel said of packets from and to its own addresses: sections "route-get:HOST,OWN" and
/// "route-in:OWN,HOST,INTERFACE". Reports of older scripts have none.
void addOwnRoutes(NodeFacts &facts, const Report &report, const TableNames &names)
{
    const auto address = [](QStringView word) { return net::IpAddress::parse(word.toString().toStdString()); };
    for (const auto &section : report.sections) {
        const bool out = section.name.startsWith("route-get:"_L1);
        const auto words = QStringView(section.name).sliced(section.name.indexOf(u':') + 1).split(u',');
        if (words.size() != (out ? 2 : 3) || (!out && !section.name.startsWith("route-in:"_L1))) {
            continue;
        }
        const auto destination = address(words[0]);
        const auto from = address(words[1]);
        if (!destination || !from) {
            continue;
        }
        evidence::RouteAnswer asked;
        asked.destination = *destination;
        asked.from = from;
        asked.inputInterface = out ? QString() : words[2].toString();
        auto &answers = out ? facts.routeAnswers : facts.incomingAnswers;
        answers.push_back(routeAnswer(report, section.name, asked, names));
    }
}

Reading<evidence::EchoSeries> echoOf(const Report &report, const PingTargets &targets, const NodeFacts &facts)
{
    using Echo = Reading<evidence::EchoSeries>;
    if (targets.addresses.empty()) {
        const auto state = standing(report, u"target");
        return Echo::missing(state.access == Access::Read ? Access::Absent : state.access, report.source(u"ping"),
                             state.access == Access::Read
                                 ? translate("guest", "No address to ping was given and the guest has no default gateway.")
                                 : state.problem);
    }
    const auto &target = targets.addresses.front();
    const QString name = "ping:"_L1 + text(target.toString());
    const auto source = targets.isGateway
                            ? report.source(QString(name + " (its default gateway, for no host address was given)"_L1))
                            : report.source(name);
    const auto state = standing(report, name);
    const auto *section = report.find(name);
    // A failed ping has printed why; only one that never ran has nothing to read.
    if (section == nullptr || !section->isComplete() || state.access == Access::Absent) {
        return Echo::missing(state.access, source, state.problem);
    }
    auto echo = parsePing(section->body, target, ownAddresses(facts), source);
    if (echo.isRead() && targets.isGateway) {
        echo.value.purpose = evidence::EchoPurpose::Gateway;
    }
    return echo;
}

} // namespace

evidence::Guest linuxGuest(const Report &report)
{
    const auto system = filesOf(report, u"system");
    const auto links = filesOf(report, u"links");
    const auto counters = filesOf(report, u"counters");
    const auto names = tableNames(system);

    evidence::Guest guest;
    guest.channel = report.channel;
    auto &facts = guest.facts;
    facts.hostName = system.first(u"/proc/sys/kernel/hostname"_s);
    facts.os = evidence::Os::Linux;
    facts.system = prettyName(system);
    facts.kernel = system.first(u"/proc/sys/kernel/osrelease"_s);
    facts.links = readingFrom<List<evidence::Link>>(report, u"links", [&](const Section &) { return linksFrom(links); });
    facts.addresses = addressesOf(report, system);
    facts.routes = routesOf(report, system, names);
    facts.policyRules = rulesOf(report, names);
    facts.neighbours = neighboursOf(report, counters);
    facts.rulesets = rulesetsOf(report);
    facts.managers = managersOf(report, system);
    facts.sysctls = readingFrom<QMap<QString, QString>>(
        report, u"system", [&](const Section &) { return Parsed<QMap<QString, QString>>(sysctlsFrom(system)); });
    facts.counters = countersOf(report, counters);
    const auto state = standing(report, u"counters");
    facts.conntrack = state.access == Access::Read
                          ? conntrackFrom(counters, report.source(u"counters"))
                          : Reading<evidence::Conntrack>::missing(state.access, report.source(u"counters"), state.problem);

    const auto targets = pingTargets(report);
    for (const auto &address : targets.addresses) {
        evidence::RouteAnswer asked;
        asked.destination = address;
        facts.routeAnswers.push_back(routeAnswer(report, "route-get:"_L1 + text(address.toString()), asked, names));
    }
    addOwnRoutes(facts, report, names);
    guest.echoToHost = echoOf(report, targets, facts);
    if (!facts.routeAnswers.empty() && facts.routeAnswers.front().isRead()) {
        guest.echoSource = facts.routeAnswers.front().value.source;
        guest.echoToHost.value.source = guest.echoToHost.isRead() ? guest.echoSource : std::nullopt;
    }
    return guest;
}

evidence::NodeSnapshot linuxNodeSnapshot(const Report &report)
{
    const auto counters = filesOf(report, u"counters");
    evidence::NodeSnapshot snapshot;
    snapshot.counters = countersOf(report, counters);
    snapshot.neighbours = neighboursOf(report, counters);
    snapshot.rulesets = rulesetsOf(report);
    return snapshot;
}

} // namespace bothways::collect::guest
