// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "privilege/message_wire.h"

#include <optional>

namespace bothways::privilege {

void write(Writer &out, const Request &body);
/// Nothing where no request has this type; `in` knows whether the bytes were right.
std::optional<Request> readRequest(Type type, Reader &in);

} // namespace bothways::privilege
