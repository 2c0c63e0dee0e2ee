// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "facts/object.h"
#include "facts/rules.h"
#include "facts/scene.h"

#include <vector>

/// Silent TCP ports, asked of the filters of both ends.
namespace bothways::facts {

/// A port that answered nothing, and what the rules say of its handshake (RFC 9293, 3.5: SYN out, SYN-ACK back).
struct SilentPort {
    int port = 0;
    std::optional<RuleObject> stopper; ///< the rule or policy that stops it; empty where none does, or nobody knows
    bool passesHost = false;           ///< by its rules, all of which were read
    bool passesGuest = false;
};

std::vector<SilentPort> silentPorts(const Scene &scene, const Rules &host, const Rules &guest);

/// Every probed TCP port was silent, and for each a rule that was read says why: a policy, not a fault of the path.
bool closedByPolicy(const Scene &scene, const Rules &host, const Rules &guest);
/// Some TCP port was probed, and none gave any answer, not even a refusal.
bool allTcpSilent(const evidence::Evidence &evidence);

} // namespace bothways::facts
