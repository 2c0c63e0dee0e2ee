// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "random.h"
#include "world.h"

#include <optional>

namespace bothways::kernel {

/// One thing to send and where.
struct Shot {
    bool local = false; ///< from the box itself, with `mark`; else a frame put in at `port`
    Port port = Port::Left;
    std::uint32_t mark = 0;
    Spec spec;
    std::optional<ArpSpec> arp; ///< instead of `spec`
    LinkSpec link{};            ///< of a frame
    Buffer bytes() const;       ///< packet or frame
};

void fire(const World &world, const Shot &shot);
std::string describe(const Shot &shot);

/// Packets that go into, out of and through the box, as a router and as a bridge; some answer an earlier one. Each has its own
/// tag, from 1.
std::vector<Shot> generateShots(Random &random, int count);
/// A packet that arrives in the box; when the trace shows it, all earlier frames have been dealt with.
Shot fence();
constexpr std::uint16_t fenceTag = 0xfffe;

} // namespace bothways::kernel
