// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "evidence/sweep.h"
#include "probe/plan.h"
#include "session/session.h"

namespace bothways::session {

/// Addresses as they were typed, addresses or prefixes, each once. The error names the argument.
tl::expected<std::vector<net::IpAddress>, Error> sweepTargets(const QStringList &words);

/// Which of them answer ICMP echo, and on our links who answers ARP or neighbour solicitation. Blocks for 1 to 10 s; a stop keeps
/// what was measured.
tl::expected<evidence::Sweep, Error> sweep(world::World &world, const std::vector<net::IpAddress> &addresses,
                                           const std::stop_token &stop, const probe::SweepSink &sink = {});

} // namespace bothways::session
