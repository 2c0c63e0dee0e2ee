// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include <tl/expected.hpp>

namespace bothways::helper {

/// No file can be opened but those named in the source; false where the kernel has no Landlock.
tl::expected<bool, std::string> shutFilesystem();

} // namespace bothways::helper
