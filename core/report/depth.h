// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace bothways::report {

/// How much a report tells. JSON and the text of a terminal are always whole.
enum class Depth {
    Whole,
    Short, ///< without score, hardening and the appendix of all checks, and it says so
};

} // namespace bothways::report
