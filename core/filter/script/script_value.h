// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "filter/script/script_cursor.h"

/// Values, sets and maps of nft's text, as libnftables-json(5) writes them.
namespace bothways::filter::script {

QJsonValue leftSide(Cursor &cursor); ///< what is compared: fields, arithmetic, concatenations
/// What it is compared with: a value, prefix, range, set, "@set"; with `list` also several that a comma joins.
QJsonValue rightSide(Cursor &cursor, bool list);
QJsonValue statementSide(Cursor &cursor); ///< what a statement takes: the same, fields and maps
QJsonValue setOf(Cursor &cursor);         ///< "{ ... }" or "$variable"
QJsonValue setName(Cursor &cursor);       ///< "@name", as text
bool isVerdict(const Cursor &cursor);
QJsonValue verdict(Cursor &cursor);
/// Seconds; a number is some already. Nothing where it is no duration.
qint64 duration(Cursor &cursor);

/// A stateful statement: counter, limit, quota, ct count, last. False: none begins here.
bool stateful(Cursor &cursor, QJsonObject &statement);

} // namespace bothways::filter::script
