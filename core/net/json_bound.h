// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

namespace bothways::net {

enum class JsonBound { Fits, TooDeep, TooMany };

/// Whether a text that may be JSON is small enough to be read: a value takes up to 200 times its two bytes in memory, so the
/// bound is on values and on levels. Two rulesets of 50,000 rules each are far below it.
JsonBound boundOf(std::string_view json);

} // namespace bothways::net
