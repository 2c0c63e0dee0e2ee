// SPDX-License-Identifier: GPL-3.0-or-later
// Faults that the way of the packets shows: each named with its object, and nothing where the same thing does no harm.
#include "catch.h"

#include "../facts/builder.h"
#include "checks/checks.h"
#include "diagnosis/diagnosis.h"

#include <algorithm>

using namespace bothways;
using namespace bothways::test;
using diagnosis::Grade;
using evidence::EchoOutcome;
using evidence::Evidence;

namespace {

diagnosis::Diagnosis diagnose(const Evidence &evidence)
{
    const facts::Case given(evidence);
    return diagnosis::diagnose(checks::runAll(given), given.symptom);
}

/// "class/variant grade object" of the first cause that is not ruled out, else the status.
std::string top(const Evidence &evidence)
{
    const auto result = diagnose(evidence);
    for (const auto &cause : result.causes) {
        if (cause.grade != Grade::RuledOut) {
            return (name(cause.id) + u'/' + name(cause.variant) + u' ' + diagnosis::name(cause.grade) + u' ' +
                    (cause.object ? facts::describe(*cause.object) : QString()))
                .toStdString();
        }
    }
    return diagnosis::name(result.status).toStdString();
}

/// The host's ping is answered, the VM's is not.
Evidence oneWayBack(const char *pinged = hostAddress)
{
    auto evidence = healthy();
    evidence.guest.value.echoToHost = seen(echoes(pinged, vmAddress, EchoOutcome::Silence, evidence::EchoPurpose::Guest));
    return evidence;
}

void divertReplies(Evidence &evidence)
{
    evidence::PolicyRule rule;
    rule.priority = 1000;
    rule.source = prefix("10.0.0.0/24");
    rule.action = evidence::RuleAction::Table;
    rule.table = 200;
    auto main = rule;
    main.priority = 32766;
    main.source.reset();
    main.table = 254;
    evidence.host.value.policyRules.value = {rule, main};
    auto away = route("0.0.0.0/0", u"other0"_s);
    away.table = 200;
    evidence.host.value.routes.value.push_back(away);
}

void mapAddress(Evidence &evidence)
{
    evidence.host.value.addresses.value.push_back({u"other0"_s, prefix("203.0.113.5/32"), evidence::AddressScope::Global});
    evidence.host.value.rulesets = {
        dump(evidence::RulesetFormat::IptablesSave, evidence::XtablesFlavour::Legacy,
             u"*nat\n:PREROUTING ACCEPT [0:0]\n:INPUT ACCEPT [0:0]\n:OUTPUT ACCEPT [0:0]\n:POSTROUTING ACCEPT [0:0]\n"
             "-A PREROUTING -d 203.0.113.5/32 -j DNAT --to-destination 10.0.0.10\nCOMMIT\n"_s)};
}

void leaveAddressOnPort(Evidence &evidence)
{
    auto &host = evidence.host.value;
    host.links.value.push_back(link(u"enp5s0"_s, evidence::LinkKind::Hardware, "02:00:00:00:05:05", u"br0"_s));
    host.addresses.value.front().interface = u"enp5s0"_s;
}

} // namespace

TEST_CASE("a rule by source that takes the replies is proven, by the VM's silent ping")
{
    auto evidence = oneWayBack();
    CHECK(facts::Case(evidence).symptom.signature == facts::Signature::OneWayBack);
    divertReplies(evidence);
    CHECK(top(evidence) ==
          "routing/policy-rule proven host: rule 1000 from 10.0.0.0/24 lookup 200: default dev other0 table 200");
    auto harmless = healthy();
    divertReplies(harmless);
    CHECK(top(harmless) == "no-fault");
}

TEST_CASE("a translation of the address that the VM pings is proven; of another it is told where the VM's ping was not seen")
{
    auto evidence = oneWayBack("203.0.113.5");
    mapAddress(evidence);
    const auto found = top(evidence);
    CHECK(found.find("host-firewall/nat-rewrites proven host: iptables-legacy nat PREROUTING rule 1") == 0);
    auto blind = healthy();
    mapAddress(blind);
    blind.guest = denied<evidence::Guest>();
    CHECK(top(blind).find("host-firewall/nat-rewrites") == 0);
    auto observed = healthy();
    mapAddress(observed);
    CHECK(top(observed) == "no-fault");
}

TEST_CASE("an address on the bridge's port is the cause, with a report of the guest and without")
{
    auto evidence = bothWays(EchoOutcome::NeighbourUnresolved);
    evidence.probes.neighbours.front().value.answers.clear();
    leaveAddressOnPort(evidence);
    auto &answer = evidence.host.value.routeAnswers.front().value;
    answer.interface = u"enp5s0"_s;
    evidence.host.value.routes.value.front() = route("10.0.0.0/24", u"enp5s0"_s);
    CHECK(top(evidence).find("network-mode/address-on-port proven host: 10.0.0.1/24 dev enp5s0, a port of br0") == 0);
    evidence.guest = denied<evidence::Guest>();
    evidence.target.vmMac.reset();
    evidence.host.value.fdb.value.clear();
    evidence.target.interface = u"enp5s0"_s;
    CHECK(top(evidence).find("network-mode/address-on-port") == 0);
}

TEST_CASE("a bridge that is not in its own VLAN is named, with the VLAN that it lacks")
{
    auto evidence = bothWays(EchoOutcome::NeighbourUnresolved);
    evidence.probes.neighbours.front().value.answers.clear();
    auto &host = evidence.host.value;
    host.links.value.front().bridge = evidence::BridgeOptions{};
    host.links.value.front().bridge->vlanFiltering = true;
    host.vlans = seen(std::vector<evidence::PortVlans>{{u"port0"_s, 7, 7, true, true}});
    CHECK(top(evidence) == "vlan/not-in-vlan proven host: br0 is not in VLAN 7");
    host.vlans.value.push_back({u"br0"_s, 7, 7, true, true});
    CHECK(top(evidence).find("vlan/not-in-vlan") == std::string::npos);
}

TEST_CASE("a full connection table is the cause where the kernel refuses to send")
{
    auto evidence = bothWays(EchoOutcome::SendDenied);
    evidence.host.value.conntrack = seen(evidence::Conntrack{64, 64, 10, 0, 0});
    CHECK(top(evidence) == "resources/conntrack-full proven host: net.netfilter.nf_conntrack_max=64");
    evidence.host.value.conntrack = seen(evidence::Conntrack{64, 65536, 0, 0, 0});
    CHECK(top(evidence).find("conntrack-full") == std::string::npos);
}

TEST_CASE("a guest's container network over the host's is the cause, and not its reverse-path filter")
{
    auto evidence = bothWays();
    auto &guest = evidence.guest.value.facts;
    guest.links.value.push_back(link(u"docker0"_s, evidence::LinkKind::Bridge, strangerMac));
    guest.routes.value.push_back(route("10.0.0.0/28", u"docker0"_s));
    guest.sysctls.value.insert(u"net.ipv4.conf.eth0.rp_filter"_s, u"1"_s);
    CHECK(top(evidence).find("routing/overlapping-prefix proven guest: 10.0.0.0/28 dev docker0") == 0);
}

TEST_CASE("one rule that cannot be evaluated is named where the kernel refuses to send")
{
    auto evidence = bothWays(EchoOutcome::SendDenied);
    evidence.host.value.rulesets = {
        dump(evidence::RulesetFormat::NftJson, evidence::XtablesFlavour::None, emptyNft()),
        dump(evidence::RulesetFormat::IptablesSave, evidence::XtablesFlavour::Legacy,
             u"*filter\n:INPUT ACCEPT [0:0]\n:FORWARD ACCEPT [0:0]\n:OUTPUT ACCEPT [0:0]\n"
             "-A OUTPUT -m strange --thing 3 -j REJECT --reject-with icmp-port-unreachable\nCOMMIT\n"_s)};
    const auto found = top(evidence);
    CHECK(found.find("host-firewall/output-drops-request") == 0);
    CHECK(found.find("OUTPUT rule 1") != std::string::npos);
}

TEST_CASE("a program at the VM's port is suspected where nothing else stops the ping, never proven")
{
    auto evidence = bothWays();
    evidence.host.value.programs =
        seen(std::vector<evidence::AttachedProgram>{{u"port0"_s, evidence::ProgramHook::Egress, u"bpf"_s, u"drop_all"_s, 97, 1}});
    const auto result = diagnose(evidence);
    CHECK(std::any_of(result.causes.begin(), result.causes.end(), [](const auto &cause) {
        return cause.variant == diagnosis::Variant::TcProgram && cause.grade == Grade::Possible;
    }));
}
