// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

namespace bothways::kernel {

struct Options {
    std::uint64_t seed = 0;
    int first = 0; ///< number of the first ruleset
    int rulesets = 200;
    int packets = 20; ///< sent through each
};

/// Compares and prints what was found. True if nothing speaks against the walk.
bool run(const Options &options);

} // namespace bothways::kernel
