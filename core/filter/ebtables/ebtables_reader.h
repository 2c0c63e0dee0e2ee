// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "filter/model/model.h"

#include <string_view>

namespace bothways::filter {

/// The tables of one ebtables-save, of either flavour. Source: ebtables-legacy(8), ebtables-nft(8), kernel net/bridge/netfilter.
/// The policy of a chain without a hook stands as its last rule.
tl::expected<std::vector<Table>, ParseError> readEbtables(std::string_view text, std::string_view flavour);

/// ebtables-nft-save 1.8.9 leaves out conditions that it does not know again (marks, packet types), and nft those it never knew
/// (ARP). Both list the same rules: gives ebtables' table with what either of them says of each. Nothing where they do not fit
/// together.
std::optional<Table> combine(const Table &ebtables, const Table &nft);

} // namespace bothways::filter
