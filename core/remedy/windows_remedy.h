// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "remedy/draft.h"

/// A guest whose system is Windows. Private to core/remedy.
namespace bothways::remedy {

/// Its firewall is the cause.
bool isWindowsGuest(const Request &request);
Remedies allowEchoOnWindows(const Request &request); ///< R05, R07

} // namespace bothways::remedy
