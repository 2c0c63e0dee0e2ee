// SPDX-License-Identifier: GPL-3.0-or-later
// R04, R11, R28: links, bridge ports, the VM's attachment and its power.
#include "remedy/link_remedy.h"

#include "remedy/neighbour_remedy.h"
#include "remedy/quote.h"
#include "remedy/virsh.h"
#include "words/text.h"

#include <QCryptographicHash>

#include <algorithm>

namespace bothways::remedy {

using diagnosis::Variant;

namespace {

/// virsh reads a leading dash as an option: such a name is given as one.
QString named(const QString &option, const QString &name)
{
    return name.startsWith(u'-') ? QStringLiteral("--%1=%2").arg(option, name) : name;
}

const evidence::Link *linkOf(const evidence::NodeFacts *facts, const QString &name)
{
    return facts == nullptr || !facts->links.isRead() ? nullptr : evidence::linkNamed(facts->links.value, name);
}

QString ipLinkSet(const QString &interface, const char *state)
{
    return bashCommand({QStringLiteral("ip"), QStringLiteral("link"), QStringLiteral("set"), QStringLiteral("dev"), interface,
                        QLatin1String(state)});
}

Remedies plugIn(const Request &request, const facts::LinkObject &object)
{
    const auto program = virsh(object.connection);
    if (!program) {
        return {};
    }
    Remedy remedy = draft(request, facts::Where::Host);
    remedy.title = translate("remedies", "Plug the VM's network cable in");
    remedy.changes =
        translate("remedies", "Sets the link of the VM's adapter to up in the hypervisor, until the VM is shut off.");
    const QStringList words =
        *program + QStringList{QStringLiteral("domif-setlink"), named(QStringLiteral("domain"), object.vm),
                               object.mac ? text(object.mac->toString()) : named(QStringLiteral("interface"), object.name)};
    remedy.commands << bashCommand(words + QStringList{QStringLiteral("up")});
    remedy.undo << bashCommand(words + QStringList{QStringLiteral("down")});
    return {remedy};
}

Remedies portFlags(const Request &request, const facts::LinkObject &object, const evidence::BridgePort &port)
{
    struct Flag {
        const char *name;
        bool now;
        bool wanted;
    };
    QStringList change;
    QStringList back;
    for (const auto &flag : {Flag{"isolated", port.isolated, false}, Flag{"locked", port.locked, false},
                             Flag{"learning", port.learning, true}, Flag{"flood", port.flood, true}}) {
        if (flag.now != flag.wanted) {
            change << QLatin1String(flag.name) << (flag.wanted ? QStringLiteral("on") : QStringLiteral("off"));
            back << QLatin1String(flag.name) << (flag.now ? QStringLiteral("on") : QStringLiteral("off"));
        }
    }
    // By number, as bridge(8) takes it and IEEE 802.1D counts.
    constexpr std::array states{evidence::PortState::Disabled, evidence::PortState::Listening, evidence::PortState::Learning,
                                evidence::PortState::Forwarding, evidence::PortState::Blocking};
    const auto state = std::find(states.begin(), states.end(), port.state.value());
    if (state != states.end() && port.state != evidence::PortState::Forwarding) {
        change << QStringLiteral("state") << QStringLiteral("3");
        back << QStringLiteral("state") << QString::number(state - states.begin());
    }
    if (change.isEmpty()) {
        return {};
    }
    const QStringList words{QStringLiteral("bridge"), QStringLiteral("link"), QStringLiteral("set"), QStringLiteral("dev"),
                            object.name};
    Remedy remedy = draft(request, facts::Where::Host);
    remedy.title = translate("remedies", "Let the bridge port of the VM forward again");
    remedy.changes = translate("remedies", "Sets on port %1: %2. Until the VM is shut off.").arg(object.name, change.join(u' '));
    remedy.risk = Risk::Medium;
    remedy.edits = {PortEdit{object.name}};
    remedy.commands << bashCommand(words + change);
    remedy.undo << bashCommand(words + back);
    return {remedy};
}

/// Locally administered, in QEMU's own range, the same for the same VM and network.
QString newMac(const facts::ModeObject &object, const QString &network)
{
    const auto digest =
        QCryptographicHash::hash((object.connection + u'\n' + object.vm + u'\n' + network).toUtf8(), QCryptographicHash::Sha256);
    const auto octet = [&](int i) {
        return QStringLiteral("%1").arg(static_cast<unsigned char>(digest.at(i)), 2, 16, QLatin1Char('0'));
    };
    return QStringLiteral("52:54:00:%1:%2:%3").arg(octet(0), octet(1), octet(2));
}

/// A network of the same connection on which the host has an address of its own.
const evidence::VirtualNetwork *reachableNetwork(const evidence::Evidence &evidence)
{
    if (!evidence.inventory.isRead()) {
        return nullptr;
    }
    const evidence::VirtualNetwork *best = nullptr;
    for (const auto &network : evidence.inventory.value.networks) {
        if (network.prefixes.empty() || network.bridge.isEmpty() || network.name.isEmpty()) {
            continue;
        }
        if (best == nullptr || (network.active && !best->active)) {
            best = &network;
        }
    }
    return best;
}

Remedies secondAdapter(const Request &request, const facts::ModeObject &object)
{
    const auto *network = reachableNetwork(request.given.evidence);
    // A session daemon cannot plug into the system's networks.
    const auto virshThere = virsh(object.connection);
    if (network == nullptr || object.vm.isEmpty() || !virshThere || object.connection.endsWith(QLatin1String("/session"))) {
        return {};
    }
    const QString mac = newMac(object, network->name);
    const QStringList &program = *virshThere;
    const QString domain = named(QStringLiteral("domain"), object.vm);
    Remedy remedy = draft(request, facts::Where::Host);
    remedy.title = translate("remedies", "Give the VM a second adapter on a virtual network that the host is part of");
    remedy.changes =
        translate("remedies",
                  "Plugs an adapter on network %1 into the running VM, which takes an address there by DHCP and is pinged at it. "
                  "The first adapter stays. Until the VM is shut off.")
            .arg(network->name);
    remedy.risk = Risk::Medium;
    if (!network->active) {
        remedy.commands << bashCommand(program +
                                       QStringList{QStringLiteral("net-start"), named(QStringLiteral("network"), network->name)});
    }
    remedy.commands << bashCommand(program + QStringList{QStringLiteral("attach-interface"), domain, QStringLiteral("--type"),
                                                         QStringLiteral("network"), QStringLiteral("--source=") + network->name,
                                                         QStringLiteral("--mac"), mac, QStringLiteral("--model"),
                                                         QStringLiteral("virtio"), QStringLiteral("--live")});
    remedy.undo << bashCommand(program + QStringList{QStringLiteral("detach-interface"), domain, QStringLiteral("--type"),
                                                     QStringLiteral("network"), QStringLiteral("--mac"), mac,
                                                     QStringLiteral("--live")});
    if (!network->active) {
        remedy.undo << bashCommand(program +
                                   QStringList{QStringLiteral("net-destroy"), named(QStringLiteral("network"), network->name)});
    }
    const QString lease = bashCommand(
        program + QStringList{QStringLiteral("domifaddr"), domain, QStringLiteral("--source"), QStringLiteral("lease")});
    remedy.verify = {
        QStringLiteral(
            "ping -n -c 3 -W 1 \"$(%1 | awk '$2 == \"%2\" && $3 == \"ipv4\" { sub(\"/.*\", \"\", $4); print $4; exit }')\"")
            .arg(lease, mac)};
    return {remedy};
}

/// The parent of a macvtap and its children are not bridged to each other; a sibling in bridge mode is.
Remedies macvlanSibling(const Request &request, const facts::ModeObject &object)
{
    const auto &scene = request.given.scene;
    if (object.interface.isEmpty() || !scene.vmAddress || !scene.hostAddress || !scene.vmAddress->isV4()) {
        return {};
    }
    const QString name = QStringLiteral("bothways0");
    if (linkOf(factsOf(request.given.evidence, facts::Where::Host), name) != nullptr) {
        return {};
    }
    Remedy remedy = draft(request, facts::Where::Host);
    remedy.title = translate("remedies", "Reach the VM through a macvlan beside its own");
    remedy.changes = translate("remedies", "Adds the link %1 on %2 and one host route to %3 over it. Until reboot.")
                         .arg(name, object.interface, addressText(*scene.vmAddress));
    const QString route = bashCommand(
        {hostPrefix(*scene.vmAddress), QStringLiteral("dev"), name, QStringLiteral("src"), addressText(*scene.hostAddress)});
    remedy.commands << bashCommand({QStringLiteral("ip"), QStringLiteral("link"), QStringLiteral("add"), QStringLiteral("link"),
                                    object.interface, QStringLiteral("name"), name, QStringLiteral("type"),
                                    QStringLiteral("macvlan"), QStringLiteral("mode"), QStringLiteral("bridge")})
                    << ipLinkSet(name, "up") << QStringLiteral("ip route add ") + route;
    remedy.undo << bashCommand(
        {QStringLiteral("ip"), QStringLiteral("link"), QStringLiteral("del"), QStringLiteral("dev"), name});
    return {remedy};
}

Remedies hostAdapterBack(const Request &request, const facts::ModeObject &object)
{
    Remedy remedy = draft(request, facts::Where::Host);
    const auto *link = linkOf(factsOf(request.given.evidence, facts::Where::Host), object.interface);
    if (link != nullptr && !link->up) {
        remedy.title = translate("remedies", "Bring the host's adapter on the VM's network up");
        remedy.changes = translate("remedies", "Sets %1 up, until reboot.").arg(object.interface);
        remedy.commands << ipLinkSet(object.interface, "up");
        remedy.undo << ipLinkSet(object.interface, "down");
        return {remedy};
    }
    const auto virshThere = virsh(object.connection);
    if (object.network.isEmpty() || !virshThere) {
        return {};
    }
    const QStringList &program = *virshThere;
    const QString network = named(QStringLiteral("network"), object.network);
    remedy.title = translate("remedies", "Start the virtual network that the VM is plugged into");
    remedy.changes =
        translate("remedies", "Starts network %1: its bridge, the host's address on it and its DHCP server. Until reboot.")
            .arg(object.network);
    remedy.commands << bashCommand(program + QStringList{QStringLiteral("net-start"), network});
    remedy.undo << bashCommand(program + QStringList{QStringLiteral("net-destroy"), network});
    return {remedy};
}

/// Only the hypervisor can change it.
bool isHeldByHypervisor(const facts::LinkObject &object)
{
    return object.where == facts::Where::Hypervisor || !object.vm.isEmpty();
}

/// The VM does not run.
Remedies resumed(const Request &request)
{
    const auto &evidence = request.given.evidence;
    if (objectOf<facts::PlainObject>(request) == nullptr || !evidence.inventory.isRead()) {
        return {};
    }
    for (const auto &vm : evidence.inventory.value.vms) {
        // Only a pause can be undone exactly: a started VM cannot be put back to where it was.
        const auto program = virsh(vm.connection);
        if (vm.name != evidence.target.vm || vm.state != evidence::VmState::Paused || !program) {
            continue;
        }
        const QString domain = named(QStringLiteral("domain"), vm.name);
        Remedy remedy = draft(request, facts::Where::Host);
        remedy.title = translate("remedies", "Let the paused VM run on");
        remedy.changes = translate("remedies", "Resumes the VM.");
        remedy.commands << bashCommand(*program + QStringList{QStringLiteral("resume"), domain});
        remedy.undo << bashCommand(*program + QStringList{QStringLiteral("suspend"), domain});
        return {remedy};
    }
    return {};
}

/// Without snooping a bridge floods groups as it does broadcasts.
Remedies floodSolicitations(const Request &request, const facts::LinkObject &object)
{
    const auto snooping = [&](const char *value) {
        return bashCommand({QStringLiteral("ip"), QStringLiteral("link"), QStringLiteral("set"), QStringLiteral("dev"),
                            object.name, QStringLiteral("type"), QStringLiteral("bridge"), QStringLiteral("mcast_snooping"),
                            QLatin1String(value)});
    };
    Remedy remedy = draft(request, object.where);
    remedy.title = translate("remedies", "Let the bridge flood groups, neighbour solicitations among them");
    remedy.changes =
        translate("remedies", "Switches multicast snooping of %1 off: groups go to every port. Until reboot.").arg(object.name);
    remedy.edits = {SnoopingEdit{object.name}};
    remedy.commands << snooping("0");
    remedy.undo << snooping("1");
    remedy.verify = pingVerify(request.given, net::Family::v6);
    return {remedy};
}

} // namespace

Remedies bringUp(const Request &request)
{
    if (request.cause.variant == Variant::VmNotRunning) {
        return resumed(request);
    }
    const auto *object = objectOf<facts::LinkObject>(request);
    if (object == nullptr) {
        return {};
    }
    if (isHeldByHypervisor(*object)) {
        const bool identified = object->mac || !object->name.isEmpty();
        return object->vm.isEmpty() || !identified ? Remedies{} : plugIn(request, *object);
    }
    const auto *link = linkOf(factsOf(request.given.evidence, object->where), object->name);
    if (link == nullptr || link->up) {
        return {};
    }
    Remedy remedy = draft(request, object->where);
    remedy.title = translate("remedies", "Bring the link up");
    remedy.changes = translate("remedies", "Sets %1 up, until reboot.").arg(object->name);
    if (object->where == facts::Where::Host) {
        remedy.edits = {LinkUpEdit{object->name}}; // in the guest it also changes the port here, which no model tells
    }
    remedy.commands << ipLinkSet(object->name, "up");
    remedy.undo << ipLinkSet(object->name, "down");
    return {remedy};
}

Remedies letPortForward(const Request &request)
{
    const auto *object = objectOf<facts::LinkObject>(request);
    if (object == nullptr || isHeldByHypervisor(*object) || object->where != facts::Where::Host) {
        return {};
    }
    const auto *link = linkOf(factsOf(request.given.evidence, object->where), object->name);
    if (request.cause.variant == Variant::MulticastSnooping) {
        return link != nullptr ? floodSolicitations(request, *object) : Remedies{};
    }
    // Without a carrier the kernel disables the port itself, and takes no other state from anybody.
    return link != nullptr && link->up && link->carrier && link->port ? portFlags(request, *object, *link->port) : Remedies{};
}

Remedies joinVlan(const Request &request)
{
    const auto *vlanObject = objectOf<facts::VlanObject>(request);
    if (vlanObject == nullptr) {
        return {};
    }
    const auto &object = *vlanObject;
    if (object.where != facts::Where::Host || object.port.isEmpty() || object.vlan < 1 || object.vlan > 4094) {
        return {};
    }
    const QStringList vlan{QStringLiteral("bridge"), QStringLiteral("vlan")};
    const QStringList place{QStringLiteral("dev"), object.port, QStringLiteral("vid"), QString::number(object.vlan)};
    QStringList flags;
    if (object.pvid) {
        flags << QStringLiteral("pvid");
    }
    if (object.untagged) {
        flags << QStringLiteral("untagged");
    }
    const QStringList itself = object.itself ? QStringList{QStringLiteral("self")} : QStringList{};
    Remedy remedy = draft(request, object.where);
    remedy.title = object.itself ? translate("remedies", "Put the bridge itself into the VM's VLAN")
                                 : translate("remedies", "Put the port into the VLAN of the other end");
    remedy.changes = translate("remedies", "%1 becomes a member of VLAN %2. Until reboot.").arg(object.port).arg(object.vlan);
    remedy.edits = {VlanEdit{{object.port, object.vlan, object.vlan, object.pvid, object.untagged}}};
    remedy.commands << bashCommand(vlan + QStringList{QStringLiteral("add")} + place + flags + itself);
    remedy.undo << bashCommand(vlan + QStringList{QStringLiteral("del")} + place + itself);
    return {remedy};
}

Remedies reattach(const Request &request)
{
    if (const auto *address = objectOf<facts::AddressObject>(request)) {
        return moveAddress(request, *address);
    }
    const auto *object = objectOf<facts::ModeObject>(request);
    if (object == nullptr || !request.cause.variant) {
        return {};
    }
    switch (*request.cause.variant) {
    case Variant::HostAdapterMissing:
        return hostAdapterBack(request, *object);
    case Variant::MacvtapIsolation: {
        Remedies remedies = macvlanSibling(request, *object);
        for (auto &remedy : secondAdapter(request, *object)) {
            remedies.push_back(std::move(remedy));
        }
        return remedies;
    }
    default:
        return secondAdapter(request, *object);
    }
}

} // namespace bothways::remedy
