// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "world/append_file.h"

#include <memory>

#include <tl/expected.hpp>

namespace bothways::world {

/// Locked by flock(2) as long as it is open.
tl::expected<std::unique_ptr<AppendFile>, AppendProblem> openForAppending(const QString &path);

} // namespace bothways::world
