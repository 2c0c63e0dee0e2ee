// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "world/world.h"

#include <memory>

namespace bothways::world {

/// This machine, as far as this build can read it (BOTHWAYS_WORLD in CMakeLists.txt).
std::unique_ptr<World> here();

} // namespace bothways::world
