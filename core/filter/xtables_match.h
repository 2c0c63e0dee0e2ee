// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "filter/xtables_rule.h"

#include <span>

namespace bothways::filter {

/// An option with its arguments, as a match module sees it.
struct Option {
    std::string name; ///< "--dport", "-s"
    bool negated = false;
    std::vector<std::string> values;
    std::string text; ///< as written, with the "!"
};

/// One option of the match module `module` (empty: the options of the rule itself, -s -d -i -o -p). Appends the
/// statements that say the same; false where it does not know the option.
bool readMatchOption(std::string_view module, const Option &option, net::Family family, std::vector<Statement> &statements);

/// How many values the option takes; -1: not known.
int valueCount(std::string_view module, std::string_view option);

} // namespace bothways::filter
