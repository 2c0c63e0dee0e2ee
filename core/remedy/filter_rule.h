// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "remedy/draft.h"

/// A packet let past the rule that stops it. Private to core/remedy.
namespace bothways::remedy {

/// R05, R06, R07, R09: by what kind of rule it is.
Remedies allowEcho(const Request &request);

} // namespace bothways::remedy
