// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "comparison/comparison.h"

#include <QByteArray>

namespace bothways::report {

/// As toJson() of one session.
QByteArray toJson(const comparison::Comparison &comparison);

} // namespace bothways::report
