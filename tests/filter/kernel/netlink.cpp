// SPDX-License-Identifier: GPL-3.0-or-later
#include "netlink.h"

#include <stdexcept>

namespace bothways::kernel {

std::string textOf(net::Bytes bytes)
{
    std::string all(bytes.begin(), bytes.end());
    while (!all.empty() && all.back() == '\0') {
        all.pop_back();
    }
    return all;
}

Descriptor netfilterSocket()
{
    constexpr int room = 64 * 1024 * 1024;
    Descriptor made(::socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_NETFILTER), "netlink socket");
    sockaddr_nl own{};
    own.nl_family = AF_NETLINK;
    const bool ready = ::setsockopt(made.get(), SOL_SOCKET, SO_RCVBUFFORCE, &room, sizeof room) == 0 &&
                       ::bind(made.get(), reinterpret_cast<const sockaddr *>(&own), sizeof own) == 0;
    if (!ready) {
        throw std::runtime_error(std::string("netlink: ") + std::strerror(errno));
    }
    return made;
}

} // namespace bothways::kernel
