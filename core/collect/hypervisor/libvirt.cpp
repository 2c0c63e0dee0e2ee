// SPDX-License-Identifier: GPL-3.0-or-later
#include "collect/hypervisor/libvirt.h"

#include "collect/hypervisor/guest_agent.h"
#include "collect/hypervisor/libvirt_xml.h"
#include "words/text.h"

#include <algorithm>
#include <cerrno>
#include <thread>

using namespace Qt::StringLiterals;

namespace bothways::collect::libvirt {
namespace {

using evidence::Access;
using evidence::AddressSource;
using evidence::Reading;
using evidence::VmState;
using Clock = std::chrono::steady_clock;

// A living agent answers within milliseconds; a guest under load within a second or two.
constexpr int agentSeconds = 3;
constexpr auto silenceLasts = std::chrono::seconds(20);

VmState stateOf(int state)
{
    switch (state) {
    case VIR_DOMAIN_RUNNING:
    case VIR_DOMAIN_BLOCKED:
        return VmState::Running;
    case VIR_DOMAIN_PAUSED:
        return VmState::Paused;
    case VIR_DOMAIN_SHUTDOWN:
        return VmState::InShutdown;
    case VIR_DOMAIN_SHUTOFF:
        return VmState::ShutOff;
    case VIR_DOMAIN_CRASHED:
        return VmState::Crashed;
    case VIR_DOMAIN_PMSUSPENDED:
        return VmState::Suspended;
    default:
        return VmState::NoState;
    }
}

VmState stateOf(const Api &api, virDomainPtr domain)
{
    int state = VIR_DOMAIN_NOSTATE;
    int reason = 0;
    return api.virDomainGetState(domain, &state, &reason, 0) < 0 ? VmState::NoState : stateOf(state);
}

tl::expected<QByteArray, Error> agentCommand(const Api &api, virDomainPtr domain, const QByteArray &request, int seconds)
{
    const Text answer(api.virDomainQemuAgentCommand(domain, request.constData(), seconds, 0));
    if (!answer) {
        return tl::unexpected(lastError(api));
    }
    return QByteArray(answer.get());
}

void addAddress(evidence::Vm &vm, const std::optional<net::MacAddress> &mac, const net::Prefix &prefix, AddressSource source)
{
    for (auto &interface : vm.interfaces) {
        if (mac && interface.mac == mac) {
            interface.addresses.push_back({prefix, source});
        }
    }
}

bool isSilence(const Error &error)
{
    return error.code == VIR_ERR_AGENT_UNRESPONSIVE || error.code == VIR_ERR_AGENT_UNSYNCED ||
           error.code == VIR_ERR_OPERATION_TIMEOUT;
}

/// The agent's own view. Asked by command, for only so the wait for a guest that stays silent has an end.
/// False if the agent stayed silent.
bool addAgentAddresses(const Api &api, virDomainPtr domain, evidence::Vm &vm)
{
    const auto answer = agentCommand(api, domain, agent::interfacesRequest(), agentSeconds);
    if (!answer) {
        return !isSilence(answer.error());
    }
    const auto interfaces = agent::parseInterfaces(*answer);
    if (!interfaces) {
        return true;
    }
    for (const auto &interface : *interfaces) {
        for (const auto &prefix : interface.addresses) {
            addAddress(vm, interface.mac, prefix, AddressSource::Agent);
        }
    }
    return true;
}

/// libvirt's DHCP leases, or the host's ARP table.
void addAddresses(const Api &api, virDomainPtr domain, evidence::Vm &vm, unsigned source, AddressSource name)
{
    virDomainInterfacePtr *found = nullptr;
    const int count = api.virDomainInterfaceAddresses(domain, &found, source, 0);
    const std::unique_ptr<virDomainInterfacePtr, FreeMemory> array(found);
    for (int i = 0; i < count; ++i) {
        const DomainInterface interface(found[i], {&api});
        const auto mac = net::MacAddress::parse(interface->hwaddr == nullptr ? "" : interface->hwaddr);
        for (unsigned j = 0; j < interface->naddrs; ++j) {
            const auto address = net::IpAddress::parse(interface->addrs[j].addr);
            if (address) {
                // The ARP table knows no prefix lengths; libvirt says 0 then.
                const auto length = static_cast<int>(interface->addrs[j].prefix);
                addAddress(vm, mac, net::Prefix(*address, length == 0 ? address->width() : length), name);
            }
        }
    }
}

} // namespace

struct Libvirt::Execution {
    const Api &api;
    virDomainPtr domain;
    const QByteArray &script;
    Clock::time_point end;
    std::stop_token stop;

    int secondsLeft() const
    {
        const auto left = std::chrono::duration_cast<std::chrono::seconds>(end - Clock::now()).count();
        return static_cast<int>(std::clamp<qint64>(left, 1, agentSeconds));
    }
};

Libvirt::Libvirt(QString uri) : m_uri(std::move(uri)) {}

tl::expected<const Api *, Libvirt::Problem> Libvirt::api()
{
    if (!m_api) {
        m_api = Api::load();
    }
    if (!*m_api) {
        return tl::unexpected(
            Problem{Access::Absent, translate("hypervisor", "libvirt is not installed here (%1).").arg(m_api->error())});
    }
    return &m_api->value();
}

Libvirt::Problem Libvirt::connectionProblem(const Error &error) const
{
    const bool denied = error.code == VIR_ERR_AUTH_UNAVAILABLE || error.code == VIR_ERR_AUTH_CANCELLED ||
                        error.code == VIR_ERR_AUTH_FAILED || error.code == VIR_ERR_ACCESS_DENIED ||
                        error.code == VIR_ERR_OPERATION_DENIED || error.systemError == EACCES || error.systemError == EPERM;
    if (denied) {
        return {Access::Denied,
                translate("hypervisor",
                          "libvirt (%1) refuses this user: %2. A member of the group \"libvirt\" may use it; as root: "
                          "usermod -aG libvirt USER, then log in anew.")
                    .arg(m_uri, error.message)};
    }
    if (error.systemError == ENOENT || error.systemError == ECONNREFUSED) {
        return {Access::Absent, translate("hypervisor", "No libvirt daemon is running for %1: %2").arg(m_uri, error.message)};
    }
    return {Access::Failed, translate("hypervisor", "libvirt (%1) cannot be reached: %2").arg(m_uri, error.message)};
}

tl::expected<Libvirt::Session, Libvirt::Problem> Libvirt::open(const Api &api, bool mayBeReadOnly) const
{
    const auto uri = m_uri.toUtf8();
    if (Connection connection(api.virConnectOpen(uri.constData()), {&api}); connection) {
        return Session{std::move(connection), false};
    }
    const auto first = lastError(api);
    if (mayBeReadOnly) {
        if (Connection connection(api.virConnectOpenReadOnly(uri.constData()), {&api}); connection) {
            return Session{std::move(connection), true};
        }
    }
    return tl::unexpected(connectionProblem(first));
}

tl::expected<std::vector<evidence::VirtualNetwork>, Libvirt::Problem> Libvirt::networks(const Api &api, virConnectPtr connection)
{
    virNetworkPtr *found = nullptr;
    const int count = api.virConnectListAllNetworks(connection, &found, 0);
    const std::unique_ptr<virNetworkPtr, FreeMemory> array(found);
    std::vector<evidence::VirtualNetwork> result;
    if (count < 0) {
        const auto error = lastError(api);
        // A daemon without the network driver (modular daemons, other hypervisors) has no virtual networks.
        if (error.code == VIR_ERR_NO_SUPPORT || error.systemError == ENOENT || error.systemError == ECONNREFUSED) {
            return result;
        }
        return tl::unexpected(
            Problem{Access::Failed, translate("hypervisor", "libvirt does not list its networks: %1").arg(error.message)});
    }
    for (int i = 0; i < count; ++i) {
        const Network network(found[i], {&api});
        const Text xml(api.virNetworkGetXMLDesc(network.get(), 0));
        if (!xml) {
            continue; // gone since it was listed
        }
        auto description = parseNetwork(QByteArray(xml.get()));
        if (!description) {
            return tl::unexpected(Problem{Access::Failed, description.error()});
        }
        description->active = api.virNetworkIsActive(network.get()) == 1;
        result.push_back(std::move(*description));
    }
    return result;
}

tl::expected<evidence::Vm, Libvirt::Problem> Libvirt::describe(const Api &api, virDomainPtr domain, bool withAgent)
{
    const Text xml(api.virDomainGetXMLDesc(domain, 0));
    if (!xml) {
        return tl::unexpected(Problem{Access::Failed, lastError(api).message});
    }
    auto description = parseDomain(QByteArray(xml.get()));
    if (!description) {
        return tl::unexpected(Problem{Access::Failed, description.error()});
    }
    auto vm = std::move(description->vm);
    vm.hypervisor = id();
    vm.connection = m_uri;
    vm.state = stateOf(api, domain);
    if (vm.state == VmState::Running) {
        if (withAgent && vm.agentConfigured && !description->agentDisconnected && api.virDomainQemuAgentCommand != nullptr) {
            if (addAgentAddresses(api, domain, vm)) {
                m_silentAgents.remove(vm.uuid);
            } else {
                m_silentAgents.insert(vm.uuid, Clock::now());
            }
        }
        addAddresses(api, domain, vm, VIR_DOMAIN_INTERFACE_ADDRESSES_SRC_LEASE, AddressSource::Lease);
        addAddresses(api, domain, vm, VIR_DOMAIN_INTERFACE_ADDRESSES_SRC_ARP, AddressSource::Arp);
    }
    return vm;
}

Reading<evidence::Inventory> Libvirt::inventory(std::stop_token stop)
{
    using Result = Reading<evidence::Inventory>;
    const auto source = "libvirt "_L1 + m_uri;
    const auto fail = [&](const Problem &problem) { return Result::missing(problem.access, source, problem.text); };
    const auto loaded = api();
    if (!loaded) {
        return fail(loaded.error());
    }
    const auto &functions = **loaded;
    const auto session = open(functions, true);
    if (!session) {
        return fail(session.error());
    }
    auto virtualNetworks = networks(functions, session->connection.get());
    if (!virtualNetworks) {
        return fail(virtualNetworks.error());
    }
    evidence::Inventory inventory;
    inventory.networks = std::move(*virtualNetworks);

    virDomainPtr *found = nullptr;
    const int count = functions.virConnectListAllDomains(session->connection.get(), &found, 0);
    const std::unique_ptr<virDomainPtr, FreeMemory> array(found);
    if (count < 0) {
        return fail(
            {Access::Failed, translate("hypervisor", "libvirt does not list its VMs: %1").arg(lastError(functions).message)});
    }
    for (int i = 0; i < count; ++i) {
        const Domain domain(found[i], {&functions});
        if (stop.stop_requested()) {
            continue; // the rest is only released
        }
        if (auto vm = describe(functions, domain.get(), !session->readOnly)) {
            inventory.vms.push_back(std::move(*vm));
        }
    }
    for (auto &vm : inventory.vms) {
        for (auto &interface : vm.interfaces) {
            const auto network = std::find_if(inventory.networks.begin(), inventory.networks.end(),
                                              [&](const auto &one) { return one.name == interface.network; });
            if (interface.bridge.isEmpty() && network != inventory.networks.end()) {
                interface.bridge = network->bridge;
            }
        }
    }
    return Result::read(std::move(inventory), source);
}

tl::expected<QByteArray, Libvirt::Problem> Libvirt::execute(Execution &execution)
{
    const auto problemOf = [](const Error &error) {
        // The agent's own words are English inside libvirt's translated sentence.
        if (error.message.contains("has been disabled"_L1) || error.message.contains("not been found"_L1) ||
            error.message.contains("not allowed"_L1)) {
            return Problem{Access::Denied,
                           translate("hypervisor", "The guest's agent does not allow \"guest-exec\" (%1). In the guest, take it "
                                                   "out of the block list in /etc/sysconfig/qemu-ga or qemu-ga.conf, or run "
                                                   "the guest script by hand.")
                               .arg(error.message)};
        }
        if (isSilence(error)) {
            return Problem{
                Access::TimedOut,
                translate("hypervisor", "The guest agent does not answer (%1). Is qemu-guest-agent running in the guest?")
                    .arg(error.message)};
        }
        if (error.message.contains("/bin/sh"_L1)) {
            return Problem{
                Access::Absent,
                translate("hypervisor", "The guest has no /bin/sh (%1). If it is Windows, run the guest script by hand.")
                    .arg(error.message)};
        }
        return Problem{Access::Failed, translate("hypervisor", "The guest agent reports: %1").arg(error.message)};
    };
    const auto unreadable = [](const QString &text) { return tl::unexpected(Problem{Access::Failed, text}); };

    const auto started =
        agentCommand(execution.api, execution.domain, agent::execRequest(execution.script), execution.secondsLeft());
    if (!started) {
        return tl::unexpected(problemOf(started.error()));
    }
    const auto pid = agent::parseExec(*started);
    if (!pid) {
        return unreadable(pid.error());
    }
    // Short at first for short scripts; the agent looks at the process only when it is asked.
    auto pause = std::chrono::milliseconds(20);
    while (true) {
        if (execution.stop.stop_requested()) {
            return tl::unexpected(Problem{Access::Failed, translate("hypervisor", "Stopped before the guest's answer came.")});
        }
        if (Clock::now() >= execution.end) {
            return tl::unexpected(
                Problem{Access::TimedOut, translate("hypervisor", "The script in the guest did not end in time.")});
        }
        std::this_thread::sleep_for(pause);
        pause = std::min(pause * 2, std::chrono::milliseconds(100));
        const auto answer = agentCommand(execution.api, execution.domain, agent::statusRequest(*pid), execution.secondsLeft());
        if (!answer) {
            return tl::unexpected(problemOf(answer.error()));
        }
        const auto status = agent::parseStatus(*answer);
        if (!status) {
            return unreadable(status.error());
        }
        if (status->exited) {
            return status->output;
        }
    }
}

Reading<QByteArray> Libvirt::runInGuest(const evidence::Vm &vm, guest::System /*system*/, const QByteArray &script,
                                        const GuestCall &call)
{
    using Result = Reading<QByteArray>;
    const auto source = name(channel()) + " guest-exec"_L1;
    const auto fail = [&](Access access, const QString &text) { return Result::missing(access, source, text); };
    const auto end = Clock::now() + call.deadline;
    const auto loaded = api();
    if (!loaded) {
        return fail(loaded.error().access, loaded.error().text);
    }
    const auto &functions = **loaded;
    if (functions.virDomainQemuAgentCommand == nullptr) {
        return fail(Access::Absent,
                    translate("hypervisor", "libvirt-qemu.so.0 is not installed here; it carries guest agent commands."));
    }
    const auto session = open(functions, false);
    if (!session) {
        return fail(session.error().access, session.error().text);
    }
    const Domain domain(functions.virDomainLookupByUUIDString(session->connection.get(), vm.uuid.toUtf8().constData()),
                        {&functions});
    if (!domain) {
        return fail(Access::Absent,
                    translate("hypervisor", "libvirt no longer knows the VM %1: %2").arg(vm.name, lastError(functions).message));
    }
    const Text xml(functions.virDomainGetXMLDesc(domain.get(), 0));
    const auto description = xml ? parseDomain(QByteArray(xml.get())) : tl::unexpected(lastError(functions).message);
    if (!description) {
        return fail(Access::Failed, description.error());
    }
    if (const auto state = stateOf(functions, domain.get()); state != VmState::Running) {
        return fail(Access::Absent, translate("hypervisor", "The VM %1 is not running but \"%2\".").arg(vm.name, name(state)));
    }
    if (!description->vm.agentConfigured) {
        return fail(Access::Absent,
                    translate("hypervisor", "The VM %1 has no guest agent channel. Add a channel device with the target name "
                                            "org.qemu.guest_agent.0 and install qemu-guest-agent in the guest, or run the "
                                            "guest script by hand.")
                        .arg(vm.name));
    }
    if (description->agentDisconnected) {
        return fail(Access::Absent,
                    translate("hypervisor", "No guest agent is running in the VM %1. Install and start qemu-guest-agent in the "
                                            "guest, or run the guest script by hand.")
                        .arg(vm.name));
    }
    // libvirt waits 5 s for a dead agent; once in a run is enough.
    if (const auto silent = m_silentAgents.constFind(vm.uuid);
        silent != m_silentAgents.constEnd() && Clock::now() - *silent < silenceLasts) {
        return fail(Access::TimedOut,
                    translate("hypervisor",
                              "The guest agent of the VM %1 gave no answer a moment ago. Is qemu-guest-agent running in it?")
                        .arg(vm.name));
    }
    Execution execution{functions, domain.get(), script, end, call.stop};
    auto output = execute(execution);
    return output ? Result::read(std::move(*output), source) : fail(output.error().access, output.error().text);
}

} // namespace bothways::collect::libvirt
