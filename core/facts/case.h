// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "evidence/evidence.h"
#include "facts/rules.h"
#include "facts/scene.h"
#include "facts/symptom.h"

#include <memory>

namespace bothways::facts {

/// The evidence with all that several rooms derive from it, derived once: a ruleset of 5,000 rules costs more to read than all
/// else that is concluded. Pure; sentences in it are in the language of the thread that made it. Whoever shares it shares it as
/// const: then any thread may read it.
struct Case {
    /// The evidence is referred to: it must outlive the case, and may not change meanwhile.
    explicit Case(const evidence::Evidence &evidence);
    /// The evidence lives as long as the case.
    explicit Case(std::shared_ptr<const evidence::Evidence> evidence);
    explicit Case(evidence::Evidence &&evidence);
    /// The same with other evidence, whose rules are the same but for accepts that are put in: how it would be.
    Case(const Case &now, evidence::Evidence &&changed, std::vector<filter::Acceptance> onHost,
         std::vector<filter::Acceptance> inGuest);
    Case(const Case &) = delete;
    Case &operator=(const Case &) = delete;
    Case(Case &&) = delete;
    Case &operator=(Case &&) = delete;
    ~Case() = default;

private:
    std::shared_ptr<const evidence::Evidence> m_kept; ///< empty where it is only referred to

public:
    const evidence::Evidence &evidence;
    Scene scene;
    Rules hostRules;       ///< of a machine that was not read: none, and not read
    Rules guestRules;      ///< likewise
    Rules hostRulesBefore; ///< as they were before the probes; likewise
    Rules guestRulesAfter; ///< as they were after the probes; likewise
    Symptom symptom;
};

} // namespace bothways::facts
