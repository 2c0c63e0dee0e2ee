// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>

namespace bothways::test {

/// How often a dump of packet filter rules was read since the program began, by any thread. Only in a program that
/// bothways_count_parses() was called for: there the linker leads every call of filter::Ruleset's readers through the counter.
std::size_t parsedRulesets();

} // namespace bothways::test
