// SPDX-License-Identifier: GPL-3.0-or-later
#include "catch.h"

#include "../facts/builder.h"
#include "checks/checks.h"
#include "checks/outcomes.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <string>

using namespace bothways;
using namespace bothways::checks;
using namespace bothways::facts;
using namespace bothways::test;
using evidence::EchoOutcome;

TEST_CASE("the table holds the catalogue's 38 checks in its order, 31 of them built")
{
    CHECK(table().size() == 38);
    std::set<std::string> ids;
    int built = 0;
    for (const auto &check : table()) {
        ids.insert(check.id);
        built += check.run ? 1 : 0;
        CHECK(*check.question != '\0');
        CHECK(*check.cannotSee != '\0');
    }
    CHECK(ids.size() == 38);
    CHECK(built == 31);
    CHECK(std::string(table().front().id) == "PRE-1");
    CHECK(std::string(table().back().id) == "POL-6");
}

TEST_CASE("what is not built says so and does not pass")
{
    const auto evidence = healthy();
    for (const auto &finding : runAll(facts::Case(evidence))) {
        if (find(finding.id)->run == nullptr) {
            CHECK(finding.status == Status::Skipped);
            CHECK(finding.summary == u"Not built in this version."_s);
            CHECK(finding.reason.isEmpty());
        }
    }
}

TEST_CASE("only the named checks run")
{
    const auto evidence = healthy();
    const auto findings = runAll(facts::Case(evidence), {u"net-7"_s, u"POL-3"_s});
    REQUIRE(findings.size() == 2);
    CHECK(findings[0].id == u"NET-7"_s);
    CHECK(findings[1].id == u"POL-3"_s);
}

TEST_CASE("RTT statistics are those of iputils, p95 by nearest rank")
{
    evidence::EchoSeries series;
    for (const qint64 ms : {1, 2, 3, 4}) {
        evidence::EchoSample sample;
        sample.outcome = EchoOutcome::Reply;
        sample.rttNs = ms * 1000000;
        series.samples.push_back(sample);
    }
    series.samples.push_back({});
    const auto rtt = summarise(series);
    REQUIRE(rtt);
    CHECK(std::abs(rtt->min - 1) < 1e-6);
    CHECK(std::abs(rtt->avg - 2.5) < 1e-6);
    CHECK(std::abs(rtt->max - 4) < 1e-6);
    CHECK(std::abs(rtt->mdev - 1.118034) < 1e-6);
    CHECK(std::abs(rtt->p95 - 4) < 1e-6);
    CHECK_FALSE(summarise(evidence::EchoSeries{}));
}

TEST_CASE("signatures follow from what was observed")
{
    CHECK(facts::Case(healthy()).symptom.signature == Signature::Healthy);
    CHECK(facts::Case(oneWay()).symptom.signature == Signature::OneWay);
    CHECK(facts::Case(oneWay(EchoOutcome::SendDenied)).symptom.signature == Signature::OneWay);
    CHECK(facts::Case(bothWays()).symptom.signature == Signature::BothWays);

    auto unseen = oneWay();
    unseen.guest = denied<evidence::Guest>();
    CHECK(facts::Case(unseen).symptom.signature == Signature::Unobserved);

    auto elsewhere = oneWay();
    elsewhere.guest.value.echoSource = ip("10.0.5.10");
    CHECK(facts::Case(elsewhere).symptom.signature == Signature::WrongAddress);

    auto user = oneWay();
    user.target.mode = u"user"_s;
    CHECK(facts::Case(user).symptom.signature == Signature::WrongAddress);

    auto lossy = healthy();
    for (int i = 0; i < 4; ++i) {
        lossy.probes.echoes.front().value.samples[static_cast<std::size_t>(i)].outcome = EchoOutcome::Silence;
    }
    CHECK(facts::Case(lossy).symptom.signature == Signature::Partial);

    auto filtered = healthy();
    filtered.probes.ports.front().value.outcome = evidence::PortOutcome::Silent;
    CHECK(facts::Case(filtered).symptom.signature == Signature::AboveIcmp);
}

TEST_CASE("a report that is older than the fault proves nothing")
{
    auto evidence = oneWay(EchoOutcome::NeighbourUnresolved);
    evidence.probes.neighbours.front().value.answers.clear();
    evidence.probes.ports.front().value.outcome = evidence::PortOutcome::Unreachable;
    CHECK(facts::Case(evidence).symptom.signature == Signature::Unobserved);
}

TEST_CASE("cancelled requests are neither lost nor answered")
{
    auto evidence = healthy();
    for (int i = 5; i < 10; ++i) {
        evidence.probes.echoes.front().value.samples[static_cast<std::size_t>(i)].outcome = EchoOutcome::Cancelled;
    }
    const auto symptom = facts::Case(evidence).symptom;
    REQUIRE(symptom.icmp.hostToVm);
    CHECK(symptom.icmp.hostToVm->sent == 5);
    CHECK(std::abs(symptom.icmp.hostToVm->loss - 0) < 1e-6);
    CHECK(symptom.signature == Signature::Healthy);
}

TEST_CASE("a filter that could not be read is unknown, never passed")
{
    auto evidence = oneWay();
    evidence.host.value.rulesets.front().text = denied<QString>();
    const auto findings = runAll(facts::Case(evidence), {u"POL-1"_s});
    REQUIRE(findings.size() == 1);
    CHECK(findings.front().status == Status::Unknown);
    CHECK(findings.front().observations.empty());
}

TEST_CASE("objects are named in one line")
{
    filter::RuleRef rule;
    rule.backend = "nft";
    rule.family = "inet";
    rule.table = "fw";
    rule.chain = "input";
    rule.handle = 5;
    rule.text = "icmp type echo-request drop";
    CHECK(describe(RuleObject{Where::Guest, rule, filter::Hook::Input, {}}) ==
          u"guest: inet fw input handle 5: icmp type echo-request drop"_s);
    CHECK(statement(RuleObject{Where::Guest, rule, filter::Hook::Input, {}}) ==
          u"inet fw input handle 5: icmp type echo-request drop"_s);
    CHECK(locate(RuleObject{Where::Guest, rule, filter::Hook::Input, {}}) == u"inet fw input handle 5"_s);
    rule.policy = true;
    rule.text = "policy drop";
    CHECK(locate(RuleObject{Where::Guest, rule, filter::Hook::Input, {}}) == u"inet fw input policy drop"_s);
    CHECK(describe(SysctlObject{Where::Guest, u"net.ipv4.icmp_echo_ignore_all"_s, u"1"_s, u"0"_s}) ==
          u"guest: net.ipv4.icmp_echo_ignore_all=1"_s);
    RouteObject offending;
    offending.route = route("10.0.0.0/25", u"other0"_s);
    CHECK(describe(offending) == u"host: 10.0.0.0/25 dev other0"_s);
}

TEST_CASE("PRE-1 says how the helper gets its capabilities, as a shell takes it, and what it still cannot do")
{
    auto evidence = healthy();
    auto &rights = evidence.rights.value;
    rights.rawSockets = false;
    rights.administration = false;
    rights.helper = u"/opt/it's here/bothways-helper"_s;
    const auto pre1 = [&] { return runAll(facts::Case(evidence), {u"PRE-1"_s}).at(0); };
    CHECK(pre1().status == Status::Warn);
    CHECK(pre1().reason.contains(
        uR"(sudo setcap cap_net_admin,cap_net_raw,cap_dac_read_search=p '/opt/it'\''s here/bothways-helper')"_s));
    rights.helper = u"/usr/bin/bothways-helper"_s;
    CHECK(pre1().reason.endsWith(u"=p /usr/bin/bothways-helper"_s));
    rights.helper.clear();
    CHECK(pre1().reason.startsWith(u"Run as root"_s));

    rights = {1000, true, true, true, true, u"1 0"_s, u"/usr/bin/bothways-helper"_s, true, {}};
    CHECK(pre1().status == Status::Pass);
    evidence.host.value.rulesets.push_back(
        {u"iptables-save"_s, u"nft"_s,
         evidence::Reading<QString>::missing(evidence::Access::Denied, u"iptables-nft-save -c"_s, u"no"_s)});
    CHECK(pre1().status == Status::Warn);
    CHECK(pre1().summary.contains(u"iptables"_s));
}

TEST_CASE("a link that the hypervisor holds down is not good, whatever the port on the host says")
{
    auto evidence = bothWays();
    evidence::VmInterface nic;
    nic.mac = mac(vmMac);
    nic.type = u"bridge"_s;
    nic.bridge = evidence.target.interface;
    nic.hostDevice = evidence.target.port;
    nic.linkUp = false;
    evidence::Vm vm;
    vm.name = u"db7"_s;
    vm.interfaces = {nic};
    evidence.target.vm = vm.name;
    evidence.inventory = seen(evidence::Inventory{{vm}, {}});
    const auto findings = runAll(facts::Case(evidence), {u"PHY-2"_s});
    REQUIRE(findings.size() == 1);
    CHECK(findings.front().status == Status::Fail);
    const auto &seenThere = findings.front().observations;
    REQUIRE(seenThere.size() == 1);
    CHECK(seenThere.front().outcome == QLatin1String(checks::outcome::linkDownByVm));
}
