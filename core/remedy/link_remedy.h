// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "remedy/draft.h"

/// Links, bridge ports, the VM's attachment and its power. Private to core/remedy.
namespace bothways::remedy {

Remedies reattach(const Request &request);       ///< R04
Remedies letPortForward(const Request &request); ///< R11
Remedies joinVlan(const Request &request);       ///< R15
Remedies bringUp(const Request &request);        ///< R28

} // namespace bothways::remedy
