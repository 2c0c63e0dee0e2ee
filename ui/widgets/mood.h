// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shown/terms.h"
#include "style/state.h"

namespace bothways::ui {

/// What core says of how a thing is, in the looks of the window.
style::State stateOf(shown::Mood mood);
style::Tone toneOf(shown::Mood mood);

} // namespace bothways::ui
