// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "filter/script/script_cursor.h"

#include <functional>

/// The statements of a rule, as libnftables-json(5) writes them.
namespace bothways::filter::script {

/// What statements need to know of their table.
struct Surroundings {
    std::string family;
    /// Reads "{ ... }" behind a jump or goto as a chain of its own; gives its name.
    std::function<QString(Cursor &)> anonymousChain;
    /// "ip", "ip6" or nothing: what the named map leads to.
    std::function<QString(const QString &map)> mapFamily;
};

struct RuleText {
    QJsonArray statements;
    QString comment;
    qint64 handle = -1;
};

/// Up to the end of the line, ";", or "}". Where something is not known the rest of the rule is one statement that may do
/// anything.
RuleText ruleOf(Cursor &cursor, const Surroundings &around);

} // namespace bothways::filter::script
