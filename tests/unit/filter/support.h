// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "filter/ruleset.h"
#include "filter/walk/hook_walk.h"

#include <string>
#include <string_view>

namespace bothways::filter::test {

/// A packet in the form of `walk`: "src=10.0.0.1 dst=10.0.0.2 proto=icmp type=8 ct=new". A test's mistake throws.
Packet packet(std::string_view text);
/// An nft ruleset: an inet table "t" with a base chain "input" whose rules' "expr" lists are given as JSON.
std::string inputRules(std::string_view policy, const std::vector<std::string> &expressions, std::string_view objects = {});
Ruleset fromNft(std::string_view json);
Ruleset fromXtables(std::string_view text, net::Family family = net::Family::v4, std::string_view flavour = "legacy");
std::string readData(std::string_view name); ///< from tests/data/filter

} // namespace bothways::filter::test
