// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "evidence/evidence.h"

#include <chrono>
#include <optional>
#include <stop_token>

/// The routers on the way, found by packets whose TTL (IPv6: hop limit) runs out at each of them; after traceroute(8).
namespace bothways::probe {

enum class TraceProtocol {
    Icmp, ///< echo requests over a ping socket, else a raw socket
    Udp,  ///< datagrams to ports that nobody listens on, one port a hop
    Tcp,  ///< SYN to one port; a connection that comes about is reset
};

struct TracePlan {
    TraceProtocol protocol = TraceProtocol::Icmp;
    net::IpAddress target;
    std::optional<net::IpAddress> source; ///< bind to it; else the kernel chooses
    QString interface;                    ///< scope of a link-local target; else empty
    int port = 0;                         ///< 0: 33434 for UDP, 80 for TCP
    int mostHops = 30;
    std::chrono::milliseconds wait{600}; ///< for an answer; a hop is asked twice before it counts as silent
    std::chrono::milliseconds deadline{5000};
};

/// Blocks; a stop is seen within 50 ms and keeps what was measured. UDP and TCP need no rights, ICMP those of an echo.
/// Five TTLs are on the way at a time. Ends early at the target, where a router refuses, where one address showed up for a third
/// TTL (a loop: what it proves is the check's affair), and behind five silent hops in a row.
evidence::Reading<evidence::PathTrace> trace(const TracePlan &plan, const std::stop_token &stop);

} // namespace bothways::probe
