// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "evidence/node.h"

#include <vector>

namespace bothways::collect {

evidence::Reading<std::vector<evidence::PolicyRule>> readPolicyRules();

} // namespace bothways::collect
