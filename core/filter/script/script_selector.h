// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "filter/script/script_cursor.h"

/// What nft looks at: headers, meta, ct, fib, ... as libnftables-json(5) writes it.
namespace bothways::filter::script {

/// Whether such an expression begins at the current word. `surely`: a word that is a value as well has to be followed by a field.
bool isSelector(Cursor &cursor, bool surely);
/// Reads it. A field that is not known: Cursor::giveUp().
QJsonValue selector(Cursor &cursor);
bool isMetaKey(std::string_view word); ///< that stands without "meta"

} // namespace bothways::filter::script
