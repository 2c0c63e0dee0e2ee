// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <vector>

namespace bothways::world {

struct DebugFact {
    QString name;
    QString value; ///< as the system says it; may name people and places
};
/// What a bug report needs of this machine; English in every language.
struct DebugSection {
    QString title;
    std::vector<DebugFact> facts;
};

} // namespace bothways::world
