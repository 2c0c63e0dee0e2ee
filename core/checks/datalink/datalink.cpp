// SPDX-License-Identifier: GPL-3.0-or-later
#include "checks/datalink/datalink.h"

#include "checks/finding/build.h"
#include "checks/finding/outcomes.h"

#include <algorithm>
#include <set>

/// LNK: who answers for the VM's address, and what the neighbour tables believe. RFC 826, RFC 4861, RFC 5227, arp(7).
namespace bothways::checks {

using namespace facts;
using namespace Qt::Literals::StringLiterals;
using evidence::Neighbour;

namespace {

/// Of a sorted list.
bool contains(const std::vector<net::MacAddress> &macs, const net::MacAddress &mac)
{
    return std::binary_search(macs.begin(), macs.end(), mac);
}

QString list(const std::vector<net::MacAddress> &macs)
{
    QStringList parts;
    for (const auto &mac : macs) {
        parts << text(mac.toString());
    }
    return few(parts);
}

void showAnswers(Finding &finding, const Case &given)
{
    for (const auto &reading : given.evidence.probes.neighbours) {
        if (!reading.isRead() || reading.value.target != given.scene.vmAddress) {
            continue;
        }
        QStringList answers;
        for (const auto &answer : reading.value.answers) {
            answers << u"%1 after %2 ms"_s.arg(text(answer.mac.toString()),
                                               QString::number(static_cast<double>(answer.rttNs) / 1e6, 'f', 3));
        }
        show(finding, reading.source,
             u"%1 dev %2, %3 requests: %4"_s.arg(text(reading.value.target.toString()), reading.value.interface)
                 .arg(reading.value.requestsSent)
                 .arg(answers.isEmpty() ? translate("checks", "no answer") : clauses(answers)),
             reading.at);
    }
}

/// "Could not send" said once for LNK-1 and LNK-4.
bool couldNotAsk(Finding &finding, const Case &given)
{
    if (given.scene.liveTried) {
        return false;
    }
    QString why;
    for (const auto &reading : given.evidence.probes.neighbours) {
        why = reading.isRead() ? why : whyNot(reading);
    }
    const bool routed = why.isEmpty() && !given.scene.onLink();
    say(finding, why.isEmpty() ? Status::Skipped : Status::Unknown,
        translate("checks", "The link was not asked who has the VM's address: no ARP request was sent."),
        routed          ? translate("checks", "The VM is behind a router: its link-layer address does not matter to this host.")
        : why.isEmpty() ? translate("checks", "It needs root rights and the interface that leads to the VM.")
                        : why);
    return true;
}

/// The MAC that ought to stand for the VM: its own word if there is one, else the only one that answers.
std::optional<net::MacAddress> expectedMac(const Scene &scene)
{
    if (scene.vmMac) {
        return scene.vmMac;
    }
    return scene.live.size() == 1 ? std::optional(scene.live.front()) : std::nullopt;
}

QString lineOf(const Neighbour &entry)
{
    return u"%1 dev %2 lladdr %3 %4"_s.arg(text(entry.address.toString()), entry.interface,
                                           entry.mac ? text(entry.mac->toString()) : u"-"_s, entry.state.word());
}

void judgeHostEntry(Finding &finding, const Case &given)
{
    const auto &scene = given.scene;
    const auto &entry = *scene.entry;
    const auto expected = expectedMac(scene);
    show(finding, given.evidence.host.value.neighbours.source, atHost(lineOf(entry)), given.evidence.host.value.neighbours.at);
    if (entry.state == evidence::NeighbourState::Failed || entry.state == evidence::NeighbourState::Incomplete || !entry.mac) {
        const auto sentence =
            translate("checks", "The host's neighbour entry for the VM is %1: nobody answered.").arg(entry.state.word());
        say(finding, Status::Fail, sentence);
        observe(finding, Outcome::CacheFailed, Basis::KernelState, sentence, NeighbourObject{Where::Host, entry, expected});
        return;
    }
    if (!expected) {
        say(finding, Status::Unknown, translate("checks", "The host has an entry for the VM, and nothing to compare it with."),
            translate("checks", "The guest script, the guest agent or root rights for a live ARP request would tell."));
        return;
    }
    const auto own = scene.ownMacs();
    if (*entry.mac == *expected || contains(own, *entry.mac)) {
        say(finding, Status::Pass,
            translate("checks", "The host has the VM's right MAC %1 in its neighbour table.").arg(text(entry.mac->toString())));
        observe(finding, Outcome::CacheAgrees, Basis::KernelState,
                translate("checks", "The host's neighbour entry holds the VM's MAC."));
        return;
    }
    const bool permanent = entry.state == evidence::NeighbourState::Permanent;
    const auto sentence = permanent
                              ? translate("checks", "The host holds a permanent neighbour entry %1 for the VM, whose MAC is %2.")
                              : translate("checks", "The host's neighbour entry is %1, the VM's MAC is %2.");
    const auto filled = sentence.arg(text(entry.mac->toString()), text(expected->toString()));
    say(finding, Status::Fail, filled);
    observe(finding, permanent ? Outcome::CachePermanentWrong : Outcome::CacheDiffers, Basis::KernelState, filled,
            NeighbourObject{Where::Host, entry, expected});
}

/// The guest's entry for the address it reaches the host by.
void judgeGuestEntry(Finding &finding, const Case &given)
{
    const auto &scene = given.scene;
    const auto *link = scene.homeLink();
    if (!scene.guest || !scene.guest->facts.neighbours.isRead() || !link || !link->mac || !scene.hostAddress) {
        return;
    }
    for (const auto &entry : scene.guest->facts.neighbours.value) {
        if (entry.address != *scene.hostAddress) {
            continue;
        }
        show(finding, scene.guest->facts.neighbours.source, atGuest(lineOf(entry)), scene.guest->facts.neighbours.at);
        const bool wrong = entry.mac && *entry.mac != *link->mac && entry.state == evidence::NeighbourState::Permanent;
        if (wrong && scene.backward != Fate::Works && scene.forward != Fate::Works) {
            const auto sentence =
                translate("checks", "The guest holds a permanent neighbour entry %1 for the host, whose MAC is %2.")
                    .arg(text(entry.mac->toString()), text(link->mac->toString()));
            say(finding, Status::Fail, sentence);
            observe(finding, Outcome::CachePermanentWrong, Basis::KernelState, sentence,
                    NeighbourObject{Where::Guest, entry, link->mac});
        }
    }
}

} // namespace

Finding lnk1(const Case &given)
{
    Finding finding;
    const auto &scene = given.scene;
    showAnswers(finding, given);
    if (couldNotAsk(finding, given)) {
        return finding;
    }
    if (scene.live.empty()) {
        const auto sentence = translate("checks", "No machine on the link answers for the VM's address %1.")
                                  .arg(text(scene.vmAddress.value_or(net::IpAddress()).toString()));
        say(finding, Status::Fail, sentence);
        observe(finding, Outcome::Unanswered, Basis::LiveProbe, sentence);
        return finding;
    }
    const auto own = scene.ownMacs();
    if (own.empty()) {
        say(finding, Status::Pass,
            translate("checks", "A machine with the MAC %1 answers for the VM's address.").arg(list(scene.live)));
        observe(finding, Outcome::Answered, Basis::LiveProbe, translate("checks", "Somebody answers for the VM's address."));
        return finding;
    }
    const bool byVm = std::any_of(scene.live.begin(), scene.live.end(), [&](const auto &mac) { return contains(own, mac); });
    if (byVm) {
        const auto sentence = translate("checks", "The VM itself answers for %1 on this link, so frames reach it and come back.")
                                  .arg(text(scene.vmAddress->toString()));
        say(finding, Status::Pass, sentence);
        observe(finding, Outcome::AnsweredByVm, Basis::LiveProbe, sentence);
    } else {
        const auto sentence = translate("checks", "A machine with the MAC %1 answers for the VM's address, and it is not the VM.")
                                  .arg(list(scene.live));
        say(finding, Status::Fail, sentence);
        observe(finding, Outcome::AnsweredByOther, Basis::LiveProbe, sentence);
    }
    return finding;
}

Finding lnk2(const Case &given)
{
    Finding finding;
    const auto &host = given.evidence.host;
    if (!host.isRead() || !host.value.neighbours.isRead()) {
        say(finding, Status::Unknown, translate("checks", "The host's neighbour table could not be read."),
            host.isRead() ? whyNot(host.value.neighbours) : whyNot(host));
    } else if (!given.scene.onLink()) {
        say(finding, Status::Skipped, translate("checks", "The VM is behind a router."),
            translate("checks", "Then the host keeps a neighbour entry for the router only."));
        return finding;
    } else if (!given.scene.entry) {
        say(finding, Status::Pass, translate("checks", "The host has no neighbour entry for the VM, so none can be wrong."));
    } else {
        judgeHostEntry(finding, given);
    }
    judgeGuestEntry(finding, given);
    return finding;
}

Finding lnk4(const Case &given)
{
    Finding finding;
    const auto &scene = given.scene;
    showAnswers(finding, given);
    if (couldNotAsk(finding, given)) {
        return finding;
    }
    if (scene.live.empty()) {
        say(finding, Status::Unknown, translate("checks", "Nobody answered, so nothing can be told about a second owner."),
            translate("checks", "An owner that is silent or switched off now is not seen."));
        return finding;
    }
    const auto own = scene.ownMacs();
    const bool allOwn = std::all_of(scene.live.begin(), scene.live.end(), [&](const auto &mac) { return contains(own, mac); });
    if (scene.live.size() == 1 || allOwn) {
        say(finding, Status::Pass,
            scene.live.size() == 1
                ? translate("checks", "Only one machine answers for %1.").arg(text(scene.vmAddress->toString()))
                : translate("checks", "Several interfaces of the VM itself answer."));
        observe(finding, Outcome::SingleOwner, Basis::LiveProbe, translate("checks", "Only one owner answers for the address."));
        return finding;
    }
    AddressObject object;
    object.where = Where::Guest;
    object.interface = scene.guestInterface;
    object.address = scene.guestPrefix.value_or(net::Prefix(*scene.vmAddress, scene.vmAddress->width()));
    object.claimants = scene.live;
    object.rightful = scene.vmMac;
    const auto sentence =
        translate("checks", "More than one machine answers for %1: %2.").arg(text(scene.vmAddress->toString()), list(scene.live));
    say(finding, Status::Fail, sentence);
    observe(finding, Outcome::TwoOwners, Basis::LiveProbe, sentence, object);
    std::set<QString> ports;
    if (given.evidence.host.isRead() && given.evidence.host.value.fdb.isRead()) {
        for (const auto &entry : given.evidence.host.value.fdb.value) {
            if (!entry.permanent && contains(scene.live, entry.mac)) {
                ports.insert(entry.port);
                show(finding, given.evidence.host.value.fdb.source, u"%1 dev %2"_s.arg(text(entry.mac.toString()), entry.port),
                     given.evidence.host.value.fdb.at);
            }
        }
    }
    if (ports.size() > 1) {
        observe(finding, Outcome::OwnersOnTwoPorts, Basis::KernelState,
                translate("checks", "The bridge has learned the owners on different ports."));
    }
    return finding;
}

} // namespace bothways::checks
