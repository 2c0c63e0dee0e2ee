// SPDX-License-Identifier: GPL-3.0-or-later
#include "probe/linux/socket/socket_address.h"

#include "probe/linux/socket/descriptor.h"

#include <array>
#include <cstring>
#include <memory>

#include <ifaddrs.h>

namespace bothways::probe {

SocketAddress toSocketAddress(const net::IpAddress &address, int port, unsigned scope)
{
    SocketAddress result;
    if (address.isV4()) {
        sockaddr_in v4{};
        v4.sin_family = AF_INET;
        v4.sin_port = htons(static_cast<std::uint16_t>(port));
        v4.sin_addr.s_addr = htonl(address.toV4());
        std::memcpy(&result.storage, &v4, sizeof v4);
        result.size = sizeof v4;
    } else {
        sockaddr_in6 v6{};
        v6.sin6_family = AF_INET6;
        v6.sin6_port = htons(static_cast<std::uint16_t>(port));
        std::memcpy(&v6.sin6_addr, address.bytes().data(), address.bytes().size());
        v6.sin6_scope_id = address.isLinkLocal() || address.isMulticast() ? scope : 0;
        std::memcpy(&result.storage, &v6, sizeof v6);
        result.size = sizeof v6;
    }
    return result;
}

std::optional<net::IpAddress> fromSocketAddress(const sockaddr *address)
{
    if (address == nullptr) {
        return std::nullopt;
    }
    const auto size = address->sa_family == AF_INET6 ? sizeof(sockaddr_in6) : sizeof(sockaddr_in);
    return fromSocketAddress(reinterpret_cast<const unsigned char *>(address), size);
}

std::optional<net::IpAddress> fromSocketAddress(const unsigned char *bytes, std::size_t room)
{
    sa_family_t family = AF_UNSPEC;
    if (room < sizeof family) {
        return std::nullopt;
    }
    std::memcpy(&family, bytes, sizeof family);
    if (family == AF_INET && room >= sizeof(sockaddr_in)) {
        sockaddr_in v4{};
        std::memcpy(&v4, bytes, sizeof v4);
        return net::IpAddress::fromV4(ntohl(v4.sin_addr.s_addr));
    }
    if (family == AF_INET6 && room >= sizeof(sockaddr_in6)) {
        sockaddr_in6 v6{};
        std::memcpy(&v6, bytes, sizeof v6);
        std::array<std::uint8_t, 16> address{};
        std::memcpy(address.data(), &v6.sin6_addr, address.size());
        return net::IpAddress::fromV6(address);
    }
    return std::nullopt;
}

int familyOf(const net::IpAddress &address) { return address.isV4() ? AF_INET : AF_INET6; }

std::vector<net::IpAddress> localAddresses()
{
    std::vector<net::IpAddress> addresses;
    ifaddrs *first = nullptr;
    if (::getifaddrs(&first) != 0) {
        return addresses;
    }
    const std::unique_ptr<ifaddrs, decltype(&::freeifaddrs)> list(first, &::freeifaddrs);
    for (const ifaddrs *entry = first; entry != nullptr; entry = entry->ifa_next) {
        if (const auto address = fromSocketAddress(entry->ifa_addr)) {
            addresses.push_back(*address);
        }
    }
    return addresses;
}

std::optional<net::IpAddress> sourceTowards(const net::IpAddress &target, const std::optional<net::IpAddress> &source,
                                            unsigned scope)
{
    const Descriptor socket(::socket(familyOf(target), SOCK_DGRAM | SOCK_CLOEXEC, 0));
    if (source) {
        const auto from = toSocketAddress(*source, 0, scope);
        if (::bind(socket.get(), from.data(), from.size) != 0) {
            return std::nullopt;
        }
    }
    const auto to = toSocketAddress(target, 9, scope);
    SocketAddress chosen;
    if (::connect(socket.get(), to.data(), to.size) != 0 || ::getsockname(socket.get(), chosen.data(), &chosen.size) != 0) {
        return std::nullopt;
    }
    return fromSocketAddress(chosen.data());
}

} // namespace bothways::probe
