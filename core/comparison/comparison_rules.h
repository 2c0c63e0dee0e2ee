// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "comparison/comparison.h"

/// Their packet filters. Private to core/comparison.
namespace bothways::comparison {

void compareRules(Comparison &comparison, const evidence::Evidence &before, const evidence::Evidence &after);

} // namespace bothways::comparison
