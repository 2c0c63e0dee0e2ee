// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "filter/field/field.h"

#include <array>

/// A quick look at a rule: one comparison that must hold before anything of the rule can happen.
namespace bothways::filter {

struct Chain;

/// The rule does nothing to a packet whose field is absent, or known and outside of the interval. Only intervals whose ends have
/// one upper half are kept, so that two comparisons do.
struct Guard {
    Key key = Key::Count; ///< Count: the rule has no such comparison
    Word mask;
    std::uint64_t upper = 0;
    std::uint64_t first = 0;  ///< of the lower halves
    std::uint64_t length = 0; ///< last - first

    bool lets(const Word &value) const { return (value.high & mask.high) == upper && (value.low & mask.low) - first <= length; }
};

/// Fills Chain::guards. To be called when all of its rules are there.
void addGuards(Chain &chain);

/// A packet's fields, each evaluated once, until clear() says that something changed.
class Values {
public:
    void clear() { m_known.reset(); }
    bool rulesOut(const Guard &guard, const View &view)
    {
        if (guard.key == Key::Count) {
            return false;
        }
        const auto at = static_cast<std::size_t>(guard.key);
        if (!m_known.test(at)) {
            m_values[at] = evaluate(guard.key, view);
            m_known.set(at);
        }
        const auto &value = m_values[at];
        return value.state == Evaluated::State::Absent || (value.state == Evaluated::State::Known && !guard.lets(value.value));
    }

private:
    std::array<Evaluated, static_cast<std::size_t>(Key::Count)> m_values;
    std::bitset<static_cast<std::size_t>(Key::Count)> m_known;
};

} // namespace bothways::filter
