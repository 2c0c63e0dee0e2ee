// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "evidence/reading.h"
#include "words/punctuation.h"
#include "words/text.h"

#include <QString>

namespace bothways::facts {

/// "why not" of a reading, for the reason line: what it said itself, else what its access means.
template <typename T>
QString whyNot(const evidence::Reading<T> &reading)
{
    using evidence::Access;
    const auto own = asSentence(reading.problem);
    const auto orElse = [&](const QString &general) { return own.isEmpty() ? general : own; };
    switch (reading.access) {
    case Access::Read:
        return {};
    case Access::NotTried:
        return orElse(translate("checks", "It was not asked for."));
    case Access::Absent:
        return orElse(translate("checks", "There is no such thing here."));
    case Access::Denied:
        return together(orElse(translate("checks", "Our rights do not reach it.")),
                        translate("checks", "Root rights would show it."));
    case Access::Failed:
        return orElse(translate("checks", "Reading it failed, and no reason was given."));
    case Access::TimedOut:
        return orElse(translate("checks", "There was no answer in time."));
    }
    return {};
}

} // namespace bothways::facts
