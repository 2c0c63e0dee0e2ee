// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <memory>

namespace bothways::privilege {
class Helper;
} // namespace bothways::privilege

namespace bothways::world {

/// What unlocking gave.
struct Unlocked {
    std::shared_ptr<privilege::Helper> helper; ///< null: see problem
    QString problem;                           ///< translated, whole sentences
};

} // namespace bothways::world
