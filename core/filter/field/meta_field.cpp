// SPDX-License-Identifier: GPL-3.0-or-later
#include "filter/field/meta_field.h"

#include "filter/field/field_parts.h"
#include "filter/field/link_field.h"

#include <algorithm>

namespace bothways::filter::parts {
namespace {

constexpr std::uint8_t tcpReset = 0x04;
constexpr int broadcastAddress = 3; // RTN_BROADCAST
// PACKET_HOST and those behind it, linux/if_packet.h
constexpr std::uint64_t hostFrame = 0;
constexpr std::uint64_t broadcastFrame = 1;
constexpr std::uint64_t multicastFrame = 2;

bool isLeavingBridge(Hook hook) { return hook == Hook::BridgePostrouting || hook == Hook::Egress; }

std::uint64_t frameOf(const net::MacAddress &destination)
{
    constexpr std::uint8_t group = 1;
    const auto &bytes = destination.bytes();
    if (std::all_of(bytes.begin(), bytes.end(), [](std::uint8_t each) { return each == 0xff; })) {
        return broadcastFrame;
    }
    return (bytes[0] & group) != 0 ? multicastFrame : hostFrame;
}

/// The broadcast address of a network is the highest of it, and before Linux 5.14 the lowest too. Which networks there are, only
/// the machine's routes tell: of an address alone, whether it may be one.
bool mayBeBroadcast(const net::IpAddress &address)
{
    constexpr std::uint32_t lastBits = 3; // a network of two addresses has none
    constexpr std::uint32_t lastByte = 0xff;
    return address.isV4() && ((address.toV4() & lastBits) == lastBits || (address.toV4() & lastByte) == 0);
}

/// A unicast packet at INPUT was routed to a local address, one at OUTPUT comes from one. Elsewhere the routing table would have
/// to be asked.
Evaluated addressType(const View &view, bool source)
{
    constexpr std::uint64_t local = 2;
    constexpr std::uint64_t broadcast = 3;
    constexpr std::uint64_t multicast = 5;
    const auto &address = source ? view.packet.source : view.packet.destination;
    const auto &given = source ? view.packet.sourceType : view.packet.destinationType;
    if (given) {
        return number(*given);
    }
    if (address.isMulticast()) {
        return known(multicast);
    }
    if (address.isBroadcast()) {
        return known(broadcast);
    }
    if (address.isUnspecified()) {
        return unknown;
    }
    // A reject of what is routed sends its reset in the name of the destination (nf_send_reset()).
    const bool reset = view.packet.protocol == tcp && (view.packet.tcpFlags.value_or(0) & tcpReset) != 0;
    const bool isLocal = source ? view.hook == Hook::Output && !reset : view.hook == Hook::Input && !mayBeBroadcast(address);
    return isLocal ? known(local) : unknown;
}

/// What the address makes of it where nobody gave the frame: each goes in a frame of its own kind.
Evaluated usualFrame(const Packet &packet)
{
    if (packet.destination.isMulticast() || packet.destination.isBroadcast()) {
        return known(packet.destination.isMulticast() ? multicastFrame : broadcastFrame);
    }
    const bool open = !packet.destinationType && mayBeBroadcast(packet.destination);
    return open || packet.destinationType == broadcastAddress ? unknown : known(hostFrame);
}

/// What the device made of the frame's destination (eth_type_trans()); the bridge takes frames for itself before its own hooks,
/// and bridge-nf shows IP's hooks any unicast as the host's own (net/bridge/br_netfilter_hooks.c). IP takes no other frames.
Evaluated packetType(const View &view)
{
    const auto &packet = view.packet;
    if (packet.frameType) {
        return number(*packet.frameType);
    }
    const bool group = packet.destination.isMulticast() || packet.destination.isBroadcast();
    if (view.hook == Hook::Output || view.hook == Hook::BridgeOutput) {
        return group || packet.payloadType() == etherArp ? unknown : known(hostFrame);
    }
    const bool received = view.hook == Hook::Prerouting || view.hook == Hook::Input || view.hook == Hook::Forward;
    if (packet.destinationMac && view.hook != Hook::Postrouting && !isLeavingBridge(view.hook)) {
        const auto kind = frameOf(*packet.destinationMac);
        return kind != hostFrame || received || view.hook == Hook::BridgeInput ? known(kind) : unknown;
    }
    if (packet.payloadType() == etherArp || view.hook == Hook::Postrouting) {
        return unknown;
    }
    return group || received || view.hook == Hook::BridgeInput ? usualFrame(packet) : unknown;
}

/// Of the IP packet; the link header counts on its way out of a device only. Short frames are padded, and IP alone cuts that off.
Evaluated length(const View &view)
{
    constexpr int shortest = 46;
    constexpr int linkHeader = 14;
    const int length = view.packet.length;
    if (!isIp(view.hook) && (length < shortest || view.packet.vlan)) {
        return unknown;
    }
    return number(view.hook == Hook::Egress ? length + linkHeader : length);
}

Evaluated family(const View &view)
{
    switch (view.family) {
    case ProtocolFamily::Arp:
        return known(std::uint64_t{3});
    case ProtocolFamily::Netdev:
        return known(std::uint64_t{5});
    case ProtocolFamily::Bridge:
        return known(std::uint64_t{7});
    case ProtocolFamily::Ip:
        break;
    }
    return known(std::uint64_t{isV4(view) ? 2U : 10U});
}

/// A strict lookup finds the input interface or nothing; loopback is never asked (nft_fib4_eval()). A mark may select another
/// routing table.
Evaluated reversePath(const View &view, bool asName, bool marked)
{
    const auto found = inputDevice(view);
    if (found.there != Truth::Yes || (view.hook != Hook::Prerouting && view.hook != Hook::Input && view.hook != Hook::Forward)) {
        return unknown;
    }
    const bool loopback = found.name == "lo" && view.hook != Hook::Forward;
    if (!loopback && (!view.packet.reversePath || (marked && view.mark != 0))) {
        return unknown;
    }
    const bool yes = loopback || *view.packet.reversePath;
    if (asName) {
        return known(yes ? fromName(found.name) : Word{});
    }
    return truth(yes);
}

} // namespace

Evaluated metaField(Key key, const View &view)
{
    const auto &packet = view.packet;
    switch (key) {
    case Key::L4Protocol:
        return number(packet.protocol);
    case Key::NfProtocol:
        return family(view);
    case Key::EtherProtocol:
        return packet.vlan && view.hook == Hook::Egress ? unknown : known(packet.payloadType());
    case Key::Mark:
        return known(std::uint64_t{view.mark});
    case Key::Length:
        return length(view);
    case Key::SourceType:
        return addressType(view, true);
    case Key::DestinationType:
        return addressType(view, false);
    case Key::PacketType:
        return packetType(view);
    case Key::IpsecPath:
        return truth(false);
    case Key::ReversePath:
    case Key::MarkedReversePath:
        return reversePath(view, false, key == Key::MarkedReversePath);
    case Key::ReversePathIndex:
    case Key::ReversePathName:
        return reversePath(view, true, false);
    case Key::MarkedReversePathIndex:
    case Key::MarkedReversePathName:
        return reversePath(view, true, true);
    case Key::TcpOption:
        return view.packet.protocol == tcp ? unknown : noOrMissing;
    case Key::SctpChunk:
        return view.packet.protocol == sctp ? unknown : noOrMissing;
    case Key::DccpOption:
        return view.packet.protocol == dccp ? unknown : noOrMissing;
    case Key::Ip6Fragment:
        return truth(packet.fragmentOffset.has_value());
    case Key::Ip6Extension:
    case Key::Ip4Option:
        return truth(false);
    default:
        return unknown;
    }
}

} // namespace bothways::filter::parts
