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

/// What it does, in order; the last one may be an Action, and what is not known is an UnknownStatement.
std::vector<Statement> readTarget(const Target &target, net::Family family);

} // namespace bothways::filter
