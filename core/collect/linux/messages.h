// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "collect/linux/netlink.h"
#include "evidence/node.h"

#include <functional>
#include <optional>
#include <vector>

/// What single messages of the kernel say, each read where its table is. Pure and total: they ask nobody, and nothing makes them
/// read past the message.
namespace bothways::collect {

/// The name of an interface by its index.
using NameOf = std::function<QString(std::uint32_t index)>;

/// One link; interface indexes are resolved after the dump, when all names are known.
struct ReadLink {
    evidence::Link link;
    std::uint32_t master = 0;
    std::uint32_t lower = 0;
    std::uint32_t peer = 0;
};
std::optional<ReadLink> parseLink(const nlmsghdr &message); ///< RTM_NEWLINK

/// RTM_NEWLINK of family AF_BRIDGE, asked for with RTEXT_FILTER_BRVLAN_COMPRESSED.
std::vector<evidence::PortVlans> parsePortVlans(const nlmsghdr &message, const NameOf &name);
/// RTM_NEWMDB: members and ports with a router.
std::vector<evidence::MulticastMember> parseMulticastMembers(const nlmsghdr &message, const NameOf &name);

/// RTM_NEWLINK: the XDP program of a link.
std::optional<evidence::AttachedProgram> parseXdp(const nlmsghdr &message, const NameOf &name);
/// RTM_NEWQDISC: whether it is the one that holds filters of both directions, clsact, or ingress.
std::optional<std::uint32_t> parseFilterHolder(const nlmsghdr &message); ///< index of its link
/// RTM_NEWTFILTER, asked for at `hook`.
std::optional<evidence::AttachedProgram> parseFilter(const nlmsghdr &message, evidence::ProgramHook hook, const NameOf &name);

/// XFRM_MSG_NEWPOLICY; nothing for the policies of single sockets.
std::optional<evidence::TransformPolicy> parseTransformPolicy(const nlmsghdr &message, const NameOf &name);

} // namespace bothways::collect
