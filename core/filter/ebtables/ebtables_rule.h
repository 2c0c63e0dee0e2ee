// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "filter/xtables/xtables_rule.h"

namespace bothways::filter {

/// What stands behind "-A CHAIN" of ebtables-save; also takes the counters of "-c". An error: malformed.
tl::expected<void, std::string> readEbtablesRule(std::span<const Token> tokens, const Table &table, Rule &rule);

} // namespace bothways::filter
