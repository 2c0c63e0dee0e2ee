// SPDX-License-Identifier: GPL-3.0-or-later
#include "catch.h"

#include "../facts/builder.h"

#include "checks/checks.h"
#include "checks/finding/outcomes.h"

#include <algorithm>

using namespace bothways;
using namespace bothways::test;
using checks::Status;

namespace {

checks::Finding only(const evidence::Evidence &evidence, const QString &id)
{
    return checks::runAll(facts::Case(evidence), {id}).front();
}

bool observed(const checks::Finding &finding, checks::Outcome outcome)
{
    return std::any_of(finding.observations.begin(), finding.observations.end(),
                       [outcome](const auto &each) { return each.outcome == outcome; });
}

bool shows(const checks::Finding &finding, const QString &part)
{
    return std::any_of(finding.evidence.begin(), finding.evidence.end(),
                       [&part](const auto &item) { return item.text.contains(part); });
}

void setRules(evidence::NodeFacts &facts, const QString &text)
{
    facts.rulesets = {dump(evidence::RulesetFormat::NftJson, {}, text)};
}

QString onBridge(QString text) { return text.replace(u"\"inet\""_s, u"\"bridge\""_s); }

evidence::BridgePort forwardingPort()
{
    evidence::BridgePort port;
    port.state = evidence::PortState::Forwarding;
    return port;
}

evidence::Evidence withPort(evidence::Evidence evidence)
{
    for (auto &link : evidence.host.value.links.value) {
        if (link.master == u"br0"_s) {
            link.port = forwardingPort();
        }
    }
    return evidence;
}

evidence::BridgePort &portOf(evidence::Evidence &evidence) { return *evidence.host.value.links.value.at(1).port; }

QString arpDrop()
{
    return u"{\"match\": {\"op\": \"==\", \"left\": {\"meta\": {\"key\": \"protocol\"}}, \"right\": \"arp\"}}, "
           "{\"drop\": null}"_s;
}

} // namespace

TEST_CASE("POL-1: a request that the host does not track has no reply that is let in by state")
{
    auto evidence = oneWay();
    auto text = nft(u"input"_s, u"drop"_s, {establishedAccept()});
    setRules(evidence.host.value, text);
    CHECK(only(evidence, u"POL-1"_s).status == Status::Pass);
    text.chop(2);
    text +=
        u",{\"chain\": {\"family\": \"inet\", \"table\": \"fw\", \"name\": \"raw\", \"handle\": 2, \"type\": \"filter\", "
        "\"hook\": \"output\", \"prio\": -300, \"policy\": \"accept\"}},"
        "{\"rule\": {\"family\": \"inet\", \"table\": \"fw\", \"chain\": \"raw\", \"handle\": 9, \"expr\": [{\"notrack\": null}]}}]}"_s;
    setRules(evidence.host.value, text);
    const auto finding = only(evidence, u"POL-1"_s);
    CHECK(finding.status == Status::Fail);
    CHECK(observed(finding, checks::Outcome::HostInputDrops));
    CHECK(shows(finding, u"inet fw input: policy drop"_s));
}

TEST_CASE("POL-2: the VM's own request and the host's reply to it")
{
    auto evidence = bothWays();
    CHECK(only(evidence, u"POL-2"_s).status == Status::Pass);
    setRules(evidence.host.value, nft(u"input"_s, u"accept"_s, {icmpDrop(u"echo-request"_s)}));
    auto finding = only(evidence, u"POL-2"_s);
    CHECK(finding.status == Status::Fail);
    CHECK(observed(finding, checks::Outcome::HostInputDropsRequest));
    CHECK(shows(finding, u"inet fw input handle 5"_s));
    CHECK(only(evidence, u"POL-1"_s).status == Status::Pass);
    setRules(evidence.host.value, nft(u"output"_s, u"accept"_s, {icmpDrop(u"echo-reply"_s)}));
    finding = only(evidence, u"POL-2"_s);
    CHECK(finding.status == Status::Fail);
    CHECK(observed(finding, checks::Outcome::HostOutputDropsReply));
    CHECK(observed(finding, checks::Outcome::HostInputPassesRequest));
    // Replies came: then by all evidence it passes.
    auto proven = oneWay();
    setRules(proven.host.value, nft(u"input"_s, u"accept"_s, {icmpDrop(u"echo-request"_s)}));
    finding = only(proven, u"POL-2"_s);
    CHECK(finding.status == Status::Warn);
    CHECK_FALSE(observed(finding, checks::Outcome::HostInputDropsRequest));
    evidence.host.value.rulesets.front().text = denied<QString>();
    CHECK(only(evidence, u"POL-2"_s).status == Status::Unknown);
    evidence.host = denied<evidence::NodeFacts>();
    CHECK(only(evidence, u"POL-2"_s).status == Status::Unknown);
}

TEST_CASE("POL-4: a filter of what is forwarded is told, and that it is harmless for host and VM")
{
    auto evidence = oneWay();
    auto &facts = evidence.host.value;
    facts.links.value.push_back(link(u"port1"_s, evidence::LinkKind::Veth, "02:00:00:00:01:02", u"br0"_s));
    setRules(facts, nft(u"forward"_s, u"drop"_s, {}));
    auto finding = only(evidence, u"POL-4"_s);
    CHECK(finding.status == Status::Pass); // bridged frames do not come by FORWARD, and the host does not route
    facts.sysctls.value.insert(u"net.bridge.bridge-nf-call-iptables"_s, u"1"_s);
    finding = only(evidence, u"POL-4"_s);
    CHECK(finding.status == Status::Warn);
    CHECK(finding.summary.contains(u"inet fw forward: policy drop"_s));
    CHECK(finding.reason.contains(u"never a VM from its own host"_s));
    CHECK(finding.observations.empty());
    facts.sysctls.value.insert(u"net.bridge.bridge-nf-call-iptables"_s, u"0"_s);
    facts.sysctls.value.insert(u"net.ipv4.ip_forward"_s, u"1"_s);
    facts.routes.value.push_back(route("0.0.0.0/0", u"other0"_s));
    finding = only(evidence, u"POL-4"_s);
    CHECK(finding.status == Status::Warn);
    CHECK(finding.summary.contains(u"br0"_s));
    CHECK(finding.summary.contains(u"other0"_s));
}

TEST_CASE("LNK-7: a rule on the bridge is named, for the echo and for ARP")
{
    auto evidence = withPort(oneWay());
    CHECK(only(evidence, u"LNK-7"_s).status == Status::Pass);
    CHECK(observed(only(evidence, u"LNK-7"_s), checks::Outcome::BridgePasses));
    setRules(evidence.host.value, onBridge(nft(u"output"_s, u"accept"_s, {icmpDrop(u"echo-request"_s)})));
    auto finding = only(evidence, u"LNK-7"_s);
    CHECK(finding.status == Status::Fail);
    CHECK(observed(finding, checks::Outcome::BridgeDrops));
    CHECK(finding.summary.contains(u"bridge fw output handle 5"_s));
    CHECK(only(evidence, u"POL-1"_s).status == Status::Pass); // that is about the hooks of IP
    setRules(evidence.host.value, onBridge(nft(u"input"_s, u"accept"_s, {arpDrop()})));
    finding = only(evidence, u"LNK-7"_s);
    CHECK(finding.status == Status::Fail);
    CHECK(finding.summary.contains(u"ARP"_s));
    // A chain of libvirt's nwfilter.
    auto filtered = onBridge(nft(u"input"_s, u"accept"_s, {icmpDrop(u"echo-reply"_s)}));
    filtered.replace(u"\"chain\": \"input\""_s, u"\"chain\": \"libvirt-I-vnet0\""_s)
        .replace(u"\"name\": \"input\""_s, u"\"name\": \"libvirt-I-vnet0\""_s);
    setRules(evidence.host.value, filtered);
    CHECK(observed(only(evidence, u"LNK-7"_s), checks::Outcome::NetworkFilterDrops));
}

TEST_CASE("LNK-7: what the port's flags keep from the VM, and what they do not")
{
    auto evidence = withPort(oneWay());
    portOf(evidence).isolated = true;
    auto finding = only(evidence, u"LNK-7"_s);
    CHECK(finding.status == Status::Pass);
    CHECK(finding.reason.contains(u"isolated"_s));
    CHECK(shows(finding, u"port0: state forwarding, isolated on"_s));
    portOf(evidence).state = evidence::PortState::Blocking;
    CHECK(only(evidence, u"LNK-7"_s).status == Status::Fail);
    portOf(evidence).state = evidence::PortState::Forwarding;
    portOf(evidence).locked = true;
    CHECK(only(evidence, u"LNK-7"_s).status == Status::Pass); // its MAC is in the table
    evidence.host.value.fdb.value.front().mac = mac(strangerMac);
    evidence::Vm vm;
    vm.name = u"vm"_s;
    evidence::VmInterface nic;
    nic.mac = mac(vmMac);
    nic.bridge = u"br0"_s;
    nic.hostDevice = u"port0"_s;
    vm.interfaces = {nic};
    evidence.inventory = seen(evidence::Inventory{{vm}, {}});
    CHECK(only(evidence, u"LNK-7"_s).status == Status::Fail);
}

TEST_CASE("LNK-7: what could not be looked at is not fine")
{
    auto evidence = withPort(oneWay());
    evidence.host.value.rulesets = {dump(evidence::RulesetFormat::NftJson, {}, emptyNft()),
                                    {evidence::RulesetFormat::EbtablesSave, evidence::XtablesFlavour::Nft, denied<QString>()}};
    CHECK(only(evidence, u"LNK-7"_s).status == Status::Unknown);
    CHECK(only(evidence, u"POL-1"_s).status == Status::Pass);
    evidence.host.value.fdb = denied<std::vector<evidence::FdbEntry>>();
    CHECK(only(evidence, u"LNK-7"_s).status == Status::Unknown);
    evidence.host.value.links.value.front().kind = evidence::LinkKind::OpenVswitch;
    CHECK(only(evidence, u"LNK-7"_s).status == Status::Unknown);
    evidence.host.value.links.value.front().kind = evidence::LinkKind::Veth;
    CHECK(only(evidence, u"LNK-7"_s).status == Status::Skipped);
    evidence.host = denied<evidence::NodeFacts>();
    CHECK(only(evidence, u"LNK-7"_s).status == Status::Unknown);
}
