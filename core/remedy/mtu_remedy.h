// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "remedy/draft.h"

/// One MTU for the whole way. Private to core/remedy.
namespace bothways::remedy {

Remedies alignMtu(const Request &request); ///< R25

} // namespace bothways::remedy
