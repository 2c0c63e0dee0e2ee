// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

namespace bothways::filter::script {

/// Whether `nft list ruleset` wrote it, by how it sets its lines: tables with their families and nothing beside them, a tab (or
/// the eight blanks of a terminal) for each brace, no comments but its own, the policy of every base chain. What a person writes
/// is no list: it adds to whatever is loaded.
bool isListing(std::string_view text);

} // namespace bothways::filter::script
