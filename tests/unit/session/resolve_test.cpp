// SPDX-License-Identifier: GPL-3.0-or-later
#include "catch.h"

#include "session/resolve.h"

using namespace bothways;
using namespace bothways::evidence;
using namespace bothways::session;

namespace {

net::Prefix prefix(const char *text) { return *net::Prefix::parse(text); }
net::IpAddress ip(const char *text) { return *net::IpAddress::parse(text); }

HostView host()
{
    HostView view;
    const auto add = [&](const char *interface, const char *text) {
        InterfaceAddress address;
        address.interface = QString::fromLatin1(interface);
        address.prefix = prefix(text);
        view.addresses.push_back(address);
    };
    add("lo", "127.0.0.1/8");
    add("virbr0", "192.168.122.1/24");
    add("virbr0", "10.20.0.1/24");
    add("tun0", "192.168.122.200/29");
    add("virbr0", "fd00::1/64");
    return view;
}

Inventory inventory()
{
    Inventory inventory;
    inventory.networks.push_back(
        {QStringLiteral("default"), evidence::ForwardMode::Nat, QStringLiteral("virbr0"), true, {prefix("192.168.122.1/24")}});
    Vm vm;
    vm.hypervisor = evidence::HypervisorId::Libvirt;
    vm.name = QStringLiteral("db7");
    VmInterface nic;
    nic.type = evidence::Attachment::Network;
    nic.network = QStringLiteral("default");
    nic.bridge = QStringLiteral("virbr0");
    nic.hostDevice = QStringLiteral("vnet0");
    nic.mac = net::MacAddress::parse("52:54:00:77:aa:07");
    nic.addresses = {{prefix("127.0.0.1/8"), evidence::AddressSource::Agent},
                     {prefix("fe80::1/64"), evidence::AddressSource::Agent},
                     {prefix("192.168.122.77/24"), evidence::AddressSource::Agent},
                     {prefix("fd00::77/64"), evidence::AddressSource::Agent}};
    vm.interfaces = {nic};
    inventory.vms = {vm};
    return inventory;
}

Plan plan(const char *vm)
{
    Plan plan;
    plan.vm = QString::fromLatin1(vm);
    return plan;
}

} // namespace

TEST_CASE("a VM is found by its name and by its address, and resolves to the same target")
{
    const auto *typed = GENERATE("db7", "192.168.122.77");
    const auto target = resolve(plan(typed), inventory(), host(), nullptr);
    CHECK(target.vm == QStringLiteral("db7"));
    CHECK(target.mode == evidence::Mode::Nat);
    CHECK(target.interface == QStringLiteral("virbr0"));
    CHECK(target.port == QStringLiteral("vnet0"));
    CHECK(target.vmAddress == ip("192.168.122.77"));
    CHECK(target.vmMac == net::MacAddress::parse("52:54:00:77:aa:07"));
    CHECK(target.hostAddress == ip("192.168.122.1"));
    CHECK(target.vmAddress6 == ip("fd00::77"));
    CHECK(target.hostAddress6 == ip("fd00::1"));
}

TEST_CASE("without an inventory the interface is the one whose subnet holds the address")
{
    const auto target = resolve(plan("10.20.0.9"), {}, host(), nullptr);
    CHECK(target.interface == QStringLiteral("virbr0"));
    CHECK(target.hostAddress == ip("10.20.0.1"));
    CHECK(target.vm.isEmpty());
    const auto far = resolve(plan("203.0.113.5"), {}, host(), nullptr);
    CHECK(far.interface.isEmpty());
    CHECK_FALSE(far.hostAddress);
}

TEST_CASE("the VM's bridge wins over a longer prefix on another interface")
{
    auto moved = inventory();
    moved.vms[0].interfaces[0].addresses = {{prefix("192.168.122.201/24"), evidence::AddressSource::Lease}};
    const auto target = resolve(plan("db7"), moved, host(), nullptr);
    CHECK(target.interface == QStringLiteral("virbr0"));
    CHECK(target.hostAddress == ip("192.168.122.1"));
}

TEST_CASE("an address that only the guest knows is taken from its report")
{
    auto silent = inventory();
    silent.vms[0].interfaces[0].addresses.clear();
    Guest guest;
    Link link;
    link.name = QStringLiteral("eth0");
    link.mac = silent.vms[0].interfaces[0].mac;
    guest.facts.links = Reading<std::vector<Link>>::read({link}, QStringLiteral("test"));
    InterfaceAddress address;
    address.interface = QStringLiteral("eth0");
    address.prefix = prefix("192.168.122.50/24");
    guest.facts.addresses = Reading<std::vector<InterfaceAddress>>::read({address}, QStringLiteral("test"));
    CHECK_FALSE(resolve(plan("db7"), silent, host(), nullptr).vmAddress);
    CHECK(resolve(plan("db7"), silent, host(), &guest).vmAddress == ip("192.168.122.50"));
    SECTION("and the MAC too where there is no inventory")
    {
        CHECK(resolve(plan("192.168.122.50"), {}, host(), &guest).vmMac == link.mac);
    }
}

TEST_CASE("a given host address is kept, and the one in the VM's subnet is what it is compared with")
{
    auto wanted = plan("192.168.122.77");
    wanted.hostAddress = ip("10.20.0.1");
    const auto target = resolve(wanted, {}, host(), nullptr);
    CHECK(target.hostAddress == ip("10.20.0.1"));
    CHECK(target.hostAddressGiven);
    const auto others = otherSources(target, host(), ip("10.20.0.1"));
    REQUIRE_FALSE(others.empty());
    CHECK(others.front() == ip("192.168.122.1"));
}

TEST_CASE("the loopback, the VM's own address and the other family are no sources to compare with")
{
    auto view = host();
    InterfaceAddress stolen;
    stolen.interface = QStringLiteral("virbr0");
    stolen.prefix = prefix("192.168.122.77/24");
    view.addresses.push_back(stolen);
    const auto target = resolve(plan("192.168.122.77"), inventory(), view, nullptr);
    for (const auto &source : otherSources(target, view, target.hostAddress)) {
        CHECK(source.isV4());
        CHECK_FALSE(source.isLoopback());
        CHECK(source != ip("192.168.122.77"));
        CHECK(source != target.hostAddress);
    }
}
