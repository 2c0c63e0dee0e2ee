// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "evidence/evidence.h"

#include <chrono>
#include <functional>
#include <optional>
#include <stop_token>

#include <tl/expected.hpp>

/// Active measurement. Every function blocks its own thread, returns at its deadline or soon (100 ms) after a stop
/// request, and keeps what was measured until then. Any number may run at once. Linux; see session/live.h for the switch.
namespace bothways::probe {

struct EchoPlan {
    QString purpose = QStringLiteral("main");
    net::IpAddress target;
    std::optional<net::IpAddress> source; ///< bind to it; else the kernel chooses
    QString interface;                    ///< scope of a link-local target; else empty
    int count = 10;
    std::chrono::milliseconds interval{200};
    std::chrono::milliseconds timeout{1000}; ///< per request
    int payloadBytes = 56;
};
using SampleSink = std::function<void(const evidence::EchoSample &)>; ///< called on the probing thread, once per finished request

/// Why a rung of the ladder could not be used. `denied`: our rights do not reach; the next one may.
struct SocketProblem {
    QString message;
    bool denied = false;
};
/// A rung that somebody else offers: the helper with rights.
using EchoRung = std::function<tl::expected<evidence::EchoSeries, SocketProblem>(const EchoPlan &, const std::stop_token &,
                                                                                 const SampleSink &)>;

/// Ladder: ping socket (no rights), raw socket (CAP_NET_RAW), `further` if given, the system's ping program. The rung used is
/// `method`; if none works the reading is Denied and `problem` lists why each failed. Samples count from 1, as ping does. The end
/// is the last request's timeout; only while the kernel still holds requests back because the neighbour's address is not found
/// yet, up to 3.5 s after the first of them, so that its verdict (NeighbourUnresolved) is heard. An answer after the timeout
/// turns a sample from Silence into a late Reply or into its error; the sink is not called again.
evidence::Reading<evidence::EchoSeries> echo(const EchoPlan &plan, const std::stop_token &stop, const SampleSink &sink = {},
                                             const EchoRung &further = {});

/// ARP for IPv4, neighbour solicitation for IPv6, on an Ethernet interface; needs CAP_NET_RAW.
/// Listens for the whole of `wait` after the last request, so that a second owner is heard too.
evidence::Reading<evidence::NeighbourProbe> neighbour(const net::IpAddress &target, const QString &interface, int requests,
                                                      std::chrono::milliseconds wait, const std::stop_token &stop);

struct NeighbourOutcome; // neighbour_frames.h
/// What asking gave, by whoever asked, as evidence.
evidence::Reading<evidence::NeighbourProbe> neighbourReading(const net::IpAddress &target, const QString &interface,
                                                             const NeighbourOutcome &outcome);

evidence::Reading<evidence::PortProbe> tcp(const net::IpAddress &target, int port, std::optional<net::IpAddress> source,
                                           std::chrono::milliseconds timeout, const std::stop_token &stop);
evidence::Reading<evidence::PortProbe> udp(const net::IpAddress &target, int port, std::optional<net::IpAddress> source,
                                           std::chrono::milliseconds timeout, const std::stop_token &stop);

/// What this process may do, found by asking the kernel.
evidence::Reading<evidence::Rights> rights();

} // namespace bothways::probe
