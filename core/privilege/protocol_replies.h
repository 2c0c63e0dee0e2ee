// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "privilege/message_wire.h"

#include <optional>

namespace bothways::privilege {

void write(Writer &out, const Reply &body);
/// Nothing where no reply has this type; `in` knows whether the bytes were right.
std::optional<Reply> readReply(Type type, Reader &in);

} // namespace bothways::privilege
