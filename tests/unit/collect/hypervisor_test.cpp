// SPDX-License-Identifier: GPL-3.0-or-later
#include "catch.h"

#include "collect/hypervisor/guest_agent.h"
#include "collect/hypervisor/libvirt_xml.h"
#include "collect/hypervisor/registry.h"

#include <algorithm>
#include <set>

using namespace bothways;
using namespace bothways::collect;

TEST_CASE("a domain's interfaces are read with everything that decides reachability")
{
    const auto domain = libvirt::parseDomain(R"(<domain type='kvm' id='3'><name>a &lt;b&gt; $(c)</name>
<uuid>11111111-2222-3333-4444-555555555555</uuid><devices>
<interface type='bridge'><mac address='52:54:00:aa:bb:cc'/><source bridge='br0'/><target dev='vnet3'/><model type='e1000'/>
<filterref filter='clean-traffic'><parameter name='IP' value='10.0.0.1'/></filterref><link state='down'/><port isolated='yes'/></interface>
<interface type='direct'><mac address='52:54:00:aa:bb:cd'/><source dev='eth0' mode='vepa'/><target dev='macvtap0'/></interface>
<channel type='unix'><target type='virtio' name='org.qemu.guest_agent.0' state='disconnected'/></channel>
</devices></domain>)");
    REQUIRE(domain);
    CHECK(domain->vm.name == QLatin1String("a <b> $(c)"));
    CHECK(domain->vm.agentConfigured);
    CHECK(domain->agentDisconnected);
    REQUIRE(domain->vm.interfaces.size() == 2);
    const auto &bridged = domain->vm.interfaces[0];
    CHECK(bridged.bridge == QLatin1String("br0"));
    CHECK(bridged.hostDevice == QLatin1String("vnet3"));
    CHECK(bridged.filter == QLatin1String("clean-traffic"));
    CHECK_FALSE(bridged.linkUp);
    CHECK(bridged.portIsolated);
    CHECK(domain->vm.interfaces[1].lower == QLatin1String("eth0"));
    CHECK(domain->vm.interfaces[1].directMode == QLatin1String("vepa"));
}

TEST_CASE("networks: forward modes and both ways to write a prefix")
{
    const auto network = libvirt::parseNetwork(
        "<network><name>n</name><forward><nat/></forward><bridge name='virbr7'/>"
        "<ip address='10.1.2.1' netmask='255.255.254.0'/><ip family='ipv6' address='2001:db8::1' prefix='64'/></network>");
    REQUIRE(network);
    CHECK(network->forwardMode == evidence::ForwardMode::Nat);
    CHECK(network->bridge == QLatin1String("virbr7"));
    REQUIRE(network->prefixes.size() == 2);
    CHECK(network->prefixes[0].toString() == "10.1.2.1/23");
    CHECK(network->prefixes[1].toString() == "2001:db8::1/64");
    CHECK(libvirt::parseNetwork("<network><name>n</name></network>")->forwardMode == evidence::ForwardMode::Isolated);
    CHECK(libvirt::parseNetwork("<network><forward mode='route'/></network>")->forwardMode == evidence::ForwardMode::Route);
}

TEST_CASE("XML that is none is an error with its place")
{
    for (const auto *bad :
         {"", "<domain", "<domain><devices></domain>", "<network/>", "\xff\xfe<", "<domain>&undefined;</domain>"}) {
        const auto domain = libvirt::parseDomain(bad);
        REQUIRE_FALSE(domain);
        CHECK_FALSE(domain.error().isEmpty());
    }
    CHECK_FALSE(libvirt::parseDomain(QByteArray(9 * 1024 * 1024, ' ')));
    QByteArray deep = "<domain><devices>";
    for (int i = 0; i < 100'000; ++i) {
        deep += "<a>";
    }
    CHECK_FALSE(libvirt::parseDomain(deep));
}

TEST_CASE("the guest agent's answers")
{
    CHECK(agent::execRequest("echo '\"'\n") ==
          R"({"arguments":{"capture-output":true,"input-data":"ZWNobyAnIicK","path":"/bin/sh"},"execute":"guest-exec"})");
    CHECK(agent::parseExec(R"({"return":{"pid":77}})") == 77);
    const auto status = agent::parseStatus(R"({"return":{"exited":true,"exitcode":3,"out-data":"aGk=","out-truncated":true}})");
    REQUIRE(status);
    CHECK(status->exited);
    CHECK(status->exitCode == 3);
    CHECK(status->output == "hi");
    CHECK(status->outputCut);
    const auto interfaces = agent::parseInterfaces(
        R"({"return":[{"name":"lo"},{"name":"eth0","hardware-address":"52:54:00:bb:00:01","ip-addresses":[
        {"ip-address-type":"ipv4","ip-address":"10.0.0.9","prefix":24},{"ip-address":"10.0.0.9","prefix":99},{"ip-address":"x","prefix":1}]}]})");
    REQUIRE(interfaces);
    REQUIRE(interfaces->size() == 2);
    REQUIRE(interfaces->at(1).addresses.size() == 1);
    CHECK(interfaces->at(1).addresses[0].toString() == "10.0.0.9/24");
    for (const auto *bad :
         {"", "[]", "{}", R"({"return":7})", R"({"return":{"pid":-5}})", R"({"error":{"class":"GenericError"}})", "\xff"}) {
        CHECK_FALSE(agent::parseExec(bad));
        CHECK_FALSE(agent::parseStatus(bad));
    }
}

TEST_CASE("a connection that cannot be made is a reading that says so")
{
    const auto hypervisors = registry(QStringLiteral("qemu+unix:///system?socket=/nonexistent/libvirt-sock"));
    const auto libvirt = std::find_if(hypervisors.begin(), hypervisors.end(),
                                      [](const auto &each) { return each->id() == evidence::HypervisorId::Libvirt; });
    REQUIRE(libvirt != hypervisors.end());
    const auto inventory = (*libvirt)->inventory({});
    CHECK(inventory.access == evidence::Access::Absent);
    CHECK_FALSE(inventory.problem.isEmpty());
    const auto output = (*libvirt)->runInGuest({}, guest::System::Linux, "true", {{}, std::chrono::seconds(1), {}});
    CHECK(output.access == evidence::Access::Absent);
}

TEST_CASE("each hypervisor has a name of its own, and its channel has one")
{
    std::set<QString> ids;
    const auto hypervisors = registry();
    for (const auto &each : hypervisors) {
        CHECK_FALSE(each->id().isEmpty());
        CHECK(each->channel() != evidence::GuestChannel::None);
        ids.insert(each->id().word());
    }
    CHECK(ids.size() == hypervisors.size());
}
