// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "filter/model/model.h"

#include <string_view>

namespace bothways::filter {

/// The tables of one `nft -j list ruleset`, in its order.
tl::expected<std::vector<Table>, ParseError> readNftJson(std::string_view json);

} // namespace bothways::filter
