// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <vector>

#include <tl/expected.hpp>

namespace bothways::cli {

/// "22,80,443"; at most 64. The error is translated and names the argument.
tl::expected<std::vector<int>, QString> portsOf(const QString &text);

} // namespace bothways::cli
