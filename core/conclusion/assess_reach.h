// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "conclusion/assessment.h"

/// Private to core/conclusion.
namespace bothways::conclusion {

Rating rateReachability(const facts::Case &given);
Rating rateHandshakes(const facts::Case &given);

} // namespace bothways::conclusion
