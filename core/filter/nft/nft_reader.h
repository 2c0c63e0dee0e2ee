// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "filter/model/model.h"
#include "filter/nft/nft_commands.h"

#include <string_view>

namespace bothways::filter {

/// The tables of one `nft -j list ruleset`, in its order.
struct NftTables {
    std::vector<Table> tables;
    std::string missing{}; ///< what the ruleset has beside them, as far as that shows; empty: nothing
    bool anything = true;  ///< of what is missing: it may undo what is there
};
/// The same of objects that some other notation has; an error's position is the origin of the object.
tl::expected<NftTables, ParseError> readNftObjects(const std::vector<NftObject> &objects);
tl::expected<NftTables, ParseError> readNftJson(std::string_view json);

} // namespace bothways::filter
