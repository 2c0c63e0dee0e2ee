// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "conclusion/conclusion.h"

#include <QByteArray>

namespace bothways::report {

/// Schema "bothways/1". UTF-8, indented, keys in alphabetical order.
QByteArray toJson(const conclusion::Conclusion &conclusion);

} // namespace bothways::report
