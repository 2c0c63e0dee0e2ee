// SPDX-License-Identifier: GPL-3.0-or-later
// R21, R22: neighbour entries and address conflicts.
#include "remedy/neighbour_remedy.h"

#include "remedy/quote.h"
#include "words/text.h"

#include <algorithm>

namespace bothways::remedy {
namespace {

QString macText(const net::MacAddress &mac) { return text(mac.toString()); }

QString nudOf(const evidence::Worded<evidence::NeighbourState> &state)
{
    using evidence::NeighbourState;
    const bool lasts = state == NeighbourState::Permanent || state == NeighbourState::Noarp || state == NeighbourState::Reachable;
    return name(lasts ? state.value() : NeighbourState::Stale).toLower();
}

QString replaceEntry(const net::IpAddress &address, const net::MacAddress &mac, const QString &interface, const QString &nud)
{
    return bashCommand({QStringLiteral("ip"), QStringLiteral("neigh"), QStringLiteral("replace"), addressText(address),
                        QStringLiteral("lladdr"), macText(mac), QStringLiteral("dev"), interface, QStringLiteral("nud"), nud});
}

QString deleteEntry(const net::IpAddress &address, const QString &interface)
{
    return bashCommand({QStringLiteral("ip"), QStringLiteral("neigh"), QStringLiteral("del"), addressText(address),
                        QStringLiteral("dev"), interface});
}

void forgetOnWindows(Remedy &remedy, const evidence::Neighbour &entry)
{
    const QString which = QStringLiteral("-InterfaceAlias %1 -IPAddress %2")
                              .arg(quotePowerShell(entry.interface), quotePowerShell(addressText(entry.address)));
    remedy.shell = Shell::PowerShell;
    remedy.commands << QStringLiteral("Remove-NetNeighbor %1 -Confirm:$false").arg(which);
    remedy.undo << QStringLiteral("New-NetNeighbor %1 -LinkLayerAddress %2 -State Permanent")
                       .arg(which, quotePowerShell(macText(*entry.mac).replace(u':', u'-').toUpper()));
}

const evidence::Neighbour *entryOf(const evidence::NodeFacts *facts, const net::IpAddress &address, const QString &interface)
{
    if (facts == nullptr || !facts->neighbours.isRead()) {
        return nullptr;
    }
    for (const auto &entry : facts->neighbours.value) {
        if (entry.address == address && entry.interface == interface) {
            return &entry;
        }
    }
    return nullptr;
}

/// The host has the address itself: its packets never leave, whatever a neighbour entry says.
bool isOwnAddress(const evidence::NodeFacts *facts, const net::IpAddress &address)
{
    if (facts == nullptr || !facts->addresses.isRead()) {
        return false;
    }
    const auto &own = facts->addresses.value;
    return std::any_of(own.begin(), own.end(), [&](const auto &each) { return each.prefix.address() == address; });
}

} // namespace

Remedies forgetNeighbour(const Request &request)
{
    const auto *neighbour = objectOf<facts::NeighbourObject>(request);
    if (neighbour == nullptr || !isMachine(neighbour->where)) {
        return {};
    }
    const auto &object = *neighbour;
    const auto &entry = object.entry;
    if (!entry.mac || entry.interface.isEmpty()) {
        return {};
    }
    Remedy remedy = draft(request, object.where);
    remedy.title = translate("remedies", "Forget the wrong hardware address, so that it is asked for again");
    remedy.changes = translate("remedies", "Deletes the entry %1 at %2 on %3; the next packet asks anew who has the address.")
                         .arg(addressText(entry.address), macText(*entry.mac), entry.interface);
    remedy.verify = pingVerify(request.given, entry.address.family());
    const auto *facts = factsOf(request.given.evidence, object.where);
    if (facts != nullptr && facts->os == evidence::Os::Windows) {
        if (entry.state != evidence::NeighbourState::Permanent) {
            return {};
        }
        forgetOnWindows(remedy, entry);
        return {remedy};
    }
    remedy.edits = {NeighbourEdit{entry.address, entry.interface, std::nullopt}};
    remedy.commands << deleteEntry(entry.address, entry.interface);
    remedy.undo << replaceEntry(entry.address, *entry.mac, entry.interface, nudOf(entry.state));
    return {remedy};
}

/// The rightful owner's hardware address, pinned where we stand. The other owner can only be changed where it is.
Remedies pinRightful(const Request &request)
{
    const auto *conflict = objectOf<facts::AddressObject>(request);
    if (conflict == nullptr || !isMachine(conflict->where)) {
        return {};
    }
    const auto &object = *conflict;
    const auto &address = object.address.address();
    // The conflict is on the VM's link, whichever side it was noticed on: this host can only act on its own interface there.
    const auto interface = object.where == facts::Where::Host ? object.interface : request.given.scene.interface;
    const auto *host = factsOf(request.given.evidence, facts::Where::Host);
    if (!object.rightful || interface.isEmpty() || isOwnAddress(host, address)) {
        return {};
    }
    QStringList intruders;
    for (const auto &mac : object.claimants) {
        if (mac != *object.rightful) {
            intruders << macText(mac);
        }
    }
    Remedy remedy = draft(request, facts::Where::Host);
    remedy.title =
        translate("remedies", "Pin the VM's own hardware address here, until the other owner of its address is changed");
    const QString other = intruders.isEmpty() ? translate("remedies", "another machine") : intruders.join(QStringLiteral(", "));
    remedy.changes =
        translate("remedies",
                  "A stop-gap on this host alone: %1 is also claimed by %2. That machine must be given another address; only "
                  "this ends the conflict. The pinned entry must go when the VM's hardware address changes.")
            .arg(addressText(address), other);
    remedy.risk = Risk::Medium;
    remedy.edits = {NeighbourEdit{address, interface, *object.rightful}};
    remedy.commands << replaceEntry(address, *object.rightful, interface, QStringLiteral("permanent"));
    const auto *before = entryOf(host, address, interface);
    if (before != nullptr && before->mac &&
        (before->state == evidence::NeighbourState::Permanent || before->state == evidence::NeighbourState::Noarp)) {
        remedy.undo << replaceEntry(address, *before->mac, interface, nudOf(before->state));
    } else {
        remedy.undo << deleteEntry(address, interface);
    }
    remedy.verify = pingVerify(request.given, address.family());
    return {remedy};
}

Remedies reachPastMask(const Request &request, const facts::AddressObject &object)
{
    const auto &scene = request.given.scene;
    const auto &other = object.where == facts::Where::Guest ? scene.hostAddress : scene.vmAddress;
    if (!isMachine(object.where) || !other || !object.wanted || !object.wanted->contains(*other) || object.interface.isEmpty() ||
        object.address.contains(*other)) {
        return {};
    }
    const QString route = bashCommand({hostPrefix(*other), QStringLiteral("dev"), object.interface, QStringLiteral("src"),
                                       addressText(object.address.address())});
    const QString program = other->isV6() ? QStringLiteral("ip -6 route ") : QStringLiteral("ip route ");
    Remedy remedy = draft(request, object.where);
    remedy.title = translate("remedies", "Add a route to the other end, which the mask leaves out");
    remedy.changes =
        translate("remedies", "Adds one host route to %1 over %2. Until reboot; for good, the address must become %3.")
            .arg(addressText(*other), object.interface, text(object.wanted->toString()));
    evidence::Route added;
    added.destination = net::Prefix(*other, other->width());
    added.nextHops = {{object.interface, std::nullopt}};
    added.preferredSource = object.address.address();
    remedy.edits = {RouteEdit{Does::Add, added}};
    remedy.commands << program + QStringLiteral("add ") + route;
    remedy.undo << program + QStringLiteral("del ") + route;
    remedy.verify = pingVerify(request.given, other->family());
    return {remedy};
}

namespace {

/// `ip route replace` of a route over another interface, as far as it is a plain one through a gateway.
QString throughInterface(const evidence::Route &route, const QString &interface)
{
    QStringList words{QStringLiteral("ip")};
    if (route.destination.address().isV6()) {
        words << QStringLiteral("-6");
    }
    words << QStringLiteral("route") << QStringLiteral("replace")
          << (route.destination.length() == 0 ? QStringLiteral("default") : text(route.destination.toString()))
          << QStringLiteral("via") << addressText(*route.nextHops.front().gateway) << QStringLiteral("dev") << interface;
    if (!route.protocol.isEmpty()) {
        words << QStringLiteral("proto") << route.protocol;
    }
    if (route.metric != 0) {
        words << QStringLiteral("metric") << QString::number(route.metric);
    }
    return bashCommand(words);
}

} // namespace

Remedies moveAddress(const Request &request, const facts::AddressObject &object)
{
    const auto *facts = factsOf(request.given.evidence, object.where);
    if (facts == nullptr || !facts->routes.isRead() || object.wantedInterface.isEmpty()) {
        return {};
    }
    const auto ipAddress = [&](const char *verb, const QString &interface) {
        return bashCommand({QStringLiteral("ip"), QStringLiteral("addr"), QLatin1String(verb), text(object.address.toString()),
                            QStringLiteral("dev"), interface});
    };
    Remedy remedy = draft(request, object.where);
    remedy.title = translate("remedies", "Move the host's address from the bridge's port to the bridge");
    remedy.changes =
        translate("remedies",
                  "%1 goes from %2 to %3, with the routes through its gateways. Until reboot or until its owner sets it.")
            .arg(text(object.address.toString()), object.interface, object.wantedInterface);
    remedy.risk = Risk::Medium;
    remedy.edits = {AddressEdit{Does::Add, object.wantedInterface, object.address}};
    remedy.commands << ipAddress("add", object.wantedInterface);
    remedy.undo << ipAddress("add", object.interface);
    for (const auto &route : facts->routes.value) {
        const bool goesAlong = route.table == 254 && route.nextHops.size() == 1 && route.nextHops.front().gateway &&
                               route.nextHops.front().interface == object.interface &&
                               object.address.contains(*route.nextHops.front().gateway);
        if (goesAlong) {
            remedy.commands << throughInterface(route, object.wantedInterface);
            remedy.undo << throughInterface(route, object.interface);
            auto moved = route;
            moved.nextHops.front().interface = object.wantedInterface;
            remedy.edits.emplace_back(RouteEdit{Does::Remove, route});
            remedy.edits.emplace_back(RouteEdit{Does::Add, moved});
        }
    }
    remedy.edits.emplace_back(AddressEdit{Does::Remove, object.interface, object.address});
    remedy.commands << ipAddress("del", object.interface);
    remedy.undo << ipAddress("del", object.wantedInterface);
    remedy.verify = pingVerify(request.given, object.address.address().family());
    return {remedy};
}

} // namespace bothways::remedy
