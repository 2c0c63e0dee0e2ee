// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "collect/linux/netlink/netlink.h"
#include "evidence/node.h"

#include <optional>
#include <vector>

/// What single messages of the kernel say is read by pure and total functions: they ask nobody, and nothing makes them read past
/// the message.
namespace bothways::collect {

/// One link; interface indexes are resolved after the dump, when all names are known.
struct ReadLink {
    evidence::Link link;
    std::uint32_t master = 0;
    std::uint32_t lower = 0;
    std::uint32_t peer = 0;
};
std::optional<ReadLink> parseLink(const nlmsghdr &message); ///< RTM_NEWLINK

evidence::Reading<std::vector<evidence::Link>> readLinks();

} // namespace bothways::collect
