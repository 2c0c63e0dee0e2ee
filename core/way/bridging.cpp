// SPDX-License-Identifier: GPL-3.0-or-later
#include "way/bridging.h"

#include <algorithm>
#include <set>

namespace bothways::way {

using namespace Qt::Literals::StringLiterals;
using evidence::Link;
using evidence::NodeFacts;

namespace {

constexpr std::size_t mostBridges = 16;

bool isBridge(const Link *link) { return link != nullptr && link->kind == evidence::LinkKind::Bridge; }

/// The bridge behind the other end of a pair that is a port here; null where it leads to no bridge of this machine.
const Link *behind(const NodeFacts &node, const Link &port, QString &entry)
{
    const auto *peer = port.peer.isEmpty() ? nullptr : evidence::linkNamed(node.links.value, port.peer);
    const auto *next = peer != nullptr ? evidence::linkNamed(node.links.value, peer->master) : nullptr;
    entry = peer != nullptr ? peer->name : QString();
    return isBridge(next) ? next : nullptr;
}

QString learnedAt(const NodeFacts &node, const Link &bridge, const std::optional<net::MacAddress> &mac)
{
    for (const auto &entry : node.fdb.value) {
        if (mac && entry.mac == *mac && !entry.permanent && entry.bridge == bridge.name && entry.port != bridge.name) {
            return entry.port;
        }
    }
    return {};
}

/// The crossings from this bridge to the one that has the port, depth first: machines have few bridges.
bool search(const NodeFacts &node, const Link &bridge, const QString &inner, const QString &port, std::set<QString> &seen,
            std::vector<BridgeCrossing> &crossings)
{
    if (!seen.insert(bridge.name).second || crossings.size() >= mostBridges) {
        return false;
    }
    const auto *last = evidence::linkNamed(node.links.value, port);
    if (last != nullptr && last->master == bridge.name) {
        crossings.push_back({&bridge, inner, port});
        return true;
    }
    for (const auto &link : node.links.value) {
        QString entry;
        const auto *next = link.master == bridge.name && link.name != inner ? behind(node, link, entry) : nullptr;
        if (next == nullptr) {
            continue;
        }
        crossings.push_back({&bridge, inner, link.name});
        if (search(node, *next, entry, port, seen, crossings)) {
            return true;
        }
        crossings.pop_back();
    }
    return false;
}

struct Membership {
    bool member = false;
    bool untagged = false;
};

Membership membershipOf(const NodeFacts &node, const QString &port, int vlan)
{
    for (const auto &entry : node.vlans.value) {
        if (entry.port == port && entry.first <= vlan && vlan <= entry.last) {
            return {true, entry.untagged};
        }
    }
    return {};
}

/// ff02::1:ffXX:XXXX (RFC 4291, 2.7.1).
net::IpAddress solicitedNode(const net::IpAddress &address)
{
    auto bytes = address.bytes();
    std::array<std::uint8_t, 16> group{0xff, 0x02, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x01, 0xff, bytes[13], bytes[14], bytes[15]};
    return net::IpAddress::fromV6(group);
}

} // namespace

std::vector<BridgeCrossing> bridgesTowards(const NodeFacts &node, const QString &interface,
                                           const std::optional<net::MacAddress> &vm, const QString &port)
{
    std::vector<BridgeCrossing> crossings;
    const auto *bridge = evidence::linkNamed(node.links.value, interface);
    if (!isBridge(bridge)) {
        return crossings;
    }
    const auto *last = evidence::linkNamed(node.links.value, port);
    std::set<QString> seen;
    if (last != nullptr && last->peer.isEmpty() && search(node, *bridge, {}, port, seen, crossings)) {
        return crossings;
    }
    crossings.clear();
    QString inner;
    // By what the bridges learned; a pair takes us on to the next one.
    while (bridge != nullptr && crossings.size() < mostBridges) {
        auto outer = learnedAt(node, *bridge, vm);
        if (outer.isEmpty() && last != nullptr && last->master == bridge->name && port != inner) {
            outer = port;
        }
        crossings.push_back({bridge, inner, outer});
        const auto *link = evidence::linkNamed(node.links.value, outer);
        bridge = link != nullptr ? behind(node, *link, inner) : nullptr;
    }
    return crossings;
}

const evidence::InterfaceAddress *addressOnPort(const NodeFacts &node, const net::IpAddress &within)
{
    if (within.isLinkLocal()) {
        return nullptr;
    }
    std::set<QString> bridges;
    std::set<QString> ports;
    for (const auto &link : node.links.value) {
        if (isBridge(&link)) {
            bridges.insert(link.name);
        }
    }
    for (const auto &link : node.links.value) {
        if (bridges.contains(link.master)) {
            ports.insert(link.name);
        }
    }
    const auto &all = node.addresses.value;
    const auto found = std::find_if(all.begin(), all.end(), [&](const auto &address) {
        return address.prefix.address().family() == within.family() && address.prefix.contains(within) &&
               address.prefix.length() < within.width() && ports.contains(address.interface);
    });
    return found == all.end() ? nullptr : &*found;
}

std::optional<int> pvidAt(const NodeFacts &node, const QString &port)
{
    for (const auto &entry : node.vlans.value) {
        if (entry.port == port && entry.pvid) {
            return entry.first;
        }
    }
    return std::nullopt;
}

VlanFate crossVlans(const NodeFacts &node, const Link &bridge, const QString &from, const QString &to,
                    const std::optional<int> &tag)
{
    VlanFate fate;
    fate.leaves = tag;
    if (!bridge.bridge || !bridge.bridge->vlanFiltering) {
        fate.known = bridge.bridge.has_value();
        return fate;
    }
    if (!node.vlans.isRead()) {
        fate.known = false;
        return fate;
    }
    const auto in = from.isEmpty() ? bridge.name : from;
    const auto out = to.isEmpty() ? bridge.name : to;
    fate.vlan = tag ? tag : pvidAt(node, in);
    if (!fate.vlan || !membershipOf(node, in, *fate.vlan).member) {
        fate.lacking = in;
        fate.noPvid = !fate.vlan;
        return fate;
    }
    const auto leaving = membershipOf(node, out, *fate.vlan);
    fate.lacking = leaving.member ? QString() : out;
    fate.leaves = leaving.untagged ? std::nullopt : fate.vlan;
    return fate;
}

bool isSnoopedOut(const NodeFacts &node, const Link &bridge, const QString &to, const net::IpAddress &solicited)
{
    // br_multicast_ipv6_rcv(): a group that nobody joined goes to ports with a router alone, once somebody asks for members.
    const bool asks =
        bridge.bridge && bridge.bridge->multicastSnooping && (bridge.bridge->multicastQuerier || bridge.bridge->otherQuerier6);
    if (!asks || !node.multicast.isRead() || !solicited.isV6()) {
        return false;
    }
    const auto group = solicitedNode(solicited);
    const auto port = to.isEmpty() ? bridge.name : to;
    return std::none_of(node.multicast.value.begin(), node.multicast.value.end(), [&](const auto &member) {
        return member.bridge == bridge.name && member.port == port && (!member.group || *member.group == group);
    });
}

} // namespace bothways::way
