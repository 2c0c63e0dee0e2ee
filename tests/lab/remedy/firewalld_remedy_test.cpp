// SPDX-License-Identifier: GPL-3.0-or-later
// Remedies that go through firewalld, with the real daemon in the guest's namespace on a bus of its own.
#include "catch.h"

#include "closed_remedy.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>

using namespace bothways;
using namespace bothways::lab;

namespace {

/// firewalld as a machine of its own would run it: own settings, own bus. firewall-cmd finds the bus by the environment.
class Firewalld {
public:
    explicit Firewalld(const Namespace &machine, const std::string &zone)
        : m_settings("/etc/netns/" + machine.name()), m_bus("/tmp/" + machine.name() + "-bus")
    {
        REQUIRE(run({"mkdir", "-p", m_settings, m_bus}).ok());
        REQUIRE(run({"cp", "-a", "/etc/firewalld", m_settings + "/firewalld"}).ok());
        std::ofstream(m_bus + "/bus.conf") << "<busconfig><type>system</type><listen>unix:path=" << m_bus << "/socket</listen>"
                                           << "<policy context=\"default\"><allow user=\"*\"/><allow own=\"*\"/>"
                                           << "<allow send_destination=\"*\"/><allow receive_sender=\"*\"/></policy></busconfig>";
        setenv("DBUS_SYSTEM_BUS_ADDRESS", ("unix:path=" + m_bus + "/socket").c_str(), 1);
        m_processes.push_back(machine.start({"dbus-daemon", "--nofork", "--config-file=" + m_bus + "/bus.conf"}));
        REQUIRE(eventually([&] { return std::filesystem::exists(m_bus + "/socket"); }));
        machine.must("firewall-offline-cmd -q --set-default-zone=" + zone + " || [ $? -eq 16 ]"); // 16: it is already
        m_processes.push_back(machine.start({"firewalld", "--nofork", "--nopid", "--log-file", m_bus + "/log"}));
        REQUIRE(eventually([&] { return machine.sh("firewall-cmd --state").ok(); }, std::chrono::seconds(40)));
        machine.must("firewall-cmd -q --zone=" + zone + " --change-interface=eth0");
    }
    ~Firewalld()
    {
        m_processes.clear();
        unsetenv("DBUS_SYSTEM_BUS_ADDRESS");
        run({"rm", "-rf", m_settings, m_bus});
    }
    Firewalld(const Firewalld &) = delete;
    Firewalld &operator=(const Firewalld &) = delete;

private:
    std::string m_settings;
    std::string m_bus;
    std::vector<Process> m_processes;
};

void prove(const Pair &pair, const std::string &chain, const std::string &marker, const std::string &zone, int through,
           const QString &blocks)
{
    auto rule = nftRule(pair.guest, "inet", "firewalld", chain, marker);
    rule.owner = "firewalld";
    auto packet = echo(hostAddress, guestAddress, 8);
    packet.inputInterface = "eth0";
    auto evidence = evidenceOf();
    evidence.guest.access = evidence::Access::Read;
    auto &managers = evidence.guest.value.facts.managers;
    managers.access = evidence::Access::Read;
    evidence::FirewallManager manager;
    manager.name = QStringLiteral("firewalld");
    manager.settings.insert(QStringLiteral("zone.eth0"), QString::fromStdString(zone));
    manager.settings.insert(QStringLiteral("icmp-blocks.") + QString::fromStdString(zone), blocks);
    managers.value.push_back(manager);
    const auto diagnosis = diagnosisOf(diagnosis::Variant::GuestInputDropsRequest,
                                       ruleObject(facts::Where::Guest, filter::Hook::Input, std::move(packet), std::move(rule)));
    const auto lasting = pair.guest.must("firewall-cmd --permanent --zone=" + zone + " --list-all");
    const auto remedies = remedy::propose(diagnosis, facts::Case(evidence));
    CHECK(through == std::count_if(remedies.begin(), remedies.end(), [](const auto &remedy) {
              return remedy.commands.front().startsWith(QStringLiteral("firewall-cmd"));
          }));
    proveAll(pair, diagnosis, evidence, [&] { return pings(pair.host, guestAddress); });
    CHECK(pair.guest.must("firewall-cmd --permanent --zone=" + zone + " --list-all") == lasting);
}

} // namespace

TEST_CASE("firewalld: a zone that blocks echo requests")
{
    require();
    if (!run({"sh", "-c", "command -v firewalld dbus-daemon"}).ok()) {
        skip("firewalld is not installed");
    }
    const Pair pair;
    const Firewalld firewalld(pair.guest, "public");
    pair.guest.must("firewall-cmd -q --zone=public --add-icmp-block=echo-request");
    prove(pair, "filter_IN_public_deny", "icmp type echo-request", "public", 3, QStringLiteral("echo-request"));
}

TEST_CASE("firewalld: a zone whose target drops everything")
{
    require();
    if (!run({"sh", "-c", "command -v firewalld dbus-daemon"}).ok()) {
        skip("firewalld is not installed");
    }
    const Pair pair;
    const Firewalld firewalld(pair.guest, "drop");
    prove(pair, "filter_IN_drop", "drop", "drop", 2, {});
}
