// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace bothways::cli {

/// How every command ends, unless it says otherwise.
enum Exit { NoFault = 0, Fault = 1, WrongUse = 2, CouldNotMeasure = 3, Interrupted = 130 };

} // namespace bothways::cli
