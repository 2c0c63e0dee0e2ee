// SPDX-License-Identifier: GPL-3.0-or-later
#include "catch.h"

#include "builder.h"
#include "facts/case.h"

#include <memory>

using namespace bothways;
using namespace bothways::facts;
using namespace bothways::test;

TEST_CASE("a case refers to evidence, or keeps it", "[case]")
{
    const auto evidence = oneWay();
    const Case referring(evidence);
    CHECK(&referring.evidence == &evidence);
    CHECK(referring.scene.evidence == &evidence);

    auto shared = std::make_shared<const evidence::Evidence>(evidence);
    const std::weak_ptr<const evidence::Evidence> watched = shared;
    auto keeping = std::make_unique<const Case>(std::move(shared));
    REQUIRE_FALSE(watched.expired());
    CHECK(keeping->scene.evidence == watched.lock().get());
    CHECK(keeping->symptom.signature == referring.symptom.signature);
    keeping.reset();
    CHECK(watched.expired());

    const Case owning(oneWay());
    CHECK(owning.evidence.target.vmAddress == evidence.target.vmAddress);
    CHECK(owning.scene.main == &owning.evidence.probes.echoes.front().value);
}

TEST_CASE("a case has the rules of each machine and time, and none of a machine that was not read", "[case]")
{
    const auto rules = [](int count) {
        QStringList drops;
        for (int i = 0; i < count; ++i) {
            drops << icmpDrop(u"echo-request"_s);
        }
        return std::vector<evidence::RulesetDump>{
            dump(evidence::RulesetFormat::NftJson, {}, nft(u"input"_s, u"accept"_s, drops))};
    };
    auto evidence = healthy();
    evidence.host.value.rulesets = rules(1);
    evidence.guest.value.facts.rulesets = rules(2);
    evidence::NodeSnapshot snapshot;
    snapshot.rulesets = rules(3);
    evidence.hostBefore = seen(snapshot);
    snapshot.rulesets = rules(4);
    evidence.guest.value.after = seen(snapshot);
    {
        const Case given(evidence);
        CHECK(given.hostRules.ruleset.ruleCount() == 1);
        CHECK(given.guestRules.ruleset.ruleCount() == 2);
        CHECK(given.hostRulesBefore.ruleset.ruleCount() == 3);
        CHECK(given.guestRulesAfter.ruleset.ruleCount() == 4);
        CHECK(given.hostRules.read);
    }
    evidence.host.access = evidence.guest.access = evidence.hostBefore.access = evidence::Access::Denied;
    const Case given(evidence);
    for (const auto *none : {&given.hostRules, &given.guestRules, &given.hostRulesBefore, &given.guestRulesAfter}) {
        CHECK_FALSE(none->read);
        CHECK(none->ruleset.isEmpty());
        CHECK(none->problems.size() == 1);
    }
}
