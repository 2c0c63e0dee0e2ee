// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace bothways::probe {

/// The C library's English text for an errno, with its number.
QString errorText(int number);

} // namespace bothways::probe
