// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

/// The fixed texts that script.cpp puts together. Private to core/collect/guest.
namespace bothways::collect::guest {

extern const char *const windowsFunctions;
extern const char *const windowsReport; ///< expects the PowerShell variable `$hosts`
extern const char *const windowsSnapshot;

} // namespace bothways::collect::guest
