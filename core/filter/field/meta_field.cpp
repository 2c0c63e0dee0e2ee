// SPDX-License-Identifier: GPL-3.0-or-later
#include "filter/field/meta_field.h"

#include "filter/field/field_parts.h"
#include "filter/field/link_field.h"

namespace bothways::filter::parts {
namespace {

constexpr std::uint8_t tcpReset = 0x04;

/// A unicast packet at INPUT was routed to a local address, one at OUTPUT comes from one; the walk's packet is never
/// a directed broadcast. Elsewhere the routing table would have to be asked.
Evaluated addressType(const View &view, bool source)
{
    constexpr std::uint64_t local = 2;
    constexpr std::uint64_t broadcast = 3;
    constexpr std::uint64_t multicast = 5;
    const auto &address = source ? view.packet.source : view.packet.destination;
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
    const bool isLocal = source ? view.hook == Hook::Output && !reset : view.hook == Hook::Input;
    return isLocal ? known(local) : unknown;
}

/// What the device made of the frame's destination (eth_type_trans()); the bridge takes frames for itself before its own hooks,
/// and bridge-nf shows IP's hooks any unicast as the host's own (net/bridge/br_netfilter_hooks.c).
Evaluated packetType(const View &view)
{
    constexpr std::uint64_t host = 0;
    constexpr std::uint64_t broadcast = 1;
    constexpr std::uint64_t multicast = 2;
    const auto &packet = view.packet;
    const bool local = view.hook == Hook::Output || view.hook == Hook::BridgeOutput;
    if (packet.destination.isMulticast() || packet.destination.isBroadcast()) {
        return local || view.hook == Hook::Postrouting ? unknown
                                                       : known(packet.destination.isMulticast() ? multicast : broadcast);
    }
    if (packet.payloadType() == etherArp) {
        return unknown;
    }
    const bool received = view.hook == Hook::Prerouting || view.hook == Hook::Input || view.hook == Hook::Forward;
    return received || local || view.hook == Hook::BridgeInput ? known(host) : unknown;
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
