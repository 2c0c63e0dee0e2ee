// SPDX-License-Identifier: GPL-3.0-or-later
#include "catch.h"

#include "../conclusion/cases.h"
#include "comparison/comparison.h"
#include "parse_counter.h"
#include "report/print/pdf.h"
#include "report/writers.h"
#include "shown/journey_timeline.h"
#include "shown/topology.h"

using namespace bothways;
using namespace bothways::test;

namespace {

const QString iptables = u"*filter\n:INPUT ACCEPT [0:0]\nCOMMIT\n"_s;

/// Rules of both ends and of both times, of every format that is read.
evidence::Evidence withRules()
{
    auto evidence = guestDrops();
    const std::vector<evidence::RulesetDump> all{
        dump(evidence::RulesetFormat::NftJson, {}, emptyNft()),
        dump(evidence::RulesetFormat::IptablesSave, evidence::XtablesFlavour::Legacy, iptables),
        dump(evidence::RulesetFormat::EbtablesSave, evidence::XtablesFlavour::Legacy, iptables)};
    evidence.host.value.rulesets = all;
    evidence::NodeSnapshot earlier;
    earlier.rulesets = all;
    evidence.hostBefore = seen(earlier);
    auto &guest = evidence.guest.value;
    guest.facts.rulesets.push_back(dump(evidence::RulesetFormat::IptablesSave, evidence::XtablesFlavour::Legacy, iptables));
    evidence::NodeSnapshot later;
    later.rulesets = guest.facts.rulesets;
    guest.after = seen(later);
    return evidence;
}

} // namespace

TEST_CASE("each dump of rules is read once for a conclusion and all that is written of it", "[parses]")
{
    char name[] = "report_parses_test";
    char *arguments[] = {name, nullptr};
    const auto application = report::printingApplication(static_cast<char **>(arguments));
    const auto evidence = withRules();
    const auto &guest = evidence.guest.value;
    const auto dumps = evidence.host.value.rulesets.size() + evidence.hostBefore.value.rulesets.size() +
                       guest.facts.rulesets.size() + guest.after.value.rulesets.size();
    REQUIRE(dumps == 10);

    const auto before = parsedRulesets();
    const auto conclusion = conclusion::conclude(evidence);
    CHECK(parsedRulesets() - before == dumps);
    CHECK_FALSE(report::toHtml(conclusion).isEmpty());
    CHECK_FALSE(report::toMarkdown(conclusion).isEmpty());
    CHECK_FALSE(report::toJson(conclusion).isEmpty());
    CHECK_FALSE(report::toText(conclusion, false).isEmpty());
    CHECK(report::toPdf(conclusion).startsWith("%PDF"));
    CHECK_FALSE(shown::topologyOf(conclusion).nodes.empty()); // as the wizard draws it
    CHECK(shown::journeysOf(*conclusion.given).groups.empty());
    CHECK(parsedRulesets() - before == dumps);
}
