// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "filter/model.h"

#include <string>
#include <string_view>
#include <vector>

/// One -A line of iptables-save. Source: iptables-save(8), iptables-extensions(8), libxtables' save functions.
namespace bothways::filter {

/// A word of the line; quoted ones may hold spaces and escapes.
struct Token {
    std::string text;
    bool quoted = false;
};

/// Splits a line into words; nothing where a quote is never closed.
std::optional<std::vector<Token>> splitTokens(std::string_view line);

/// What stands behind "-A CHAIN". `table` tells the chains one can jump to. Nothing: malformed.
tl::expected<void, std::string> readXtablesRule(const std::vector<Token> &tokens, const Table &table, net::Family family,
                                                Rule &rule);

} // namespace bothways::filter
