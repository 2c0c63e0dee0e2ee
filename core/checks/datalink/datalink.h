// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "checks/finding/finding.h"
#include "facts/case.h"

namespace bothways::checks {

Finding lnk1(const facts::Case &given);
Finding lnk2(const facts::Case &given);
Finding lnk4(const facts::Case &given);

} // namespace bothways::checks
