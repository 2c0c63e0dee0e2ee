// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace bothways::evidence {

/// What a person says of the fault, in his own words. Nobody measured it: no check reads it, no verdict rests on it.
struct Told {
    QString began;   ///< when it did
    QString changed; ///< what was, before

    bool isEmpty() const { return began.isEmpty() && changed.isEmpty(); }

    template <typename Self, typename Visitor>
    static void fields(Self &self, Visitor &visit)
    {
        visit("began", self.began);
        visit("changed", self.changed);
    }
    bool operator==(const Told &) const = default;
};

inline constexpr int longestTold = 300; ///< characters of one answer

/// One line of at most so many characters, nothing invisible in it: whatever a person typed or a file holds. The second time it
/// changes nothing.
QString asTold(const QString &text);
Told asTold(const Told &told);

} // namespace bothways::evidence
