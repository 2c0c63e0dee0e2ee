// SPDX-License-Identifier: GPL-3.0-or-later
#include "world/here/here.h"

#include "world/absent.h"

namespace bothways::world {

std::unique_ptr<World> here() { return std::make_unique<AbsentWorld>(); }

} // namespace bothways::world
