// SPDX-License-Identifier: GPL-3.0-or-later
#include "facts/handshake.h"

#include "facts/rules.h"

#include <algorithm>
#include <array>

namespace bothways::facts {

using namespace Qt::Literals::StringLiterals;
using evidence::PortOutcome;
using filter::Packet;

namespace {

constexpr int protocolTcp = 6;
constexpr std::uint8_t flagSyn = 0x02;
constexpr std::size_t mostPorts = 1024; ///< further ones stay unexplained; nobody names so many by hand
constexpr int synLength = 60;           ///< with the options that Linux sends

/// The SYN that the host sends.
Packet synTo(const Scene &scene, int port)
{
    Packet packet;
    packet.source = *scene.hostAddress;
    packet.destination = *scene.vmAddress;
    packet.protocol = protocolTcp;
    packet.destinationPort = port;
    packet.tcpFlags = flagSyn;
    packet.length = synLength;
    return packet;
}

/// In the order of the way; the first stopper is the one that decides.
SilentPort askRules(const Scene &scene, const Rules &host, const Rules &guest, int port)
{
    using Role = filter::Machine::Role;
    const auto syn = synTo(scene, port);
    const auto atHost = ask(host, End{Role::Sender, scene.interface, {}, {}}, syn);
    const auto atGuest = ask(guest, End{Role::Receiver, scene.guestInterface, {}, {}}, syn);
    SilentPort result{port, std::nullopt, true, true};
    const std::array<std::pair<Where, const Passage *>, 4> steps{{{Where::Host, &atHost.request},
                                                                  {Where::Guest, &atGuest.request},
                                                                  {Where::Guest, &atGuest.reply},
                                                                  {Where::Host, &atHost.reply}}};
    for (const auto &[where, passage] : steps) {
        (where == Where::Host ? result.passesHost : result.passesGuest) &= passage->fate == Passage::Fate::Passes;
        if (!result.stopper && passage->fate == Passage::Fate::Stopped && !passage->stoppers.empty()) {
            result.stopper = RuleObject{where, passage->stoppers.front(), passage->hook, passage->packet};
        }
    }
    return result;
}

} // namespace

std::vector<SilentPort> silentPorts(const Scene &scene, const Rules &host, const Rules &guest)
{
    std::vector<SilentPort> ports;
    if (!scene.hostAddress || !scene.vmAddress) {
        return ports;
    }
    for (const auto &reading : scene.evidence->probes.ports) {
        const auto &probe = reading.value;
        if (reading.isRead() && probe.protocol == evidence::ProbeProtocol::Tcp && probe.outcome == PortOutcome::Silent) {
            const bool asked = ports.size() < mostPorts;
            ports.push_back(asked ? askRules(scene, host, guest, probe.port)
                                  : SilentPort{probe.port, std::nullopt, false, false});
        }
    }
    return ports;
}

bool allTcpSilent(const evidence::Evidence &evidence)
{
    bool any = false;
    for (const auto &probe : evidence.probes.ports) {
        if (!probe.isRead() || probe.value.protocol != evidence::ProbeProtocol::Tcp ||
            probe.value.outcome == PortOutcome::Cancelled) {
            continue;
        }
        if (probe.value.outcome != PortOutcome::Silent) {
            return false;
        }
        any = true;
    }
    return any;
}

bool closedByPolicy(const Scene &scene, const Rules &host, const Rules &guest)
{
    const auto ports = silentPorts(scene, host, guest);
    return !ports.empty() && allTcpSilent(*scene.evidence) &&
           std::all_of(ports.begin(), ports.end(), [](const SilentPort &port) { return port.stopper.has_value(); });
}

} // namespace bothways::facts
