// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "probe/plan.h"

#include <stop_token>
#include <string>

namespace bothways::probe {

/// The system's ping program at its usual places, or empty.
std::string pingProgram();

/// The last rung: the program's own rights (file capability or setuid) do what ours cannot. It is started without a shell, in a
/// clean environment, and read while it runs.
tl::expected<evidence::EchoSeries, SocketProblem> echoOverProgram(const EchoPlan &plan, const std::stop_token &stop,
                                                                  const SampleSink &sink);

} // namespace bothways::probe
