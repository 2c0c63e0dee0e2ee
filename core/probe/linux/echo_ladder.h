// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "probe/plan.h"

#include <stop_token>

/// Active measurement on Linux. Every function blocks its own thread, returns at its deadline or soon (100 ms) after a stop
/// request, and keeps what was measured until then. Any number may run at once.
namespace bothways::probe {

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

} // namespace bothways::probe
