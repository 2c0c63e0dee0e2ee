// SPDX-License-Identifier: GPL-3.0-or-later
#include "probe/linux/socket/socket_message.h"

#include "probe/linux/socket/socket_address.h"

#include <array>
#include <cerrno>
#include <cstring>

#include <netinet/in.h>

namespace bothways::probe {

namespace {

template <typename T>
std::optional<T> valueOf(const cmsghdr &header)
{
    if (header.cmsg_len < CMSG_LEN(sizeof(T))) {
        return std::nullopt;
    }
    T value{};
    std::memcpy(&value, CMSG_DATA(&header), sizeof value);
    return value;
}

void takeControl(const cmsghdr &header, SocketMessage &message)
{
    const bool v4 = header.cmsg_level == IPPROTO_IP;
    const bool v6 = header.cmsg_level == IPPROTO_IPV6;
    if (header.cmsg_level == SOL_SOCKET && header.cmsg_type == SCM_TIMESTAMPING) {
        const auto stamps = valueOf<scm_timestamping>(header);
        if (stamps && nanoseconds(stamps->ts[0]) != 0) {
            message.stampNs = nanoseconds(stamps->ts[0]);
        }
    } else if ((v4 && header.cmsg_type == IP_TTL) || (v6 && header.cmsg_type == IPV6_HOPLIMIT)) {
        message.ttl = valueOf<int>(header);
    } else if ((v4 && header.cmsg_type == IP_RECVERR) || (v6 && header.cmsg_type == IPV6_RECVERR)) {
        message.error = valueOf<sock_extended_err>(header);
        const std::size_t room = header.cmsg_len - CMSG_LEN(0);
        if (message.error && room > sizeof(sock_extended_err)) {
            message.offender =
                fromSocketAddress(CMSG_DATA(&header) + sizeof(sock_extended_err), room - sizeof(sock_extended_err));
        }
    }
}

} // namespace

std::optional<SocketMessage> receiveMessage(int socket, int flags, std::vector<std::uint8_t> &buffer)
{
    SocketAddress from;
    alignas(cmsghdr) std::array<unsigned char, 512> control{};
    iovec part{buffer.data(), buffer.size()};
    msghdr header{};
    header.msg_name = &from.storage;
    header.msg_namelen = from.size;
    header.msg_iov = &part;
    header.msg_iovlen = 1;
    header.msg_control = control.data();
    header.msg_controllen = control.size();
    ssize_t size = -1;
    for (int attempt = 0; attempt < 4 && size < 0; ++attempt) {
        size = ::recvmsg(socket, &header, flags | MSG_DONTWAIT);
        if (size < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) {
            return std::nullopt;
        }
    }
    if (size < 0) {
        return std::nullopt;
    }
    SocketMessage message;
    message.data = net::Bytes(buffer).first(static_cast<std::size_t>(size));
    message.from = header.msg_namelen > 0 ? fromSocketAddress(from.data()) : std::nullopt;
    for (cmsghdr *item = CMSG_FIRSTHDR(&header); item != nullptr; item = CMSG_NXTHDR(&header, item)) {
        takeControl(*item, message);
    }
    return message;
}

} // namespace bothways::probe
