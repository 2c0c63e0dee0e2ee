// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "report/document.h"

namespace bothways::report {

Document documentOf(const comparison::Comparison &comparison);

} // namespace bothways::report
