// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "evidence/node.h"

#include <optional>

namespace bothways::collect {

/// firewalld over D-Bus, without starting it: nothing where it is neither installed nor running. Running means that it
/// filters the calling thread's network namespace. Blocks for at most 1 s per question.
std::optional<evidence::FirewallManager> readFirewalld();

} // namespace bothways::collect
