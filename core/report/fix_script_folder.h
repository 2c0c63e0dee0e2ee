// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "report/fix_script.h"

namespace bothways::report {

/// Writes each into that folder, which is made where there is none; shells may run them afterwards. A file of such a name that is
/// none of ours stays as it is. Empty where all are written, else what is wrong, translated. Blocks.
QString saveScripts(const QString &folder, const std::vector<Script> &scripts);

} // namespace bothways::report
