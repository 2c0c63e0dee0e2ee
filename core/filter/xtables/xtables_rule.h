// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "filter/xtables/xtables_target.h"

/// One -A line of iptables-save. Source: iptables-save(8), iptables-extensions(8), libxtables' save functions.
namespace bothways::filter {

/// Splits a line into words; nothing where a quote is never closed.
std::optional<std::vector<Token>> splitTokens(std::string_view line);

std::string written(std::span<const Token> tokens);
bool is(const Token &token, std::string_view text); ///< not where it was quoted

/// Options and values as words of their own: "--dport=22" and "-ptcp" are two each (getopt_long(3)).
std::vector<Token> separate(std::span<const Token> tokens);

/// What stands behind "-A CHAIN", in any order. `table` tells the chains one can jump to. An error: malformed.
tl::expected<void, std::string> readXtablesRule(std::span<const Token> tokens, const Table &table, const Chain &chain,
                                                const Surroundings &around, Rule &rule);

} // namespace bothways::filter
