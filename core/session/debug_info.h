// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "session/preferences.h"
#include "world/debug_section.h"

#include <QString>

namespace bothways::world {
class World;
} // namespace bothways::world

/// What a bug report needs of this program and machine. Its words are English in every language: those who mend the program read
/// it. No address, no name of a machine or person, no path of a home.
namespace bothways::session {

/// Text from outside without what is private: the home folder is "~", this user's and this machine's name, addresses and MACs are
/// words in brackets. On one line, bounded, no control characters.
QString withoutPrivate(const QString &text);
/// "Title", then a line for each fact. The values are shown as they are: what is from outside went through withoutPrivate().
QString shown(const world::DebugSection &section);

/// Blocks: programs are asked for their version, each for two seconds at most, all at once.
QString debugInfo(world::World &world, const Preferences &preferences);

} // namespace bothways::session
