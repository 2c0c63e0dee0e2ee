// SPDX-License-Identifier: GPL-3.0-or-later
#include "evidence/claim.h"

#include <algorithm>

namespace bothways::evidence {

namespace {

/// What a network can be told by: a host route, or link-local addresses, say nothing of who is near.
bool isNetwork(const net::Prefix &prefix)
{
    return prefix.length() > 0 && prefix.length() < prefix.address().width() && !prefix.address().isLinkLocal() &&
           !prefix.address().isLoopback();
}

/// One of them stands on the other: a bridge and its port, a VLAN or macvlan and what carries it.
bool areJoined(const std::vector<Link> &links, const QString &one, const QString &other)
{
    const auto standsOn = [&](const QString &upper, const QString &under) {
        const auto *above = linkNamed(links, upper);
        const auto *below = linkNamed(links, under);
        return (above != nullptr && above->lower == under) || (below != nullptr && below->master == upper);
    };
    return one == other || standsOn(one, other) || standsOn(other, one);
}

bool isLeased(const VmInterface &interface, const net::IpAddress &address)
{
    return std::any_of(interface.addresses.begin(), interface.addresses.end(),
                       [&](const auto &each) { return each.prefix.address() == address && each.source == AddressSource::Lease; });
}

} // namespace

bool isOfOneMachine(const net::IpAddress &address)
{
    return !address.isMulticast() && !address.isBroadcast() && !address.isUnspecified() && !address.isLoopback();
}

QString foreignLink(const net::IpAddress &address, const QString &interface, const std::vector<InterfaceAddress> &addresses,
                    const std::vector<Link> &links)
{
    QString foreign;
    bool hasNetwork = false;
    if (interface.isEmpty() || address.isLinkLocal()) {
        return foreign;
    }
    for (const auto &own : addresses) {
        if (!isNetwork(own.prefix) || own.prefix.address().family() != address.family()) {
            continue;
        }
        const bool near = areJoined(links, own.interface, interface);
        const bool covers = own.prefix.contains(address);
        if (near && covers) {
            return {};
        }
        hasNetwork = hasNetwork || near;
        if (!near && covers && foreign.isEmpty()) {
            foreign = own.interface;
        }
    }
    return hasNetwork ? foreign : QString();
}

bool isLeasedTo(const Evidence &evidence, const net::IpAddress &address, const net::MacAddress &mac)
{
    const auto &vms = evidence.inventory.value.vms;
    return std::any_of(vms.begin(), vms.end(), [&](const Vm &vm) {
        return std::any_of(vm.interfaces.begin(), vm.interfaces.end(),
                           [&](const auto &each) { return each.mac == mac && isLeased(each, address); });
    });
}

bool isVouchedFor(const Evidence &evidence, const net::IpAddress &address, const std::optional<net::MacAddress> &mac)
{
    if (mac && isLeasedTo(evidence, address, *mac)) {
        return true;
    }
    const auto &guest = evidence.guest;
    const bool byAgent = guest.isRead() && guest.value.channel == GuestChannel::QemuGuestAgent;
    return net::IpAddress::parse(evidence.target.requested.toStdString()) == address && evidence.target.vm.isEmpty() && !byAgent;
}

bool isMisplaced(const Evidence &evidence, const net::IpAddress &address, const std::optional<net::MacAddress> &mac,
                 const QString &interface)
{
    const auto &host = evidence.host.value;
    if (!isOfOneMachine(address) || !foreignLink(address, interface, host.addresses.value, host.links.value).isEmpty()) {
        return true;
    }
    const auto &own = host.addresses.value;
    const bool near = std::any_of(own.begin(), own.end(), [&](const auto &each) {
        return isNetwork(each.prefix) && areJoined(host.links.value, each.interface, interface) && each.prefix.contains(address);
    });
    return !near && !address.isLinkLocal() && !interface.isEmpty() && host.addresses.isRead() &&
           !isVouchedFor(evidence, address, mac);
}

} // namespace bothways::evidence
