// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "probe/plan.h"

#include <stop_token>

/// How large a packet the path carries whole.
namespace bothways::probe {

/// Echo requests that nobody may fragment (IPv4: DF set), of growing size, over a ping socket, else a raw socket. The largest
/// that our own interface takes is tried first: where it is answered, that is all. Else sixteen sizes at a time close in on the
/// limit, to the byte; each is asked twice before it counts as unanswered. At the end a few usual sizes are asked four times
/// each. Blocks; a stop is seen within 50 ms and keeps what was measured. Only echoes that are answered can tell: where even the
/// smallest is not, largestAnswered stays 0.
evidence::Reading<evidence::PathMtu> pathMtu(const PathMtuPlan &plan, const std::stop_token &stop);

} // namespace bothways::probe
