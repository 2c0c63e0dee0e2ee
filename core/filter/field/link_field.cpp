// SPDX-License-Identifier: GPL-3.0-or-later
#include "filter/field/link_field.h"

#include "filter/field/field_parts.h"

namespace bothways::filter::parts {
namespace {

constexpr std::uint16_t ethernet = 1;
constexpr std::uint16_t loopback = 772;

Device device(const View &view, const std::string &name)
{
    if (name.empty()) {
        return {view.packet.interfacesKnown ? Truth::No : Truth::Unknown, {}};
    }
    return {Truth::Yes, name};
}

constexpr Device none{Truth::No, {}};

/// The kernel compares with an empty name and index 0 where there is no interface (net/netfilter/nft_meta.c).
Evaluated nameOf(const Device &found) { return found.there == Truth::Unknown ? unknown : known(fromName(found.name)); }

Evaluated typeOfDevice(const View &view, const Device &found, const std::optional<std::uint16_t> &given)
{
    if (isBridge(view.hook)) {
        return known(std::uint64_t{ethernet});
    }
    if (given) {
        return known(*given);
    }
    return found.name == "lo" ? known(std::uint64_t{loopback}) : unknown;
}

/// The bridge is known by name only where the port is known beside it. Elsewhere the kernel compares with an empty name.
Evaluated bridgeOf(const View &view, const Device &found, const std::string &port, const std::string &bridge)
{
    if (found.there == Truth::No) {
        return known(Word{});
    }
    return isBridge(view.hook) && !port.empty() && !bridge.empty() ? known(fromName(bridge)) : unknown;
}

Evaluated address(const std::optional<net::MacAddress> &mac) { return mac ? known(fromMac(*mac)) : unknown; }

Evaluated arpTarget(const Packet &packet)
{
    if (packet.arpTargetMac) {
        return address(packet.arpTargetMac);
    }
    if (packet.arpOperation == 1) {
        return known(Word{});
    }
    return packet.arpOperation == 2 ? address(packet.destinationMac) : unknown;
}

Evaluated arpField(Key key, const Packet &packet)
{
    switch (key) {
    case Key::ArpHardwareType:
        return known(std::uint64_t{ethernet});
    case Key::ArpProtocolType:
        return known(std::uint64_t{etherIpv4});
    case Key::ArpHardwareLength:
        return known(std::uint64_t{6});
    case Key::ArpProtocolLength:
        return known(std::uint64_t{4});
    case Key::ArpOperation:
        return packet.arpOperation ? number(*packet.arpOperation) : unknown;
    case Key::ArpSenderMac:
        return address(packet.arpSenderMac ? packet.arpSenderMac : packet.sourceMac);
    case Key::ArpSenderAddress:
        return packet.source.isV4() ? known(fromAddress(packet.source)) : unknown;
    case Key::ArpTargetAddress:
        return packet.destination.isV4() ? known(fromAddress(packet.destination)) : unknown;
    default:
        return arpTarget(packet);
    }
}

} // namespace

Device inputDevice(const View &view)
{
    const auto &packet = view.packet;
    switch (view.hook) {
    case Hook::Output:
    case Hook::Egress:
    case Hook::BridgeOutput:
    case Hook::BridgePostrouting:
    case Hook::ArpOutput:
        return none;
    case Hook::BridgePrerouting:
    case Hook::BridgeInput:
    case Hook::BridgeForward:
        return device(view, packet.inputPort.empty() ? packet.inputInterface : packet.inputPort);
    default:
        return device(view, packet.inputInterface);
    }
}

Device outputDevice(const View &view)
{
    const auto &packet = view.packet;
    switch (view.hook) {
    case Hook::Input:
    case Hook::Prerouting:
    case Hook::Ingress:
    case Hook::BridgePrerouting:
    case Hook::BridgeInput:
    case Hook::ArpInput:
        return none;
    case Hook::BridgeForward:
    case Hook::BridgeOutput:
    case Hook::BridgePostrouting:
        return device(view, packet.outputPort.empty() ? packet.outputInterface : packet.outputPort);
    default:
        return device(view, packet.outputInterface);
    }
}

/// nft asks for an Ethernet input interface before it looks at the header, and loopback is none. Behind routing the header that
/// the packet came with is still there, and a local one has none.
Truth hasLink(const View &view)
{
    const auto &packet = view.packet;
    if (isBridge(view.hook)) {
        return Truth::Yes;
    }
    const bool other = packet.inputInterface == "lo" || packet.inputType.value_or(ethernet) != ethernet;
    if (view.hook == Hook::Output || (isIp(view.hook) && other)) {
        return Truth::No;
    }
    const bool open = view.hook == Hook::Egress || view.hook == Hook::ArpOutput ||
                      (view.hook == Hook::Postrouting && packet.inputInterface.empty());
    return open ? Truth::Unknown : Truth::Yes;
}

Evaluated linkField(Key key, const View &view)
{
    const auto &packet = view.packet;
    switch (key) {
    case Key::EtherSource:
        return address(packet.sourceMac);
    case Key::EtherDestination:
        return address(packet.destinationMac);
    case Key::EtherType:
        return known(packet.vlan ? etherVlan : packet.payloadType());
    case Key::VlanId:
        return known(*packet.vlan);
    case Key::VlanType:
        return known(packet.payloadType());
    case Key::InputType:
        return typeOfDevice(view, inputDevice(view), packet.inputType);
    case Key::OutputType:
        return typeOfDevice(view, outputDevice(view), packet.outputType);
    case Key::InputName:
    case Key::InputIndex:
        return nameOf(inputDevice(view));
    case Key::OutputName:
    case Key::OutputIndex:
        return nameOf(outputDevice(view));
    case Key::InputBridge:
        return bridgeOf(view, inputDevice(view), packet.inputPort, packet.inputInterface);
    case Key::OutputBridge:
        return bridgeOf(view, outputDevice(view), packet.outputPort, packet.outputInterface);
    case Key::InputPort:
        return packet.inputPort.empty() && !packet.interfacesKnown ? unknown : known(fromName(packet.inputPort));
    case Key::OutputPort:
        return packet.outputPort.empty() && !packet.interfacesKnown ? unknown : known(fromName(packet.outputPort));
    default:
        return key >= Key::ArpHardwareType && key <= Key::ArpTargetAddress ? arpField(key, packet) : unknown;
    }
}

} // namespace bothways::filter::parts
