// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

/// The fixed texts that script.cpp puts together. Private to core/collect/guest.
namespace bothways::collect::guest {

extern const char *const linuxFunctions; ///< shared by report and snapshot
extern const char *const linuxReport;    ///< expects the shell variable `hosts`
extern const char *const linuxSnapshot;

} // namespace bothways::collect::guest
