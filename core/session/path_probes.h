// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "evidence/evidence.h"
#include "world/world.h"

#include <optional>
#include <stop_token>

namespace bothways::session {

/// The path to the VM, after the echoes and after the host was read, so that none of this blurs their counters: hops where a
/// router is on the way, and the path MTU where echoes are answered. What is not worth asking is NotTried, with the reason. Fills
/// in probes.traces and probes.pathMtus; takes a tenth of a second where all is well, 5 s at most.
void probePath(world::World &world, evidence::Evidence &evidence, const std::optional<net::IpAddress> &source,
               const std::stop_token &stop);

} // namespace bothways::session
