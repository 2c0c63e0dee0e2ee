// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "capture/live_source.h"

#include <string>
#include <vector>

#include <tl/expected.hpp>

namespace bothways::capture {

/// The program made from a tcpdump(1) expression, or libpcap's words why not. For "" there are no instructions: all frames.
tl::expected<std::vector<FilterInstruction>, std::string> compileFilter(const std::string &expression, int linkType = 1);

} // namespace bothways::capture
