// SPDX-License-Identifier: GPL-3.0-or-later
#include "checks/datalink/datalink_mac.h"

#include "checks/finding/build.h"
#include "checks/finding/outcomes.h"
#include "facts/homes.h"
#include "facts/losses.h"

#include <algorithm>

/// LNK-3: is the VM's MAC its own? A bridge sends to the port that spoke last (IEEE 802.1D, 7.8).
namespace bothways::checks {

using namespace facts;
using namespace Qt::Literals::StringLiterals;
using evidence::Vm;
using evidence::VmInterface;

namespace {

/// What plain QEMU gives every VM that was started without a MAC (QEMU's net/net.c).
const net::MacAddress qemuFirst({0x52, 0x54, 0x00, 0x12, 0x34, 0x56});

QString placeOf(const Vm &vm, const VmInterface &interface)
{
    return interface.hostDevice.isEmpty() ? vm.name : u"%1 (%2)"_s.arg(vm.name, interface.hostDevice);
}

struct Namesake {
    QString place;
    bool running = false;
    bool onSameLink = false;
};

/// Other interfaces with the VM's MAC that the hypervisor knows.
std::vector<Namesake> namesakes(const Scene &scene)
{
    std::vector<Namesake> found;
    if (!scene.evidence->inventory.isRead()) {
        return found;
    }
    for (const auto &vm : scene.evidence->inventory.value.vms) {
        for (const auto &interface : vm.interfaces) {
            if (interface.mac == scene.vmMac && &interface != scene.vmInterface && found.size() < maximumItems) {
                const bool same = !interface.bridge.isEmpty() && interface.bridge == scene.interface;
                found.push_back({placeOf(vm, interface), vm.state == evidence::VmState::Running, same});
            }
        }
    }
    return found;
}

void addSentence(Finding &finding, Status status, const QString &sentence)
{
    if (finding.status == Status::Fail) {
        finding.reason = together(finding.reason, sentence);
    } else {
        say(finding, status, sentence, finding.reason);
    }
}

void judgeInventory(Finding &finding, const Scene &scene)
{
    // Without an interface of the VM's own there, each of them may be it.
    if (scene.vmInterface == nullptr || scene.vmInterface->mac != scene.vmMac) {
        return;
    }
    const auto shown = text(scene.vmMac->toString());
    for (const auto &other : namesakes(scene)) {
        show(finding, scene.evidence->inventory.source, u"%1 %2"_s.arg(shown, other.place), scene.evidence->inventory.at);
        if (other.running && other.onSameLink) {
            const auto sentence =
                translate("checks", "%1 has the VM's MAC %2 and runs on the same bridge.").arg(other.place, shown);
            addSentence(finding, Status::Fail, sentence);
            observe(finding, Outcome::MacTwiceInInventory, Basis::Report, sentence,
                    MacObject{Where::Hypervisor, *scene.vmMac, {placeOf(*scene.vm, *scene.vmInterface), other.place}});
        } else {
            addSentence(finding, Status::Warn,
                        translate("checks", "%1 has the VM's MAC %2, too; it does not run on the same bridge now.")
                            .arg(other.place, shown));
        }
    }
}

/// "port9 (10.0.0.11)"
QString nameOf(const Twin &twin)
{
    return twin.address ? u"%1 (%2)"_s.arg(twin.port, text(twin.address->toString())) : twin.port;
}

void judgeTwin(Finding &finding, const Scene &scene, const Twin &twin)
{
    const auto shown = text(scene.vmMac->toString());
    const MacObject object{Where::Host, *scene.vmMac, {scene.vmPort, nameOf(twin)}};
    if (twin.captured) {
        const auto sentence =
            translate("checks", "By the capture another machine speaks with the VM's MAC %1: its frames come in "
                                "at %2, the VM's at %3.")
                .arg(shown, nameOf(twin), scene.vmPort);
        addSentence(finding, Status::Fail, sentence);
        observe(finding, Outcome::MacAtTwoPorts, Basis::Capture, sentence, object);
    }
    if (twin.learned) {
        const auto sentence = translate("checks", "The bridge has learned the VM's MAC %1 at %2, the VM is at %3.")
                                  .arg(shown, twin.port, scene.vmPort);
        addSentence(finding, Status::Warn, sentence);
        observe(finding, Outcome::MacLearnedElsewhere, Basis::KernelState, sentence, object);
    }
    const auto losses = echoLosses(scene);
    const auto *loss = losses.all();
    if (loss != nullptr && loss->place == LossPlace::InBridge && loss->leg == LostLeg::Request && loss->beside == twin.port) {
        const auto sentence = translate("checks", "By the capture %1 of %2 echo requests were sent out at %3 instead of %4.")
                                  .arg(loss->count)
                                  .arg(losses.asked)
                                  .arg(twin.port, loss->between.to);
        addSentence(finding, Status::Fail, sentence);
        observe(finding, Outcome::EchoAtOtherPort, Basis::Capture, sentence, object);
    }
}

/// The MAC that the guest's interface has, and the one that the hypervisor gave it.
void compareInside(Finding &finding, const Scene &scene)
{
    const auto *inside = scene.guestLink();
    if (inside == nullptr || !inside->mac || scene.vmInterface == nullptr || !scene.vmInterface->mac ||
        inside->kind == evidence::LinkKind::Vlan) {
        return;
    }
    show(finding, scene.guest->facts.links.source, atGuest(u"%1 %2"_s.arg(inside->name, text(inside->mac->toString()))),
         scene.guest->facts.links.at);
    const auto &known = scene.vm->interfaces;
    const bool given =
        std::any_of(known.begin(), known.end(), [&](const VmInterface &interface) { return interface.mac == inside->mac; });
    if (!given) {
        const auto sentence = translate("checks", "The guest uses the MAC %1 on %2, the hypervisor gave it %3.")
                                  .arg(text(inside->mac->toString()), inside->name, text(scene.vmInterface->mac->toString()));
        addSentence(finding, Status::Warn, sentence);
        observe(finding, Outcome::MacChangedInside, Basis::Report, sentence,
                MacObject{Where::Guest, *inside->mac, {inside->name}});
    }
}

/// Where its frames came in, or where the bridge has it. False where nothing tells.
bool showPlaces(Finding &finding, const Scene &scene)
{
    bool any = false;
    for (const auto &home : homesOf(scene, *scene.vmMac)) {
        show(finding, scene.evidence->captures.source,
             translate("checks", "%1 frames of %2 for %3 came in at %4")
                 .arg(home.frames)
                 .arg(text(scene.vmMac->toString()), text(home.address.toString()), home.port),
             scene.evidence->captures.at);
        any = true;
    }
    const auto &host = scene.evidence->host;
    if (!host.isRead() || !host.value.fdb.isRead()) {
        return any;
    }
    for (const auto &entry : host.value.fdb.value) {
        if (entry.mac == *scene.vmMac && !entry.permanent) {
            show(finding, host.value.fdb.source,
                 u"%1 dev %2 master %3"_s.arg(text(entry.mac.toString()), entry.port, entry.bridge), host.value.fdb.at);
            any = true;
        }
    }
    return any;
}

} // namespace

Finding lnk3(const Case &given)
{
    Finding finding;
    const auto &scene = given.scene;
    if (!scene.vmMac) {
        say(finding, Status::Unknown, translate("checks", "The VM's own MAC address is not known."),
            translate("checks", "It comes from the hypervisor's inventory, the guest agent or the guest script."));
        return finding;
    }
    const auto shown = text(scene.vmMac->toString());
    const bool seen = showPlaces(finding, scene);
    if (seen) {
        say(finding, Status::Pass, translate("checks", "The VM's MAC %1 was seen at its own port only.").arg(shown));
    } else {
        say(finding, Status::Unknown, translate("checks", "Where the VM's MAC %1 is was not seen.").arg(shown),
            translate("checks", "A capture on the ports of its bridge, or the bridge's forwarding table, would tell."));
    }
    if (*scene.vmMac == qemuFirst) {
        addSentence(
            finding, Status::Warn,
            translate("checks", "%1 is what plain QEMU gives every VM that is started without a MAC of its own.").arg(shown));
    }
    compareInside(finding, scene);
    judgeInventory(finding, scene);
    if (const auto twin = twinOf(scene)) {
        judgeTwin(finding, scene, *twin);
    }
    if (seen && finding.status == Status::Pass) {
        observe(finding, Outcome::MacUnique, Basis::KernelState, finding.summary);
    }
    return finding;
}

} // namespace bothways::checks
