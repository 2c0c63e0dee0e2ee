// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "evidence/evidence.h"

#include <chrono>
#include <cstddef>
#include <functional>
#include <optional>

#include <tl/expected.hpp>

/// What is asked of whoever measures, on whatever system.
namespace bothways::probe {

struct EchoPlan {
    evidence::EchoPurpose purpose = evidence::EchoPurpose::Main;
    net::IpAddress target;
    std::optional<net::IpAddress> source; ///< bind to it; else the kernel chooses
    QString interface;                    ///< scope of a link-local target; else empty
    int count = 10;
    std::chrono::milliseconds interval{200};
    std::chrono::milliseconds timeout{1000}; ///< per request
    int payloadBytes = 56;
};
using SampleSink = std::function<void(const evidence::EchoSample &)>; ///< called on the probing thread, once per finished request

/// Why a kind of socket could not be used. `denied`: our rights do not reach; the next one may.
struct SocketProblem {
    QString message;
    bool denied = false;
};

struct TracePlan {
    /// Icmp: echo requests over a ping socket, else a raw socket. Udp: datagrams to ports that nobody listens on, one port a hop.
    /// Tcp: SYN to one port; a connection that comes about is reset.
    evidence::ProbeProtocol protocol = evidence::ProbeProtocol::Icmp;
    net::IpAddress target;
    std::optional<net::IpAddress> source; ///< bind to it; else the kernel chooses
    QString interface;                    ///< scope of a link-local target; else empty
    int port = 0;                         ///< 0: 33434 for UDP, 80 for TCP
    int mostHops = 30;
    std::chrono::milliseconds wait{600}; ///< for an answer; a hop is asked twice before it counts as silent
    std::chrono::milliseconds deadline{5000};
};

/// How large a packet the path carries whole.
struct PathMtuPlan {
    net::IpAddress target;
    std::optional<net::IpAddress> source; ///< bind to it; else the kernel chooses
    QString interface;                    ///< scope of a link-local target; else empty
    std::chrono::milliseconds deadline{4000};
};

inline constexpr std::size_t mostSwept = 65536; ///< addresses: the sequence number of an echo tells them apart

struct SweepProgress {
    std::size_t decided = 0;
    std::size_t answered = 0;
    std::size_t all = 0;
};
using SweepSink = std::function<void(const SweepProgress &)>; ///< about every 50 ms, on the probing thread

} // namespace bothways::probe
