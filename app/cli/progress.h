// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "session/session.h"

namespace bothways::cli {

/// Progress on standard error while a diagnosis runs; silent where that is no terminal.
session::EventSink progressSink();
void endProgress();

} // namespace bothways::cli
