// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "probe/plan.h"

#include <stop_token>

/// The routers on the way, found by packets whose TTL (IPv6: hop limit) runs out at each of them; after traceroute(8).
namespace bothways::probe {

/// Blocks; a stop is seen within 50 ms and keeps what was measured. UDP and TCP need no rights, ICMP those of an echo.
/// Five TTLs are on the way at a time. Ends early at the target, where a router refuses, where one address showed up for a third
/// TTL (a loop: what it proves is the check's affair), and behind five silent hops in a row.
evidence::Reading<evidence::PathTrace> trace(const TracePlan &plan, const std::stop_token &stop);

} // namespace bothways::probe
