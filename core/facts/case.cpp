// SPDX-License-Identifier: GPL-3.0-or-later
#include "facts/case.h"

namespace bothways::facts {

namespace {

Rules rulesOf(bool read, const std::vector<evidence::RulesetDump> &dumps) { return read ? readRules(dumps) : readRules({}); }

} // namespace

Case::Case(const evidence::Evidence &given)
    : evidence(given)
    , scene(sceneOf(given))
    , hostRules(rulesOf(given.host.isRead(), given.host.value.rulesets))
    , guestRules(rulesOf(given.guest.isRead(), given.guest.value.facts.rulesets))
    , hostRulesBefore(rulesOf(given.hostBefore.isRead(), given.hostBefore.value.rulesets))
    , guestRulesAfter(rulesOf(given.guest.isRead() && given.guest.value.after.isRead(), given.guest.value.after.value.rulesets))
    , symptom(observe(scene, hostRules, guestRules))
{}

Case::Case(std::shared_ptr<const evidence::Evidence> given) : Case(*given) { m_kept = std::move(given); }

Case::Case(evidence::Evidence &&given) : Case(std::make_shared<const evidence::Evidence>(std::move(given))) {}

Case::Case(const Case &now, evidence::Evidence &&changed, std::vector<filter::Acceptance> onHost,
           std::vector<filter::Acceptance> inGuest)
    : m_kept(std::make_shared<const evidence::Evidence>(std::move(changed)))
    , evidence(*m_kept)
    , scene(sceneOf(evidence))
    , hostRules(now.hostRules.with(std::move(onHost)))
    , guestRules(now.guestRules.with(std::move(inGuest)))
    , hostRulesBefore(now.hostRulesBefore.with({}))
    , guestRulesAfter(now.guestRulesAfter.with({}))
    , symptom(observe(scene, hostRules, guestRules))
{}

} // namespace bothways::facts
