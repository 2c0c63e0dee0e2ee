// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "privilege/protocol.h"

#include <tl/expected.hpp>

namespace bothways::helper {

/// What connection tracking of this network namespace counts, by ctnetlink, which needs no file; asks for CAP_NET_ADMIN. errno
/// where the kernel gives no number at all.
tl::expected<privilege::ConntrackNumbers, int> readConntrack();

} // namespace bothways::helper
