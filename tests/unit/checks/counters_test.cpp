// SPDX-License-Identifier: GPL-3.0-or-later
#include "catch.h"

#include "../facts/builder.h"
#include "checks/checks.h"
#include "checks/finding/outcomes.h"

#include <algorithm>
#include <limits>

using namespace bothways;
using namespace bothways::checks;
using namespace bothways::facts;
using namespace bothways::test;
using evidence::EchoOutcome;
using evidence::Evidence;

namespace {

/// Ten requests are sent; the guest's counters stand at 100 before and grow by these.
Evidence counted(const QMap<QString, qint64> &growth)
{
    auto evidence = oneWay();
    evidence.guest.value.echoToHost = denied<evidence::EchoSeries>();
    QMap<QString, qint64> before;
    QMap<QString, qint64> after;
    for (auto it = growth.cbegin(); it != growth.cend(); ++it) {
        before.insert(it.key(), 100);
        after.insert(it.key(), 100 + it.value());
    }
    evidence.guest.value.facts.counters = seen(before);
    evidence::NodeSnapshot snapshot;
    snapshot.counters = seen(after);
    evidence.guest.value.after = seen(snapshot);
    return evidence;
}

Finding run(const Evidence &evidence, const QString &id) { return runAll(facts::Case(evidence), {id}).front(); }

bool says(const Finding &finding, Outcome outcome)
{
    return std::any_of(finding.observations.begin(), finding.observations.end(), [&](const Observation &observation) {
        return observation.outcome == outcome && observation.basis == Basis::Counter;
    });
}

bool shows(const Finding &finding, const QString &text)
{
    return std::any_of(finding.evidence.begin(), finding.evidence.end(),
                       [&](const EvidenceItem &item) { return item.text.contains(text); });
}

QString countedDrop(qint64 packets)
{
    return u"{\"match\": {\"op\": \"==\", \"left\": {\"payload\": {\"protocol\": \"icmp\", \"field\": \"type\"}}, \"right\": "
           "\"%1\"}}, {\"counter\": {\"packets\": %2, \"bytes\": 0}}, {\"drop\": null}"_s.arg(u"echo-request"_s)
               .arg(packets);
}

} // namespace

TEST_CASE("requests that the guest's IP layer saw and its ICMP did not were filtered")
{
    const auto evidence = counted({{u"Ip.InReceives"_s, 13}, {u"Icmp.InEchos"_s, 0}, {u"Icmp.OutEchoReps"_s, 0}});
    const auto finding = run(evidence, u"POL-3"_s);
    CHECK(says(finding, Outcome::RequestNotDelivered));
    CHECK(shows(finding, u"Ip.InReceives +13, Icmp.InEchos +0, Icmp.OutEchoReps +0"_s));
}

TEST_CASE("requests that the guest's ICMP saw and did not answer were ignored")
{
    auto evidence = counted({{u"Ip.InReceives"_s, 13}, {u"Icmp.InEchos"_s, 10}, {u"Icmp.OutEchoReps"_s, 0}});
    evidence.guest.value.facts.sysctls.value[u"net.ipv4.icmp_echo_ignore_all"_s] = u"1"_s;
    CHECK(says(run(evidence, u"POL-3"_s), Outcome::RequestUnanswered));
    const auto finding = run(evidence, u"POL-5"_s);
    CHECK(finding.status == Status::Fail);
    CHECK(shows(finding, u"Icmp.InEchos +10, Icmp.OutEchoReps +0"_s));
}

TEST_CASE("replies that the guest made were lost after it")
{
    const auto evidence = counted({{u"Ip.InReceives"_s, 13}, {u"Icmp.InEchos"_s, 10}, {u"Icmp.OutEchoReps"_s, 10}});
    CHECK(says(run(evidence, u"POL-3"_s), Outcome::ReplyMade));
}

TEST_CASE("counters that did not move, or cannot be compared, say nothing")
{
    for (auto evidence : {counted({{u"Ip.InReceives"_s, 2}, {u"Icmp.InEchos"_s, 0}, {u"Icmp.OutEchoReps"_s, 0}}),
                          counted({{u"Ip.InReceives"_s, 13}}), counted({{u"Icmp.InEchos"_s, 4}, {u"Icmp.OutEchoReps"_s, 1}})}) {
        const auto finding = run(evidence, u"POL-3"_s);
        CHECK(std::none_of(finding.observations.begin(), finding.observations.end(),
                           [](const auto &observation) { return observation.basis == Basis::Counter; }));
    }
    auto absurd = counted({{u"Icmp.InEchos"_s, 0}});
    absurd.guest.value.facts.counters.value[u"Icmp.InEchos"_s] = std::numeric_limits<qint64>::min();
    absurd.guest.value.after.value.counters.value[u"Icmp.InEchos"_s] = std::numeric_limits<qint64>::max();
    CHECK(run(absurd, u"POL-3"_s).observations.size() == 2); // only what the rules say
}

TEST_CASE("the guest's reverse-path filter counts what it drops")
{
    const auto finding = run(counted({{u"TcpExt.IPReversePathFilter"_s, 10}}), u"NET-5"_s);
    CHECK(says(finding, Outcome::ReversePathCounted));
    CHECK(shows(finding, u"TcpExt.IPReversePathFilter +10"_s));
    CHECK_FALSE(says(run(counted({{u"TcpExt.IPReversePathFilter"_s, 3}}), u"NET-5"_s), Outcome::ReversePathCounted));
}

TEST_CASE("a rule's own counter is a second witness, in the guest and on the host")
{
    auto guest = counted({});
    guest.guest.value.facts.rulesets = {
        dump(evidence::RulesetFormat::NftJson, {}, nft(u"input"_s, u"accept"_s, {countedDrop(7)}))};
    guest.guest.value.after.value.rulesets = {
        dump(evidence::RulesetFormat::NftJson, {}, nft(u"input"_s, u"accept"_s, {countedDrop(17)}))};
    const auto finding = run(guest, u"POL-3"_s);
    CHECK(says(finding, Outcome::GuestInputCounted));
    CHECK(shows(finding, u"inet fw input handle 5: +10"_s));

    auto host = oneWay(EchoOutcome::SendDenied);
    evidence::NodeSnapshot before;
    before.rulesets = {dump(evidence::RulesetFormat::NftJson, {}, nft(u"output"_s, u"accept"_s, {countedDrop(0)}))};
    host.hostBefore = seen(before);
    host.host.value.rulesets = {dump(evidence::RulesetFormat::NftJson, {}, nft(u"output"_s, u"accept"_s, {countedDrop(10)}))};
    CHECK(says(run(host, u"POL-1"_s), Outcome::HostOutputCounted));
    host.host.value.rulesets = {dump(evidence::RulesetFormat::NftJson, {}, nft(u"output"_s, u"accept"_s, {countedDrop(9)}))};
    CHECK_FALSE(says(run(host, u"POL-1"_s), Outcome::HostOutputCounted));
}
