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

/// XFRM_MSG_NEWPOLICY; nothing for the policies of single sockets.
std::optional<evidence::TransformPolicy> parseTransformPolicy(const nlmsghdr &message, const NameOf &name);

/// IPsec policies; needs rights.
evidence::Reading<std::vector<evidence::TransformPolicy>> readTransforms();

} // namespace bothways::collect
