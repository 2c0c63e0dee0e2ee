// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

namespace bothways::tests {

/// Ends the whole executable as skipped (exit code 4) because this machine cannot do what the test needs; `reason` says what is
/// missing. tests/run prints every skip and lets only this kind pass. Ends without unwinding: call it before anything is made.
[[noreturn]] void skipForLackOfCapability(std::string_view reason);

} // namespace bothways::tests
