// SPDX-License-Identifier: GPL-3.0-or-later
#include "diagnosis/diagnosis.h"

#include "checks/checks.h"
#include "diagnosis/catalogue.h"

#include "words/text.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace bothways::diagnosis {

using namespace Qt::Literals::StringLiterals;
using checks::Observation;
using facts::Signature;

namespace {

/// A reason of this weight points at one variant by itself: without one, nothing is more than possible.
constexpr double direct = 4.0;
constexpr double ruling = -5.0;
/// Relative frequency of what this catalogue does not hold, beside the priors of the causes.
constexpr double somethingElse = 0.15;
constexpr double worthNaming = 0.01;

struct Candidate {
    const CauseEntry *entry = nullptr;
    double score = 0;
    double probability = 0;
    std::vector<Reason> supporting;
    std::vector<Reason> opposing;
    std::optional<facts::Object> object;
    std::optional<checks::Basis> directBasis; ///< of the strongest reason for it, if that one is direct
    bool allowed = false;                     ///< by the signature
};

Reason reasonOf(const Observation &seen, double weight)
{
    return {checks::name(checks::checkOf(seen.outcome)), checks::name(seen.outcome), seen.text, weight, seen.basis};
}

/// An outcome counts once for a cause, however many objects show it; the first of them is the one it rests on.
Candidate weigh(const CauseEntry &entry, const std::vector<Observation> &all, Signature signature)
{
    Candidate candidate;
    candidate.entry = &entry;
    candidate.allowed = (entry.signatures & bit(signature)) != 0;
    candidate.score = std::log(entry.prior);
    double strongest = 0;
    forEachWeight(entry, [&](const Weight &weight) {
        const auto seen =
            std::find_if(all.begin(), all.end(), [&](const Observation &each) { return each.outcome == weight.outcome; });
        if (seen == all.end()) {
            return;
        }
        auto &side = weight.weight > 0 ? candidate.supporting : candidate.opposing;
        side.push_back(reasonOf(*seen, weight.weight));
        candidate.score += weight.weight;
        if (weight.weight > strongest && weight.weight >= direct) {
            strongest = weight.weight;
            candidate.object = seen->object;
            candidate.directBasis = seen->basis;
        }
    });
    const auto heavier = [](const Reason &a, const Reason &b) { return std::abs(a.weight) > std::abs(b.weight); };
    std::stable_sort(candidate.supporting.begin(), candidate.supporting.end(), heavier);
    std::stable_sort(candidate.opposing.begin(), candidate.opposing.end(), heavier);
    return candidate;
}

/// Rounded, so that two systems' mathematics libraries print the same.
double rounded(double value) { return std::round(value * 10000.0) / 10000.0; }

/// Variants that cannot exist on this platform are not even weighed.
std::vector<Candidate> weighAll(const std::vector<Observation> &all, const facts::Symptom &symptom)
{
    std::vector<Candidate> candidates;
    for (const auto &known : catalogue()) {
        for (const auto &cause : known.causes) {
            if (symptom.surroundings.has(cause.needs)) {
                candidates.push_back(weigh(cause, all, symptom.signature));
            }
        }
    }
    std::stable_sort(candidates.begin(), candidates.end(), [](const Candidate &a, const Candidate &b) {
        return a.allowed != b.allowed ? a.allowed : std::llround(a.score * 1e6) > std::llround(b.score * 1e6);
    });
    return candidates;
}

/// Shares among what the signature leaves, with "something else". `taken` are faults concluded besides.
void share(std::vector<Candidate> &candidates, const std::vector<const CauseEntry *> &taken)
{
    const auto counts = [&](const Candidate &candidate) {
        return candidate.allowed && std::find(taken.begin(), taken.end(), candidate.entry) == taken.end();
    };
    double total = somethingElse;
    for (const auto &candidate : candidates) {
        total += counts(candidate) ? std::exp(candidate.score) : 0;
    }
    for (auto &candidate : candidates) {
        candidate.probability = counts(candidate) ? rounded(std::exp(candidate.score) / total) : 0;
    }
}

bool isRuledOut(const Candidate &candidate)
{
    return !candidate.allowed ||
           (!candidate.directBasis && !candidate.opposing.empty() && candidate.opposing.front().weight <= ruling);
}

bool isFault(const Candidate &candidate)
{
    const bool contradicted = !candidate.opposing.empty() && candidate.opposing.front().weight <= ruling;
    return candidate.allowed && candidate.directBasis && !contradicted;
}

Grade gradeOf(const Candidate &candidate)
{
    if (isRuledOut(candidate)) {
        return Grade::RuledOut;
    }
    if (!isFault(candidate)) {
        return Grade::Possible;
    }
    const bool agreed = std::any_of(candidate.supporting.begin(), candidate.supporting.end(),
                                    [&](const Reason &reason) { return reason.basis != *candidate.directBasis; });
    // A plain object is a place, not the thing itself: enough to suspect, not to prove, save for a VM that does not run.
    const bool named = candidate.object && (!std::holds_alternative<facts::PlainObject>(*candidate.object) ||
                                            candidate.supporting.front().weight > 2 * direct - 1);
    return agreed && named ? Grade::Proven : Grade::Probable;
}

Cause causeOf(const Candidate &candidate, bool second)
{
    Cause cause;
    cause.id = classOf(candidate.entry->variant);
    cause.variant = candidate.entry->variant;
    cause.object = candidate.object;
    cause.probability = candidate.probability;
    cause.grade = gradeOf(candidate);
    cause.supporting = candidate.supporting;
    cause.opposing = candidate.opposing;
    cause.second = second;
    if (cause.grade == Grade::Probable || cause.grade == Grade::Possible) {
        cause.decidedBy = decider(*candidate.entry);
    }
    return cause;
}

/// Where packets were lost speaks of the fault that they met first: what lies behind it they never reached.
bool tellsWhereLost(checks::Outcome outcome)
{
    using checks::Outcome;
    static constexpr std::array all{Outcome::RequestNotSent,    Outcome::RequestLostInBridge, Outcome::ReplyLostInBridge,
                                    Outcome::LostBeforeVm,      Outcome::RequestSwallowed,    Outcome::RequestNotDelivered,
                                    Outcome::RequestUnanswered, Outcome::ReplyMade,           Outcome::ReplyNotTaken,
                                    Outcome::AskLostInBridge,   Outcome::AskSwallowed};
    return std::find(all.begin(), all.end(), outcome) != all.end();
}

/// What the mended cause accounts for says nothing more. Further objects of its own kind stay: they are faults of their own.
std::vector<Observation> unexplainedBy(const Candidate &mended, const std::vector<Observation> &all)
{
    std::vector<Observation> rest;
    for (const auto &seen : all) {
        double speaksFor = 0; // what it weighs for the mended cause
        forEachWeight(*mended.entry, [&](const Weight &weight) {
            speaksFor = weight.outcome == seen.outcome ? std::max(speaksFor, weight.weight) : speaksFor;
        });
        const bool explained = speaksFor > 0 || tellsWhereLost(seen.outcome);
        const bool another = speaksFor >= direct && seen.object && mended.object &&
                             facts::describe(*seen.object) != facts::describe(*mended.object);
        // Two ends of one link, or a walk and a refused send, show one fault from two sides.
        const bool sameKind = another && seen.object->index() == mended.object->index() &&
                              std::holds_alternative<facts::RuleObject>(*mended.object);
        if (!explained || sameKind) {
            rest.push_back(seen);
        }
    }
    return rest;
}

std::vector<Observation> collect(const std::vector<checks::Finding> &findings)
{
    std::vector<Observation> all;
    for (const auto &finding : findings) {
        all.insert(all.end(), finding.observations.begin(), finding.observations.end());
    }
    return all;
}

Reason byGate(const facts::Symptom &symptom)
{
    return {checks::name(checks::CheckId::Pre4), u"signature-"_s + facts::name(symptom.signature), symptom.explanation, ruling,
            checks::Basis::LiveProbe};
}

/// Adds what rules out by itself and is not told yet.
void mergeRuling(const std::vector<Reason> &more, std::vector<Reason> &told)
{
    for (const auto &reason : more) {
        const bool known = std::any_of(told.begin(), told.end(), [&](const Reason &other) {
            return other.check == reason.check && other.outcome == reason.outcome;
        });
        if (reason.weight <= ruling && !known) {
            told.push_back(reason);
        }
    }
}

/// Ruled-out variants: a class of which nothing is left as one line, the others one by one where a check says so.
std::vector<Cause> ruledOut(const std::vector<Candidate> &candidates, const facts::Symptom &symptom)
{
    std::vector<Cause> result;
    for (const auto &known : catalogue()) {
        std::vector<const Candidate *> variants;
        for (const auto &candidate : candidates) {
            if (classOf(candidate.entry->variant) == known.id) {
                variants.push_back(&candidate);
            }
        }
        if (variants.empty()) {
            continue;
        }
        const bool whole =
            std::all_of(variants.begin(), variants.end(), [](const auto *variant) { return isRuledOut(*variant); });
        Cause merged;
        merged.id = known.id;
        merged.grade = Grade::RuledOut;
        bool gated = false;
        for (const auto *variant : variants) {
            if (!isRuledOut(*variant)) {
                continue;
            }
            gated = gated || !variant->allowed;
            if (!whole && variant->allowed) {
                result.push_back(causeOf(*variant, false));
            }
            mergeRuling(variant->opposing, merged.opposing);
        }
        if (whole) {
            if (gated) {
                merged.opposing.push_back(byGate(symptom));
            }
            result.push_back(merged);
        }
    }
    return result;
}

/// The title with its object. Titles of rules say whose filter it is; a place without a name of its own adds nothing.
QString sentence(const Cause &cause)
{
    auto found = title(cause.id, cause.variant);
    if (!cause.object) {
        return found;
    }
    const auto *plain = std::get_if<facts::PlainObject>(&*cause.object);
    if (plain != nullptr && plain->where != facts::Where::Hypervisor) {
        return found;
    }
    const bool told = plain != nullptr || std::holds_alternative<facts::RuleObject>(*cause.object);
    return translate("diagnosis", "%1 (%2)").arg(found, told ? facts::locate(*cause.object) : facts::describe(*cause.object));
}

QString faultHeadline(const std::vector<Cause> &causes)
{
    const auto isSecond = [](const Cause &cause) { return cause.second; };
    const auto &top = causes.front();
    auto first = top.grade == Grade::Proven ? sentence(top) : translate("diagnosis", "Probably: %1").arg(sentence(top));
    const auto more = std::count_if(causes.begin(), causes.end(), isSecond);
    if (more == 0) {
        return first;
    }
    const auto second = std::find_if(causes.begin(), causes.end(), isSecond);
    return translate("diagnosis", "%1. And once that is mended: %2").arg(first, sentence(*second));
}

QString openHeadline(const facts::Symptom &symptom, const std::vector<Cause> &causes)
{
    if (!symptom.icmp.hostToVm || symptom.icmp.hostToVm->sent == 0) {
        return translate("diagnosis", "Whether the host can ping the VM could not be measured; the checks say what is missing.");
    }
    const bool unanswered =
        !causes.empty() && causes.front().variant == Variant::Unanswered && causes.front().grade == Grade::Possible;
    if (unanswered) {
        return translate("diagnosis",
                         "No owner answers for the VM's address: the VM is gone, not connected, or has another address.");
    }
    switch (symptom.signature) {
    case Signature::OneWay:
        return translate("diagnosis",
                         "The host cannot ping the VM although the VM can ping the host; what was read does not show why.");
    case Signature::OneWayBack:
        return translate("diagnosis",
                         "The VM cannot ping the host although the host can ping the VM; what was read does not show why.");
    case Signature::BothWays:
        return translate("diagnosis", "Neither direction works; what was read does not show why.");
    case Signature::WrongAddress:
        return translate("diagnosis", "The VM is not reached under the pinged address; what was read does not show why.");
    case Signature::AboveIcmp:
        return translate("diagnosis", "Ping works, but no probed TCP port answers; what was read does not show why.");
    case Signature::Partial:
        return translate("diagnosis", "Ping works only in part; what was read does not show why.");
    default:
        return translate("diagnosis", "The host's ping is not answered; what was read does not show why.");
    }
}

/// The faults in the order found, each weighed as if those before it were mended.
std::vector<Candidate> faults(std::vector<Observation> seen, const facts::Symptom &symptom)
{
    std::vector<Candidate> found;
    constexpr std::size_t most = 8;
    while (found.size() < most) {
        const auto candidates = weighAll(seen, symptom);
        const auto next = std::find_if(candidates.begin(), candidates.end(), isFault);
        if (next == candidates.end()) {
            break;
        }
        found.push_back(*next);
        seen = unexplainedBy(*next, seen);
    }
    return found;
}

void addFaults(Diagnosis &diagnosis, std::vector<Candidate> &found, const std::vector<Observation> &all,
               const facts::Symptom &symptom)
{
    std::vector<Observation> seen = all;
    for (std::size_t i = 0; i < found.size(); ++i) {
        std::vector<const CauseEntry *> others;
        for (const auto &fault : found) {
            if (fault.entry != found[i].entry) {
                others.push_back(fault.entry);
            }
        }
        auto candidates = weighAll(seen, symptom);
        share(candidates, others);
        const auto own = std::find_if(candidates.begin(), candidates.end(),
                                      [&](const Candidate &candidate) { return candidate.entry == found[i].entry; });
        diagnosis.causes.push_back(causeOf(*own, i > 0));
        seen = unexplainedBy(found[i], seen);
    }
}

/// One line for all variants of a class that nothing speaks for.
Cause wholeClass(const ClassEntry &known, const std::vector<const Candidate *> &variants)
{
    Cause cause;
    cause.id = known.id;
    cause.grade = Grade::Possible;
    for (const auto *variant : variants) {
        cause.probability += variant->probability;
    }
    cause.probability = rounded(cause.probability);
    cause.decidedBy = decider(*variants.front()->entry); // candidates come best first
    return cause;
}

/// What is left open: variants with something for them one by one; the rest, where something could not be looked at, as classes.
void addPossible(Diagnosis &diagnosis, const std::vector<Candidate> &candidates, bool allSeen)
{
    std::vector<Cause> open;
    for (const auto &known : catalogue()) {
        std::vector<const Candidate *> unsupported;
        bool named = false;
        for (const auto &candidate : candidates) {
            if (classOf(candidate.entry->variant) != known.id || gradeOf(candidate) != Grade::Possible) {
                continue;
            }
            if (candidate.supporting.empty()) {
                unsupported.push_back(&candidate);
            } else if (candidate.probability > worthNaming) {
                open.push_back(causeOf(candidate, false));
                named = true;
            }
        }
        if (!named && !allSeen && !unsupported.empty()) {
            open.push_back(wholeClass(known, unsupported));
        }
    }
    std::stable_sort(open.begin(), open.end(), [](const Cause &a, const Cause &b) {
        return std::llround(a.probability * 1e4) > std::llround(b.probability * 1e4);
    });
    for (auto &cause : open) {
        if (cause.probability > worthNaming) {
            diagnosis.causes.push_back(std::move(cause));
        }
    }
}

/// False where a check that exists could not look.
bool lookedEverywhere(const std::vector<checks::Finding> &findings)
{
    return std::none_of(findings.begin(), findings.end(),
                        [](const checks::Finding &finding) { return finding.status == checks::Status::Unknown; });
}

QString healthyHeadline(const facts::Symptom &symptom)
{
    const bool both = symptom.icmp.vmToHost && symptom.icmp.vmToHost->received > 0;
    return both
               ? translate("diagnosis", "Ping works both ways: no fault was found.")
               : translate("diagnosis",
                           "The host can ping the VM: no fault was found in that direction. The VM's own ping was not observed.");
}

} // namespace

QString name(Grade grade)
{
    switch (grade) {
    case Grade::Proven:
        return u"proven"_s;
    case Grade::Probable:
        return u"probable"_s;
    case Grade::Possible:
        return u"possible"_s;
    case Grade::RuledOut:
        return u"ruled-out"_s;
    }
    return {};
}

QString name(Status status)
{
    switch (status) {
    case Status::Fault:
        return u"fault"_s;
    case Status::NoFault:
        return u"no-fault"_s;
    case Status::Unexplained:
        return u"unexplained"_s;
    }
    return {};
}

Diagnosis diagnose(const std::vector<checks::Finding> &findings, const facts::Symptom &symptom)
{
    Diagnosis diagnosis;
    const auto all = collect(findings);
    auto candidates = weighAll(all, symptom);
    auto found = faults(all, symptom);
    const bool healthy = symptom.signature == Signature::Healthy;
    addFaults(diagnosis, found, all, symptom);
    share(candidates, {});
    if (!found.empty()) {
        diagnosis.status = Status::Fault;
    } else if (healthy) {
        diagnosis.status = Status::NoFault;
    }
    // Beside a named fault the rest is noise unless it is still likely; in a healthy pair nothing is left to suspect.
    if (found.empty() && !healthy) {
        addPossible(diagnosis, candidates, lookedEverywhere(findings));
    }
    for (auto &cause : ruledOut(candidates, symptom)) {
        diagnosis.causes.push_back(std::move(cause));
    }
    switch (diagnosis.status) {
    case Status::Fault:
        diagnosis.headline = faultHeadline(diagnosis.causes);
        break;
    case Status::NoFault:
        diagnosis.headline = healthyHeadline(symptom);
        break;
    case Status::Unexplained:
        diagnosis.headline = openHeadline(symptom, diagnosis.causes);
        break;
    }
    return diagnosis;
}

} // namespace bothways::diagnosis
