// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "filter/ruleset.h"
#include "filter/walk/answer.h"
#include "filter/walk/passing.h"

/// One packet through all the hooks of one machine. Sources: net/ipv4/ip_input.c, ip_output.c, ip_forward.c, net/bridge,
/// br_netfilter_hooks.c, net/core/dev.c.
namespace bothways::filter {

enum class Way : std::uint8_t {
    In,      ///< to a local socket
    Out,     ///< from a local socket
    Through, ///< routed
    Bridged, ///< from one port of a bridge to another
};

/// br_netfilter: which bridged packets are shown to the hooks of IP as well (net.bridge.bridge-nf-call-*).
struct BridgeNetfilter {
    bool ip = false;
    bool ip6 = false;
};

/// What one hook does to the packet.
struct Step {
    Hook hook = Hook::Input;
    Packet packet; ///< as it came to the hook
    Answer answer;
    Passing before; ///< the same with all that is known of it, for asking further
};

struct PathAnswer {
    /// The first that is not Accept decides; steps behind a stop tell what would happen if it were gone.
    Verdict verdict = Verdict::Accept;
    bool canPass = true;
    std::vector<Step> steps; ///< hooks at which chains hang for such a packet, in order
    std::optional<std::size_t> decisive;
    bool rerouted = false; ///< its destination was translated: which way it goes from there is not known
};

/// Takes `passing` along: it is afterwards what leaves the machine, or reaches the socket. `packet.inputInterface` and
/// `outputInterface` are IP's; `inputPort` and `outputPort`, where given, the ports of those bridges. Where a translated
/// destination leads is not known: what would accept it on the way in or through leaves it undecided.
PathAnswer walkPath(const Ruleset &rules, Way way, Passing &passing, BridgeNetfilter bridging = {});

std::string_view name(Way way);

} // namespace bothways::filter
