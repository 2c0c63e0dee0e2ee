// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "way/routing.h"

#include <optional>
#include <vector>

/// The bridges of one machine between its own interface and the port of a VM: pairs (veth) lead from one to the next, as
/// Proxmox's firewall does with tap, fwbr, fwln, fwpr, vmbr. Sources: bridge(8), net/bridge/br_forward.c, br_vlan.c, br_input.c.
/// Pure.
namespace bothways::way {

/// One bridge on the way. An empty port is the bridge itself, which is the machine's own interface.
struct BridgeCrossing {
    const evidence::Link *bridge = nullptr;
    QString inner; ///< the port towards the machine itself
    QString outer; ///< the port towards the VM; empty: not known
};

/// From the machine's interface to the VM's port, at most 16. Empty where the interface is no bridge.
std::vector<BridgeCrossing> bridgesTowards(const evidence::NodeFacts &node, const QString &interface,
                                           const std::optional<net::MacAddress> &vm, const QString &port);

/// The address that is on a port of a bridge where it should be on the bridge: what comes in there goes to the bridge.
const evidence::InterfaceAddress *addressOnPort(const evidence::NodeFacts &node, const net::IpAddress &within);

/// What VLANs do with a frame that crosses a bridge.
struct VlanFate {
    bool known = true;
    QString lacking;           ///< the port, or bridge, that keeps it out; empty: none does
    std::optional<int> vlan;   ///< in which it crosses; empty: the bridge does not look at VLANs
    std::optional<int> leaves; ///< the tag that it carries afterwards; empty: none
    bool noPvid = false;       ///< `lacking` takes no untagged frames in
};
/// From one port of the bridge to another; an empty one is the bridge itself. `tag`: of the frame as it comes in.
VlanFate crossVlans(const evidence::NodeFacts &node, const evidence::Link &bridge, const QString &from, const QString &to,
                    const std::optional<int> &tag);

/// The VLAN of untagged frames that come in through a port, or from the bridge itself.
std::optional<int> pvidAt(const evidence::NodeFacts &node, const QString &port);

/// Whether a neighbour solicitation for the address is kept from the port by multicast snooping.
bool isSnoopedOut(const evidence::NodeFacts &node, const evidence::Link &bridge, const QString &to,
                  const net::IpAddress &solicited);

} // namespace bothways::way
