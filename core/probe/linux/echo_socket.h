// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "probe/echo_ledger.h"
#include "probe/linux/socket/icmp_socket.h"
#include "probe/plan.h"

#include <stop_token>

namespace bothways::probe {

/// A plan with every number inside the bounds that this program sends.
EchoPlan bounded(EchoPlan plan);

IcmpPlan icmpPlan(const EchoPlan &plan);
/// What it means that a socket for this plan could not be had.
SocketProblem problemOf(IcmpRung rung, const IcmpProblem &problem, const EchoPlan &plan);

/// What an error report says of its request, but for the cookie. `own`: the addresses of this machine.
EchoLedger::Error errorOf(const IcmpSocket::Refused &refused, net::Family family, const std::vector<net::IpAddress> &own);

struct OpenedSocket {
    IcmpSocket socket;
    evidence::ProbeMethod method; ///< as EchoSeries has it
};
/// A ping socket, else a raw socket; the problem says why neither.
tl::expected<OpenedSocket, SocketProblem> openEitherRung(const EchoPlan &plan);

/// One rung of the ladder: the whole series over a socket of that kind. The problem says why the rung could not be used.
tl::expected<evidence::EchoSeries, SocketProblem> echoOverSocket(IcmpRung rung, const EchoPlan &plan, const std::stop_token &stop,
                                                                 const SampleSink &sink);

} // namespace bothways::probe
