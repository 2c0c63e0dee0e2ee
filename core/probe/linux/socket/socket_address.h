// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/address.h"

#include <optional>
#include <vector>

#include <netinet/in.h>
#include <sys/socket.h>

namespace bothways::probe {

/// A socket address with its length, as the calls want it.
struct SocketAddress {
    sockaddr_storage storage{};
    socklen_t size = sizeof(sockaddr_storage);

    sockaddr *data() { return reinterpret_cast<sockaddr *>(&storage); }
    const sockaddr *data() const { return reinterpret_cast<const sockaddr *>(&storage); }
};

/// `scope` is the interface index of a link-local IPv6 address, else 0.
SocketAddress toSocketAddress(const net::IpAddress &address, int port = 0, unsigned scope = 0);
std::optional<net::IpAddress> fromSocketAddress(const sockaddr *address);
/// The same for an address somewhere in a control message, which need not be aligned. `room` is the bytes there.
std::optional<net::IpAddress> fromSocketAddress(const unsigned char *bytes, std::size_t room);

int familyOf(const net::IpAddress &address);

/// Addresses of this machine, in this network namespace.
std::vector<net::IpAddress> localAddresses();

/// The source the kernel uses towards the target: a UDP socket is connected and asked; nothing is sent.
std::optional<net::IpAddress> sourceTowards(const net::IpAddress &target, const std::optional<net::IpAddress> &source,
                                            unsigned scope);

} // namespace bothways::probe
