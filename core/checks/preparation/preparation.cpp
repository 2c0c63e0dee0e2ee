// SPDX-License-Identifier: GPL-3.0-or-later
#include "checks/preparation/preparation.h"

#include "checks/finding/build.h"
#include "checks/finding/outcomes.h"

#include <QRegularExpression>

#include <algorithm>

/// PRE: what can be seen at all, who carries the VM, and the symptom.
namespace bothways::checks {

using namespace facts;
using namespace Qt::Literals::StringLiterals;

namespace {

QString yesNo(bool value) { return value ? translate("checks", "yes") : translate("checks", "no"); }

ModeObject modeObject(const Scene &scene, ModeFault mode)
{
    ModeObject object{mode, scene.evidence->target.vm, {}, {}, {}, scene.vmMac};
    if (scene.vm) {
        object.vm = scene.vm->name;
        object.connection = scene.vm->connection;
    }
    if (scene.vmInterface) {
        object.network = scene.vmInterface->network;
        object.interface = scene.vmInterface->lower.isEmpty() ? scene.vmInterface->bridge : scene.vmInterface->lower;
        object.mac = scene.vmInterface->mac ? scene.vmInterface->mac : scene.vmMac;
    }
    return object;
}

/// macvtap cuts a VM off its own host only in the modes that do not pass through the switch outside.
void judgeMode(Finding &finding, const Scene &scene)
{
    const auto type = scene.vmInterface->type;
    const auto mode = scene.evidence->target.mode;
    if (type == evidence::Attachment::User || mode == evidence::Mode::User) {
        const auto sentence = translate("checks", "The VM uses user-mode networking: by design the host has no way in, except "
                                                  "through forwarded ports.");
        say(finding, Status::Fail, sentence);
        observe(finding, Outcome::ModeUser, Basis::Report, sentence, modeObject(scene, ModeFault::User));
        return;
    }
    if (type == evidence::Attachment::Direct) {
        const auto sentence = translate("checks", "The VM is attached by macvtap: by design it cannot talk to its own host, only "
                                                  "to the network outside.");
        say(finding, Status::Fail, sentence);
        observe(finding, Outcome::ModeMacvtap, Basis::Report, sentence, modeObject(scene, ModeFault::Macvtap));
        return;
    }
    observe(finding, Outcome::ModePlain, Basis::Report,
            translate("checks", "The VM's port is on a bridge of this host: the host has a way in."));
}

QString entryText(const evidence::Neighbour &entry)
{
    return u"%1 dev %2 lladdr %3 %4"_s.arg(text(entry.address.toString()), entry.interface,
                                           entry.mac ? text(entry.mac->toString()) : u"-"_s, entry.state.word());
}

QString inOneSentence(Signature signature, const Scene &scene)
{
    switch (signature) {
    case Signature::OneWay:
        return translate("checks", "One way only: the VM can ping the host, and the host cannot ping the VM.");
    case Signature::OneWayBack:
        return translate("checks", "One way only: the host can ping the VM, and the VM cannot ping the host.");
    case Signature::WrongAddress:
        return translate("checks", "The VM cannot be reached under the pinged address.");
    case Signature::BothWays:
        return translate("checks", "Neither can ping the other.");
    case Signature::AboveIcmp:
        return translate("checks", "Ping works, and no probed TCP port answers.");
    case Signature::Partial:
        return translate("checks", "Ping works only in part.");
    case Signature::Healthy:
        return scene.backward == Fate::Works ? translate("checks", "Ping works both ways.")
                                             : translate("checks", "The host can ping the VM.");
    case Signature::Unobserved:
        break;
    }
    return scene.forward == Fate::NotMeasured
               ? translate("checks", "Ping could not be measured.")
               : translate("checks", "The host cannot ping the VM; whether the VM can ping the host is not known.");
}

/// For a POSIX shell.
QString shellWord(const QString &path)
{
    static const QRegularExpression plain(u"^[A-Za-z0-9_./+-]+$"_s);
    if (plain.match(path).hasMatch()) {
        return path;
    }
    return u'\'' + QString(path).replace(u'\'', u"'\\''"_s) + u'\'';
}

QString wayToMore(const evidence::Rights &rights)
{
    const auto unknown = translate("checks", "What cannot be looked at is reported as unknown, never as fine.");
    if (rights.helper.isEmpty() || rights.helped) {
        return translate("checks", "Run as root to see it all.") + u' ' + unknown;
    }
    const auto command = u"sudo setcap cap_net_admin,cap_net_raw,cap_dac_read_search=p "_s + shellWord(rights.helper);
    const auto advice = translate("checks", "Give the helper its capabilities once, and this program needs no rights itself: %1");
    QStringList sentences{unknown, advice.arg(command)};
    if (!rights.helperProblem.isEmpty()) {
        sentences.insert(1, rights.helperProblem);
    }
    return sentences.join(u' ');
}

/// What became of the packets, each kind of end once, and which points cannot be trusted with what they did not see.
void showCaptures(Finding &finding, const Case &given)
{
    const auto &captures = given.evidence.captures;
    if (!captures.isRead()) {
        return;
    }
    for (const auto &group : grouped(given.scene.journeys)) {
        show(finding, captures.source, describe(group), captures.at);
    }
    for (const auto &point : captures.value.points) {
        if (point.dropped > 0) {
            show(finding, captures.source,
                 translate("checks",
                           "%1: the capture lost %2 frames for lack of room, so that what it did not see may have passed")
                     .arg(point.name)
                     .arg(point.dropped),
                 captures.at);
        }
        if (!point.problem.isEmpty()) {
            show(finding, captures.source, labelled(point.name, point.problem), captures.at);
        }
    }
}

} // namespace

Finding pre1(const Case &given)
{
    Finding finding;
    const auto &reading = given.evidence.rights;
    if (!reading.isRead()) {
        say(finding, Status::Unknown, translate("checks", "Which rights this program has is not known."), whyNot(reading));
        return finding;
    }
    const auto &rights = reading.value;
    QStringList lost;
    if (!rights.administration) {
        lost << translate("checks", "the host's packet filter cannot be listed");
    }
    if (!rights.rawSockets) {
        lost << translate("checks", "no ARP request or neighbour solicitation can be sent");
    }
    if (!rights.pingSocket && !rights.rawSockets && !rights.pingProgram) {
        lost << translate("checks", "no echo request can be sent");
    }
    const auto &rulesets = given.evidence.host.value.rulesets;
    if (rights.helped && std::any_of(rulesets.begin(), rulesets.end(), [](const evidence::RulesetDump &dump) {
            return dump.text.access == evidence::Access::Denied;
        })) {
        lost << translate("checks", "what rules made by iptables match cannot be listed");
    }
    show(finding, reading.source,
         translate("checks",
                   "raw sockets: %1; network administration: %2; ping socket: %3 (ping_group_range %4); ping program: %5")
             .arg(yesNo(rights.rawSockets), yesNo(rights.administration), yesNo(rights.pingSocket), rights.pingGroupRange,
                  yesNo(rights.pingProgram)),
         reading.at);
    if (rights.helped) {
        show(finding, reading.source,
             translate("checks", "This program has no rights; its helper does what needs them: %1").arg(rights.helper),
             reading.at);
    }
    if (lost.isEmpty()) {
        say(finding, Status::Pass, translate("checks", "Everything this version can look at is within reach."));
    } else {
        say(finding, Status::Warn, translate("checks", "Without more rights: %1.").arg(clauses(lost)), wayToMore(rights));
    }
    return finding;
}

Finding pre2(const Case &given)
{
    Finding finding;
    const auto &scene = given.scene;
    const auto &reading = given.evidence.inventory;
    if (!reading.isRead()) {
        const bool none = reading.access == evidence::Access::Absent;
        say(finding, none ? Status::Skipped : Status::Unknown,
            translate("checks", "No hypervisor on this host could be asked about this VM."), whyNot(reading));
        return finding;
    }
    if (!scene.vm) {
        say(finding, Status::Unknown, translate("checks", "The hypervisor knows no VM with this name or address."),
            translate("checks", "A VM of another user or another hypervisor is not seen: give its connection with --connect."));
        return finding;
    }
    const auto &vm = *scene.vm;
    show(finding, reading.source, u"%1 %2: %3"_s.arg(vm.hypervisor.word(), vm.name, vm.state.word()), reading.at);
    if (vm.state != evidence::VmState::Running) {
        const auto sentence = translate("checks", "The VM %1 is not running: its state is \"%2\".").arg(vm.name, vm.state.word());
        say(finding, Status::Fail, sentence);
        observe(finding, Outcome::VmNotRunning, Basis::Report, sentence, PlainObject{Where::Hypervisor, vm.name});
        return finding;
    }
    observe(finding, Outcome::VmRunning, Basis::Report, translate("checks", "The hypervisor says that the VM is running."));
    if (!scene.vmInterface) {
        say(finding, Status::Warn,
            translate("checks", "%1 runs %2, and it has no network interface.").arg(vm.hypervisor.word(), vm.name));
        return finding;
    }
    const auto &interface = *scene.vmInterface;
    show(finding, reading.source,
         u"%1 %2 %3 %4"_s
             .arg(interface.mac ? text(interface.mac->toString()) : u"-"_s, interface.type.word(),
                  interface.network.isEmpty() ? interface.bridge : interface.network, interface.hostDevice)
             .simplified(),
         reading.at);
    const auto &mode = given.evidence.target.mode;
    say(finding, Status::Pass,
        translate("checks", "%1 runs %2; attachment: %3.")
            .arg(vm.hypervisor.word(), vm.name, mode.isEmpty() ? interface.type.word() : mode.word()));
    judgeMode(finding, scene);
    return finding;
}

Finding pre3(const Case &given)
{
    Finding finding;
    const auto &scene = given.scene;
    if (!scene.vmMac) {
        say(finding, Status::Unknown, translate("checks", "The VM's own MAC address is not known."),
            translate("checks", "It comes from the hypervisor's inventory, the guest agent or the guest script."));
        return finding;
    }
    const auto own = scene.ownMacs();
    const auto isOwn = [&](const net::MacAddress &mac) { return std::binary_search(own.begin(), own.end(), mac); };
    show(finding, translate("checks", "inventory or guest report"), text(scene.vmMac->toString()),
         given.evidence.inventory.isRead() ? given.evidence.inventory.at : given.evidence.guest.at);
    QStringList differing;
    if (scene.entry && scene.entry->mac && scene.onLink()) {
        show(finding, translate("checks", "host's neighbour table"), entryText(*scene.entry),
             given.evidence.host.value.neighbours.at);
        if (!isOwn(*scene.entry->mac)) {
            differing << text(scene.entry->mac->toString());
        }
    }
    for (const auto &mac : scene.live) {
        show(finding, translate("checks", "live answer"), text(mac.toString()), given.evidence.probes.neighbours.front().at);
        if (!isOwn(mac) && !(scene.entry && scene.entry->mac == mac && scene.onLink())) {
            differing << text(mac.toString());
        }
    }
    if (!differing.isEmpty()) {
        const auto sentence = translate("checks", "The VM's MAC is %1, but %2 also stands for its address.")
                                  .arg(text(scene.vmMac->toString()), few(differing));
        say(finding, Status::Fail, sentence);
        observe(finding, Outcome::IdentityDiffers, Basis::Report, sentence);
    } else if (finding.evidence.size() > 1) {
        say(finding, Status::Pass,
            translate("checks", "Everywhere the VM's address was seen, it stood with the VM's own MAC %1.")
                .arg(text(scene.vmMac->toString())));
        observe(finding, Outcome::IdentityAgrees, Basis::Report,
                translate("checks", "The VM's MAC is the one seen on the network."));
    } else {
        say(finding, Status::Unknown, translate("checks", "Which machine answers for the VM's address was not seen."),
            translate("checks", "Root rights let this program send an ARP request and see who answers."));
    }
    return finding;
}

Finding pre4(const Case &given)
{
    Finding finding;
    const auto &symptom = given.symptom;
    const auto cell = [](const std::optional<IcmpCell> &icmp) {
        if (!icmp) {
            return translate("checks", "not measured");
        }
        const auto counted = translate("checks", "%1 of %2 answered").arg(icmp->received).arg(icmp->sent);
        return icmp->received == icmp->sent ? counted : clauses({counted, icmp->detail});
    };
    show(finding, translate("checks", "ICMP host to VM"), cell(symptom.icmp.hostToVm), given.evidence.started);
    show(finding, translate("checks", "ICMP VM to host"), cell(symptom.icmp.vmToHost), given.evidence.started);
    switch (symptom.signature) {
    case Signature::Healthy:
        finding.status = Status::Pass;
        break;
    case Signature::Unobserved:
        finding.status = Status::Unknown;
        break;
    case Signature::Partial:
    case Signature::AboveIcmp:
        finding.status = Status::Warn;
        break;
    default:
        finding.status = Status::Fail;
        break;
    }
    finding.summary = inOneSentence(symptom.signature, given.scene);
    show(finding, translate("checks", "signature"), name(symptom.signature), given.evidence.started);
    showCaptures(finding, given);
    finding.reason = symptom.explanation;
    if (symptom.signature == Signature::OneWay) {
        observe(finding, Outcome::OneWay, Basis::LiveProbe,
                translate("checks", "The VM's ping of the host is answered while the host's ping of the VM is not."));
    } else if (symptom.signature == Signature::OneWayBack) {
        observe(finding, Outcome::OneWayBack, Basis::LiveProbe,
                translate("checks", "The host's ping of the VM is answered while the VM's ping of the host is not."));
    } else if (symptom.signature == Signature::BothWays) {
        observe(finding, Outcome::BothWays, Basis::LiveProbe, translate("checks", "Neither direction's ping is answered."));
    } else if (symptom.signature == Signature::WrongAddress) {
        observe(finding, Outcome::WrongAddress, Basis::LiveProbe,
                translate("checks", "The VM reaches the host, but not from the address that the host pings."));
    }
    if (given.scene.main && given.scene.forward == Fate::Fails && fateOf(given.scene.other) == Fate::Works) {
        observe(finding, Outcome::OtherSourceWorks, Basis::LiveProbe,
                translate("checks", "From another source address of the host the VM answers."));
    }
    return finding;
}

} // namespace bothways::checks
