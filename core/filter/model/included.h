// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <string>
#include <vector>

#include <tl/expected.hpp>

namespace bothways::filter {

struct IncludedText {
    std::string name;
    std::string text;
};

/// The files that a pattern behind nft's "include" names, in the order of their names; an error says why they are not at hand.
using Includes = std::function<tl::expected<std::vector<IncludedText>, std::string>(const std::string &pattern)>;

} // namespace bothways::filter
