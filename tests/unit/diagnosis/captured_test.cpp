// SPDX-License-Identifier: GPL-3.0-or-later
#include "catch.h"

#include "../facts/captured.h"
#include "checks/checks.h"
#include "diagnosis/diagnosis.h"

#include <algorithm>

using namespace bothways;
using namespace bothways::test;
using diagnosis::Grade;
using evidence::EchoOutcome;
using evidence::Leg;
using evidence::PointRole;

namespace {

diagnosis::Diagnosis diagnose(const evidence::Evidence &evidence)
{
    const facts::Case given(evidence);
    return diagnosis::diagnose(checks::runAll(given), given.symptom);
}

/// "class/variant grade" of the first cause; of one that is ruled out nothing.
QString top(const diagnosis::Diagnosis &result)
{
    const auto &first = result.causes.front();
    return first.grade == Grade::RuledOut ? QString()
                                          : u"%1/%2 %3"_s.arg(name(first.id), name(first.variant), diagnosis::name(first.grade));
}

bool isOpen(const diagnosis::Diagnosis &result, const char16_t *id)
{
    return std::any_of(result.causes.begin(), result.causes.end(), [&](const diagnosis::Cause &cause) {
        return name(cause.id) == QStringView(id) && cause.grade != Grade::RuledOut;
    });
}

void onBridge(evidence::Evidence &evidence, const QString &chain, const QString &rule)
{
    auto text = nft(chain, u"accept"_s, {rule});
    text.replace(u"inet"_s, u"bridge"_s);
    evidence.host.value.rulesets = {dump(evidence::RulesetFormat::NftJson, {}, text)};
}

void forgetRulesOf(evidence::Evidence &evidence) { evidence.host.value.rulesets.front().text = denied<QString>(); }

} // namespace

TEST_CASE("a bridge rule that was read and a capture that shows the loss there prove it together", "[captured]")
{
    auto evidence = oneWay();
    evidence.guest = denied<evidence::Guest>();
    Captured capture(evidence);
    capture.echoes({{capture.bridge, Leg::Request}});
    SECTION("both")
    {
        onBridge(evidence, u"output"_s, icmpDrop(u"echo-request"_s));
        CHECK(top(diagnose(evidence)) == u"vswitch-filter/bridge-rule proven"_s);
    }
    SECTION("the capture alone names a place and no rule")
    {
        forgetRulesOf(evidence);
        const auto result = diagnose(evidence);
        CHECK(top(result) == u"vswitch-filter/bridge-rule probable"_s);
        CHECK(facts::describe(result.causes.front().object.value()) == u"host: br0 → port0"_s);
    }
    SECTION("rules that let it pass speak against it: nothing is named")
    {
        CHECK(diagnose(evidence).status == diagnosis::Status::Unexplained);
    }
    CHECK_FALSE(isOpen(diagnose(evidence), u"guest-firewall"));
}

TEST_CASE("an answer that came to the host and not to the program is the host's own filter", "[captured]")
{
    auto evidence = oneWay();
    evidence.guest = denied<evidence::Guest>();
    forgetRulesOf(evidence);
    Captured capture(evidence);
    capture.echoes(
        {{capture.bridge, Leg::Request}, {capture.port, Leg::Request}, {capture.port, Leg::Reply}, {capture.bridge, Leg::Reply}});
    const auto result = diagnose(evidence);
    CHECK(top(result) == u"host-firewall/input-drops-reply probable"_s);
    CHECK_FALSE(isOpen(result, u"guest-firewall"));
    CHECK_FALSE(isOpen(result, u"vswitch-filter"));
}

TEST_CASE("a request that vanished in the VM leaves the VM's causes, and none of the host's or the bridge's", "[captured]")
{
    auto evidence = oneWay();
    evidence.guest = denied<evidence::Guest>();
    forgetRulesOf(evidence);
    CHECK(isOpen(diagnose(evidence), u"vswitch-filter"));
    Captured capture(evidence);
    capture.echoes({{capture.bridge, Leg::Request}, {capture.port, Leg::Request}});
    const auto result = diagnose(evidence);
    CHECK(result.status == diagnosis::Status::Unexplained);
    CHECK(top(result).startsWith(u"guest-firewall/"));
    CHECK_FALSE(isOpen(result, u"vswitch-filter"));
    CHECK(std::none_of(result.causes.begin(), result.causes.end(), [](const diagnosis::Cause &cause) {
        return cause.grade != Grade::RuledOut && (cause.variant == diagnosis::Variant::HostOutputDropsRequest ||
                                                  cause.variant == diagnosis::Variant::HostInputDropsReply);
    }));
}

TEST_CASE("a request that never left rules the guest out, and a latent fault of the guest is found behind it", "[captured]")
{
    auto evidence = oneWay(EchoOutcome::SendDenied);
    evidence.host.value.rulesets = {
        dump(evidence::RulesetFormat::NftJson, {}, nft(u"output"_s, u"accept"_s, {icmpDrop(u"echo-request"_s)}))};
    Captured capture(evidence);
    capture.echoes({});
    auto result = diagnose(evidence);
    CHECK(top(result) == u"host-firewall/output-drops-request proven"_s);
    evidence.guest.value.facts.rulesets = {
        dump(evidence::RulesetFormat::NftJson, {}, nft(u"input"_s, u"accept"_s, {icmpDrop(u"echo-request"_s)}))};
    result = diagnose(evidence);
    CHECK(top(result) == u"host-firewall/output-drops-request proven"_s);
    CHECK(result.causes.at(1).id == diagnosis::CauseClass::GuestFirewall);
    CHECK(result.causes.at(1).second);
}

TEST_CASE("who answers the echo, by the capture, is another observation than who answers ARP", "[captured]")
{
    auto evidence = healthy();
    const auto asked = evidence.probes.neighbours;
    evidence.probes.neighbours.clear();
    Captured capture(evidence);
    capture.echoes({{capture.bridge, Leg::Request}, {capture.bridge, Leg::Reply}});
    for (auto &journey : capture.all().journeys) {
        journey.sightings.back().sourceMac = mac(strangerMac);
    }
    CHECK(top(diagnose(evidence)) == u"address-plan/duplicate-ip probable"_s);
    evidence.probes.neighbours = asked;
    evidence.probes.neighbours.front().value.answers.push_back({mac(strangerMac), 210000, {}});
    CHECK(top(diagnose(evidence)) == u"address-plan/duplicate-ip proven"_s);
}

TEST_CASE("a second owner of the MAC is proven by what came in at its port and by what the bridge learned", "[captured]")
{
    auto evidence = oneWay();
    Captured capture(evidence);
    const int other = capture.point(u"port9"_s, PointRole::OtherPort);
    capture.use(vmAddress, vmMac, capture.port, 20, 1000);
    capture.use("10.0.0.11", vmMac, other, 9, 7000);
    capture.echoes({{capture.bridge, Leg::Request}, {other, Leg::Request}});
    const auto result = diagnose(evidence);
    CHECK(top(result) == u"mac-identity/duplicate-mac proven"_s);
    CHECK(facts::describe(result.causes.front().object.value()).contains(u"port9 (10.0.0.11)"_s));
    CHECK_FALSE(isOpen(result, u"vswitch-filter"));
    CHECK_FALSE(isOpen(result, u"guest-firewall"));
}

TEST_CASE("tags that differ are proven by the frames and the guest's own report", "[captured]")
{
    auto evidence = bothWays(EchoOutcome::NeighbourUnresolved);
    evidence.probes.neighbours.front().value.answers.clear();
    evidence.host.value.neighbours.value = {neighbour(vmAddress, u"br0"_s, nullptr, evidence::NeighbourState::Failed)};
    evidence.guest.value.facts.links.value.front().kind = evidence::LinkKind::Vlan;
    Captured capture(evidence);
    capture.use(vmAddress, vmMac, capture.port, 3, 1000, true, 100);
    capture.journey(evidence::JourneyKind::Arp, hostAddress, vmAddress,
                    {{capture.bridge, Leg::Request}, {capture.port, Leg::Request}});
    CHECK(top(diagnose(evidence)) == u"vlan/tag-mismatch proven"_s);
}

TEST_CASE("an ARP setting that keeps the guest from answering is proven with the request that it got", "[captured]")
{
    auto evidence = bothWays(EchoOutcome::NeighbourUnresolved);
    evidence.probes.neighbours.front().value.answers.clear();
    evidence.host.value.neighbours.value = {neighbour(vmAddress, u"br0"_s, nullptr, evidence::NeighbourState::Failed)};
    evidence.probes.ports.front().value.outcome = evidence::PortOutcome::Unreachable;
    evidence.guest.value.facts.sysctls.value[u"net.ipv4.conf.all.arp_ignore"_s] = u"8"_s;
    Captured capture(evidence);
    capture.journey(evidence::JourneyKind::Arp, hostAddress, vmAddress,
                    {{capture.bridge, Leg::Request}, {capture.port, Leg::Request}});
    CHECK(top(diagnose(evidence)) == u"neighbour-state/arp-policy proven"_s);
}

TEST_CASE("a healthy pair that was captured has no fault", "[captured]")
{
    auto evidence = healthy();
    Captured capture(evidence);
    const int other = capture.point(u"port9"_s, PointRole::OtherPort);
    capture.echoes(
        {{capture.bridge, Leg::Request}, {capture.port, Leg::Request}, {capture.port, Leg::Reply}, {capture.bridge, Leg::Reply}});
    capture.use(vmAddress, vmMac, capture.port, 20, 1000);
    capture.use(vmAddress, vmMac, capture.port, 2, 900, true);
    capture.use(vmAddress, vmMac, capture.bridge, 2, 1900, true);
    capture.use(vmAddress, vmMac, other, 1, 2900, true);
    CHECK(diagnose(evidence).status == diagnosis::Status::NoFault);
}
