// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "checks/finding/outcomes.h"
#include "diagnosis/cause.h"
#include "facts/symptom.h"

#include <initializer_list>
#include <span>

/// The catalogue: one entry a cause, with all that the diagnosis believes of it.
namespace bothways::diagnosis {

/// How far an outcome shifts the belief in a cause: a natural logarithm of a likelihood ratio,
/// ln(P(outcome | cause) / P(outcome | not cause)). Estimated, in steps.
struct Weight {
    checks::Outcome outcome;
    double weight;
};

/// Bits of CauseEntry::signatures.
constexpr unsigned bit(facts::Signature signature) { return 1U << static_cast<unsigned>(signature); }

struct CauseEntry {
    Variant variant;
    const char *word;    ///< "input-drops-request"
    double prior;        ///< relative frequency before any check; an estimate, not a count
    unsigned signatures; ///< the first gate: symptoms that leave it possible
    unsigned needs;      ///< the second gate: bits of facts::Ground, any of which will do; 0 where it needs nothing
    const char *title;   ///< QT_TRANSLATE_NOOP("causes", ...): a clause that ends with the thing itself
    const char
        *decider; ///< QT_TRANSLATE_NOOP("causes", ...): the one further observation that settles it; null: as its class has it
    std::initializer_list<Weight> weights;
    std::initializer_list<RemedyId> remedies; ///< that mend it, best first where several fit one object
};

struct ClassEntry {
    CauseClass id;
    const char *word;    ///< "guest-firewall"
    const char *title;   ///< QT_TRANSLATE_NOOP("causes", ...)
    const char *decider; ///< QT_TRANSLATE_NOOP("causes", ...)
    std::span<const CauseEntry> causes;
    /// What holds for each of its causes, after the cause's own weights. A cause that has an outcome itself has it in its own
    /// place.
    std::initializer_list<Weight> weights;
};

/// The 12 classes with their causes, in the order of the enums.
std::span<const ClassEntry> catalogue();
const ClassEntry &entryOf(CauseClass cause);
const CauseEntry &entryOf(Variant variant);
CauseClass classOf(Variant variant);

/// Calls `use(const Weight &)` for all that is weighed for the cause, its own before its class's.
template <typename Use>
void forEachWeight(const CauseEntry &cause, const Use &use)
{
    for (const auto &own : cause.weights) {
        use(own);
    }
    for (const auto &common : entryOf(classOf(cause.variant)).weights) {
        bool spelled = false;
        for (const auto &own : cause.weights) {
            spelled = spelled || own.outcome == common.outcome;
        }
        if (!spelled) {
            use(common);
        }
    }
}

QString decider(const CauseEntry &cause); ///< translated

} // namespace bothways::diagnosis
