// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "evidence/evidence.h"
#include "world/debug_section.h"

#include <vector>

namespace bothways::world {

/// Libraries, rights, helper and programs of this host. Blocks: programs are asked for their version, each for two seconds at
/// most, all at once.
std::vector<DebugSection> debugSectionsOf(const evidence::Rights &rights, const QString &cannotUnlock);

} // namespace bothways::world
