// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "walk_command.h"

namespace bothways::cli {

QByteArray walkJson(const Walked &walked);
QString walkText(const Walked &walked, bool colour);

} // namespace bothways::cli
