// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "filter/model/included.h"
#include "filter/nft/nft_reader.h"

#include <string_view>

/// The text of nft: `nft list ruleset`, and files as `nft -f` loads them (nft(8)). It becomes what libnftables-json(5) would say
/// of the same, so that one reader gives both their meaning.
namespace bothways::filter {

/// Total. `includes` may be empty: then what is included is missing.
tl::expected<NftTables, ParseError> readNftText(std::string_view text, const Includes &includes = {});

} // namespace bothways::filter
