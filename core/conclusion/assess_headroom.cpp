// SPDX-License-Identifier: GPL-3.0-or-later
#include "conclusion/assess_headroom.h"

#include "conclusion/assessment_parts.h"

#include "facts/path_facts.h"
#include "words/text.h"

#include <algorithm>

/// Headroom: how near the tables of both machines are to their limits, and what their links lose.
namespace bothways::conclusion {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr std::array<Anchor, 3> filled{
    {{50, 100, ""}, {80, 50, ""}, {100, 0, QT_TRANSLATE_NOOP("assessment", "new entries are refused")}}};
constexpr std::array<Anchor, 3> lost{{{0, 100, ""}, {1, 50, ""}, {10, 0, ""}}};

struct Machine {
    QString id;
    bool guest = false;
    const evidence::NodeFacts *facts = nullptr;
    const evidence::Reading<std::vector<evidence::Link>> *linksBefore = nullptr;
    const evidence::Reading<std::vector<evidence::Link>> *linksAfter = nullptr;
};

/// A text for the host or the same for the VM.
QString either(const Machine &machine, const QString &host, const QString &guest) { return machine.guest ? guest : host; }

void addConntrack(Rating &rating, const Machine &machine)
{
    const auto &conntrack = machine.facts->conntrack;
    if (!conntrack.isRead() || conntrack.value.max <= 0 || conntrack.value.count < 0) {
        if (conntrack.access != evidence::Access::Absent) { // without the table nothing can be full
            rating.missing << either(machine, translate("assessment", "This host's connection table was not read."),
                                     translate("assessment", "The VM's connection table was not read."));
        }
        return;
    }
    const auto &table = conntrack.value;
    rating.inputs.push_back(measured((machine.id + u"_conntrack"_s).toLatin1().constData(),
                                     either(machine, translate("assessment", "connections tracked by this host, of its limit"),
                                            translate("assessment", "connections tracked by the VM, of its limit")),
                                     100.0 * static_cast<double>(table.count) / static_cast<double>(table.max), "%", filled,
                                     u"%1 / %2"_s.arg(table.count).arg(table.max)));
}

/// Entries that garbage collection counts (net/core/neighbour.c: those that are permanent or need no ARP are exempt).
void addNeighbours(Rating &rating, const Machine &machine)
{
    const auto &facts = *machine.facts;
    const auto setting = u"net.ipv4.neigh.default.gc_thresh3"_s;
    const auto limit = facts.sysctls.isRead() ? facts.sysctls.value.value(setting).toLongLong() : 0;
    if (limit <= 0 || !facts.neighbours.isRead()) {
        rating.missing << either(machine, translate("assessment", "This host's neighbour table or its limit was not read."),
                                 translate("assessment", "The VM's neighbour table or its limit was not read."));
        return;
    }
    const auto &all = facts.neighbours.value;
    const auto entries = std::count_if(all.begin(), all.end(), [](const evidence::Neighbour &entry) {
        return entry.address.isV4() && entry.state != evidence::NeighbourState::Permanent &&
               entry.state != evidence::NeighbourState::Noarp;
    });
    rating.inputs.push_back(measured((machine.id + u"_neighbours"_s).toLatin1().constData(),
                                     either(machine, translate("assessment", "neighbours known to this host, of its limit"),
                                            translate("assessment", "neighbours known to the VM, of its limit")),
                                     100.0 * static_cast<double>(entries) / static_cast<double>(limit), "%", filled,
                                     u"%1 / %2 (%3)"_s.arg(entries).arg(limit).arg(setting)));
}

const evidence::Link *named(const std::vector<evidence::Link> &links, const QString &name)
{
    const auto found = std::find_if(links.begin(), links.end(), [&](const auto &link) { return link.name == name; });
    return found == links.end() ? nullptr : &*found;
}

struct Traffic {
    double packets = 0;
    double bad = 0;
};

/// False where a counter fell: the link was made anew.
bool addGrowth(Traffic &traffic, const evidence::LinkCounters &before, const evidence::LinkCounters &after)
{
    using Counters = evidence::LinkCounters;
    for (const auto field : {&Counters::rxPackets, &Counters::txPackets}) {
        const auto grown = growth(before.*field, after.*field);
        if (!grown) {
            return false;
        }
        traffic.packets += *grown;
    }
    for (const auto field : {&Counters::rxErrors, &Counters::txErrors, &Counters::rxDropped, &Counters::txDropped}) {
        const auto grown = growth(before.*field, after.*field);
        if (!grown) {
            return false;
        }
        traffic.bad += *grown;
    }
    return true;
}

void addErrors(Rating &rating, const Machine &machine, const facts::Scene &scene)
{
    Traffic traffic;
    QStringList names;
    const bool both = machine.linksBefore != nullptr && machine.linksBefore->isRead() && machine.linksAfter != nullptr &&
                      machine.linksAfter->isRead();
    for (const auto &mtu : both ? facts::linkMtus(scene) : std::vector<facts::LinkMtu>()) {
        if ((mtu.where == facts::Where::Guest) != machine.guest) {
            continue;
        }
        const auto *before = named(machine.linksBefore->value, mtu.name);
        const auto *after = named(machine.linksAfter->value, mtu.name);
        if (before != nullptr && after != nullptr && addGrowth(traffic, before->counters, after->counters)) {
            names << mtu.name;
        }
    }
    const double all = traffic.packets + traffic.bad;
    if (names.isEmpty() || all <= 0) {
        rating.missing << either(machine, translate("assessment", "The error counters of this host's links were not read twice."),
                                 translate("assessment", "The error counters of the VM's link were not read twice."));
        return;
    }
    rating.inputs.push_back(
        measured((machine.id + u"_link_errors"_s).toLatin1().constData(),
                 either(machine, translate("assessment", "packets with errors or dropped on this host's links to the VM"),
                        translate("assessment", "packets with errors or dropped on the VM's link")),
                 100 * traffic.bad / all, "%", lost,
                 u"%1: %2 / %3"_s.arg(names.join(u", "_s)).arg(traffic.bad, 0, 'f', 0).arg(all, 0, 'f', 0)));
}

} // namespace

Rating rateHeadroom(const facts::Case &given)
{
    Rating rating;
    const auto &evidence = given.evidence;
    std::vector<Machine> machines;
    if (evidence.host.isRead()) {
        const auto &before = evidence.hostBefore;
        machines.push_back({u"host"_s, false, &evidence.host.value, before.isRead() ? &before.value.links : nullptr,
                            &evidence.host.value.links});
    } else {
        rating.missing << translate("assessment", "This host was not read.");
    }
    if (const auto *guest = given.scene.guest) {
        machines.push_back(
            {u"guest"_s, true, &guest->facts, &guest->facts.links, guest->after.isRead() ? &guest->after.value.links : nullptr});
    } else {
        rating.missing << translate("assessment", "The VM was not read.");
    }
    for (const auto &machine : machines) {
        addConntrack(rating, machine);
        addNeighbours(rating, machine);
        addErrors(rating, machine, given.scene);
    }
    takeLowest(rating);
    if (!rating.points) {
        rating.leftOut = translate("assessment", "No table and no counter of either machine was read.");
    }
    return rating;
}

} // namespace bothways::conclusion
