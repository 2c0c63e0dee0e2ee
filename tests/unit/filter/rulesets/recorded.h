// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "filter/ruleset.h"

#include <string>
#include <string_view>
#include <vector>

/// The rulesets that real tools made (README.md). A missing or broken file throws std::runtime_error.
namespace bothways::filter::test {

/// Folders, in order of their names.
std::vector<std::string> recordedNames();
/// "nft.json", "iptables-legacy.save", ...; empty where that was not recorded.
std::string recordedText(std::string_view name, std::string_view file);
/// All dumps of one folder as one machine's rules.
Ruleset readRecorded(std::string_view name);

} // namespace bothways::filter::test
