// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "collect/linux/netlink/names.h"
#include "collect/linux/netlink/netlink.h"
#include "evidence/node.h"

#include <optional>
#include <vector>

/// What single messages of the kernel say is read by pure and total functions: they ask nobody, and nothing makes them read past
/// the message.
namespace bothways::collect {

/// RTM_NEWLINK: the XDP program of a link.
std::optional<evidence::AttachedProgram> parseXdp(const nlmsghdr &message, const NameOf &name);
/// RTM_NEWQDISC: whether it is the one that holds filters of both directions, clsact, or ingress.
std::optional<std::uint32_t> parseFilterHolder(const nlmsghdr &message); ///< index of its link
/// RTM_NEWTFILTER, asked for at `hook`.
std::optional<evidence::AttachedProgram> parseFilter(const nlmsghdr &message, evidence::ProgramHook hook, const NameOf &name);

/// XDP programs and the filters of tc. Up to one question for each link that has filters, in each direction.
evidence::Reading<std::vector<evidence::AttachedProgram>> readPrograms();

} // namespace bothways::collect
