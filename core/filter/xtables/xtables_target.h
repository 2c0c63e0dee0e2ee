// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "filter/xtables/xtables_option.h"

#include <span>

namespace bothways::filter {

/// A word of the line; quoted ones may hold spaces and escapes.
struct Token {
    std::string text;
    bool quoted = false;
};

/// A target that is no chain. Source: iptables-extensions(8), kernel net/netfilter/xt_*.c.
struct Target {
    std::string_view name;
    std::span<const Token> options;
    std::string_view chain; ///< the one that the rule belongs to
    std::string text;       ///< "-j NAME options", as written
};

bool isTarget(std::string_view name);
/// Its options without dashes, separated by spaces: "name:0" takes no value, "name:2" two, "name" one. Empty: none, or not known.
std::string_view targetOptions(std::string_view name);
/// Nothing: it has no such option.
std::optional<int> targetValueCount(std::string_view name, std::string_view option);

/// What it does, in order; the last one may be an Action, and what is not known is an UnknownStatement.
std::vector<Statement> readTarget(const Target &target, net::Family family);

} // namespace bothways::filter
