// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "checks/finding/finding.h"
#include "facts/case.h"

namespace bothways::checks {

Finding net5(const facts::Case &given);

} // namespace bothways::checks
