// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "filter/model/place.h"
#include "filter/packet/hook_packet.h"

#include <optional>
#include <vector>

namespace bothways::filter {

/// An accept of one kind of packet, put before a rule, or at the end of a chain before its policy, as an Opening says it: by both
/// addresses, protocol, ICMP type and the port that is called.
struct Acceptance {
    RuleRef before;
    Packet packet;

    bool takes(const Packet &other) const;
    /// The place of `before` in those tables; nothing where it is not there.
    std::optional<Place> placeIn(const std::vector<Table> &tables) const;
};

} // namespace bothways::filter
