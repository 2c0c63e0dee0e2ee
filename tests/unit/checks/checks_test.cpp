// SPDX-License-Identifier: GPL-3.0-or-later
#include "catch.h"

#include "../facts/builder.h"
#include "checks/checks.h"
#include "checks/finding/outcomes.h"

#include <algorithm>
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
    CHECK(built == 32);
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

TEST_CASE("a filter that could not be read is unknown, never passed")
{
    auto evidence = oneWay();
    evidence.host.value.rulesets.front().text = denied<QString>();
    const auto findings = runAll(facts::Case(evidence), {u"POL-1"_s});
    REQUIRE(findings.size() == 1);
    CHECK(findings.front().status == Status::Unknown);
    CHECK(findings.front().observations.empty());
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
        {evidence::RulesetFormat::IptablesSave, evidence::XtablesFlavour::Nft,
         evidence::Reading<QString>::missing(evidence::Access::Denied, u"iptables-nft-save -c"_s, u"no"_s)});
    CHECK(pre1().status == Status::Warn);
    CHECK(pre1().summary.contains(u"iptables"_s));
}

TEST_CASE("a link that the hypervisor holds down is not good, whatever the port on the host says")
{
    auto evidence = bothWays();
    evidence::VmInterface nic;
    nic.mac = mac(vmMac);
    nic.type = evidence::Attachment::Bridge;
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
    CHECK(seenThere.front().outcome == checks::Outcome::LinkDownByVm);
}
