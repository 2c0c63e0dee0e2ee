// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "filter/model/included.h"

#include <QString>

namespace bothways::cli {

/// What the rules in that file include, from its folder and what is below it, and from nowhere else. Standard input has none.
filter::Includes includesBeside(const QString &file);

} // namespace bothways::cli
