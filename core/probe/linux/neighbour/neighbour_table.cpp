// SPDX-License-Identifier: GPL-3.0-or-later
#include "probe/linux/neighbour/neighbour_table.h"

#include "probe/linux/socket/descriptor.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <span>

#include <linux/neighbour.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <sys/socket.h>
#include <sys/time.h>

namespace bothways::probe {

namespace {

using Part = std::span<const unsigned char>;

template <typename T>
std::optional<T> at(Part bytes)
{
    T value{};
    if (bytes.size() < sizeof value) {
        return std::nullopt;
    }
    std::memcpy(&value, bytes.data(), sizeof value);
    return value;
}

/// Walks records that begin with their own length, each aligned to four bytes.
template <typename Header, typename Length, typename Visit>
void each(Part bytes, Length Header::*length, const Visit &visit)
{
    while (const auto header = at<Header>(bytes)) {
        const std::size_t size = (*header).*length;
        if (size < sizeof(Header) || size > bytes.size()) {
            return;
        }
        visit(*header, bytes.subspan(sizeof(Header), size - sizeof(Header)));
        bytes = bytes.subspan(std::min(bytes.size(), (size + 3U) & ~std::size_t{3}));
    }
}

std::optional<net::IpAddress> addressIn(Part bytes)
{
    if (const auto v4 = bytes.size() == 4 ? at<std::uint32_t>(bytes) : std::nullopt) {
        return net::IpAddress::fromV4(__builtin_bswap32(*v4));
    }
    const auto v6 = bytes.size() == 16 ? at<std::array<std::uint8_t, 16>>(bytes) : std::nullopt;
    return v6 ? std::optional(net::IpAddress::fromV6(*v6)) : std::nullopt;
}

std::optional<TableEntry> entryIn(Part payload)
{
    const auto message = at<ndmsg>(payload);
    if (!message) {
        return std::nullopt;
    }
    TableEntry entry;
    entry.interface = message->ndm_ifindex;
    entry.confirmed = (message->ndm_state & (NUD_REACHABLE | NUD_PERMANENT)) != 0;
    std::optional<net::IpAddress> address;
    std::optional<std::array<std::uint8_t, 6>> mac;
    each(payload.subspan(sizeof(ndmsg)), &rtattr::rta_len, [&](const rtattr &attribute, Part value) {
        if (attribute.rta_type == NDA_DST) {
            address = addressIn(value);
        } else if (attribute.rta_type == NDA_LLADDR && value.size() == 6) {
            mac = at<std::array<std::uint8_t, 6>>(value);
        }
    });
    const bool useless = (message->ndm_state & (NUD_FAILED | NUD_INCOMPLETE | NUD_NOARP)) != 0;
    if (!address || !mac || useless) {
        return std::nullopt;
    }
    entry.address = *address;
    entry.mac = net::MacAddress(*mac);
    return entry;
}

} // namespace

std::vector<TableEntry> neighbourTable(net::Family family)
{
    std::vector<TableEntry> entries;
    const Descriptor socket(::socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE));
    const timeval patience{1, 0};
    ::setsockopt(socket.get(), SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    struct {
        nlmsghdr header;
        ndmsg body;
    } request{};
    request.header.nlmsg_len = sizeof request;
    request.header.nlmsg_type = RTM_GETNEIGH;
    request.header.nlmsg_flags = NLM_F_REQUEST | NLM_F_DUMP;
    request.body.ndm_family = family == net::Family::v4 ? AF_INET : AF_INET6;
    if (::send(socket.get(), &request, sizeof request, 0) != static_cast<ssize_t>(sizeof request)) {
        return entries;
    }
    std::vector<unsigned char> buffer(1U << 16U);
    for (bool more = true; more;) {
        const auto size = ::recv(socket.get(), buffer.data(), buffer.size(), 0);
        more = size > 0;
        each(Part(buffer).first(size > 0 ? static_cast<std::size_t>(size) : 0), &nlmsghdr::nlmsg_len,
             [&](const nlmsghdr &header, Part payload) {
                 more = more && header.nlmsg_type != NLMSG_DONE && header.nlmsg_type != NLMSG_ERROR;
                 const auto entry = header.nlmsg_type == RTM_NEWNEIGH ? entryIn(payload) : std::nullopt;
                 if (entry) {
                     entries.push_back(*entry);
                 }
             });
    }
    return entries;
}

} // namespace bothways::probe
