// SPDX-License-Identifier: GPL-3.0-or-later
#include "netlink.h"

#include <array>
#include <stdexcept>

#include <linux/netfilter/nfnetlink.h>
#include <linux/netfilter/nfnetlink_conntrack.h>

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

void forgetConnections()
{
    static const auto socket = netfilterSocket();
    struct {
        nlmsghdr head{NLMSG_LENGTH(sizeof(nfgenmsg)), NFNL_SUBSYS_CTNETLINK << 8 | IPCTNL_MSG_CT_DELETE,
                      NLM_F_REQUEST | NLM_F_ACK, 0, 0};
        nfgenmsg family{AF_UNSPEC, NFNETLINK_V0, 0};
    } request;
    std::array<char, 1024> answer{};
    nlmsgerr error{};
    const bool answered =
        ::send(socket.get(), &request, request.head.nlmsg_len, 0) > 0 &&
        ::recv(socket.get(), answer.data(), answer.size(), 0) >= static_cast<ssize_t>(NLMSG_LENGTH(sizeof error));
    std::memcpy(&error, answer.data() + NLMSG_HDRLEN, sizeof error);
    if (!answered || error.error != 0) {
        throw std::runtime_error("connections cannot be forgotten");
    }
}

} // namespace bothways::kernel
