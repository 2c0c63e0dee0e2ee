// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/resolve.h"

#include "evidence/claim.h"
#include "world/world.h"

#include <algorithm>

namespace bothways::session {

namespace {

QString linkOf(const evidence::VmInterface &nic) { return nic.bridge.isEmpty() ? nic.lower : nic.bridge; }

/// What the VM, or somebody for it, gives as its address may be any: one that no machine behind that link can have is passed
/// over.
bool canBeBehind(const QString &link, const net::IpAddress &address, const HostView &host)
{
    return evidence::isOfOneMachine(address) && evidence::foreignLink(address, link, host.addresses, host.links).isEmpty();
}

std::optional<net::IpAddress> firstAddress(const evidence::VmInterface &nic, net::Family family, const HostView &host)
{
    for (const auto &address : nic.addresses) {
        const auto &ip = address.prefix.address();
        if (ip.family() == family && !ip.isLinkLocal() && canBeBehind(linkOf(nic), ip, host)) {
            return ip;
        }
    }
    return std::nullopt;
}

// The guest's interface that carries the address, or the only one that is not the loopback.
const evidence::Link *guestLink(const evidence::Guest &guest, const std::optional<net::IpAddress> &address)
{
    const auto &links = guest.facts.links.value;
    QString name;
    for (const auto &entry : guest.facts.addresses.value) {
        if (address && entry.prefix.address() == *address) {
            name = entry.interface;
        }
    }
    return evidence::linkNamed(links, name);
}

std::optional<net::IpAddress> guestAddress(const evidence::Guest &guest, const std::optional<net::MacAddress> &mac,
                                           net::Family family, const QString &hostLink, const HostView &host)
{
    for (const auto &entry : guest.facts.addresses.value) {
        const auto &ip = entry.prefix.address();
        if (ip.family() != family || ip.isLinkLocal() || !canBeBehind(hostLink, ip, host)) {
            continue;
        }
        const auto &links = guest.facts.links.value;
        const auto link = std::find_if(links.begin(), links.end(), [&](const auto &l) { return l.name == entry.interface; });
        if (!mac || (link != links.end() && link->mac == mac)) {
            return ip;
        }
    }
    return std::nullopt;
}

// The host's address whose subnet holds `peer`, the longest prefix first.
const evidence::InterfaceAddress *connected(const HostView &host, const net::IpAddress &peer, const QString &interface)
{
    const evidence::InterfaceAddress *best = nullptr;
    for (const auto &entry : host.addresses) {
        const bool here = interface.isEmpty() || entry.interface == interface;
        if (here && entry.prefix.contains(peer) && entry.prefix.address() != peer &&
            (!best || entry.prefix.length() > best->prefix.length())) {
            best = &entry;
        }
    }
    return best;
}

void resolveInterface(evidence::Target &target, const Plan &plan, const Match &match, const HostView &host)
{
    target.interface = plan.interface;
    if (target.interface.isEmpty() && match.nic) {
        target.interface = linkOf(*match.nic);
    }
    if (target.interface.isEmpty() && target.vmAddress) {
        if (const auto *own = connected(host, *target.vmAddress, {})) {
            target.interface = own->interface;
        }
    }
}

} // namespace

Match findVm(const evidence::Inventory &inventory, const QString &requested, const std::optional<net::IpAddress> &address,
             const HostView &host)
{
    for (const auto &vm : inventory.vms) {
        if (!address && vm.name != requested && vm.uuid != requested) {
            continue;
        }
        for (const auto &nic : vm.interfaces) {
            const bool has = address && canBeBehind(linkOf(nic), *address, host) &&
                             std::any_of(nic.addresses.begin(), nic.addresses.end(),
                                         [&](const auto &entry) { return entry.prefix.address() == *address; });
            if (has || (!address && firstAddress(nic, net::Family::v4, host))) {
                return {&vm, &nic};
            }
        }
        if (!address) {
            return {&vm, vm.interfaces.empty() ? nullptr : &vm.interfaces.front()};
        }
    }
    return {};
}

HostView readHostView(world::World &world) { return {world.links().value, world.addresses().value}; }

evidence::Target resolve(const Plan &plan, const evidence::Inventory &inventory, const HostView &host,
                         const evidence::Guest *guest)
{
    evidence::Target target;
    target.requested = plan.vm;
    const auto typed = net::IpAddress::parse(plan.vm.toStdString());
    target.vmAddress = typed;
    const auto match = findVm(inventory, plan.vm, typed, host);
    if (match.vm) {
        target.vm = match.vm->name;
        target.hypervisor = match.vm->hypervisor;
    }
    if (match.nic) {
        target.mode = evidence::modeOf(*match.nic, inventory);
        target.network = match.nic->network;
        target.port = match.nic->hostDevice;
        target.vmMac = match.nic->mac;
        if (!target.vmAddress) {
            target.vmAddress = firstAddress(*match.nic, net::Family::v4, host);
        }
        target.vmAddress6 = firstAddress(*match.nic, net::Family::v6, host);
    }
    if (guest) {
        const auto hostLink = match.nic ? linkOf(*match.nic) : plan.interface;
        if (!target.vmAddress) {
            target.vmAddress = guestAddress(*guest, target.vmMac, net::Family::v4, hostLink, host);
        }
        const auto *link = guestLink(*guest, target.vmAddress);
        if (!target.vmMac && link) {
            target.vmMac = link->mac;
        }
        if (!target.vmAddress6) {
            target.vmAddress6 = guestAddress(*guest, target.vmMac, net::Family::v6, hostLink, host);
        }
    }
    if (!target.vmAddress) {
        target.vmAddress = target.vmAddress6; // an IPv6-only VM
    }
    if (target.vmAddress6 == target.vmAddress) {
        target.vmAddress6.reset();
    }
    resolveInterface(target, plan, match, host);
    target.hostAddressGiven = plan.hostAddress.has_value();
    target.hostAddress = plan.hostAddress;
    if (!target.hostAddress && target.vmAddress) {
        const auto *own = connected(host, *target.vmAddress, target.interface);
        own = own ? own : connected(host, *target.vmAddress, {});
        if (own) {
            target.hostAddress = own->prefix.address();
        }
    }
    if (target.vmAddress6) {
        const auto *own = connected(host, *target.vmAddress6, target.interface);
        if (own) {
            target.hostAddress6 = own->prefix.address();
        } else {
            target.vmAddress6.reset(); // no way of ours into that prefix: nothing to test
        }
    }
    return target;
}

std::vector<net::IpAddress> otherSources(const evidence::Target &target, const HostView &host,
                                         const std::optional<net::IpAddress> &sourceInUse)
{
    constexpr std::size_t enough = 3;
    std::vector<net::IpAddress> sources;
    for (const auto &entry : host.addresses) {
        const auto &ip = entry.prefix.address();
        const bool usable = target.vmAddress && ip.family() == target.vmAddress->family() && !ip.isLoopback() &&
                            !ip.isLinkLocal() && ip != target.vmAddress && ip != sourceInUse && ip != target.hostAddress;
        const bool near = entry.interface == target.interface || (target.vmAddress && entry.prefix.contains(*target.vmAddress));
        if (usable && near && sources.size() < enough) {
            sources.push_back(ip);
        }
    }
    // Where the user asked for a source of his own, the one in the VM's subnet is the comparison that matters.
    if (target.hostAddressGiven && target.vmAddress) {
        const auto *own = connected(host, *target.vmAddress, target.interface);
        if (own && own->prefix.address() != *target.hostAddress &&
            std::find(sources.begin(), sources.end(), own->prefix.address()) == sources.end()) {
            sources.insert(sources.begin(), own->prefix.address());
        }
    }
    return sources;
}

} // namespace bothways::session
