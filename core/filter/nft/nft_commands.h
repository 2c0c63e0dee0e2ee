// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include <tl/expected.hpp>

#include <QJsonArray>

/// Commands of libnftables-json(5), "COMMAND OBJECTS": add, insert, create, replace, delete, flush, rename.
namespace bothways::filter {

/// What the commands leave behind, as a list of the ruleset has it.
struct Applied {
    QJsonArray objects;
    bool whole = true; ///< false: they change a ruleset that is not given
};

/// A list of a ruleset comes out as it is. An error: a command that nft would refuse, or that is not known, with its place.
tl::expected<Applied, std::pair<std::string, qsizetype>> applyCommands(const QJsonArray &objects);

} // namespace bothways::filter
