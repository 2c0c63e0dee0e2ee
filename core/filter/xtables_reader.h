// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "filter/model.h"

#include <string_view>

namespace bothways::filter {

/// The tables of one iptables-save or ip6tables-save, with or without -c.
tl::expected<std::vector<Table>, ParseError> readXtables(std::string_view text, net::Family family, std::string_view flavour);

} // namespace bothways::filter
