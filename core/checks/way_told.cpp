// SPDX-License-Identifier: GPL-3.0-or-later
#include "checks/way_told.h"

#include "checks/finding/build.h"
#include "checks/finding/outcomes.h"
#include "facts/why_not.h"

#include <algorithm>

namespace bothways::checks {

using namespace Qt::Literals::StringLiterals;
using facts::Case;
using way::Fault;
using way::From;
using way::Leg;
using way::Part;
using way::Place;
using way::Result;
using way::Stage;

using Legs = std::vector<Leg>;

namespace {

/// The first stage of that kind in the leg that stops it there; null where none does.
const Stage *stopAt(const Leg *leg, Place place, std::initializer_list<Fault> faults)
{
    if (leg == nullptr) {
        return nullptr;
    }
    const auto found = std::find_if(leg->stages.begin(), leg->stages.end(), [&](const Stage &stage) {
        return stage.result == Result::Stops && stage.place == place &&
               std::find(faults.begin(), faults.end(), stage.fault) != faults.end();
    });
    return found == leg->stages.end() ? nullptr : &*found;
}

QString packetOf(const Leg &leg)
{
    if (leg.from == From::Host) {
        return leg.part == Part::Request ? translate("checks", "the host's echo request")
                                         : translate("checks", "the reply to the host's echo request");
    }
    return leg.part == Part::Request ? translate("checks", "the VM's echo request")
                                     : translate("checks", "the reply to the VM's echo request");
}

QDateTime readAt(const Case &given, Place place)
{
    const bool guest = place == Place::Guest;
    return guest ? (given.scene.guest != nullptr ? given.scene.guest->facts.routes.at : QDateTime()) : given.evidence.host.at;
}

void tell(Finding &finding, const Case &given, const Leg &leg, const Stage &stage, Outcome outcome, Basis basis)
{
    const auto sentence = translate("checks", "%1: %2.").arg(packetOf(leg), stage.text);
    const auto upper = sentence.left(1).toUpper() + sentence.mid(1);
    say(finding, Status::Fail, upper);
    if (stage.object) {
        show(finding, translate("checks", "the way of the packet"), facts::describe(*stage.object), readAt(given, stage.place));
    }
    observe(finding, outcome, basis, upper, stage.object);
}

struct Told {
    Fault fault;
    Outcome outcome;
};

/// The first stage of these faults in any of the legs.
bool tellFirst(Finding &finding, const Case &given, const Legs &legs, Place place, std::initializer_list<Told> table, Basis basis)
{
    for (const auto &leg : legs) {
        for (const auto &stage : leg.stages) {
            const auto *entry =
                std::find_if(table.begin(), table.end(), [&](const Told &told) { return told.fault == stage.fault; });
            if (entry != table.end() && stage.result == Result::Stops && stage.place == place && !leg.observed) {
                tell(finding, given, leg, stage, entry->outcome, basis);
                return true;
            }
        }
    }
    return false;
}

/// Every stage of that kind at that place was decided, and there is one in each leg.
bool decided(const Legs &legs, Place place, way::Kind kind)
{
    return !legs.empty() && std::all_of(legs.begin(), legs.end(), [&](const Leg &leg) {
        const auto isIt = [&](const Stage &stage) { return stage.place == place && stage.kind == kind; };
        const auto open = [&](const Stage &stage) { return isIt(stage) && stage.result == Result::Unknown; };
        return std::any_of(leg.stages.begin(), leg.stages.end(), isIt) &&
               std::none_of(leg.stages.begin(), leg.stages.end(), open);
    });
}

bool passesAll(const Legs &legs, way::Kind kind)
{
    return std::all_of(legs.begin(), legs.end(), [&](const Leg &leg) {
        return std::none_of(leg.stages.begin(), leg.stages.end(),
                            [&](const Stage &stage) { return stage.kind == kind && stage.result != Result::Passes; });
    });
}

bool meets(const Legs &legs, way::Kind kind)
{
    return std::any_of(legs.begin(), legs.end(), [&](const Leg &leg) {
        return std::any_of(leg.stages.begin(), leg.stages.end(), [&](const Stage &stage) { return stage.kind == kind; });
    });
}

void addPrograms(Finding &finding, const Case &given, const Legs &legs)
{
    const auto *guest = given.scene.guest;
    const bool read = given.evidence.host.isRead() && given.evidence.host.value.programs.isRead() && guest != nullptr &&
                      guest->facts.programs.isRead();
    if (read && !legs.empty() && !meets(legs, way::Kind::Program)) {
        observe(finding, Outcome::NoProgram, Basis::KernelState,
                translate("checks", "No program of tc or XDP is at the interfaces that the packets pass."));
    }
}

bool same(const Stage *one, const Stage *other)
{
    return one != nullptr && other != nullptr && one->object && other->object &&
           facts::describe(*one->object) == facts::describe(*other->object);
}

constexpr std::initializer_list<Fault> routeFaults{Fault::NoRoute, Fault::Refused, Fault::RefusedByRule, Fault::DivertedByRule,
                                                   Fault::DivertedByRoute};

Outcome outcomeOf(Fault fault)
{
    switch (fault) {
    case Fault::DivertedByRule:
    case Fault::RefusedByRule:
        return Outcome::WayByRule;
    case Fault::DivertedByRoute:
        return Outcome::WayDiverted;
    case Fault::Refused:
        return Outcome::WayRefused;
    default:
        return Outcome::WayMissing;
    }
}

} // namespace

void addPlaces(Finding &finding, const Case &given, const Legs &legs)
{
    tellFirst(finding, given, legs, Place::Between, {{Fault::AddressOnPort, Outcome::AddressOnPort}}, Basis::KernelState);
}

void addHostRoute(Finding &finding, const Case &given, const Legs &legs)
{
    if (stopAt(way::find(legs, From::Vm, Part::Reply), Place::Host, routeFaults) != nullptr ||
        stopAt(way::find(legs, From::Host, Part::Reply), Place::Guest, routeFaults) != nullptr) {
        // Good for this host's requests alone: the replies of either end have a route of their own, see NET-5.
        std::erase_if(finding.observations, [](const Observation &each) { return each.outcome == Outcome::RouteGood; });
    }
    const auto *leg = way::find(legs, From::Host, Part::Request);
    const auto *stage = stopAt(leg, Place::Host, {Fault::DivertedByRule, Fault::RefusedByRule, Fault::Refused});
    const auto *route = stage != nullptr ? std::get_if<facts::RouteObject>(&*stage->object) : nullptr;
    if (route == nullptr || !route->rule) {
        return;
    }
    // The rule is the thing; what the kernel's answer alone told is the same fault with less of a name.
    std::erase_if(finding.observations, [](const Observation &each) {
        return each.outcome == Outcome::PolicyRule || each.outcome == Outcome::Blackhole;
    });
    tell(finding, given, *leg, *stage, Outcome::PolicyRule, Basis::KernelState);
}

void addReturnRoutes(Finding &finding, const Case &given, const Legs &legs)
{
    const auto *hosts = stopAt(way::find(legs, From::Host, Part::Request), Place::Host, routeFaults);
    const auto *reply = way::find(legs, From::Vm, Part::Reply);
    const auto *bound = stopAt(reply, Place::Host, routeFaults);
    if (bound != nullptr && hosts == nullptr && !same(hosts, bound)) {
        tell(finding, given, *reply, *bound, outcomeOf(bound->fault), Basis::KernelState);
    }
    const auto *back = way::find(legs, From::Host, Part::Reply);
    const auto *guests =
        stopAt(back, Place::Guest, {Fault::DivertedByRule, Fault::RefusedByRule, Fault::DivertedByRoute, Fault::Refused});
    if (guests == nullptr) {
        const bool routed = meets(legs, way::Kind::Router);
        if (!routed && decided(legs, Place::Host, way::Kind::Route) && decided(legs, Place::Guest, way::Kind::Route) &&
            passesAll(legs, way::Kind::Route)) {
            observe(finding, Outcome::LegsRouted, Basis::KernelState,
                    translate("checks", "Both ends have a route to the other's link for each of the packets."));
        }
        return;
    }
    // A reverse-path filter asks for this very route: relaxing it would let a request in whose reply goes astray.
    std::erase_if(finding.observations, [](const Observation &each) { return each.outcome == Outcome::StrictReversePath; });
    tell(finding, given, *back, *guests, outcomeOf(guests->fault), Basis::Configuration);
}

void addCrossings(Finding &finding, const Case &given, const Legs &legs)
{
    const bool named = std::any_of(finding.observations.begin(), finding.observations.end(), [](const Observation &each) {
        return each.outcome == Outcome::BridgeDrops || each.outcome == Outcome::NetworkFilterDrops;
    });
    // On a further bridge of a chain the way alone tells it.
    const bool further = !named && tellFirst(finding, given, legs, Place::Between,
                                             {{Fault::BridgeRuleDrops, Outcome::BridgeDrops}}, Basis::Configuration);
    const bool told = further || tellFirst(finding, given, legs, Place::Between,
                                           {{Fault::BridgedDrop, Outcome::BridgedDrops},
                                            {Fault::PortIsolated, Outcome::PortsIsolated},
                                            {Fault::SnoopedOut, Outcome::SolicitationSnooped}},
                                           Basis::Configuration);
    if (told) {
        std::erase_if(finding.observations, [](const Observation &each) { return each.outcome == Outcome::BridgePasses; });
    }
    addPrograms(finding, given, legs);
    if (told || finding.status == Status::Fail) {
        return;
    }
    for (const auto &leg : legs) {
        for (const auto &stage : leg.stages) {
            if (stage.kind == way::Kind::Program && stage.result == Result::Unknown && !leg.observed && stage.object &&
                stage.place == Place::Host) {
                finding.reason = together(finding.reason, translate("checks", "Not evaluated: %1.").arg(stage.text));
                observe(finding, Outcome::ProgramAttached, Basis::KernelState,
                        translate("checks", "A program sees the packets at a port of the host: %1.").arg(stage.text),
                        stage.object);
                return;
            }
        }
    }
}

void addMemberships(Finding &finding, const Case &given, const Legs &legs)
{
    tellFirst(finding, given, legs, Place::Between, {{Fault::NotInVlan, Outcome::NotInVlan}}, Basis::KernelState);
}

void addHostNat(Finding &finding, const Case &given, const Legs &legs)
{
    const bool away =
        tellFirst(finding, given, legs, Place::Host, {{Fault::TranslatedAway, Outcome::HostTranslates}}, Basis::Configuration);
    if (!away && decided(legs, Place::Host, way::Kind::Filter) && passesAll(legs, way::Kind::Translation)) {
        observe(finding, Outcome::HostTranslatesNothing, Basis::Configuration,
                translate("checks", "The host translates none of the packets to another machine."));
    }
}

void addGuestNat(Finding &finding, const Case &given, const Legs &legs)
{
    const bool away =
        tellFirst(finding, given, legs, Place::Guest, {{Fault::TranslatedAway, Outcome::GuestTranslates}}, Basis::Configuration);
    if (!away && decided(legs, Place::Guest, way::Kind::Filter) && passesAll(legs, way::Kind::Translation)) {
        observe(finding, Outcome::GuestTranslatesNothing, Basis::Configuration,
                translate("checks", "The guest translates none of the packets to another machine."));
    }
    for (const auto &[part, outcome] :
         {std::pair{Part::Request, Outcome::GuestOutputDropsRequest}, std::pair{Part::Reply, Outcome::GuestInputDropsReply}}) {
        const auto *leg =
            way::find(legs, From::Vm, part, given.scene.vmAddress ? given.scene.vmAddress->family() : net::Family::v4);
        const auto *stage = leg != nullptr && !leg->observed ? stopAt(leg, Place::Guest, {Fault::FilterDrops}) : nullptr;
        if (stage != nullptr) {
            tell(finding, given, *leg, *stage, outcome, Basis::Configuration);
        }
    }
}

void addTables(Finding &finding, const Case &given, const Legs &legs)
{
    const bool full =
        tellFirst(finding, given, legs, Place::Host, {{Fault::TableFull, Outcome::TableFull}}, Basis::KernelState) ||
        tellFirst(finding, given, legs, Place::Guest, {{Fault::TableFull, Outcome::TableFull}}, Basis::KernelState);
    if (!full && finding.status == Status::Pass) {
        observe(finding, Outcome::TableHasRoom, Basis::KernelState, finding.summary);
    }
}

} // namespace bothways::checks
