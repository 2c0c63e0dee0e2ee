// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "filter/script/script_statement.h"

namespace bothways::filter::script {

/// snat, dnat, masquerade, redirect, tproxy, dup, fwd: behind that word. `kind` is the word.
QJsonValue diverted(Cursor &cursor, std::string_view kind, const Surroundings &around);

} // namespace bothways::filter::script
