// SPDX-License-Identifier: GPL-3.0-or-later
#include "catch.h"

#include "../facts/captured.h"
#include "checks/checks.h"
#include "checks/finding/outcomes.h"
#include "evidence/utc.h"
#include "facts/case.h"

#include <algorithm>

/// The checks that stand on captures, and on what was read twice: LNK-3, LNK-5, LNK-8, PHY-3, PHY-4, PRE-5, TRN-2, TRN-3.
using namespace bothways;
using namespace bothways::checks;
using namespace bothways::facts;
using namespace bothways::test;
using evidence::JourneyKind;
using evidence::Leg;
using evidence::PointRole;

namespace {

Finding run(const evidence::Evidence &evidence, const char *check)
{
    const auto findings = runAll(facts::Case(evidence), {QString::fromLatin1(check)});
    REQUIRE(findings.size() == 1);
    return findings.front();
}

const Observation *found(const Finding &finding, Outcome outcome)
{
    const auto place = std::find_if(finding.observations.begin(), finding.observations.end(),
                                    [&](const Observation &observation) { return observation.outcome == outcome; });
    return place == finding.observations.end() ? nullptr : &*place;
}

QString objectOf(const Finding &finding, Outcome outcome)
{
    const auto *observation = found(finding, outcome);
    return observation != nullptr && observation->object ? describe(*observation->object) : QString();
}

bool shows(const Finding &finding, const QString &text)
{
    return std::any_of(finding.evidence.begin(), finding.evidence.end(),
                       [&](const EvidenceItem &item) { return item.text.contains(text); });
}

evidence::Vm vmWith(const QString &name, const char *macAddress, const QString &port)
{
    evidence::Vm vm;
    vm.hypervisor = evidence::HypervisorId::Libvirt;
    vm.name = name;
    vm.state = evidence::VmState::Running;
    evidence::VmInterface interface;
    interface.mac = mac(macAddress);
    interface.type = evidence::Attachment::Network;
    interface.bridge = u"br0"_s;
    interface.hostDevice = port;
    vm.interfaces = {interface};
    return vm;
}

/// The VM's frames to the host as every healthy capture has them: they come in at its port, and at the bridge's own interface.
Captured withTalk(evidence::Evidence &evidence)
{
    Captured capture(evidence);
    capture.use(vmAddress, vmMac, capture.port, 20, 1000);
    capture.use(vmAddress, vmMac, capture.bridge, 20, 2000);
    return capture;
}

} // namespace

TEST_CASE("LNK-3: a MAC that comes in at two ports has two owners", "[capture-checks]")
{
    auto evidence = oneWay();
    auto capture = withTalk(evidence);
    const int other = capture.point(u"port9"_s, PointRole::OtherPort);
    CHECK(run(evidence, "LNK-3").status == Status::Pass);
    SECTION("what the bridge floods is no second owner: it comes later, and not all of it")
    {
        capture.use(vmAddress, vmMac, other, 3, 5000, true);
        CHECK(run(evidence, "LNK-3").status == Status::Pass);
    }
    SECTION("another address with the same MAC comes in first at the other port")
    {
        capture.use("10.0.0.11", vmMac, other, 9, 7000);
        capture.use("10.0.0.11", vmMac, capture.port, 2, 8000); // flooded to the VM
        const auto finding = run(evidence, "LNK-3");
        CHECK(finding.status == Status::Fail);
        CHECK(found(finding, Outcome::MacAtTwoPorts)->basis == Basis::Capture);
        CHECK(objectOf(finding, Outcome::MacAtTwoPorts) == u"host: 02:00:00:00:00:10 at port0, port9 (10.0.0.11)"_s);
        SECTION("our echo left there")
        {
            capture.echoes({{capture.bridge, Leg::Request}, {other, Leg::Request}});
            CHECK(found(run(evidence, "LNK-3"), Outcome::EchoAtOtherPort) != nullptr);
            const auto bridge = run(evidence, "LNK-7");
            CHECK(found(bridge, Outcome::RequestLostInBridge) == nullptr); // the bridge did as it had learned
            CHECK(bridge.reason.contains(u"port9"_s));
        }
        SECTION("and the bridge has learned it there")
        {
            evidence.host.value.fdb.value.front().port = u"port9"_s;
            CHECK(found(run(evidence, "LNK-3"), Outcome::MacLearnedElsewhere)->basis == Basis::KernelState);
        }
    }
    SECTION("a port that lost frames cannot tell who was first")
    {
        capture.at(other).dropped = 1;
        capture.use("10.0.0.11", vmMac, other, 9, 7000);
        CHECK(run(evidence, "LNK-3").status == Status::Pass);
    }
    SECTION("a frame that went to another port without a second owner was flooded: then it is the bridge that lost it")
    {
        capture.echoes({{capture.bridge, Leg::Request}, {other, Leg::Request}});
        CHECK(found(run(evidence, "LNK-3"), Outcome::EchoAtOtherPort) == nullptr);
        CHECK(found(run(evidence, "LNK-7"), Outcome::RequestLostInBridge) != nullptr);
    }
}

TEST_CASE("LNK-3: the inventory's duplicates, and what plain QEMU gives", "[capture-checks]")
{
    auto evidence = oneWay();
    evidence.target.vm = u"one"_s;
    evidence::Inventory inventory;
    inventory.vms = {vmWith(u"one"_s, vmMac, u"port0"_s), vmWith(u"two"_s, vmMac, u"port9"_s)};
    evidence.inventory = seen(inventory);
    auto finding = run(evidence, "LNK-3");
    CHECK(finding.status == Status::Fail);
    CHECK(found(finding, Outcome::MacTwiceInInventory)->basis == Basis::Report);
    CHECK(objectOf(finding, Outcome::MacTwiceInInventory) == u"hypervisor: 02:00:00:00:00:10 at one (port0), two (port9)"_s);

    evidence.inventory.value.vms.back().state = evidence::VmState::ShutOff;
    finding = run(evidence, "LNK-3");
    CHECK(finding.status == Status::Warn);
    CHECK(found(finding, Outcome::MacTwiceInInventory) == nullptr);

    evidence.inventory.value.vms.pop_back();
    CHECK(run(evidence, "LNK-3").status == Status::Pass);
    evidence.guest.value.facts.links.value.front().mac = mac(strangerMac);
    CHECK(found(run(evidence, "LNK-3"), Outcome::MacChangedInside) != nullptr);

    auto plain = oneWay();
    plain.target.vmMac = mac("52:54:00:12:34:56");
    plain.guest = denied<evidence::Guest>();
    plain.host.value.fdb.value = {{mac("52:54:00:12:34:56"), u"port0"_s, u"br0"_s, 0, false}};
    CHECK(run(plain, "LNK-3").status == Status::Warn);

    auto unseen = oneWay();
    unseen.host.value.fdb = denied<std::vector<evidence::FdbEntry>>();
    CHECK(run(unseen, "LNK-3").status == Status::Unknown);
}

TEST_CASE("LNK-5: who claims an address that is another's", "[capture-checks]")
{
    auto evidence = healthy();
    auto capture = withTalk(evidence);
    capture.use(vmAddress, vmMac, capture.port, 2, 1000, true);
    capture.use(hostAddress, hostMac, capture.bridge, 2, 1000, true);
    CHECK(run(evidence, "LNK-5").status == Status::Pass);
    SECTION("the VM's, besides it")
    {
        capture.use(vmAddress, strangerMac, capture.bridge, 1, 3000, true);
        const auto finding = run(evidence, "LNK-5");
        CHECK(finding.status == Status::Fail);
        CHECK(found(finding, Outcome::AddressClaimedTwice)->basis == Basis::Capture);
        CHECK(objectOf(finding, Outcome::AddressClaimedTwice).contains(QLatin1String(strangerMac)));
        // What our own ARP request was answered is no second observation when the capture saw it come in.
        evidence.probes.neighbours.front().value.answers.push_back({mac(strangerMac), 210000, {}});
        CHECK(found(run(evidence, "LNK-5"), Outcome::AddressClaimedTwice)->basis == Basis::LiveProbe);
    }
    SECTION("the VM's, in its place")
    {
        capture.all().uses.clear();
        capture.use(vmAddress, strangerMac, capture.bridge, 1, 3000, true);
        CHECK(found(run(evidence, "LNK-5"), Outcome::AddressClaimedByOther) != nullptr);
    }
    SECTION("the host's")
    {
        capture.use(hostAddress, strangerMac, capture.port, 1, 3000, true);
        const auto finding = run(evidence, "LNK-5");
        CHECK(finding.status == Status::Fail);
        CHECK(objectOf(finding, Outcome::HostAddressClaimed).startsWith(u"host: 10.0.0.1"_s));
    }
    SECTION("frames with another's source that are no claim")
    {
        capture.use(vmAddress, strangerMac, capture.bridge, 1, 3000, false);
        CHECK(run(evidence, "LNK-5").status == Status::Pass);
    }
}

TEST_CASE("LNK-5: a setting that keeps an end from answering is named", "[capture-checks]")
{
    auto evidence = bothWays(evidence::EchoOutcome::NeighbourUnresolved);
    evidence.probes.neighbours.front().value.answers.clear();
    auto &settings = evidence.guest.value.facts.sysctls.value;
    const auto kept = [&] { return objectOf(run(evidence, "LNK-5"), Outcome::ArpKept); };
    CHECK(kept().isEmpty());
    SECTION("arp_ignore 8, by the higher of the two")
    {
        settings[u"net.ipv4.conf.all.arp_ignore"_s] = u"8"_s;
        settings[u"net.ipv4.conf.eth0.arp_ignore"_s] = u"1"_s;
        CHECK(kept() == u"guest: net.ipv4.conf.all.arp_ignore=8"_s);
        SECTION("but not of one that did answer")
        {
            evidence.probes.neighbours.front().value.answers = {{mac(vmMac), 200000, {}}};
            CHECK(kept().isEmpty());
        }
    }
    SECTION("arp_ignore 2 only from another subnet")
    {
        settings[u"net.ipv4.conf.eth0.arp_ignore"_s] = u"2"_s;
        CHECK(kept().isEmpty());
        evidence.guest.value.facts.addresses.value.front().prefix = prefix("10.0.0.10/29");
        CHECK(kept() == u"guest: net.ipv4.conf.eth0.arp_ignore=2"_s);
    }
    SECTION("arp_filter where the way back is another")
    {
        settings[u"net.ipv4.conf.eth0.arp_filter"_s] = u"1"_s;
        CHECK(kept().isEmpty());
        evidence.guest.value.facts.routes.value = {route("10.0.0.0/24", u"eth1"_s)};
        CHECK(kept() == u"guest: net.ipv4.conf.eth0.arp_filter=1"_s);
    }
    SECTION("of the host, which the VM asks")
    {
        evidence.host.value.sysctls.value[u"net.ipv4.conf.br0.arp_ignore"_s] = u"8"_s;
        CHECK(kept() == u"host: net.ipv4.conf.br0.arp_ignore=8"_s);
    }
}

TEST_CASE("LNK-8: tags at the VM's port", "[capture-checks]")
{
    auto evidence = bothWays();
    CHECK(run(evidence, "LNK-8").status == Status::Skipped);
    Captured capture(evidence);
    CHECK(run(evidence, "LNK-8").status == Status::Skipped);
    capture.journey(JourneyKind::Arp, hostAddress, vmAddress, {{capture.bridge, Leg::Request}, {capture.port, Leg::Request}});
    SECTION("both untagged, by what the VM would send")
    {
        CHECK(run(evidence, "LNK-8").status == Status::Pass);
        CHECK(found(run(evidence, "LNK-8"), Outcome::TagsAgree) != nullptr);
    }
    SECTION("the VM sends tagged")
    {
        capture.use(vmAddress, vmMac, capture.port, 3, 1000, true, 100);
        auto finding = run(evidence, "LNK-8");
        CHECK(finding.status == Status::Fail);
        CHECK(found(finding, Outcome::TagsDiffer)->basis == Basis::Capture);
        CHECK(objectOf(finding, Outcome::TagsDiffer) == u"host: port0: from the host untagged, from the VM VLAN 100"_s);
        CHECK(found(finding, Outcome::GuestTagsSo) == nullptr);
        evidence.guest.value.facts.links.value.front().kind = evidence::LinkKind::Vlan;
        finding = run(evidence, "LNK-8");
        CHECK(found(finding, Outcome::GuestTagsSo)->basis == Basis::Report);
        SECTION("to another tag of the same port nothing is wrong")
        {
            capture.use(vmAddress, vmMac, capture.port, 3, 1000);
            CHECK(run(evidence, "LNK-8").status == Status::Pass);
        }
    }
    SECTION("a priority tag is none")
    {
        capture.use(vmAddress, vmMac, capture.port, 3, 1000, true, 0);
        CHECK(run(evidence, "LNK-8").status == Status::Pass);
    }
    SECTION("a silent VM whose report names a tagged interface")
    {
        evidence.guest.value.facts.links.value.front().kind = evidence::LinkKind::Vlan;
        evidence.guest.value.facts.links.value.front().name = u"eth0.100"_s;
        evidence.guest.value.facts.addresses.value.front().interface = u"eth0.100"_s;
        CHECK(objectOf(run(evidence, "LNK-8"), Outcome::TagsDiffer).endsWith(u"from the VM VLAN 100"_s));
    }
    SECTION("tagged frames for a VM that has no VLAN")
    {
        capture.all().journeys.front().sightings.back().vlan = 200;
        CHECK(objectOf(run(evidence, "LNK-8"), Outcome::TagsDiffer).contains(u"from the host VLAN 200, from the VM untagged"_s));
    }
    SECTION("one direction alone tells nothing")
    {
        evidence.guest = denied<evidence::Guest>();
        CHECK(run(evidence, "LNK-8").status == Status::Unknown);
    }
}

TEST_CASE("PHY-3: only what grew while probing counts", "[capture-checks]")
{
    auto evidence = oneWay();
    CHECK(run(evidence, "PHY-3").status == Status::Skipped);
    evidence::NodeSnapshot before;
    before.links = evidence.host.value.links;
    before.counters = seen(QMap<QString, qint64>{});
    for (auto &link : before.links.value) {
        link.counters.rxErrors = 1000;
    }
    evidence.hostBefore = seen(before);
    evidence.host.value.links.value = before.links.value;
    CHECK(run(evidence, "PHY-3").status == Status::Pass);
    auto &port = evidence.host.value.links.value.at(1);
    SECTION("errors")
    {
        port.counters.rxErrors += 3;
        const auto finding = run(evidence, "PHY-3");
        CHECK(finding.status == Status::Warn);
        CHECK(found(finding, Outcome::LinkErrorsCounted)->basis == Basis::Counter);
        CHECK(objectOf(finding, Outcome::LinkErrorsCounted) == u"host: port0 rx_errors +3"_s);
    }
    SECTION("as many drops at the VM's port as requests")
    {
        Captured capture(evidence);
        port.counters.txDropped += 9;
        CHECK(found(run(evidence, "PHY-3"), Outcome::PortDropsCounted) == nullptr);
        port.counters.txDropped += 1;
        CHECK(found(run(evidence, "PHY-3"), Outcome::PortDropsCounted) != nullptr);
    }
    SECTION("of an interface that has another number now, nothing")
    {
        port.counters.rxErrors += 3;
        port.index = 77;
        CHECK(found(run(evidence, "PHY-3"), Outcome::LinkErrorsCounted) == nullptr);
    }
    SECTION("of an interface off the way, nothing")
    {
        evidence.host.value.links.value.at(2).counters.rxErrors += 3;
        CHECK(run(evidence, "PHY-3").status == Status::Pass);
    }
}

TEST_CASE("PHY-4: wrong checksums, seen and counted", "[capture-checks]")
{
    auto evidence = healthy();
    CHECK(run(evidence, "PHY-4").status == Status::Skipped);
    evidence.host.value.links.value.front().driver = u"bridge"_s;
    CHECK(run(evidence, "PHY-4").status == Status::Unknown);
    Captured capture(evidence);
    capture.at(capture.port).frames = 20;
    CHECK(run(evidence, "PHY-4").status == Status::Pass);
    capture.at(capture.port).badChecksums = 2;
    CHECK(run(evidence, "PHY-4").status == Status::Warn);
    CHECK(found(run(evidence, "PHY-4"), Outcome::ChecksumsSpoilt)->basis == Basis::Capture);
    capture.at(capture.port).badChecksums = 0;
    evidence.guest.value.facts.counters = seen(QMap<QString, qint64>{{u"Tcp.InCsumErrors"_s, 5}});
    evidence::NodeSnapshot after;
    after.counters = seen(QMap<QString, qint64>{{u"Tcp.InCsumErrors"_s, 9}});
    evidence.guest.value.after = seen(after);
    const auto finding = run(evidence, "PHY-4");
    CHECK(found(finding, Outcome::ChecksumsCounted)->basis == Basis::Counter);
    CHECK(objectOf(finding, Outcome::ChecksumsCounted) == u"guest: eth0 Tcp.InCsumErrors +4"_s);
}

TEST_CASE("PRE-5: what changed while the run lasted, and what nothing tells", "[capture-checks]")
{
    auto evidence = oneWay();
    CHECK(run(evidence, "PRE-5").status == Status::Skipped);
    evidence::NodeSnapshot before;
    before.links = evidence.host.value.links;
    before.neighbours = evidence.host.value.neighbours;
    before.rulesets = evidence.host.value.rulesets;
    evidence.hostBefore = seen(before);
    auto finding = run(evidence, "PRE-5");
    CHECK(finding.status == Status::Pass);
    CHECK(finding.reason.contains(u"When the fault began is not known"_s));
    SECTION("a rule came")
    {
        evidence.host.value.rulesets = {
            dump(evidence::RulesetFormat::NftJson, {}, nft(u"output"_s, u"accept"_s, {icmpDrop(u"echo-request"_s)}))};
        CHECK(run(evidence, "PRE-5").summary.contains(u"the host's packet filter was changed"_s));
    }
    SECTION("a link went down, another came")
    {
        evidence.host.value.links.value.at(1).carrier = false;
        evidence.host.value.links.value.push_back(link(u"tun0"_s, evidence::LinkKind::Tun, "02:00:00:00:03:01"));
        finding = run(evidence, "PRE-5");
        CHECK(finding.status == Status::Warn);
        CHECK(finding.summary.contains(u"port0 went from UP br0 to NO-CARRIER br0"_s));
        CHECK(finding.summary.contains(u"tun0 came"_s));
    }
    SECTION("the neighbour entry")
    {
        evidence.host.value.neighbours.value.front().mac = mac(strangerMac);
        CHECK(run(evidence, "PRE-5").summary.contains(QLatin1String(strangerMac)));
    }
    SECTION("rules that could not be read do not compare")
    {
        evidence.host.value.rulesets.front().text = denied<QString>();
        CHECK(run(evidence, "PRE-5").status == Status::Pass);
    }
    SECTION("what captures heard, by time")
    {
        withTalk(evidence);
        finding = run(evidence, "PRE-5");
        CHECK(shows(finding, u"capturing at br0 began"_s));
        CHECK(shows(finding, u"the VM's address was heard from 02:00:00:00:00:10"_s));
        CHECK(std::is_sorted(finding.evidence.begin(), finding.evidence.end(),
                             [](const auto &one, const auto &other) { return one.at < other.at; }));
    }
    SECTION("the echo ceased in the middle")
    {
        auto &samples = evidence.probes.echoes.front().value.samples;
        for (auto &sample : samples) {
            sample.sentAt = evidence::utc(captureBegin / 1'000'000 + sample.sequence * 100);
            sample.outcome = sample.sequence < 4 ? evidence::EchoOutcome::Reply : evidence::EchoOutcome::Silence;
        }
        CHECK(run(evidence, "PRE-5").summary.contains(u"not answered from number 4 on"_s));
    }
}

TEST_CASE("TRN-2: the VM's own TCP, as captured", "[capture-checks]")
{
    auto evidence = oneWay();
    CHECK(run(evidence, "TRN-2").status == Status::Skipped);
    Captured capture(evidence);
    CHECK(run(evidence, "TRN-2").status == Status::Skipped);
    SECTION("refused is an answer")
    {
        capture.journey(JourneyKind::Tcp, vmAddress, hostAddress,
                        {{capture.port, Leg::Request},
                         {capture.bridge, Leg::Request},
                         {capture.bridge, Leg::Refusal},
                         {capture.port, Leg::Refusal}},
                        22);
        CHECK(run(evidence, "TRN-2").status == Status::Pass);
        CHECK(found(run(evidence, "TRN-2"), Outcome::TcpFromVmAnswered) != nullptr);
        CHECK(facts::Case(evidence).symptom.tcp.vmToHost->state == facts::CellState::Refused);
    }
    SECTION("the host's stack swallowed it")
    {
        capture.journey(JourneyKind::Tcp, vmAddress, hostAddress, {{capture.port, Leg::Request}, {capture.bridge, Leg::Request}},
                        22);
        const auto finding = run(evidence, "TRN-2");
        CHECK(finding.status == Status::Warn);
        CHECK(found(finding, Outcome::TcpFromVmSwallowed) != nullptr);
        CHECK(facts::Case(evidence).symptom.tcp.vmToHost->state == facts::CellState::Silent);
    }
    SECTION("it was lost before the host, so that says nothing of the host's filter")
    {
        capture.journey(JourneyKind::Tcp, vmAddress, hostAddress, {{capture.port, Leg::Request}}, 22);
        const auto finding = run(evidence, "TRN-2");
        CHECK(finding.status == Status::Warn);
        CHECK(finding.observations.empty());
        CHECK(finding.reason.contains(u"between port0 and br0"_s));
    }
}

TEST_CASE("TRN-3: UDP, probed and captured", "[capture-checks]")
{
    auto evidence = oneWay();
    CHECK(run(evidence, "TRN-3").status == Status::Skipped);
    evidence::PortProbe probe;
    probe.protocol = evidence::ProbeProtocol::Udp;
    probe.target = ip(vmAddress);
    probe.port = 33434;
    probe.outcome = evidence::PortOutcome::Silent;
    evidence.probes.ports.push_back(seen(probe));
    CHECK(run(evidence, "TRN-3").status == Status::Unknown);
    evidence.probes.ports.back().value.outcome = evidence::PortOutcome::Refused;
    CHECK(run(evidence, "TRN-3").status == Status::Pass);
    CHECK(found(run(evidence, "TRN-3"), Outcome::UdpAlive)->basis == Basis::LiveProbe);
    evidence.probes.ports.pop_back();
    Captured capture(evidence);
    auto &journey =
        capture.journey(JourneyKind::Udp, hostAddress, vmAddress,
                        {{capture.bridge, Leg::Request}, {capture.port, Leg::Request}, {capture.port, Leg::Error}}, 53);
    journey.sightings.back().icmpType = 3;
    journey.sightings.back().icmpCode = 3;
    CHECK(found(run(evidence, "TRN-3"), Outcome::UdpAlive)->basis == Basis::Capture);
}

TEST_CASE("the VM's columns are filled from its frames where it was not read", "[capture-checks]")
{
    auto evidence = oneWay();
    evidence.guest = denied<evidence::Guest>();
    CHECK_FALSE(facts::Case(evidence).symptom.arpCache.vmToHost);
    Captured capture(evidence);
    capture.journey(
        JourneyKind::Arp, vmAddress, hostAddress,
        {{capture.port, Leg::Request}, {capture.bridge, Leg::Request}, {capture.bridge, Leg::Reply}, {capture.port, Leg::Reply}});
    auto &ping = capture.journey(JourneyKind::Echo, vmAddress, hostAddress, {{capture.port, Leg::Request}});
    CHECK(facts::Case(evidence).symptom.arp.vmToHost->state == facts::CellState::Answered);
    CHECK(facts::Case(evidence).symptom.arpCache.vmToHost->state == facts::CellState::Agrees);
    ping.sightings.front().destinationMac = mac(strangerMac);
    const auto symptom = facts::Case(evidence).symptom;
    CHECK(symptom.arpCache.vmToHost->state == facts::CellState::Differs);
    CHECK(symptom.arpCache.vmToHost->works == false);
    CHECK(symptom.arpCache.vmToHost->detail.contains(QLatin1String(strangerMac)));
}

TEST_CASE("PRE-4 shows what became of the packets, and which points cannot be trusted with what they did not see",
          "[capture-checks]")
{
    auto evidence = oneWay();
    Captured capture(evidence);
    capture.echoes({{capture.bridge, Leg::Request}});
    capture.at(capture.port).dropped = 4;
    const auto finding = run(evidence, "PRE-4");
    CHECK(shows(finding, u"10 of 10"_s));
    CHECK(shows(finding, u"port0: the capture lost 4 frames"_s));
}
