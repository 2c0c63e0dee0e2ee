// SPDX-License-Identifier: GPL-3.0-or-later
#include "filter/walk/path_walk.h"

#include "filter/walk/walker.h"

#include <algorithm>
#include <limits>

namespace bothways::filter {
namespace {

constexpr int bridgeNetfilterPriority = 0; // NF_BR_PRI_BRNF
constexpr int lowest = std::numeric_limits<int>::min();
constexpr int highest = std::numeric_limits<int>::max();

class Traveller {
public:
    Traveller(const Ruleset &rules, Passing &passing, BridgeNetfilter bridging)
        : m_rules(rules), m_passing(passing), m_shown(isShown(passing.packet, bridging))
    {}
    PathAnswer travel(Way way);

private:
    static bool isShown(const Packet &packet, BridgeNetfilter bridging)
    {
        return (packet.payloadType() == etherIpv4 && bridging.ip) || (packet.payloadType() == etherIpv6 && bridging.ip6);
    }
    bool isArp() const { return m_passing.packet.payloadType() == etherArp; }
    bool isIp() const { return m_passing.packet.payloadType() == etherIpv4 || m_passing.packet.payloadType() == etherIpv6; }
    void at(Hook hook, int first = lowest, int last = highest);
    void atDevice(Hook hook, const std::string &device);
    void around(Hook bridge, Hook inner);
    void arrive();
    void leave();
    void receive();
    void send();
    void route();
    void bridge();
    void reroute();

    const Ruleset &m_rules;
    Passing &m_passing;
    bool m_shown; ///< bridged packets of this kind come by IP's hooks
    bool m_prerouted = false;
    PathAnswer m_answer;
};

void Traveller::at(Hook hook, int first, int last)
{
    const auto chains = baseChains(m_rules.tables(), hook, m_passing.packet);
    const bool any = std::any_of(chains.begin(), chains.end(), [first, last](const BaseChain &each) {
        return first <= each.priority && each.priority <= last;
    });
    Step step{hook, m_passing.packet, {}, m_passing};
    Walker walker(m_rules, hook, m_passing);
    walker.limitTo(first, last);
    step.answer = walker.answer();
    if (!any) {
        return;
    }
    if (m_answer.verdict == Verdict::Accept && step.answer.verdict != Verdict::Accept) {
        m_answer.verdict = step.answer.verdict;
        m_answer.decisive = m_answer.steps.size();
    }
    // Undecided first and stopped for certain later is stopped, if not by whom was first.
    const bool stops = step.answer.verdict == Verdict::Drop || step.answer.verdict == Verdict::Reject;
    if (m_answer.verdict == Verdict::Undecided && m_answer.canPass && stops) {
        m_answer.verdict = step.answer.verdict;
        m_answer.decisive = m_answer.steps.size();
    }
    m_answer.canPass = m_answer.canPass && step.answer.canPass && !stops;
    m_answer.steps.push_back(std::move(step));
}

/// The hooks of a device see that device, whatever IP will say later.
void Traveller::atDevice(Hook hook, const std::string &device)
{
    auto &name = hook == Hook::Ingress ? m_passing.packet.inputInterface : m_passing.packet.outputInterface;
    const auto own = name;
    name = device;
    at(hook);
    name = own;
}

/// br_netfilter takes the packet out of the bridge's hook at its priority, shows it to IP's, and puts it back behind itself.
void Traveller::around(Hook bridge, Hook inner)
{
    at(bridge, lowest, bridgeNetfilterPriority);
    if (m_shown) {
        at(inner);
    }
    at(bridge, bridgeNetfilterPriority + 1, highest);
}

void Traveller::arrive()
{
    const auto port = m_passing.packet.inputPort;
    if (!port.empty()) {
        atDevice(Hook::Ingress, port);
        around(Hook::BridgePrerouting, Hook::Prerouting);
        m_prerouted = m_shown;
        at(Hook::BridgeInput);
    }
    atDevice(Hook::Ingress, m_passing.packet.inputInterface);
}

void Traveller::leave()
{
    const auto port = m_passing.packet.outputPort;
    atDevice(Hook::Egress, m_passing.packet.outputInterface);
    if (!port.empty()) {
        at(Hook::BridgeOutput);
        at(Hook::BridgePostrouting);
        atDevice(Hook::Egress, port);
    }
}

/// Where a changed destination leads only a routing table tells.
void Traveller::reroute()
{
    if (m_passing.connection.destination.address.state == Mapping::State::Kept || m_passing.packet.ct != CtState::New) {
        return;
    }
    auto &packet = m_passing.packet;
    packet.outputInterface.clear();
    packet.outputPort.clear();
    packet.interfacesKnown = false;
    m_answer.rerouted = true;
}

void Traveller::receive()
{
    arrive();
    if (isArp()) {
        at(Hook::ArpInput);
    }
    if (!isIp()) {
        return;
    }
    if (!m_prerouted) {
        at(Hook::Prerouting);
    }
    reroute();
    at(Hook::Input);
}

void Traveller::send()
{
    if (isIp()) {
        at(Hook::Output);
        reroute();
        at(Hook::Postrouting);
    } else if (isArp()) {
        at(Hook::ArpOutput);
    }
    leave();
}

void Traveller::route()
{
    arrive();
    if (!isIp()) {
        return;
    }
    if (!m_prerouted) {
        at(Hook::Prerouting);
    }
    reroute();
    auto &ttl = m_passing.packet.ttl;
    ttl -= ttl > 0 ? 1 : 0; // ip_forward() counts before its hook
    at(Hook::Forward);
    at(Hook::Postrouting);
    leave();
}

void Traveller::bridge()
{
    const auto &packet = m_passing.packet;
    atDevice(Hook::Ingress, packet.inputPort);
    around(Hook::BridgePrerouting, Hook::Prerouting);
    around(Hook::BridgeForward, Hook::Forward);
    at(Hook::BridgePostrouting);
    if (m_shown) {
        at(Hook::Postrouting);
    }
    atDevice(Hook::Egress, packet.outputPort);
}

PathAnswer Traveller::travel(Way way)
{
    auto &packet = m_passing.packet;
    if (packet.ct == CtState::New && m_passing.stateKnown && !packet.ctStatus) {
        packet.ctStatus = 0; // nothing of a new connection is translated before a rule says so
    }
    switch (way) {
    case Way::In:
        receive();
        break;
    case Way::Out:
        send();
        break;
    case Way::Through:
        route();
        break;
    case Way::Bridged:
        bridge();
        break;
    }
    const bool elsewhere = m_answer.rerouted && way != Way::Out;
    if (elsewhere && m_answer.verdict == Verdict::Accept) {
        m_answer.verdict = Verdict::Undecided;
    }
    return std::move(m_answer);
}

} // namespace

PathAnswer walkPath(const Ruleset &rules, Way way, Passing &passing, BridgeNetfilter bridging)
{
    return Traveller(rules, passing, bridging).travel(way);
}

std::string_view name(Way way)
{
    switch (way) {
    case Way::In:
        return "in";
    case Way::Out:
        return "out";
    case Way::Through:
        return "through";
    case Way::Bridged:
        return "bridged";
    }
    return {};
}

} // namespace bothways::filter
