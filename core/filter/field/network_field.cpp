// SPDX-License-Identifier: GPL-3.0-or-later
#include "filter/field/network_field.h"

#include "filter/field/field_parts.h"
#include "filter/field/raw_field.h"

namespace bothways::filter::parts {
namespace {

/// Ports that nobody gave are the programs' choice.
Evaluated port(const std::optional<int> &value) { return value ? number(*value) : unknown; }

/// net/netfilter/ipset/ip_set_getport.c
Evaluated setPort(const View &view, const std::optional<int> &value)
{
    const auto &packet = view.packet;
    if (packet.protocol == icmp || packet.protocol == icmpv6) {
        const auto type = packet.icmpType.value_or(packet.protocol == icmp ? 8 : 128);
        return number(std::int64_t{type} * 256 + packet.icmpCode.value_or(0));
    }
    const bool hasPorts =
        packet.protocol == tcp || packet.protocol == udp || packet.protocol == sctp || packet.protocol == udplite;
    return hasPorts ? port(value) : number(0);
}

/// What a plain connect sends first is a SYN; anything later carries flags nobody gave.
Evaluated tcpFlags(const View &view)
{
    if (view.packet.tcpFlags) {
        return known(*view.packet.tcpFlags);
    }
    return view.packet.ct == CtState::New ? known(std::uint64_t{0x02}) : unknown;
}

/// Whether a plain packet may be fragmented on the way (DF) depends on its program; of a later fragment, whether more follow.
Evaluated fragmentOffset(const View &view)
{
    constexpr std::uint64_t dontFragment = 0x4000;
    constexpr std::uint64_t moreFragments = 0x2000;
    const auto &offset = view.packet.fragmentOffset;
    if (offset && (*offset < 0 || *offset > 65535)) {
        return unknown;
    }
    std::uint64_t certain = 0xffff & ~dontFragment;
    std::uint64_t value = 0;
    if (offset) {
        value = *offset == 0 ? moreFragments : static_cast<std::uint64_t>(*offset) / 8;
        certain &= *offset == 0 ? certain : ~moreFragments;
    }
    return partly({0, value}, {0, certain}, 16);
}

/// A fragment of IPv6 names its own header first.
Evaluated nextHeader(const View &view)
{
    constexpr int fragmentHeader = 44;
    return number(view.packet.fragmentOffset ? fragmentHeader : view.packet.protocol);
}

int headerLength(const View &view) { return isV4(view) ? 20 : 40; }

} // namespace

Evaluated networkField(Key key, const View &view)
{
    const auto &packet = view.packet;
    switch (key) {
    case Key::Ip4Source:
    case Key::Ip6Source:
        return known(fromAddress(packet.source));
    case Key::Ip4Destination:
    case Key::Ip6Destination:
        return known(fromAddress(packet.destination));
    case Key::Ip4Protocol:
        return number(packet.protocol);
    case Key::Ip6NextHeader:
        return nextHeader(view);
    case Key::Ip4Ttl:
    case Key::Ip6HopLimit:
        return number(packet.ttl);
    case Key::Ip4Length:
        return number(packet.length);
    case Key::Ip6Length:
        return number(packet.length - 40);
    case Key::Ip4Version:
        return known(std::uint64_t{4});
    case Key::Ip6Version:
        return known(std::uint64_t{6});
    case Key::Ip4HeaderLength:
        return known(std::uint64_t{5});
    case Key::Ip4FragmentOffset:
        return fragmentOffset(view);
    case Key::Ip4Dscp:
    case Key::Ip4Ecn:
    case Key::Ip6Dscp:
    case Key::Ip6Ecn:
        return known(std::uint64_t{0});
    default:
        return unknown;
    }
}

Evaluated transportField(Key key, const View &view)
{
    const auto &packet = view.packet;
    switch (key) {
    case Key::IcmpType:
        return number(packet.icmpType.value_or(8));
    case Key::Icmpv6Type:
        return number(packet.icmpType.value_or(128));
    case Key::IcmpCode:
    case Key::Icmpv6Code:
        return number(packet.icmpCode.value_or(0));
    case Key::IcmpId:
    case Key::Icmpv6Id:
        return port(packet.icmpId);
    case Key::IcmpSequence:
    case Key::Icmpv6Sequence:
        return port(packet.icmpSequence);
    case Key::TcpSourcePort:
    case Key::UdpSourcePort:
    case Key::SctpSourcePort:
    case Key::DccpSourcePort:
    case Key::UdpliteSourcePort:
        return port(packet.sourcePort);
    case Key::TcpDestinationPort:
    case Key::UdpDestinationPort:
    case Key::SctpDestinationPort:
    case Key::DccpDestinationPort:
    case Key::UdpliteDestinationPort:
        return port(packet.destinationPort);
    case Key::AnySourcePort:
        return evaluateRaw(Key::RawTransport, 0, 16, view); // whatever stands there, of ICMP too
    case Key::AnyDestinationPort:
        return evaluateRaw(Key::RawTransport, 16, 16, view);
    case Key::SetSourcePort:
        return setPort(view, packet.sourcePort);
    case Key::SetDestinationPort:
        return setPort(view, packet.destinationPort);
    case Key::TcpFlags:
        return tcpFlags(view);
    case Key::TcpReserved:
    case Key::TcpUrgentPointer:
        return view.packet.ct == CtState::New ? known(std::uint64_t{0}) : unknown;
    case Key::UdpLength:
        return packet.fragmentOffset ? unknown : number(packet.length - headerLength(view));
    default:
        return unknown;
    }
}

} // namespace bothways::filter::parts
