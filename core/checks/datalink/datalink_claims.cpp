// SPDX-License-Identifier: GPL-3.0-or-later
#include "checks/datalink/datalink_claims.h"

#include "checks/finding/build.h"
#include "checks/finding/outcomes.h"
#include "way/routing.h"

#include <algorithm>
#include <array>

/// LNK-5: who claims the addresses of both ends, and what the kernels' ARP settings keep unanswered. Sources: RFC 826, RFC 5227,
/// the kernel's ip-sysctl (arp_ignore, arp_filter: the higher of "all" and the interface's own counts).
namespace bothways::checks {

using namespace facts;
using namespace Qt::Literals::StringLiterals;
using evidence::NodeFacts;

namespace {

using Macs = std::vector<net::MacAddress>;

bool contains(const Macs &macs, const net::MacAddress &mac) { return std::find(macs.begin(), macs.end(), mac) != macs.end(); }

QString list(const Macs &macs)
{
    QStringList parts;
    for (const auto &mac : macs) {
        parts << text(mac.toString());
    }
    return few(parts);
}

Macs hostMacs(const Scene &scene)
{
    Macs macs;
    if (scene.evidence->host.isRead() && scene.evidence->host.value.links.isRead()) {
        for (const auto &link : scene.evidence->host.value.links.value) {
            if (link.mac && !link.loopback) {
                macs.push_back(*link.mac);
            }
        }
    }
    return macs;
}

/// By ARP or neighbour discovery, as captured.
Macs claimants(const Scene &scene, const std::optional<net::IpAddress> &address)
{
    Macs macs;
    if (address && scene.evidence->captures.isRead()) {
        for (const auto &use : scene.evidence->captures.value.uses) {
            if (use.claimed && use.address == address && !contains(macs, use.mac) && macs.size() < maximumItems) {
                macs.push_back(use.mac);
            }
        }
    }
    return macs;
}

Macs without(const Macs &macs, const Macs &own)
{
    Macs rest;
    std::copy_if(macs.begin(), macs.end(), std::back_inserter(rest), [&](const auto &mac) { return !contains(own, mac); });
    return rest;
}

/// True if it told of somebody.
bool judgeVmAddress(Finding &finding, const Scene &scene)
{
    const auto own = scene.ownMacs();
    const auto claiming = claimants(scene, scene.vmAddress);
    const auto strangers = without(claiming, own);
    if (own.empty() || strangers.empty()) {
        return !claiming.empty();
    }
    AddressObject object;
    object.where = Where::Guest;
    object.interface = scene.guestInterface;
    object.address = scene.guestPrefix.value_or(net::Prefix(*scene.vmAddress, scene.vmAddress->width()));
    object.claimants = claiming;
    object.rightful = scene.vmMac;
    const bool both = strangers.size() < claiming.size();
    const auto sentence =
        (both ? translate("checks", "By the capture the VM's address %1 is claimed by %2 besides the VM itself.")
              : translate("checks", "By the capture the VM's address %1 is claimed by %2, which is not the VM."))
            .arg(text(scene.vmAddress->toString()), list(strangers));
    say(finding, Status::Fail, sentence);
    // An answer that our own ARP request got, and the capture saw come in, is one observation.
    const bool heardLive = without(strangers, scene.live).empty();
    observe(finding, both ? Outcome::AddressClaimedTwice : Outcome::AddressClaimedByOther,
            heardLive ? Basis::LiveProbe : Basis::Capture, sentence, object);
    return true;
}

bool judgeHostAddress(Finding &finding, const Scene &scene)
{
    const auto own = hostMacs(scene);
    const auto claiming = claimants(scene, scene.hostAddress);
    const auto strangers = without(claiming, own);
    if (own.empty() || strangers.empty()) {
        return !claiming.empty();
    }
    AddressObject object;
    object.where = Where::Host;
    object.interface = scene.interface;
    object.address = net::Prefix(*scene.hostAddress, scene.hostAddress->width());
    object.claimants = claiming;
    const auto sentence =
        translate("checks", "By the capture the host's own address %1 is claimed by %2: the VM may send there what "
                            "it means for the host.")
            .arg(text(scene.hostAddress->toString()), list(strangers));
    say(finding, Status::Fail, sentence);
    observe(finding, Outcome::HostAddressClaimed, Basis::Capture, sentence, object);
    return true;
}

struct Setting {
    int value = 0;
    QString key; ///< the one that decides
};

std::optional<Setting> settingOf(const NodeFacts &facts, const QString &interface, const QString &name)
{
    std::optional<Setting> highest;
    if (!facts.sysctls.isRead() || interface.isEmpty()) {
        return std::nullopt;
    }
    for (const auto &scope : {interface, u"all"_s}) {
        const auto key = u"net.ipv4.conf.%1.%2"_s.arg(scope, name);
        bool ok = false;
        const int value = facts.sysctls.value.value(key).trimmed().toInt(&ok);
        if (ok && (!highest || value > highest->value)) {
            highest = Setting{value, key};
        }
    }
    return highest;
}

/// One end and who asks it.
struct Asked {
    Where where = Where::Host;
    const NodeFacts &facts;
    QString interface;
    std::optional<net::Prefix> prefix; ///< the address that is asked for, with its length
    net::IpAddress asker;
};

/// The setting that keeps this end from answering; nothing where none does.
std::optional<Setting> keptBy(const Asked &asked)
{
    auto ignore = settingOf(asked.facts, asked.interface, u"arp_ignore"_s);
    const bool otherSubnet = asked.prefix && !asked.prefix->contains(asked.asker);
    if (ignore && (ignore->value == 8 || (ignore->value == 2 && otherSubnet))) {
        return ignore;
    }
    auto filter = settingOf(asked.facts, asked.interface, u"arp_filter"_s);
    if (filter && filter->value == 1 && asked.prefix) {
        const auto back = way::routeOf(asked.facts, {asked.asker, asked.prefix->address(), {}, 0, 0, 1});
        if (back.kind != way::Routing::Kind::Unknown && back.interface != asked.interface) {
            return filter;
        }
    }
    return std::nullopt;
}

void judgePolicy(Finding &finding, const Asked &asked)
{
    static const std::array<const char *, 3> names{"arp_ignore", "arp_announce", "arp_filter"};
    for (const auto *name : names) {
        if (const auto setting = settingOf(asked.facts, asked.interface, QString::fromLatin1(name))) {
            const auto line = u"%1 = %2"_s.arg(setting->key).arg(setting->value);
            show(finding, asked.facts.sysctls.source, asked.where == Where::Host ? atHost(line) : atGuest(line),
                 asked.facts.sysctls.at);
        }
    }
    const auto kept = keptBy(asked);
    if (!kept) {
        return;
    }
    const auto form = asked.where == Where::Guest
                          ? translate("checks", "The guest's setting %1 = %2 keeps it from answering ARP requests from %3.")
                          : translate("checks", "The host's setting %1 = %2 keeps it from answering ARP requests from %3.");
    const auto sentence = form.arg(kept->key).arg(kept->value).arg(text(asked.asker.toString()));
    say(finding, Status::Fail, sentence);
    observe(finding, Outcome::ArpKept, Basis::Configuration, sentence,
            SysctlObject{asked.where, kept->key, QString::number(kept->value), u"0"_s});
}

std::optional<net::Prefix> hostPrefix(const Scene &scene)
{
    for (const auto &address : scene.evidence->host.value.addresses.value) {
        if (address.interface == scene.interface && address.prefix.address() == scene.hostAddress) {
            return address.prefix;
        }
    }
    return std::nullopt;
}

/// True if the settings of an end were there to be looked at.
bool judgePolicies(Finding &finding, const Scene &scene)
{
    if (!scene.vmAddress || !scene.hostAddress || !scene.vmAddress->isV4()) {
        return false;
    }
    bool any = false;
    // Who answers, or was not asked while the echo works, keeps nothing.
    const bool unanswered = scene.live.empty() && (scene.liveTried || scene.forward == Fate::Fails);
    if (scene.guest && scene.guest->facts.sysctls.isRead() && !scene.guestInterface.isEmpty()) {
        any = true;
        if (unanswered) {
            judgePolicy(finding, {Where::Guest, scene.guest->facts, scene.guestInterface, scene.guestPrefix, *scene.hostAddress});
        }
    }
    if (scene.evidence->host.isRead() && scene.evidence->host.value.sysctls.isRead() && !scene.interface.isEmpty()) {
        any = true;
        if (scene.backward != Fate::Works && scene.forward != Fate::Works) {
            judgePolicy(finding, {Where::Host, scene.evidence->host.value, scene.interface, hostPrefix(scene), *scene.vmAddress});
        }
    }
    return any;
}

} // namespace

Finding lnk5(const Case &given)
{
    Finding finding;
    const auto &scene = given.scene;
    say(finding, Status::Pass, translate("checks", "Nobody claims an address of the two who should not."));
    const bool policies = judgePolicies(finding, scene);
    const bool host = judgeHostAddress(finding, scene);
    const bool vm = judgeVmAddress(finding, scene);
    if (finding.status == Status::Fail) {
        return finding;
    }
    const auto own = scene.ownMacs();
    const bool several = scene.live.size() > 1 && without(scene.live, own).empty();
    if (several) {
        finding.reason =
            translate("checks", "Several interfaces of the VM answer for its address (ARP flux): %1. Frames for it may go "
                                "to any of them.")
                .arg(list(scene.live));
        finding.status = Status::Warn;
    }
    if (!host && !vm && !policies && !several) {
        say(finding, Status::Skipped, translate("checks", "Who claims the addresses was not seen, and no ARP setting was read."),
            given.evidence.captures.isRead() ? translate("checks", "No ARP of either end was captured.")
                                             : whyNot(given.evidence.captures));
    } else if (!host && !vm) {
        finding.summary = translate("checks", "No ARP setting of those that were read keeps an end from answering.");
        finding.reason = together(finding.reason, translate("checks", "Who claims the addresses was not captured."));
    }
    return finding;
}

} // namespace bothways::checks
