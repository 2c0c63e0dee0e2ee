// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "flows_command.h"

namespace bothways::cli {

/// Piece by piece: a capture can hold thousands of pairs, which as one document would take more memory than counting them.
void writeFlowsJson(const CountedFile &file, const Writer &write);

} // namespace bothways::cli
