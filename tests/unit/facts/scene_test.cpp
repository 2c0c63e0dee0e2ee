// SPDX-License-Identifier: GPL-3.0-or-later
#include "catch.h"

#include "builder.h"
#include "facts/path_facts.h"
#include "facts/scene.h"

#include <algorithm>

using namespace bothways;
using namespace bothways::facts;
using namespace bothways::test;

namespace {

/// The VM by its MAC in the inventory, with this device on the host.
void inventoryNames(evidence::Evidence &evidence, const QString &device)
{
    evidence::VmInterface nic;
    nic.mac = mac(vmMac);
    nic.bridge = u"br0"_s;
    nic.hostDevice = device;
    evidence::Vm vm;
    vm.name = u"db7"_s;
    vm.interfaces = {nic};
    evidence.inventory = seen(evidence::Inventory{{vm}, {}});
}

void captureNames(evidence::Evidence &evidence, const QString &point)
{
    evidence::CapturePoint port;
    port.name = point;
    port.role = evidence::PointRole::Port;
    evidence::Captures captures;
    captures.points = {port};
    evidence.captures = seen(captures);
}

QString portIn(const evidence::Evidence &evidence) { return sceneOf(evidence).vmPort; }

} // namespace

TEST_CASE("the VM's port is named by capture, target and inventory, else learned by the bridge", "[scene]")
{
    auto evidence = healthy();
    CHECK(portIn(evidence) == u"port0"_s); // by its forwarding table
    evidence.host.value.fdb.value.front().permanent = true;
    CHECK(portIn(evidence).isEmpty());

    inventoryNames(evidence, u"vnet1"_s);
    CHECK(portIn(evidence) == u"vnet1"_s);
    evidence.target.port = u"vnet2"_s;
    CHECK(portIn(evidence) == u"vnet2"_s);
    captureNames(evidence, u"vnet3"_s);
    CHECK(portIn(evidence) == u"vnet3"_s);
}

TEST_CASE("of several names of the VM's port the one that is on its bridge counts", "[scene]")
{
    auto evidence = healthy();
    evidence.target.port = u"vnet2"_s; // as it was when the VM was chosen
    inventoryNames(evidence, u"port0"_s);
    const auto scene = sceneOf(evidence);
    CHECK(scene.vmPort == u"port0"_s);
    CHECK(scene.isPortOfHome(scene.vmPort));
    CHECK_FALSE(scene.isPortOfHome(u"other0"_s));
    CHECK_FALSE(scene.isPortOfHome(u"br0"_s));
    REQUIRE(scene.homeLink() != nullptr);
    CHECK(scene.homeLink()->name == u"br0"_s);

    // A port that was taken off the bridge stays the VM's, whatever has its MAC on the bridge meanwhile.
    evidence = healthy();
    evidence.target.port = u"other0"_s;
    CHECK(portIn(evidence) == u"other0"_s);
    CHECK_FALSE(sceneOf(evidence).isPortOfHome(u"other0"_s));
}

TEST_CASE("the MTU of the VM's port is looked at where it is known, and that of one interface once", "[scene]")
{
    auto evidence = healthy();
    for (auto &link : evidence.host.value.links.value) {
        link.mtu = link.name == u"port0"_s ? 1400 : 1500;
    }
    const auto links = linkMtus(sceneOf(evidence));
    REQUIRE(links.size() == 3);
    CHECK(links[1].name == u"port0"_s);
    REQUIRE(narrowest(links) != nullptr);
    CHECK(narrowest(links)->mtu == 1400);
    evidence.target.port = u"br0"_s;
    CHECK(linkMtus(sceneOf(evidence)).size() == 2);
}

TEST_CASE("the IPv6 addresses are those that were pinged, else those of the target", "[scene]")
{
    auto evidence = healthy();
    evidence.target.vmAddress6 = ip("fd00::10");
    evidence.target.hostAddress6 = ip("fd00::1");
    CHECK(sceneOf(evidence).vmAddress6 == ip("fd00::10"));
    CHECK(sceneOf(evidence).hostAddress6 == ip("fd00::1"));
    evidence.probes.echoes.push_back(
        seen(echoes("fd00::20", "fd00::2", evidence::EchoOutcome::Reply, evidence::EchoPurpose::V6)));
    CHECK(sceneOf(evidence).vmAddress6 == ip("fd00::20"));
    CHECK(sceneOf(evidence).hostAddress6 == ip("fd00::2"));
    evidence.probes.echoes.back().value.source.reset();
    CHECK(sceneOf(evidence).hostAddress6 == ip("fd00::1"));
}
