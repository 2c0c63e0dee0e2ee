// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>

namespace bothways::filter {

/// Where the reader stopped. `position` is a byte offset for text formats and for JSON syntax, -1 where only `path` tells.
struct ParseError {
    std::string message;
    std::string path;
    std::int64_t position = -1;
};

} // namespace bothways::filter
