// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "probe/echo_cookie.h"

namespace bothways::probe {

/// A token that nobody guesses.
EchoCookie::Token newToken();

} // namespace bothways::probe
