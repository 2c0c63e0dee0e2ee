// SPDX-License-Identifier: GPL-3.0-or-later
#include "catch.h"

#include "evidence/session_file.h"
#include "vm/vm.h"

#include <algorithm>

using namespace bothways;

namespace {

evidence::Evidence look(const lab::LibvirtLab &vm)
{
    const auto result = vm.host({BOTHWAYS_CHANNEL_PROBE, vm.hostAddress()});
    INFO(result.err);
    REQUIRE(result.exitCode == 0);
    CHECK(result.err.empty()); // libvirt's own error printing is silenced
    const auto evidence = evidence::fromBytes(QByteArray::fromStdString(result.out));
    REQUIRE(evidence);
    return *evidence;
}

const evidence::RulesetDump &nftOf(const evidence::Evidence &evidence)
{
    const auto &dumps = evidence.guest.value.facts.rulesets;
    const auto found = std::find_if(dumps.begin(), dumps.end(),
                                    [](const auto &dump) { return dump.format == evidence::RulesetFormat::NftJson; });
    REQUIRE(found != dumps.end());
    return *found;
}

} // namespace

TEST_CASE("a real VM is found, read through its agent, and pings its host while it drops the host's pings")
{
    lab::LibvirtLab vm;
    vm.start();

    const auto before = look(vm);
    INFO(before.inventory.problem.toStdString());
    REQUIRE(before.inventory.isRead());
    REQUIRE(before.inventory.value.vms.size() == 1);
    const auto &found = before.inventory.value.vms.front();
    CHECK(found.name == QLatin1String("bw-guest"));
    CHECK(found.state == evidence::VmState::Running);
    CHECK(found.agentConfigured);
    REQUIRE(found.interfaces.size() == 1);
    const auto &interface = found.interfaces.front();
    CHECK(interface.type == evidence::Attachment::Network);
    CHECK(interface.network == QLatin1String("default"));
    CHECK(interface.bridge == QLatin1String("virbr0"));
    CHECK(interface.hostDevice.startsWith(QLatin1String("vnet")));
    CHECK(interface.model == QLatin1String("virtio"));
    CHECK(interface.mac == net::MacAddress::parse(vm.mac()));
    CHECK(interface.linkUp);
    const auto from = [&](const char *source) {
        return std::any_of(interface.addresses.begin(), interface.addresses.end(), [&](const auto &address) {
            return address.source.word() == QLatin1String(source) && address.prefix.address().toString() == vm.address();
        });
    };
    CHECK(from("agent"));
    CHECK(from("lease"));
    REQUIRE(before.inventory.value.networks.size() == 1);
    const auto &network = before.inventory.value.networks.front();
    CHECK(network.forwardMode == evidence::ForwardMode::Nat);
    CHECK(network.bridge == QLatin1String("virbr0"));
    CHECK(network.active);
    REQUIRE(network.prefixes.size() == 1);
    CHECK(network.prefixes.front().toString() == "192.168.122.1/24");

    INFO(before.guest.problem.toStdString());
    REQUIRE(before.guest.isRead());
    // Nothing has used nf_tables in this guest, and reading must not change that.
    CHECK(nftOf(before).text.access == evidence::Access::Absent);
    CHECK(vm.guest("lsmod | grep -c nf_tables").out == "0\n");

    REQUIRE(vm.guest("nft add table inet fw && nft add chain inet fw input '{ type filter hook input priority 0; }' && "
                     "nft add rule inet fw input icmp type echo-request counter drop")
                .exitCode == 0);
    CHECK(vm.host({"ping", "-n", "-c", "2", "-i", "0.2", "-W", "1", vm.address()}).exitCode == 1);

    const auto after = look(vm);
    REQUIRE(after.guest.isRead());
    const auto &facts = after.guest.value.facts;
    CHECK(facts.hostName == QLatin1String("bw-guest"));
    REQUIRE(nftOf(after).text.isRead());
    CHECK(nftOf(after).text.value.contains(QLatin1String("echo-request")));
    CHECK(nftOf(after).text.value.contains(QLatin1String("\"drop\"")));
    CHECK(facts.sysctls.value.value(QStringLiteral("net.ipv4.icmp_echo_ignore_all")) == QLatin1String("0"));
    CHECK(facts.counters.value.contains(QStringLiteral("Icmp.InEchos")));
    const auto eth0 = std::find_if(facts.links.value.begin(), facts.links.value.end(),
                                   [](const auto &link) { return link.name == QLatin1String("eth0"); });
    REQUIRE(eth0 != facts.links.value.end());
    CHECK(eth0->mac == net::MacAddress::parse(vm.mac()));
    CHECK(eth0->carrier);
    CHECK(eth0->driver == QLatin1String("virtio_net"));

    const auto &echo = after.guest.value.echoToHost;
    INFO(echo.problem.toStdString());
    REQUIRE(echo.isRead());
    CHECK(echo.value.sent() == 3);
    CHECK(echo.value.received() == 3);
    CHECK(after.guest.value.echoSource == net::IpAddress::parse(vm.address()));
    // Without rights libvirt still shows its VMs, read-only; the guest is out of reach, and both are said.
    const auto copied =
        vm.host({"sh", "-c",
                 "mkdir -m 755 /run/bw && cp " BOTHWAYS_CHANNEL_PROBE " /run/bw/probe && chmod 755 /run/bw/probe && exec "
                 "setpriv --reuid 65534 --regid 65534 --clear-groups /run/bw/probe 192.168.122.1"});
    const auto nobody = evidence::fromBytes(QByteArray::fromStdString(copied.out));
    INFO(copied.err);
    REQUIRE(nobody);
    REQUIRE(nobody->inventory.isRead());
    CHECK(nobody->inventory.value.vms.size() == 1);
    CHECK(nobody->guest.access == evidence::Access::Denied);
    CHECK(nobody->guest.problem.contains(QLatin1String("usermod -aG libvirt")));

    REQUIRE(after.guest.value.after.isRead());
    CHECK(after.guest.value.after.value.counters.isRead());
    CHECK(after.guest.value.after.value.neighbours.isRead());
}
