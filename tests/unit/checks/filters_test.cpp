// SPDX-License-Identifier: GPL-3.0-or-later
#include "catch.h"

#include "../facts/builder.h"
#include "checks/checks.h"

using namespace bothways;
using namespace bothways::checks;
using namespace bothways::facts;
using namespace bothways::test;
using evidence::Access;
using evidence::EchoOutcome;
using evidence::Evidence;
using evidence::PortOutcome;

namespace {

evidence::RulesetDump missing(evidence::RulesetFormat format, evidence::XtablesFlavour flavour, Access why)
{
    evidence::RulesetDump result{format, flavour, {}};
    result.text.access = why;
    result.text.problem = u"not there"_s;
    return result;
}

std::vector<evidence::RulesetDump> allAbsent()
{
    return {missing(evidence::RulesetFormat::NftJson, {}, Access::Absent),
            missing(evidence::RulesetFormat::IptablesSave, evidence::XtablesFlavour::Legacy, Access::Absent),
            missing(evidence::RulesetFormat::Ip6tablesSave, evidence::XtablesFlavour::Legacy, Access::Absent)};
}

Finding only(const Evidence &evidence, const QString &id)
{
    const auto findings = runAll(facts::Case(evidence), {id});
    REQUIRE(findings.size() == 1);
    return findings.front();
}

/// Three silent ports behind a guest with one input chain.
Evidence silentPorts(const QString &policy, const QStringList &rules)
{
    auto evidence = healthy();
    evidence.guest.value.facts.rulesets = {dump(evidence::RulesetFormat::NftJson, {}, nft(u"input"_s, policy, rules))};
    auto port = evidence.probes.ports.front();
    port.value.outcome = PortOutcome::Silent;
    evidence.probes.ports.clear();
    for (const int number : {22, 80, 443}) {
        port.value.port = number;
        evidence.probes.ports.push_back(port);
    }
    return evidence;
}

QString echoAccept()
{
    return u"{\"match\": {\"op\": \"==\", \"left\": {\"payload\": {\"protocol\": \"icmp\", \"field\": \"type\"}}, \"right\": "
           u"\"echo-request\"}}, {\"accept\": null}"_s;
}

QString portVerdict(int port, const QString &verdict)
{
    return u"{\"match\": {\"op\": \"==\", \"left\": {\"payload\": {\"protocol\": \"tcp\", \"field\": \"dport\"}}, \"right\": "
           "%1}}, {\"%2\": null}"_s.arg(port)
               .arg(verdict);
}

} // namespace

TEST_CASE("where the kernel has no tables at all, there is no filter")
{
    auto evidence = oneWay();
    evidence.guest.value.facts.rulesets = allAbsent();
    evidence.host.value.rulesets = {
        dump(evidence::RulesetFormat::NftJson, {}, emptyNft()),
        missing(evidence::RulesetFormat::IptablesSave, evidence::XtablesFlavour::Legacy, Access::Absent)};
    const auto guest = only(evidence, u"POL-3"_s);
    CHECK(guest.status == Status::Pass);
    CHECK(guest.summary == u"The guest has no packet filter."_s);
    CHECK(only(evidence, u"POL-1"_s).status == Status::Pass);
}

TEST_CASE("a table that could not be looked at is unknown, whatever else is absent")
{
    for (const auto why : {Access::Denied, Access::Failed, Access::TimedOut, Access::NotTried}) {
        for (std::size_t i = 0; i < 3; ++i) {
            auto evidence = oneWay();
            evidence.guest.value.facts.rulesets = allAbsent();
            evidence.guest.value.facts.rulesets[i].text.access = why;
            const auto finding = only(evidence, u"POL-3"_s);
            CHECK(finding.status == Status::Unknown);
            CHECK(finding.observations.empty());
        }
    }
    auto legacyOnly = oneWay();
    legacyOnly.guest.value.facts.rulesets = {
        missing(evidence::RulesetFormat::IptablesSave, evidence::XtablesFlavour::Legacy, Access::Absent)};
    CHECK(only(legacyOnly, u"POL-3"_s).status == Status::Unknown);
    legacyOnly.guest.value.facts.rulesets.clear();
    CHECK(only(legacyOnly, u"POL-3"_s).status == Status::Unknown);
}

TEST_CASE("ports that the guest's own filter closes are its policy, not a fault")
{
    const auto evidence = silentPorts(u"drop"_s, {establishedAccept(), echoAccept()});
    CHECK(facts::Case(evidence).symptom.signature == Signature::Healthy);
    const auto finding = only(evidence, u"TRN-1"_s);
    CHECK(finding.status == Status::Warn);
    CHECK(finding.summary == u"Ports 22, 80, 443: no answer."_s);
    CHECK(finding.reason.contains(u"inet fw input: policy drop"_s));
    CHECK(finding.observations.empty());
}

TEST_CASE("each silent port is told with the rule that closes it")
{
    const auto evidence =
        silentPorts(u"accept"_s, {portVerdict(22, u"drop"_s), portVerdict(80, u"drop"_s), portVerdict(443, u"drop"_s)});
    const auto finding = only(evidence, u"TRN-1"_s);
    for (const auto &place : {u"22 closed: inet fw input handle 5"_s, u"80 closed: inet fw input handle 6"_s,
                              u"443 closed: inet fw input handle 7"_s}) {
        CHECK(finding.reason.contains(place));
    }
}

TEST_CASE("ports that are silent for no known reason stay unexplained")
{
    // One port that the filter would pass is enough.
    CHECK(facts::Case(silentPorts(u"accept"_s, {portVerdict(22, u"drop"_s), portVerdict(80, u"drop"_s)})).symptom.signature ==
          Signature::AboveIcmp);
    CHECK(facts::Case(silentPorts(u"accept"_s, {})).symptom.signature == Signature::AboveIcmp);
    auto unread = silentPorts(u"drop"_s, {establishedAccept(), echoAccept()});
    unread.guest.value.facts.rulesets.front().text = denied<QString>();
    CHECK(facts::Case(unread).symptom.signature == Signature::AboveIcmp);
    auto noGuest = silentPorts(u"drop"_s, {establishedAccept(), echoAccept()});
    noGuest.guest = denied<evidence::Guest>();
    CHECK(facts::Case(noGuest).symptom.signature == Signature::AboveIcmp);
    CHECK(only(noGuest, u"TRN-1"_s).observations.size() == 2); // silence, and that it is not the host
}

TEST_CASE("policy rules of the guest that could not be read leave its way back open")
{
    auto evidence = oneWay();
    evidence.guest.value.echoToHost = denied<evidence::EchoSeries>();
    CHECK(only(evidence, u"NET-5"_s).status == Status::Pass);
    evidence.guest.value.facts.policyRules = denied<std::vector<evidence::PolicyRule>>();
    evidence.guest.value.facts.policyRules.access = Access::Failed;
    const auto finding = only(evidence, u"NET-5"_s);
    CHECK(finding.status == Status::Unknown);
    CHECK(finding.observations.empty());
    CHECK(finding.reason == u"no rights."_s);
}

TEST_CASE("a policy rule for other traffic than the echo diverts nothing")
{
    auto evidence = oneWay();
    evidence.guest.value.echoToHost = denied<evidence::EchoSeries>();
    evidence::PolicyRule hole;
    hole.priority = 10;
    hole.action = evidence::RuleAction::Table;
    hole.table = 7;
    evidence::PolicyRule main;
    main.priority = 32766;
    main.action = evidence::RuleAction::Table;
    main.table = 254;
    auto &facts = evidence.guest.value.facts;
    auto blackhole = route("10.0.0.0/24", u"eth0"_s);
    blackhole.table = 7;
    blackhole.type = evidence::RouteType::Blackhole;
    facts.routes.value.push_back(blackhole);
    const auto status = [&](const evidence::PolicyRule &rule) {
        facts.policyRules.value = {rule, main};
        return only(evidence, u"NET-5"_s).status;
    };
    CHECK(status(hole) == Status::Fail);
    auto rule = hole;
    rule.protocol = 6;
    CHECK(status(rule) == Status::Pass);
    rule.protocol = 1;
    CHECK(status(rule) == Status::Fail);
    rule = hole;
    rule.tos = 0x10;
    CHECK(status(rule) == Status::Pass);
    rule.inverted = true;
    CHECK(status(rule) == Status::Fail);
    // A reply is the kernel's own, hence root's; what a selector means that nobody knows is not known.
    rule = hole;
    rule.users = evidence::NumberRange{5, 6};
    CHECK(status(rule) == Status::Pass);
    rule = hole;
    rule.others.emplace_back(u"flowlabel"_s);
    CHECK(status(rule) == Status::Unknown);
}

TEST_CASE("a ping of the guest's gateway counts only where that is this host")
{
    auto evidence = oneWay();
    evidence.guest.value.echoToHost.value.purpose = evidence::EchoPurpose::Gateway;
    CHECK(facts::Case(evidence).symptom.signature == Signature::OneWay);
    evidence.guest.value.echoToHost.value.target = ip("10.0.0.254");
    const auto symptom = facts::Case(evidence).symptom;
    CHECK(symptom.signature == Signature::Unobserved);
    CHECK_FALSE(symptom.icmp.vmToHost);
}

TEST_CASE("a filter that stops the echo in any case says where the rule that does it is not certain")
{
    auto evidence = healthy();
    evidence.probes.echoes = {seen(echoes(vmAddress, hostAddress, EchoOutcome::Silence))};
    const auto port = u"{\"match\": {\"op\": \"==\", \"left\": {\"payload\": {\"protocol\": \"th\", \"field\": \"dport\"}}, "
                      u"\"right\": 7777}}, {\"drop\": null}"_s; // of an ICMP message: part of what it carries
    const auto drop = u"{\"drop\": null}"_s;
    for (const bool certain : {true, false}) {
        const auto rules = certain ? QStringList{drop} : QStringList{port, drop};
        evidence.guest.value.facts.rulesets = {dump(evidence::RulesetFormat::NftJson, {}, nft(u"input"_s, u"accept"_s, rules))};
        const auto finding = only(evidence, u"POL-3"_s);
        INFO(finding.summary.toStdString());
        CHECK(finding.status == Status::Fail);
        const bool said = std::any_of(finding.evidence.begin(), finding.evidence.end(),
                                      [](const EvidenceItem &line) { return line.text.contains(u"in any case"_s); });
        CHECK(said != certain);
    }
}
