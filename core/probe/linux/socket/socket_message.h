// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/packet.h"
#include "probe/linux/socket/kernel_clock.h"

#include <optional>
#include <vector>

#include <linux/errqueue.h>

namespace bothways::probe {

/// What recvmsg() brought, with the control messages taken apart; ip(7), timestamping.rst.
struct SocketMessage {
    net::Bytes data; ///< views into the buffer
    std::optional<net::IpAddress> from;
    std::optional<Nanoseconds> stampNs;
    std::optional<int> ttl;
    std::optional<sock_extended_err> error;
    std::optional<net::IpAddress> offender;

    bool isIcmpError() const
    {
        return error && (error->ee_origin == SO_EE_ORIGIN_ICMP || error->ee_origin == SO_EE_ORIGIN_ICMP6);
    }
};

/// Nothing when the queue is empty. A pending socket error makes recvmsg() fail once; it is reported by the error queue as well.
std::optional<SocketMessage> receiveMessage(int socket, int flags, std::vector<std::uint8_t> &buffer);

} // namespace bothways::probe
