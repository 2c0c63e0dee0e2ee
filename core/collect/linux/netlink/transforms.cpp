// SPDX-License-Identifier: GPL-3.0-or-later
#include "collect/linux/netlink/transforms.h"

#include <array>
#include <cstring>

#include <linux/xfrm.h>
#include <sys/socket.h>

/// IPsec policies. Sources: linux/xfrm.h, net/xfrm/xfrm_user.c.
namespace bothways::collect {

namespace {

using evidence::TransformDirection;
using evidence::TransformPolicy;

Request policiesRequest() { return Request(XFRM_MSG_GETPOLICY, NLM_F_DUMP); }

std::optional<net::Prefix> prefixOf(const xfrm_address_t &address, int family, int length)
{
    std::array<std::byte, 16> bytes{};
    std::memcpy(bytes.data(), &address, sizeof(address));
    const auto width = family == AF_INET ? 4U : 16U;
    const auto parsed = addressFromBytes(std::span(bytes).first(width));
    return parsed ? std::optional(net::Prefix(*parsed, length)) : std::nullopt;
}

TransformDirection directionOf(int direction)
{
    switch (direction) {
    case XFRM_POLICY_IN:
        return TransformDirection::In;
    case XFRM_POLICY_OUT:
        return TransformDirection::Out;
    case XFRM_POLICY_FWD:
        return TransformDirection::Forward;
    default:
        return TransformDirection::NotTold; // those of single sockets
    }
}

} // namespace

std::optional<TransformPolicy> parseTransformPolicy(const nlmsghdr &message, const NameOf &name)
{
    const auto *info = headerOf<xfrm_userpolicy_info>(message);
    if (message.nlmsg_type != XFRM_MSG_NEWPOLICY || info == nullptr) {
        return std::nullopt;
    }
    const auto &selector = info->sel;
    // A selector for any address of any family has no family at all.
    const int family = selector.family == AF_INET6 ? AF_INET6 : AF_INET;
    const auto source = prefixOf(selector.saddr, family, selector.prefixlen_s);
    const auto destination = prefixOf(selector.daddr, family, selector.prefixlen_d);
    TransformPolicy policy;
    policy.direction = directionOf(info->dir);
    if (policy.direction.isEmpty() || !source || !destination) {
        return std::nullopt;
    }
    policy.action = info->action == XFRM_POLICY_BLOCK ? evidence::TransformAction::Block : evidence::TransformAction::Allow;
    policy.source = *source;
    policy.destination = *destination;
    policy.protocol = selector.proto;
    policy.interface = name(static_cast<std::uint32_t>(selector.ifindex));
    policy.priority = info->priority;
    const auto templates = Attributes(message, sizeof(*info)).payload(XFRMA_TMPL);
    policy.templates = templates ? static_cast<int>(templates->size() / sizeof(xfrm_user_tmpl)) : 0;
    return policy;
}

evidence::Reading<std::vector<TransformPolicy>> readTransforms()
{
    InterfaceNames names;
    const std::array<std::function<Request()>, 1> requests{policiesRequest};
    return toReading(dump<TransformPolicy>(
                         requests,
                         [&names](const nlmsghdr &message) {
                             return parseTransformPolicy(message, [&names](std::uint32_t index) { return names(index); });
                         },
                         NETLINK_XFRM),
                     QStringLiteral("netlink XFRM_MSG_GETPOLICY"));
}

} // namespace bothways::collect
