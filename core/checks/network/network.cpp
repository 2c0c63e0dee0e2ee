// SPDX-License-Identifier: GPL-3.0-or-later
#include "checks/network/network.h"

#include "checks/finding/build.h"
#include "checks/finding/outcomes.h"
#include "facts/fib.h"

#include <algorithm>

/// NET-1 to NET-3: addresses, and the host's way to the VM.
namespace bothways::checks {

using namespace facts;
using namespace Qt::Literals::StringLiterals;
using evidence::InterfaceAddress;
using evidence::Route;
using evidence::RouteAnswer;

namespace {

// Linux errno values by which RTM_GETROUTE tells what kind of route it met (fib_props in net/ipv4/fib_semantics.c).
constexpr int errnoAccess = 13;       // prohibit
constexpr int errnoInvalid = 22;      // blackhole
constexpr int errnoHostUnreach = 113; // unreachable

QString lineOf(const RouteAnswer &answer)
{
    auto line = text(answer.destination.toString());
    if (answer.from) {
        line += u" from "_s + text(answer.from->toString());
    }
    if (answer.error != 0) {
        return line + u": errno %1"_s.arg(answer.error);
    }
    if (answer.gateway) {
        line += u" via "_s + text(answer.gateway->toString());
    }
    line += u" dev "_s + answer.interface;
    if (answer.source) {
        line += u" src "_s + text(answer.source->toString());
    }
    return line + u" table %1"_s.arg(answer.table) +
           (answer.matched ? u" match "_s + text(answer.matched->toString()) : QString());
}

RouteObject routeObject(const Scene &scene, const Route *route)
{
    RouteObject object;
    object.where = Where::Host;
    if (route) {
        object.route = *route;
    }
    object.destination = scene.vmAddress.value_or(net::IpAddress());
    object.wantedInterface = scene.interface;
    object.wantedSource = scene.hostAddress;
    return object;
}

const std::vector<Route> *routesOf(const Scene &scene)
{
    const auto &host = scene.evidence->host;
    return host.isRead() && host.value.routes.isRead() ? &host.value.routes.value : nullptr;
}

bool leavesBy(const Route &route, const QString &interface)
{
    return std::any_of(route.nextHops.begin(), route.nextHops.end(), [&](const auto &hop) { return hop.interface == interface; });
}

/// The route behind the kernel's answer, found again in the table.
const Route *responsible(const Scene &scene, const RouteAnswer &answer)
{
    const auto *routes = routesOf(scene);
    if (!routes) {
        return nullptr;
    }
    const auto table = answer.table == 0 ? 254U : answer.table;
    for (const auto *route : covering(*routes, answer.destination, table)) {
        const bool exact = !answer.matched || (route->destination.network() == answer.matched->network() &&
                                               route->destination.length() == answer.matched->length());
        if (exact && leavesBy(*route, answer.interface)) {
            return route;
        }
    }
    return nullptr;
}

/// The route that would lead to the VM if the other did not exist.
const Route *wanted(const Scene &scene)
{
    const auto *routes = routesOf(scene);
    if (!routes || !scene.vmAddress) {
        return nullptr;
    }
    for (const auto *route : covering(*routes, *scene.vmAddress, 254)) {
        if (leavesBy(*route, scene.interface)) {
            return route;
        }
    }
    return nullptr;
}

void fail(Finding &finding, Outcome outcome, const QString &sentence, const std::optional<Object> &object)
{
    say(finding, Status::Fail, sentence);
    observe(finding, outcome, Basis::KernelState, sentence, object);
}

void judgeRefusal(Finding &finding, const Scene &scene, const RouteAnswer &answer)
{
    const auto *routes = routesOf(scene);
    const Route *special = nullptr;
    if (routes) {
        for (const auto *route : covering(*routes, answer.destination, 254)) {
            special = !special && route->type != evidence::RouteType::Unicast && route->nextHops.empty() ? route : special;
        }
    }
    if (special || answer.error == errnoAccess || answer.error == errnoInvalid || answer.error == errnoHostUnreach) {
        const auto object = routeObject(scene, special);
        fail(finding, Outcome::Blackhole,
             special
                 ? translate("checks", "A route of type %1 throws the host's packets to the VM away.").arg(special->type.word())
                 : translate("checks", "The kernel refuses to route to the VM (errno %1).").arg(answer.error),
             special ? std::optional<Object>(object) : std::nullopt);
        return;
    }
    fail(finding, Outcome::MissingRoute, translate("checks", "The host has no route to the VM."), routeObject(scene, nullptr));
}

void judgeDiversion(Finding &finding, const Scene &scene, const RouteAnswer &answer)
{
    const auto *route = responsible(scene, answer);
    const auto *right = wanted(scene);
    const auto object = routeObject(scene, route);
    const auto described = route ? describe(object) : lineOf(answer);
    const auto sentence =
        translate("checks", "The host sends to the VM through %1, but the VM is on %2.").arg(answer.interface, scene.interface);
    show(finding, translate("checks", "deciding route"), described, scene.evidence->host.at);
    if (answer.table != 0 && answer.table != 254 && answer.table != 255) {
        fail(finding, Outcome::PolicyRule,
             together(sentence, translate("checks", "A policy rule leads to table %1.").arg(answer.table)), object);
    } else if (!route || (route->destination.length() == 0 && !right)) {
        fail(finding, Outcome::MissingRoute, together(sentence, translate("checks", "No route covers the VM's subnet.")),
             routeObject(scene, nullptr));
    } else if (right && right->destination.length() == route->destination.length()) {
        fail(finding, Outcome::BetterMetric, together(sentence, translate("checks", "The better metric wins: %1").arg(described)),
             object);
    } else {
        fail(finding, Outcome::OverlappingPrefix,
             together(sentence, translate("checks", "The more specific route wins: %1").arg(described)), object);
    }
}

std::vector<InterfaceAddress> hostAddressesOn(const Scene &scene)
{
    std::vector<InterfaceAddress> result;
    for (const auto &address : scene.evidence->host.value.addresses.value) {
        if (address.interface == scene.interface && address.prefix.address().isV4() == scene.vmAddress->isV4()) {
            result.push_back(address);
        }
    }
    return result;
}

AddressObject addressObject(Where where, const QString &interface, const net::Prefix &address, std::optional<net::Prefix> wanted)
{
    AddressObject object;
    object.where = where;
    object.interface = interface;
    object.address = address;
    object.wanted = wanted;
    return object;
}

void misfit(Finding &finding, Outcome outcome, const QString &sentence, AddressObject object)
{
    say(finding, Status::Fail, sentence);
    observe(finding, outcome, Basis::Configuration, sentence, Object(std::move(object)));
}

/// Both masks are known: does each side hold the other for a neighbour on the link?
void compareMasks(Finding &finding, const Scene &scene, const std::vector<InterfaceAddress> &host)
{
    const auto &guest = *scene.guestPrefix;
    show(finding, scene.guest->facts.addresses.source, atGuest(u"%1 dev %2"_s.arg(text(guest.toString()), scene.guestInterface)),
         scene.guest->facts.addresses.at);
    const auto hostSees =
        std::find_if(host.begin(), host.end(), [&](const auto &address) { return address.prefix.contains(guest.address()); });
    const auto guestSees =
        std::find_if(host.begin(), host.end(), [&](const auto &address) { return guest.contains(address.prefix.address()); });
    if (hostSees != host.end() && guestSees != host.end()) {
        say(finding, Status::Pass, translate("checks", "Host and VM are in one subnet, as both of them see it."));
        observe(finding, Outcome::AddressesFit, Basis::Configuration,
                translate("checks", "Addresses and masks of both sides fit."));
    } else if (hostSees != host.end() || guestSees != host.end()) {
        const bool hostWrong = hostSees == host.end();
        const auto &ours = hostWrong ? guestSees->prefix : hostSees->prefix;
        const auto wrong =
            hostWrong ? addressObject(Where::Host, scene.interface, ours, net::Prefix(ours.address(), guest.length()))
                      : addressObject(Where::Guest, scene.guestInterface, guest, net::Prefix(guest.address(), ours.length()));
        misfit(finding, Outcome::MaskMismatch,
               hostWrong ? translate("checks",
                                     "The VM holds the host for a neighbour, the host by its mask does not hold the VM for one.")
                         : translate("checks",
                                     "The host holds the VM for a neighbour, the VM by its mask does not hold the host for one."),
               wrong);
    } else {
        misfit(finding, Outcome::OtherSubnet, translate("checks", "Host and VM are on one link but in different subnets."),
               addressObject(Where::Guest, scene.guestInterface, guest, std::nullopt));
    }
}

/// The guest says what it has, and none of it is an IPv4 address that the host could ping.
bool guestHasNoAddress(const Scene &scene)
{
    if (scene.guest == nullptr || !scene.guest->facts.addresses.isRead() || !scene.guest->facts.links.isRead() ||
        (scene.vmAddress && !scene.vmAddress->isV4())) {
        return false;
    }
    const auto &addresses = scene.guest->facts.addresses.value;
    return std::ranges::none_of(
        addresses, [](const InterfaceAddress &own) { return own.prefix.address().isV4() && !own.prefix.address().isLoopback(); });
}

void judgeNoAddress(Finding &finding, const Scene &scene)
{
    const auto &facts = scene.guest->facts;
    QStringList shown;
    for (const auto &link : facts.links.value) {
        if (!link.loopback) {
            shown << link.name;
        }
    }
    const auto *own = scene.guestLink();
    const auto name = own != nullptr ? own->name : shown.join(u", "_s);
    const auto sentence = name.isEmpty() ? translate("checks", "The VM has no network interface and no IPv4 address.")
                                         : translate("checks", "The VM has no IPv4 address on %1.").arg(name);
    show(finding, facts.addresses.source, sentence, facts.addresses.at);
    say(finding, Status::Fail, sentence);
    observe(finding, Outcome::NoAddress, Basis::Configuration, sentence, Object(PlainObject{Where::Guest, name}));
}

} // namespace

Finding net1(const Case &given)
{
    Finding finding;
    const auto &scene = given.scene;
    const auto &host = given.evidence.host;
    if (guestHasNoAddress(scene)) {
        judgeNoAddress(finding, scene);
        return finding;
    }
    if (!host.isRead() || !host.value.addresses.isRead() || !scene.vmAddress) {
        say(finding, Status::Unknown, translate("checks", "The addresses of both ends are not known."),
            !scene.vmAddress ? translate("checks", "The VM's address is not known.")
            : !host.isRead() ? whyNot(host)
                             : whyNot(host.value.addresses));
        return finding;
    }
    const auto ours = hostAddressesOn(scene);
    for (const auto &address : ours) {
        show(finding, host.value.addresses.source, atHost(u"%1 dev %2"_s.arg(text(address.prefix.toString()), address.interface)),
             host.value.addresses.at);
    }
    if (scene.vmAddress->isV4() && scene.vmAddress->isLinkLocal()) {
        misfit(finding, Outcome::LinkLocalOnly,
               translate("checks", "The VM has only a link-local address (169.254.0.0/16): it got none by DHCP."),
               addressObject(Where::Guest, scene.guestInterface, scene.guestPrefix.value_or(net::Prefix(*scene.vmAddress, 16)),
                             std::nullopt));
        return finding;
    }
    // Behind a router the two need not fit, unless the VM was seen on this very link.
    if (scene.route != nullptr && scene.route->error == 0 && scene.route->gateway && !scene.interfaceSeen) {
        say(finding, Status::Skipped,
            translate("checks", "The VM is reached through a router, so the two need not share a subnet."));
        return finding;
    }
    const bool routedDirectly = scene.route != nullptr && scene.route->error == 0 && !scene.route->gateway && !scene.diverted;
    if (ours.empty()) {
        say(finding, Status::Skipped, translate("checks", "The host has no address on the VM's link."),
            translate("checks", "The VM is reached through a router, or the interface is not known."));
        return finding;
    }
    const bool fits =
        std::any_of(ours.begin(), ours.end(), [&](const auto &address) { return address.prefix.contains(*scene.vmAddress); });
    if (scene.guestPrefix && (fits || !routedDirectly)) {
        compareMasks(finding, scene, ours);
    } else if (fits || routedDirectly) {
        say(finding, scene.guestPrefix ? Status::Pass : Status::Unknown,
            translate("checks", "As the host sees it, the VM is on its own link."),
            scene.guestPrefix ? QString() : translate("checks", "The VM's own mask is not known: read the guest to compare."));
    } else {
        say(finding, Status::Unknown, translate("checks", "No address of the host on this link fits the VM's."),
            translate("checks", "The VM's own mask is not known: read the guest to compare."));
    }
    return finding;
}

Finding net2(const Case &given)
{
    Finding finding;
    const auto &scene = given.scene;
    if (!scene.route) {
        const auto &host = given.evidence.host;
        QString why = host.isRead() ? QString() : whyNot(host);
        if (host.isRead()) {
            for (const auto &reading : host.value.routeAnswers) {
                why = reading.isRead() ? why : whyNot(reading);
            }
        }
        say(finding, Status::Unknown, translate("checks", "The kernel was not asked for its route to the VM."), why);
        return finding;
    }
    const auto &answer = *scene.route;
    show(finding, u"RTM_GETROUTE"_s, lineOf(answer), scene.evidence->host.at);
    if (scene.pairProven || scene.forward == Fate::Works) {
        say(finding, Status::Pass,
            (scene.forward == Fate::Works
                 ? translate("checks", "The host's route to the VM through %1 works: the VM answers.")
                 : translate("checks", "The host's route to the VM through %1 works: replies to the VM's "
                                       "own ping took it."))
                .arg(answer.interface));
        observe(finding, Outcome::RouteGood, Basis::LiveProbe,
                translate("checks", "The host's packets reach the VM by this route."));
        return finding;
    }
    if (answer.error != 0) {
        judgeRefusal(finding, scene, answer);
    } else if (answer.type == evidence::RouteType::Local) {
        const auto sentence = translate("checks", "The VM's address is one of the host's own addresses.");
        AddressObject object = addressObject(Where::Host, answer.interface,
                                             net::Prefix(answer.destination, answer.destination.width()), std::nullopt);
        object.rightful = scene.vmMac;
        fail(finding, Outcome::AddressIsOurs, sentence, Object(object));
    } else if (scene.diverted && scene.isPortOfHome(answer.interface)) {
        say(finding, Status::Fail,
            translate("checks", "The host sends to the VM through %1, a port of %2, past the bridge itself.")
                .arg(answer.interface, scene.interface));
    } else if (scene.diverted) {
        judgeDiversion(finding, scene, answer);
    } else if (scene.interface.isEmpty()) {
        say(finding, Status::Unknown, translate("checks", "The host sends to the VM through %1.").arg(answer.interface),
            translate("checks", "Whether the VM is there is not known: give --interface."));
    } else {
        say(finding, Status::Pass,
            translate("checks", "The host sends to the VM through %1, where the VM is.").arg(answer.interface));
        observe(finding, Outcome::RouteGood, Basis::KernelState,
                translate("checks", "The host's route leads to the VM's own link."));
    }
    return finding;
}

Finding net3(const Case &given)
{
    Finding finding;
    const auto &scene = given.scene;
    const auto *routes = routesOf(scene);
    if (!scene.route || !routes) {
        say(finding, Status::Unknown, translate("checks", "The host's routes could not be read."),
            given.evidence.host.isRead() ? whyNot(given.evidence.host.value.routes) : whyNot(given.evidence.host));
        return finding;
    }
    QStringList defaults;
    for (const auto &route : *routes) {
        const bool isDefault = route.destination.length() == 0 && route.table == 254 && route.destination.address().isV4();
        if (isDefault && defaults.size() < maximumNames) {
            RouteObject object;
            object.route = route;
            defaults << describe(object);
        }
    }
    show(finding, given.evidence.host.value.routes.source,
         defaults.isEmpty() ? translate("checks", "no default route") : defaults.join(u'\n'),
         given.evidence.host.value.routes.at);
    if (!scene.route->gateway) {
        say(finding, Status::Pass, translate("checks", "The VM is on the link, so the default route is not used for it."));
        observe(finding, Outcome::DefaultNotUsed, Basis::KernelState,
                translate("checks", "The default route is not used for the VM."));
        return finding;
    }
    const evidence::Neighbour *gateway = nullptr;
    if (given.evidence.host.value.neighbours.isRead()) {
        for (const auto &entry : given.evidence.host.value.neighbours.value) {
            gateway = entry.address == *scene.route->gateway ? &entry : gateway;
        }
    }
    const auto shown = text(scene.route->gateway->toString());
    if (gateway != nullptr &&
        (gateway->state == evidence::NeighbourState::Failed || gateway->state == evidence::NeighbourState::Incomplete) &&
        scene.forward != Fate::Works) {
        const auto sentence = translate("checks", "The gateway %1 on the way to the VM does not answer.").arg(shown);
        say(finding, Status::Fail, sentence);
        observe(finding, Outcome::GatewayDead, Basis::KernelState, sentence,
                routeObject(scene, responsible(scene, *scene.route)));
        return finding;
    }
    say(finding, Status::Pass, translate("checks", "The VM is reached through the gateway %1.").arg(shown));
    return finding;
}

} // namespace bothways::checks
