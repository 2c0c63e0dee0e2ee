// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "load.h"

#include <functional>

namespace bothways::kernel {

/// Sends packets of every kind that people ask about: echoes, connections and datagrams, both IP versions, from outside to the
/// box and through it, from inside to the box and through it, and from the box to both sides. Gives how many. Calls `pause` after
/// every few of them.
int fireAll(const World &world, const Site &site, const std::function<void()> &pause);

/// A packet that no rule is about and that comes through last of all.
void fireFence(const World &world);
constexpr std::uint16_t fenceTag = 0xfff0;

} // namespace bothways::kernel
