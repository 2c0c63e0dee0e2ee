// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "facts/surroundings.h"
#include "facts/symptom.h"

#include <span>

/// The variants with what is believed of each before any check: private to core/diagnosis.
namespace bothways::diagnosis {

/// Bits of Hypothesis::signatures.
constexpr unsigned bit(facts::Signature signature) { return 1U << static_cast<unsigned>(signature); }

struct Hypothesis {
    const char *cause;
    const char *variant;
    double prior;        ///< relative frequency, after the ranking of facts.md 2.0 (an estimate, not a count)
    unsigned signatures; ///< the gate: signatures that leave this variant possible (catalogue.md, facts.md 0.2)
    const char *title;   ///< QT_TRANSLATE_NOOP("causes", ...): a clause that ends with the thing itself
    const char *decider; ///< QT_TRANSLATE_NOOP("causes", ...): the one further observation that settles it
};

std::span<const Hypothesis> hypotheses();

/// The second gate: what a variant cannot be without. Bits of facts::Ground, any of which will do; 0 where it needs nothing.
unsigned needs(const Hypothesis &hypothesis);

} // namespace bothways::diagnosis
