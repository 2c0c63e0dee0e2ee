// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "collect/guest/sections.h"

/// Sections to evidence. Private to core/collect/guest.
namespace bothways::collect::guest {

evidence::Guest linuxGuest(const Report &report);
evidence::NodeSnapshot linuxNodeSnapshot(const Report &report);

} // namespace bothways::collect::guest
