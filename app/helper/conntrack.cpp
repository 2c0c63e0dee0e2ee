// SPDX-License-Identifier: GPL-3.0-or-later
#include "conntrack.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <memory>
#include <vector>

#include <arpa/inet.h>
#include <libmnl/libmnl.h>
#include <linux/netfilter/nfnetlink.h>
#include <linux/netfilter/nfnetlink_conntrack.h>
#include <linux/netlink.h>
#include <sys/socket.h>
#include <sys/time.h>

namespace bothways::helper {

using privilege::ConntrackNumbers;

namespace {

using Socket = std::unique_ptr<mnl_socket, decltype(&::mnl_socket_close)>;

/// Where the number that an attribute brings is added.
struct Wanted {
    int attribute;
    std::int64_t &sum;
};
using Wishes = std::vector<Wanted>;

int takeAttribute(const nlattr *attribute, void *data)
{
    for (const auto &[type, sum] : *static_cast<const Wishes *>(data)) {
        if (type == ::mnl_attr_get_type(attribute) && ::mnl_attr_validate(attribute, MNL_TYPE_U32) >= 0) {
            sum = std::max<std::int64_t>(sum, 0) + ntohl(::mnl_attr_get_u32(attribute));
        }
    }
    return MNL_CB_OK;
}

int take(const nlmsghdr *message, void *data) { return ::mnl_attr_parse(message, sizeof(nfgenmsg), takeAttribute, data); }

/// errno, or 0.
int ask(mnl_socket *socket, unsigned type, unsigned flags, Wishes wishes)
{
    static unsigned sequence = 0;
    alignas(nlmsghdr) std::array<char, 8192> buffer{}; // MNL_SOCKET_BUFFER_SIZE is no constant
    nlmsghdr *request = ::mnl_nlmsg_put_header(buffer.data());
    request->nlmsg_type = static_cast<std::uint16_t>(NFNL_SUBSYS_CTNETLINK << 8 | type);
    request->nlmsg_flags = static_cast<std::uint16_t>(NLM_F_REQUEST | flags);
    request->nlmsg_seq = ++sequence;
    auto *family = static_cast<nfgenmsg *>(::mnl_nlmsg_put_extra_header(request, sizeof(nfgenmsg)));
    family->nfgen_family = AF_UNSPEC;
    if (::mnl_socket_sendto(socket, request, request->nlmsg_len) < 0) {
        return errno;
    }
    for (;;) {
        const auto size = ::mnl_socket_recvfrom(socket, buffer.data(), buffer.size());
        if (size < 0) {
            return errno;
        }
        const int status =
            ::mnl_cb_run(buffer.data(), static_cast<std::size_t>(size), sequence, ::mnl_socket_get_portid(socket), take, &wishes);
        if (status <= MNL_CB_STOP) {
            return status < 0 ? errno : 0;
        }
    }
}

} // namespace

tl::expected<ConntrackNumbers, int> readConntrack()
{
    const Socket socket(::mnl_socket_open2(NETLINK_NETFILTER, SOCK_CLOEXEC), &::mnl_socket_close);
    if (!socket || ::mnl_socket_bind(socket.get(), 0, MNL_SOCKET_AUTOPID) != 0) {
        return tl::unexpected(errno);
    }
    const timeval patience{2, 0};
    ::setsockopt(::mnl_socket_get_fd(socket.get()), SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    ConntrackNumbers numbers;
    if (const int error = ask(socket.get(), IPCTNL_MSG_CT_GET_STATS, NLM_F_ACK,
                              {{CTA_STATS_GLOBAL_ENTRIES, numbers.count}, {CTA_STATS_GLOBAL_MAX_ENTRIES, numbers.most}});
        error != 0) {
        return tl::unexpected(error);
    }
    // A message for each processor; what is not told stays not known.
    ask(socket.get(), IPCTNL_MSG_CT_GET_STATS_CPU, NLM_F_DUMP,
        {{CTA_STATS_DROP, numbers.drop},
         {CTA_STATS_EARLY_DROP, numbers.earlyDrop},
         {CTA_STATS_INSERT_FAILED, numbers.insertFailed}});
    return numbers;
}

} // namespace bothways::helper
