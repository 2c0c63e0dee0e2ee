// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "remedy/draft.h"

/// Routes and policy rules. Private to core/remedy.
namespace bothways::remedy {

Remedies correctDefault(const Request &request); ///< R17
Remedies addRoute(const Request &request);       ///< R18
Remedies clearTheWay(const Request &request);    ///< R19

} // namespace bothways::remedy
