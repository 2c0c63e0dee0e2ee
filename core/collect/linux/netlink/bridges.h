// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "collect/linux/netlink/names.h"
#include "collect/linux/netlink/netlink.h"
#include "evidence/node.h"

#include <vector>

/// What single messages of the kernel say is read by pure and total functions: they ask nobody, and nothing makes them read past
/// the message.
namespace bothways::collect {

/// RTM_NEWLINK of family AF_BRIDGE, asked for with RTEXT_FILTER_BRVLAN_COMPRESSED.
std::vector<evidence::PortVlans> parsePortVlans(const nlmsghdr &message, const NameOf &name);
/// RTM_NEWMDB: members and ports with a router.
std::vector<evidence::MulticastMember> parseMulticastMembers(const nlmsghdr &message, const NameOf &name);

/// Of the ports of bridges that filter VLANs, and of those bridges themselves.
evidence::Reading<std::vector<evidence::PortVlans>> readPortVlans();
evidence::Reading<std::vector<evidence::MulticastMember>> readMulticastMembers();

} // namespace bothways::collect
