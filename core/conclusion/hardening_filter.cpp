// SPDX-License-Identifier: GPL-3.0-or-later
#include "conclusion/hardening_filter.h"

// Settings as in the kernel's ip-sysctl; addresses of nobody as in RFC 5737.

#include "words/punctuation.h"

#include <algorithm>

namespace bothways::conclusion::hardening {

using namespace Qt::Literals::StringLiterals;
using facts::Passage;
using facts::Where;
using State = Advice::State;

namespace {

constexpr qsizetype mostPorts = 8;

/// Somebody who is not this host: far away, or else a neighbour of the VM.
net::IpAddress stranger(const Site &site, bool far)
{
    if (far) {
        return net::IpAddress::fromV4(0xCB007129U); // 203.0.113.41, RFC 5737: nobody's
    }
    const auto vm = site.scene.vmAddress->toV4();
    auto neighbour = vm ^ 2U;
    while (site.scene.hostAddress->isV4() && neighbour == site.scene.hostAddress->toV4()) {
        neighbour ^= 4U;
    }
    return net::IpAddress::fromV4(neighbour);
}

bool lets(const Site &site, filter::Packet packet, bool far)
{
    packet.source = stranger(site, far);
    packet.destination = *site.scene.vmAddress;
    const facts::End guest{filter::Machine::Role::Receiver, site.scene.guestInterface, {}, {}};
    return facts::ask(site.guestRules, guest, packet).request.fate == Passage::Fate::Passes;
}

bool canAskFilter(const Site &site)
{
    return site.guestRules.read && site.factsOf(Where::Guest) != nullptr && site.scene.vmAddress &&
           site.scene.vmAddress->isV4() && site.scene.hostAddress;
}

QString settingName(const QString &interface, const QString &name)
{
    // sysctl(8) reads a dot as a separator, so an interface with one is written with slashes.
    return interface.contains(u'.') ? u"net/ipv4/conf/%1/%2"_s.arg(interface, name)
                                    : u"net.ipv4.conf.%1.%2"_s.arg(interface, name);
}

/// Another interface of the machine in the same subnet as this one.
QString twinInterface(const evidence::NodeFacts &facts, const QString &interface)
{
    if (!facts.addresses.isRead()) {
        return {};
    }
    const auto &addresses = facts.addresses.value;
    const auto own = std::find_if(addresses.begin(), addresses.end(), [&](const auto &address) {
        return address.interface == interface && address.prefix.address().isV4() && address.prefix.length() < 32;
    });
    if (own == addresses.end()) {
        return {};
    }
    const auto other = std::find_if(addresses.begin(), addresses.end(), [&](const auto &address) {
        return address.interface != interface && address.prefix.address().isV4() &&
               own->prefix.contains(address.prefix.address());
    });
    return other == addresses.end() ? QString() : other->interface;
}

} // namespace

Advice echoWidth(const Site &site)
{
    Advice advice{u"echo-width"_s,
                  State::General,
                  translate("hardening", "Packet filter of the VM"),
                  {},
                  Where::Host,
                  command({u"ping"_s, u"-c"_s, u"3"_s, addressText(site.scene.vmAddress)})};
    const auto host = addressText(site.scene.hostAddress);
    if (!canAskFilter(site)) {
        advice.measure = translate("hardening", "Let the VM answer pings of this host's address only, not of everybody. From any "
                                                "other machine the same ping must get no answer.");
        return advice;
    }
    filter::Packet echo;
    echo.icmpType = 8;
    echo.icmpCode = 0;
    if (lets(site, echo, true)) {
        advice.state = State::Advised;
        advice.measure =
            translate("hardening", "The VM's filter lets in pings from any address. Those of %1 are enough: from any "
                                   "other machine the same ping must get no answer.")
                .arg(host);
    } else if (lets(site, echo, false)) {
        advice.state = State::Advised;
        advice.measure = translate("hardening", "The VM's filter lets in pings from its neighbours. Those of %1 are enough: from "
                                                "any other machine the same ping must get no answer.")
                             .arg(host);
    } else {
        advice.state = State::Done;
        advice.measure =
            translate("hardening", "The VM's filter lets in no pings from strangers. Keep it so when you let in those "
                                   "of %1.")
                .arg(host);
    }
    return advice;
}

std::optional<Advice> portWidth(const Site &site)
{
    if (!canAskFilter(site)) {
        return std::nullopt;
    }
    QStringList open;
    for (const auto &reading : site.evidence.probes.ports) {
        const auto &probe = reading.value;
        filter::Packet syn;
        syn.protocol = 6;
        syn.sourcePort = 40'000;
        syn.destinationPort = probe.port;
        syn.tcpFlags = 2;
        syn.length = 60;
        if (reading.isRead() && probe.outcome == evidence::PortOutcome::Open && probe.protocol == evidence::ProbeProtocol::Tcp &&
            open.size() < mostPorts && lets(site, syn, true)) {
            open << QString::number(probe.port);
        }
    }
    if (open.isEmpty()) {
        return std::nullopt;
    }
    return Advice{u"port-width"_s,
                  State::Advised,
                  translate("hardening", "Packet filter of the VM"),
                  translate("hardening",
                            "These TCP ports of the VM are open to any address: %1. Name the networks that need them in "
                            "the rule.")
                      .arg(listed(open)),
                  Where::Guest,
                  command({u"ss"_s, u"-tln"_s})};
}

std::optional<Advice> reversePath(const Site &site, Where where)
{
    const auto *facts = site.factsOf(where);
    const auto interface = site.interfaceOf(where);
    if (facts == nullptr || interface.isEmpty()) {
        return std::nullopt;
    }
    const auto all = setting(*facts, u"net.ipv4.conf.all.rp_filter"_s);
    const auto own = setting(*facts, u"net.ipv4.conf.%1.rp_filter"_s.arg(interface));
    if (!all || !own) {
        return std::nullopt;
    }
    const int effective = std::max(*all, *own);
    const bool twin = !twinInterface(*facts, interface).isEmpty();
    Advice advice{where == Where::Guest ? u"reverse-path-vm"_s : u"reverse-path-host"_s,
                  State::Done,
                  where == Where::Guest ? translate("hardening", "Kernel of the VM")
                                        : translate("hardening", "Kernel of this host"),
                  {},
                  where,
                  command({u"sysctl"_s, u"net.ipv4.conf.all.rp_filter"_s, settingName(interface, u"rp_filter"_s)})};
    const QString shown = QString::number(effective);
    if (effective == 0) {
        advice.state = State::Advised;
        advice.measure = translate("hardening", "On %1 nobody checks where packets come from (rp_filter %2). Set 2, which lets "
                                                "through what any route explains; 1 only where there is one way back.");
    } else if (effective == 1 && twin) {
        advice.state = State::Advised;
        advice.measure =
            translate("hardening", "%1 shares its subnet with a second interface, and a strict check (rp_filter %2) then "
                                   "drops packets without a word. Set 2, for \"all\" and for it: the higher one counts.");
    } else {
        advice.measure = translate("hardening", "Packets with a forged source are dropped on %1 (rp_filter %2).");
    }
    advice.measure = advice.measure.arg(interface, shown);
    return advice;
}

std::optional<Advice> arpPolicy(const Site &site, Where where)
{
    const auto *facts = site.factsOf(where);
    const auto interface = site.interfaceOf(where);
    const auto twin = facts == nullptr ? QString() : twinInterface(*facts, interface);
    if (twin.isEmpty()) {
        return std::nullopt;
    }
    const auto ignore = setting(*facts, u"net.ipv4.conf.all.arp_ignore"_s);
    const auto announce = setting(*facts, u"net.ipv4.conf.all.arp_announce"_s);
    const bool fine = ignore.value_or(0) >= 1 && announce.value_or(0) >= 2;
    return Advice{where == Where::Guest ? u"arp-policy-vm"_s : u"arp-policy-host"_s,
                  fine ? State::Done : State::Advised,
                  translate("hardening", "ARP"),
                  fine ? translate("hardening", "%1 and %2 are in one subnet, and each answers ARP for its own address only.")
                             .arg(interface, twin)
                       : translate("hardening",
                                   "%1 and %2 are in one subnet, and either answers ARP for both. Set arp_ignore to 1 and "
                                   "arp_announce to 2, for \"all\".")
                             .arg(interface, twin),
                  where,
                  command({u"sysctl"_s, u"net.ipv4.conf.all.arp_ignore"_s, u"net.ipv4.conf.all.arp_announce"_s})};
}

Advice macPinned(const Site &site)
{
    const auto &mac = site.scene.vmMac;
    Advice advice{u"mac-pinned"_s,
                  State::General,
                  translate("hardening", "MAC address"),
                  {},
                  Where::Host,
                  site.isLibvirt() ? site.virsh({u"domiflist"_s, site.scene.vm->name})
                                   : command({u"ip"_s, u"neigh"_s, u"show"_s, addressText(site.scene.vmAddress)})};
    if (mac && text(mac->toString()) == u"52:54:00:12:34:56"_s) {
        advice.state = State::Advised;
        advice.measure =
            translate("hardening", "The VM has %1, which QEMU gives to each VM that is not told another. Give it one of "
                                   "its own, or the next VM takes its packets.")
                .arg(text(mac->toString()));
    } else if (mac && site.isLibvirt()) {
        advice.state = State::Done;
        advice.measure =
            translate("hardening", "The VM's MAC stands in its definition and stays: %1.").arg(text(mac->toString()));
    } else {
        advice.measure =
            translate("hardening", "Pin the VM's MAC in its definition, a different one for each VM. A physical switch with "
                                   "port security must allow two: this host's and the VM's.");
    }
    return advice;
}

std::optional<Advice> spoofGuard(const Site &site)
{
    const auto *nic = site.scene.vmInterface;
    if (!site.isLibvirt() || nic == nullptr ||
        (nic->type != evidence::Attachment::Network && nic->type != evidence::Attachment::Bridge)) {
        return std::nullopt;
    }
    const bool guarded = !nic->filter.isEmpty();
    return Advice{u"spoof-guard"_s,
                  guarded ? State::Done : State::Advised,
                  translate("hardening", "Virtual switch"),
                  guarded
                      ? translate("hardening", "libvirt's filter %1 guards the VM's interface.").arg(nic->filter)
                      : translate("hardening", "Nothing keeps the VM from sending as somebody else. Give its interface libvirt's "
                                               "filter clean-traffic, with the parameter IP = %1.")
                            .arg(addressText(site.scene.vmAddress)),
                  Where::Host,
                  site.virsh({u"dumpxml"_s, site.scene.vm->name})};
}

} // namespace bothways::conclusion::hardening
