// SPDX-License-Identifier: GPL-3.0-or-later
#include "world/here/here.h"

#include "world/linux/linux_world.h"

namespace bothways::world {

std::unique_ptr<World> here() { return std::make_unique<LinuxWorld>(); }

} // namespace bothways::world
