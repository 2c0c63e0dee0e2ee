// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "evidence/sweep.h"
#include "probe/plan.h"

#include <stop_token>
#include <vector>

/// Asks many addresses at once who is there.
namespace bothways::probe {

/// One echo request to each address, over one socket a family (ping socket, else raw). Whoever is on a link of ours is first
/// asked for by ARP or neighbour solicitation, three times within 0.8 s, where packet sockets are allowed: the kernel's
/// neighbour table, which holds about a thousand entries, is then not filled with addresses that nobody has. Without that right
/// the kernel asks by itself, and its table is read afterwards. An echo counts as answered within 0.9 s.
/// At most mostSwept addresses, each once. The error: no socket could be had, and why.
tl::expected<evidence::Sweep, QString> sweep(const std::vector<net::IpAddress> &addresses, const std::stop_token &stop,
                                             const SweepSink &sink = {});

} // namespace bothways::probe
