// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "collect/guest/sections.h"

/// Sections to evidence. Private to core/collect/guest.
namespace bothways::collect::guest {

evidence::Guest windowsGuest(const Report &report);
evidence::NodeSnapshot windowsNodeSnapshot(const Report &report);

} // namespace bothways::collect::guest
