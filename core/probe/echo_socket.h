// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "probe/icmp_socket.h"

namespace bothways::probe {

/// A plan with every number inside the bounds that this program sends.
EchoPlan bounded(EchoPlan plan);

/// One rung of the ladder: the whole series over a socket of that kind. The problem says why the rung could not be used.
tl::expected<evidence::EchoSeries, SocketProblem> echoOverSocket(IcmpRung rung, const EchoPlan &plan, const std::stop_token &stop,
                                                                 const SampleSink &sink);

} // namespace bothways::probe
