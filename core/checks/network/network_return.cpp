// SPDX-License-Identifier: GPL-3.0-or-later
#include "checks/network/network_return.h"

#include "checks/finding/build.h"
#include "checks/finding/outcomes.h"
#include "facts/counters.h"
#include "way/routing.h"

#include <algorithm>

/// NET-5: would the guest send its reply back the way the request came? rp_filter after RFC 3704, ip-sysctl.
namespace bothways::checks {

using namespace facts;
using namespace Qt::Literals::StringLiterals;

namespace {

QString rpFilterOf(const QString &interface) { return u"net.ipv4.conf.%1.rp_filter"_s.arg(interface); }

std::optional<int> setting(const evidence::NodeFacts &facts, const QString &key)
{
    if (!facts.sysctls.isRead() || !facts.sysctls.value.contains(key)) {
        return std::nullopt;
    }
    bool ok = false;
    const int value = facts.sysctls.value.value(key).trimmed().toInt(&ok);
    return ok ? std::optional(value) : std::nullopt;
}

struct ReversePath {
    int effective = 0;
    QString key; ///< the setting that decides
};

/// The kernel uses the higher of "all" and the interface's own.
std::optional<ReversePath> reversePath(const evidence::NodeFacts &facts, const QString &interface)
{
    const auto all = setting(facts, rpFilterOf(u"all"_s));
    const auto own = setting(facts, rpFilterOf(interface));
    if (!all || !own) {
        return std::nullopt;
    }
    return *own >= *all ? ReversePath{*own, rpFilterOf(interface)} : ReversePath{*all, rpFilterOf(u"all"_s)};
}

void readCounters(Finding &finding, const Case &given)
{
    const auto &scene = given.scene;
    struct Counted {
        QString key;
        Outcome outcome;
        QString sentence;
    };
    const Counted table[] = {
        {u"TcpExt.IPReversePathFilter"_s, Outcome::ReversePathCounted,
         translate("checks", "The guest's kernel counted %1 packets dropped by its reverse-path filter.")},
        {u"Ip.OutNoRoutes"_s, Outcome::NoRouteCounted,
         translate("checks", "The guest's kernel counted %1 packets that it had no route for.")},
    };
    for (const auto &counted : table) {
        const auto grown = guestGrowth(scene, counted.key);
        if (grown && *grown >= decided(*scene.main)) {
            const auto &after = scene.guest->after.value.counters;
            show(finding, after.source, u"%1 +%2"_s.arg(counted.key).arg(*grown), after.at);
            observe(finding, counted.outcome, Basis::Counter, counted.sentence.arg(*grown));
        }
    }
}

/// With a diverted route the source that the kernel chose belongs to the wrong link.
bool sourceIsOurs(const Scene &scene)
{
    if (!scene.diverted || scene.evidence->target.hostAddressGiven) {
        return true;
    }
    const auto &addresses = scene.evidence->host.value.addresses.value;
    return std::any_of(addresses.begin(), addresses.end(), [&](const auto &address) {
        return address.interface == scene.interface && address.prefix.address() == scene.hostAddress;
    });
}

RouteObject missing(const Scene &scene)
{
    RouteObject object;
    object.where = Where::Guest;
    object.destination = *scene.hostAddress;
    object.wantedInterface = scene.guestInterface;
    // The host's address in the VM's own subnet is a gateway that is there for certain.
    if (scene.evidence->host.isRead() && scene.evidence->host.value.addresses.isRead() && scene.guestPrefix) {
        for (const auto &address : scene.evidence->host.value.addresses.value) {
            if (address.interface == scene.interface && scene.guestPrefix->contains(address.prefix.address()) &&
                address.prefix.address() != *scene.hostAddress) {
                object.wantedGateway = address.prefix.address();
                break;
            }
        }
    }
    object.wantedSource = scene.vmAddress;
    if (!scene.onLink() && !object.wantedGateway) {
        object.wantedInterface.clear(); // the host is on no link of the guest
    }
    return object;
}

void judge(Finding &finding, const Scene &scene)
{
    const auto &facts = scene.guest->facts;
    using Kind = way::Routing::Kind;
    const auto back = way::routeOf(facts, {*scene.hostAddress, scene.vmAddress, {}, 0, 0, 1});
    const auto filter = reversePath(facts, scene.guestInterface);
    const auto source = text(scene.hostAddress->toString());
    show(finding, facts.routes.source,
         back.kind == Kind::None || back.kind == Kind::Refused
             ? atGuest(translate("checks", "no route back to %1").arg(source))
             : atGuest(translate("checks", "back to %1 through %2").arg(source, back.interface)),
         facts.routes.at);
    if (filter) {
        show(finding, facts.sysctls.source, atGuest(u"%1 = %2"_s.arg(filter->key).arg(filter->effective)), facts.sysctls.at);
    }
    if (back.kind == Kind::Unknown) {
        say(finding, Status::Unknown, translate("checks", "Which way the guest sends its reply is not known."),
            facts.routes.isRead() ? whyNot(facts.policyRules) : whyNot(facts.routes));
    } else if (back.kind == Kind::Refused) {
        say(finding, Status::Fail,
            translate("checks", "The guest throws its packets to the host's address %1 away.").arg(source));
    } else if (back.kind == Kind::None) {
        const auto sentence = translate("checks", "The guest has no route back to the host's address %1.").arg(source);
        say(finding, Status::Fail, sentence);
        observe(finding, Outcome::GuestMissingRoute, Basis::Configuration, sentence, missing(scene));
    } else if (back.interface == scene.guestInterface) {
        say(finding, Status::Pass, translate("checks", "The guest answers the way the request came."));
        observe(finding, Outcome::ReturnPathGood, Basis::Configuration,
                translate("checks", "The guest's route back to the host leaves by the interface that the request came in by."));
    } else if (!filter) {
        say(finding, Status::Unknown,
            translate("checks", "The guest answers through %1, not the way the request came.").arg(back.interface),
            translate("checks", "Whether its reverse-path filter minds is not known: rp_filter was not read."));
    } else if (filter->effective == 1) {
        const auto sentence =
            translate("checks", "The guest's strict reverse-path filter drops packets from %1 on %2: its own route back is %3.")
                .arg(source, scene.guestInterface, back.interface);
        say(finding, Status::Fail, sentence);
        observe(finding, Outcome::StrictReversePath, Basis::Configuration, sentence,
                SysctlObject{Where::Guest, filter->key, QString::number(filter->effective), u"2"_s});
    } else {
        say(finding, Status::Warn,
            translate("checks", "The guest answers through %1, not the way the request came.").arg(back.interface),
            translate(
                "checks",
                "Its reverse-path filter is not strict, so the request is let in; the reply may get lost on the other way."));
    }
}

} // namespace

Finding net5(const Case &given)
{
    Finding finding;
    const auto &scene = given.scene;
    if (!scene.guest) {
        say(finding, Status::Unknown, translate("checks", "The guest's routes and its reverse-path filter could not be read."),
            together(whyNot(given.evidence.guest), howToReadGuest()));
        return finding;
    }
    if (!scene.hostAddress || scene.guestInterface.isEmpty()) {
        say(finding, Status::Unknown,
            translate("checks", "Source address and the guest's interface are needed to tell the way back."),
            whyNot(scene.guest->facts.addresses));
        return finding;
    }
    readCounters(finding, given);
    if (scene.pairProven || scene.forward == Fate::Works) {
        say(finding, Status::Pass,
            translate("checks", "The way back works: packets between these two addresses passed in both directions."));
        observe(finding, Outcome::ReturnPathGood, Basis::LiveProbe,
                translate("checks", "The guest's way back to this address is proven by its own ping."));
        return finding;
    }
    const auto *link = scene.guestLink();
    if (link && (!link->up || !link->carrier)) {
        say(finding, Status::Skipped, translate("checks", "The guest's link is down, so its routes tell nothing."),
            translate("checks", "Mend the link first."));
        return finding;
    }
    if (!sourceIsOurs(scene)) {
        say(finding, Status::Skipped,
            translate("checks", "The host sends to the VM on the wrong interface, with that one's address."),
            translate("checks", "Mend the route first."));
        return finding;
    }
    judge(finding, scene);
    return finding;
}

} // namespace bothways::checks
