// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/mood.h"

namespace bothways::ui {

style::State stateOf(shown::Mood mood)
{
    switch (mood) {
    case shown::Mood::Good:
        return style::State::Passed;
    case shown::Mood::Bad:
        return style::State::Failed;
    case shown::Mood::Caution:
        return style::State::Warning;
    case shown::Mood::NotMeasured:
        break;
    }
    return style::State::Unknown;
}

style::Tone toneOf(shown::Mood mood) { return style::tone(stateOf(mood)); }

} // namespace bothways::ui
