// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "filter/script/script_cursor.h"

#include <functional>

/// What tables hold beside chains: sets, maps, flowtables, counters, limits, ... as libnftables-json(5) writes them.
namespace bothways::filter::script {

/// Reads one thing of a block.
using Item = std::function<void()>;
/// Reads what may stand in every block: a variable, an included file. False: nothing of the kind stands here.
using Common = std::function<bool(const Item &)>;

/// "{ ... }": line by line, until the block closes or something is wrong.
void readBlock(Cursor &cursor, const Common &common, const Item &item);
/// The lines up to the end of the text or the brace that closes the block.
void readLines(Cursor &cursor, const Common &common, const Item &item);

/// Whether the word names such an object; "ct" does with what follows it.
bool isObject(Cursor &cursor);
/// Steps over that word, or those: "set", "ct helper".
std::string objectKind(Cursor &cursor);
/// What stands behind its name: a block, or where the kind has that what describes it in the same line.
void readObject(Cursor &cursor, const std::string &kind, const Common &common, QJsonObject &object);

/// "{ a, b }" or a variable, of names.
QJsonArray names(Cursor &cursor);

} // namespace bothways::filter::script
