// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace bothways::ui {

/// What a bug report needs of the desktop, as session::debugInfo() tells the rest. GUI thread; does not block.
QString desktopInfo();

} // namespace bothways::ui
