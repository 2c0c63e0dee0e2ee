// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "evidence/evidence.h"

namespace bothways::probe {

/// What this process may do, found by asking the kernel.
evidence::Reading<evidence::Rights> rights();

} // namespace bothways::probe
