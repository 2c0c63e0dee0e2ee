// SPDX-License-Identifier: GPL-3.0-or-later
#include "checks/handshake.h"

#include "checks/rules.h"

#include <algorithm>

namespace bothways::checks {

using namespace Qt::Literals::StringLiterals;
using evidence::PortOutcome;
using filter::CtState;
using filter::Hook;
using filter::Packet;

namespace {

constexpr int protocolTcp = 6;
constexpr std::uint8_t flagSyn = 0x02;
constexpr std::uint8_t flagAck = 0x10;
constexpr std::size_t mostPorts = 1024; ///< further ones stay unexplained; nobody names so many by hand
constexpr int synLength = 60;           ///< with the options that Linux sends

/// One segment between host and VM. `inward` is what the machine at hand does: it receives it, or sends it.
std::vector<Leg> legs(const Scene &scene, int port, bool syn, bool inward, const QString &interface)
{
    Packet packet;
    packet.source = syn ? *scene.hostAddress : *scene.vmAddress;
    packet.destination = syn ? *scene.vmAddress : *scene.hostAddress;
    packet.protocol = protocolTcp;
    (syn ? packet.destinationPort : packet.sourcePort) = port;
    packet.tcpFlags = syn ? flagSyn : static_cast<std::uint8_t>(flagSyn | flagAck);
    packet.length = synLength;
    packet.ct = syn ? CtState::New : CtState::Established;
    packet.interfacesKnown = !interface.isEmpty();
    (inward ? packet.inputInterface : packet.outputInterface) = interface.toStdString();
    return inward ? std::vector<Leg>{{Hook::Prerouting, packet}, {Hook::Input, packet}}
                  : std::vector<Leg>{{Hook::Output, packet}, {Hook::Postrouting, packet}};
}

/// In the order of the way; the first stopper is the one that decides.
SilentPort askRules(const Scene &scene, const Rules &host, const Rules &guest, int port)
{
    struct Step {
        Where where;
        bool syn;
        bool inward;
    };
    constexpr Step steps[] = {
        {Where::Host, true, false}, {Where::Guest, true, true}, {Where::Guest, false, false}, {Where::Host, false, true}};
    SilentPort result{port, std::nullopt, true, true};
    for (const auto &step : steps) {
        const bool atHost = step.where == Where::Host;
        const auto &interface = atHost ? scene.interface : scene.guestInterface;
        const auto passage = pass(atHost ? host : guest, legs(scene, port, step.syn, step.inward, interface));
        (atHost ? result.passesHost : result.passesGuest) &= passage.fate == Passage::Fate::Passes;
        if (!result.stopper && passage.fate == Passage::Fate::Stopped && !passage.stoppers.empty()) {
            result.stopper = RuleObject{step.where, passage.stoppers.front(), passage.hook, passage.packet};
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
        if (reading.isRead() && probe.protocol == u"tcp"_s && probe.outcome == PortOutcome::Silent) {
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
        if (!probe.isRead() || probe.value.protocol != u"tcp"_s || probe.value.outcome == PortOutcome::Cancelled) {
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

} // namespace bothways::checks
