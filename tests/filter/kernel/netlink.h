// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "world.h"

#include <cerrno>
#include <cstring>

#include <linux/netlink.h>
#include <sys/socket.h>

/// Netlink messages as the kernel's netfilter sends them: attributes in network order.
namespace bothways::kernel {

template <typename Number>
Number bigEndian(net::Bytes bytes)
{
    Number value = 0;
    for (std::size_t i = 0; i < sizeof value && i < bytes.size(); ++i) {
        value = static_cast<Number>(value << 8 | bytes[i]);
    }
    return value;
}

/// Calls `use(type, payload)` for each attribute.
template <typename Use>
void forEachAttribute(net::Bytes bytes, const Use &use)
{
    while (bytes.size() >= sizeof(nlattr)) {
        nlattr head{};
        std::memcpy(&head, bytes.data(), sizeof head);
        if (head.nla_len < sizeof head || head.nla_len > bytes.size()) {
            return;
        }
        use(static_cast<std::uint16_t>(head.nla_type & NLA_TYPE_MASK), bytes.subspan(sizeof head, head.nla_len - sizeof head));
        bytes = bytes.subspan(std::min<std::size_t>(bytes.size(), NLA_ALIGN(head.nla_len)));
    }
}

/// Without the zeros at its end.
std::string textOf(net::Bytes bytes);

/// Forgets all connections of the calling thread's network namespace.
void forgetConnections();

/// Bound, with room for a long trace.
Descriptor netfilterSocket();

/// Calls `use(message)` for all that has come. True if the kernel had to leave some out.
template <typename Use>
bool drain(int socket, Buffer &buffer, const Use &use)
{
    bool overrun = false;
    while (true) {
        const auto got = ::recv(socket, buffer.data(), buffer.size(), MSG_DONTWAIT);
        if (got < 0 && errno == ENOBUFS) {
            overrun = true;
            continue;
        }
        if (got <= 0) {
            return overrun;
        }
        net::Bytes left(buffer.data(), static_cast<std::size_t>(got));
        while (left.size() >= NLMSG_HDRLEN) {
            nlmsghdr head{};
            std::memcpy(&head, left.data(), sizeof head);
            if (head.nlmsg_len < NLMSG_HDRLEN || head.nlmsg_len > left.size()) {
                break;
            }
            use(left.first(head.nlmsg_len));
            left = left.subspan(std::min<std::size_t>(left.size(), NLMSG_ALIGN(head.nlmsg_len)));
        }
    }
}

} // namespace bothways::kernel
