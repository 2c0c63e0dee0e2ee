// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "evidence/sweep.h"
#include "session/session.h"

#include <functional>

namespace bothways::session {

inline constexpr std::size_t mostSwept = 65536; ///< addresses

/// Addresses as they were typed, addresses or prefixes, each once. The error names the argument.
tl::expected<std::vector<net::IpAddress>, Error> sweepTargets(const QStringList &words);

struct SweepProgress {
    std::size_t decided = 0;
    std::size_t answered = 0;
    std::size_t all = 0;
};
using SweepSink = std::function<void(const SweepProgress &)>; ///< on the caller's thread, about every 50 ms

/// Which of them answer ICMP echo, and on our links who answers ARP or neighbour solicitation. Blocks for 1 to 10 s; a stop keeps
/// what was measured.
tl::expected<evidence::Sweep, Error> sweep(const std::vector<net::IpAddress> &addresses, const std::stop_token &stop,
                                           const SweepSink &sink = {});

} // namespace bothways::session
