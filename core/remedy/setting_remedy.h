// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "remedy/draft.h"

/// The kernel's settings. Private to core/remedy.
namespace bothways::remedy {

Remedies changeSetting(const Request &request); ///< R20, R24, R26, R27

} // namespace bothways::remedy
