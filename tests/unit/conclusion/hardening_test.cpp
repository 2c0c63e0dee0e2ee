// SPDX-License-Identifier: GPL-3.0-or-later
// What makes the pair harder to break: concrete where the evidence tells.
#include "catch.h"

#include "cases.h"
#include "conclusion/hardening.h"

using namespace bothways;
using namespace bothways::test;
using conclusion::Advice;

namespace {

std::optional<Advice> adviceOf(const evidence::Evidence &evidence, const QString &id)
{
    for (const auto &advice : conclusion::hardeningOf(facts::Case(evidence))) {
        if (advice.id == id) {
            return advice;
        }
    }
    return std::nullopt;
}

Advice::State stateOf(const evidence::Evidence &evidence, const QString &id)
{
    const auto advice = adviceOf(evidence, id);
    REQUIRE(advice);
    return advice->state;
}

} // namespace

TEST_CASE("hardening is concrete where the evidence tells, and general where it does not", "[hardening]")
{
    auto evidence = healthy();
    CHECK(stateOf(evidence, u"echo-width"_s) == Advice::State::Advised); // no rule at all: everybody may
    CHECK(stateOf(evidence, u"reverse-path-vm"_s) == Advice::State::Advised);
    CHECK_FALSE(adviceOf(evidence, u"reverse-path-host"_s)); // was not read
    CHECK_FALSE(adviceOf(evidence, u"port-width"_s));        // no port is open
    evidence.probes.ports.front().value.outcome = evidence::PortOutcome::Open;
    REQUIRE(adviceOf(evidence, u"port-width"_s));
    CHECK(adviceOf(evidence, u"port-width"_s)->measure.contains(u": 22."_s));

    auto &guest = evidence.guest.value.facts;
    guest.rulesets = {dump(evidence::RulesetFormat::NftJson, {},
                           nft(u"input"_s, u"drop"_s, {sourceAccept(u"10.0.0.1"_s), establishedAccept()}))};
    CHECK(stateOf(evidence, u"echo-width"_s) == Advice::State::Done);
    CHECK_FALSE(adviceOf(evidence, u"port-width"_s));
    guest.rulesets.front().text = denied<QString>();
    CHECK(stateOf(evidence, u"echo-width"_s) == Advice::State::General);

    guest.sysctls.value[u"net.ipv4.conf.all.rp_filter"_s] = u"1"_s; // the higher one counts
    CHECK(stateOf(evidence, u"reverse-path-vm"_s) == Advice::State::Done);
    guest.addresses.value.push_back({u"eth1"_s, prefix("10.0.0.11/24"), evidence::AddressScope::Global});
    CHECK(stateOf(evidence, u"reverse-path-vm"_s) == Advice::State::Advised); // strict, and two in one subnet
    CHECK(stateOf(evidence, u"arp-policy-vm"_s) == Advice::State::Advised);
    guest.sysctls.value[u"net.ipv4.conf.all.arp_ignore"_s] = u"1"_s;
    guest.sysctls.value[u"net.ipv4.conf.all.arp_announce"_s] = u"2"_s;
    CHECK(stateOf(evidence, u"arp-policy-vm"_s) == Advice::State::Done);

    CHECK(stateOf(evidence, u"mac-pinned"_s) == Advice::State::General);
    evidence.target.vmMac = mac("52:54:00:12:34:56");
    CHECK(stateOf(evidence, u"mac-pinned"_s) == Advice::State::Advised);

    CHECK(stateOf(evidence, u"neighbour-table"_s) == Advice::State::General);
    evidence.host.value.sysctls.value[u"net.ipv4.neigh.default.gc_thresh3"_s] = u"1024"_s;
    CHECK(stateOf(evidence, u"neighbour-table"_s) == Advice::State::Done);
    evidence.host.value.sysctls.value[u"net.ipv4.neigh.default.gc_thresh3"_s] = u"1"_s;
    CHECK(stateOf(evidence, u"neighbour-table"_s) == Advice::State::Advised);

    evidence.host.value.links.value.front().mtu = 1500;
    guest.links.value.front().mtu = 1400;
    const auto mtu = adviceOf(evidence, u"mtu"_s);
    REQUIRE(mtu);
    CHECK(mtu->state == Advice::State::Advised);
    CHECK(mtu->verify == u"ping -c 3 -M do -s 1372 10.0.0.10"_s);
}

TEST_CASE("hardening of nothing is general, and names that cannot be pasted are in no command", "[hardening]")
{
    for (const auto &advice : conclusion::hardeningOf(facts::Case(evidence::Evidence()))) {
        INFO(advice.id.toStdString());
        CHECK(advice.state == Advice::State::General);
        CHECK_FALSE(advice.measure.isEmpty());
        CHECK_FALSE(advice.layer.isEmpty());
    }
    auto evidence = healthy();
    evidence.target.vm = u"a; reboot"_s;
    CHECK(adviceOf(evidence, u"waf"_s)->verify.contains(u"--vm 'a; reboot' "_s));
    evidence.target.vm = u"a\u202Eb"_s;
    CHECK(adviceOf(evidence, u"waf"_s)->verify.isEmpty());
}
