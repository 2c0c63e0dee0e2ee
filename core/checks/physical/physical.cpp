// SPDX-License-Identifier: GPL-3.0-or-later
#include "checks/physical/physical.h"

#include "checks/finding/build.h"
#include "checks/finding/outcomes.h"

#include <algorithm>

/// PHY: the virtual adapter, the VM's port on it, and the VM's own end. States: RFC 2863, linux/if.h.
namespace bothways::checks {

using namespace facts;
using namespace Qt::Literals::StringLiterals;
using evidence::Link;

namespace {

QString stateOf(const Link &link)
{
    if (!link.up) {
        return u"DOWN"_s;
    }
    return link.carrier ? u"UP"_s : u"NO-CARRIER"_s;
}

QString lineOf(const Link &link)
{
    return u"%1 %2 %3 mtu %4 %5"_s.arg(link.name, link.kind.word(), stateOf(link))
        .arg(link.mtu)
        .arg(link.master.isEmpty() ? QString() : u"master "_s + link.master)
        .simplified();
}

LinkObject objectOf(Where where, const Scene &scene, const Link &link)
{
    LinkObject object;
    object.where = where;
    object.name = link.name;
    object.mac = scene.vmMac;
    object.state = stateOf(link);
    if (scene.vm) {
        object.vm = scene.vm->name;
        object.connection = scene.vm->connection;
    }
    return object;
}

bool isBridge(const Link &link) { return link.kind == evidence::LinkKind::Bridge; }

/// The VM's port on the host, or the only port that can be it.
const Link *portOf(const Scene &scene, const Link &adapter)
{
    const auto *known = scene.vmPort == adapter.name ? nullptr : scene.hostLink(scene.vmPort);
    if (known) {
        return known;
    }
    if (!isBridge(adapter)) {
        return &adapter;
    }
    std::vector<const Link *> ports;
    for (const auto &link : scene.evidence->host.value.links.value) {
        if (link.master == adapter.name) {
            ports.push_back(&link);
        }
    }
    if (ports.size() == 1) {
        return ports.front();
    }
    const auto dead = [](const Link *link) { return link->up && !link->carrier; };
    const bool onlyOne = std::count_if(ports.begin(), ports.end(), dead) == 1;
    return onlyOne ? *std::find_if(ports.begin(), ports.end(), dead) : nullptr;
}

void reportDown(Finding &finding, Outcome outcome, Basis basis, const QString &sentence, LinkObject object)
{
    say(finding, Status::Fail, sentence);
    observe(finding, outcome, basis, sentence, Object(std::move(object)));
}

/// What the guest or the hypervisor says of the VM's own end. False when there is nothing to complain of.
bool reportVmSide(Finding &finding, const Scene &scene)
{
    if (scene.vmInterface && !scene.vmInterface->linkUp) {
        LinkObject object{Where::Hypervisor,    scene.vmInterface->hostDevice, scene.vm->name,
                          scene.vm->connection, scene.vmInterface->mac,        u"down"_s};
        reportDown(finding, Outcome::LinkDownByVm, Basis::Report, translate("checks", "The hypervisor holds the VM's link down."),
                   std::move(object));
        return true;
    }
    const auto *guest = scene.guestLink();
    if (!guest) {
        return false;
    }
    show(finding, scene.guest->facts.links.source, atGuest(lineOf(*guest)), scene.guest->facts.links.at);
    if (!guest->up || !guest->carrier) {
        reportDown(finding, Outcome::LinkDownByVm, Basis::Report,
                   translate("checks", "The guest's interface %1 is %2.").arg(guest->name, stateOf(*guest)),
                   objectOf(Where::Guest, scene, *guest));
        return true;
    }
    return false;
}

/// True where the VM's port on the host is up and has a carrier.
bool reportPort(Finding &finding, const Scene &scene, const Link &adapter)
{
    const auto *port = portOf(scene, adapter);
    if (!port) {
        if (isBridge(adapter) && !adapter.carrier) {
            finding.reason =
                translate("checks", "%1 has no port for the VM: the VM is gone or not connected to it.").arg(adapter.name);
            observe(finding, Outcome::NoPort, Basis::KernelState, finding.reason);
            say(finding, Status::Warn, translate("checks", "%1 is there but nothing is connected to it.").arg(adapter.name),
                finding.reason);
        }
        return false;
    }
    if (port != &adapter) {
        show(finding, scene.evidence->host.value.links.source, lineOf(*port), scene.evidence->host.value.links.at);
    }
    if (!port->up || !port->carrier) {
        reportDown(finding, Outcome::LinkDown, Basis::KernelState,
                   translate("checks", "The VM's port %1 on the host is %2.").arg(port->name, stateOf(*port)),
                   objectOf(Where::Host, scene, *port));
        return false;
    }
    return true;
}

void reportMissing(Finding &finding, const Scene &scene, const QString &state)
{
    const auto sentence = translate("checks", "The host's adapter %1 for this VM is %2.").arg(scene.interface, state);
    ModeObject object{ModeFault::HostAdapterMissing,
                      scene.evidence->target.vm,
                      scene.evidence->target.network,
                      {},
                      scene.interface,
                      scene.vmMac};
    if (scene.vm) {
        object.connection = scene.vm->connection;
    }
    say(finding, Status::Fail, sentence);
    observe(finding, Outcome::AdapterMissing, Basis::KernelState, sentence, object);
}

} // namespace

Finding phy2(const Case &given)
{
    Finding finding;
    const auto &scene = given.scene;
    const auto &host = given.evidence.host;
    if (!host.isRead() || !host.value.links.isRead()) {
        say(finding, Status::Unknown, translate("checks", "The host's links could not be read."),
            host.isRead() ? whyNot(host.value.links) : whyNot(host));
        return finding;
    }
    if (scene.interface.isEmpty()) {
        say(finding, Status::Skipped, translate("checks", "Which of the host's adapters leads to the VM is not known."),
            translate("checks", "Name it with --interface."));
        return finding;
    }
    const auto *adapter = scene.homeLink();
    if (scene.forward == Fate::Works && !adapter) {
        say(finding, Status::Pass, translate("checks", "The link to the VM is up: packets pass over it."));
        return finding;
    }
    if (!adapter) {
        reportMissing(finding, scene, translate("checks", "missing"));
        return finding;
    }
    show(finding, host.value.links.source, lineOf(*adapter), host.value.links.at);
    if (scene.forward == Fate::Works || scene.pairProven) {
        say(finding, Status::Pass, translate("checks", "%1 is up: packets pass over it.").arg(adapter->name));
        observe(finding, Outcome::LinkGood, Basis::KernelState,
                translate("checks", "The link to the VM is up: packets pass over it."));
        return finding;
    }
    say(finding, Status::Pass, translate("checks", "%1 is present and %2.").arg(adapter->name, stateOf(*adapter)));
    if (isBridge(*adapter) && !adapter->up) {
        reportMissing(finding, scene, translate("checks", "switched off"));
        return finding;
    }
    const bool portIsUp = reportPort(finding, scene, *adapter);
    // A port can be up while the VM's own end is down: then the link is not good.
    if (!reportVmSide(finding, scene) && portIsUp) {
        observe(finding, Outcome::LinkGood, Basis::KernelState,
                translate("checks", "The VM's port on the host is up and has a carrier."));
    }
    return finding;
}

} // namespace bothways::checks
