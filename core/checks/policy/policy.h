// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "checks/finding/finding.h"
#include "facts/case.h"

namespace bothways::checks {

Finding pol1(const facts::Case &given);
Finding pol2(const facts::Case &given);
Finding pol3(const facts::Case &given);

} // namespace bothways::checks
