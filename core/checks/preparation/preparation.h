// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "checks/finding/finding.h"
#include "facts/case.h"

namespace bothways::checks {

Finding pre1(const facts::Case &given);
Finding pre2(const facts::Case &given);
Finding pre3(const facts::Case &given);
Finding pre4(const facts::Case &given);

} // namespace bothways::checks
