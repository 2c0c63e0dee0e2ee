// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "comparison/comparison.h"

/// What was measured of loss and time. Private to core/comparison.
namespace bothways::comparison {

void compareMeasured(Comparison &comparison, const facts::Scene &was, const facts::Scene &is);

} // namespace bothways::comparison
