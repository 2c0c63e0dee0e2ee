// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include <tl/expected.hpp>

namespace bothways::helper {

/// Only the system calls that the requests need; `files`: opening is among them.
tl::expected<void, std::string> shutSystemCalls(bool files);

} // namespace bothways::helper
