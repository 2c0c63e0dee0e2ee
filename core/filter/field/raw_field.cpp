// SPDX-License-Identifier: GPL-3.0-or-later
#include "filter/field/raw_field.h"

#include "filter/field/field_parts.h"
#include "filter/field/link_field.h"

#include <algorithm>
#include <array>
#include <span>
#include <utility>

/// Headers as they lie on the wire: RFC 791, 792, 793, 768, 826, 3828, 4302, 4303, 4340, 4443, 8200, 9260; IEEE 802.1Q.
namespace bothways::filter {
namespace {

using namespace parts;

/// Where a field lies in its header, in bits.
struct Place {
    Key key;
    int offset;
    int bits;
};

constexpr std::array ether{Place{Key::EtherDestination, 0, 48}, Place{Key::EtherSource, 48, 48}, Place{Key::EtherType, 96, 16}};
constexpr std::array vlan{Place{Key::VlanPriority, 0, 3}, Place{Key::VlanDropEligible, 3, 1}, Place{Key::VlanId, 4, 12},
                          Place{Key::VlanType, 16, 16}};
constexpr std::array arp{
    Place{Key::ArpHardwareType, 0, 16},    Place{Key::ArpProtocolType, 16, 16}, Place{Key::ArpHardwareLength, 32, 8},
    Place{Key::ArpProtocolLength, 40, 8},  Place{Key::ArpOperation, 48, 16},    Place{Key::ArpSenderMac, 64, 48},
    Place{Key::ArpSenderAddress, 112, 32}, Place{Key::ArpTargetMac, 144, 48},   Place{Key::ArpTargetAddress, 192, 32},
};
constexpr std::array ipv4{
    Place{Key::Ip4Version, 0, 4},
    Place{Key::Ip4HeaderLength, 4, 4},
    Place{Key::Ip4Dscp, 8, 6},
    Place{Key::Ip4Ecn, 14, 2},
    Place{Key::Ip4Length, 16, 16},
    Place{Key::Ip4Id, 32, 16},
    Place{Key::Ip4FragmentOffset, 48, 16},
    Place{Key::Ip4Ttl, 64, 8},
    Place{Key::Ip4Protocol, 72, 8},
    Place{Key::Ip4Checksum, 80, 16},
    Place{Key::Ip4Source, 96, 32},
    Place{Key::Ip4Destination, 128, 32},
};
constexpr std::array ipv6{
    Place{Key::Ip6Version, 0, 4},     Place{Key::Ip6Dscp, 4, 6},      Place{Key::Ip6Ecn, 10, 2},
    Place{Key::Ip6FlowLabel, 12, 20}, Place{Key::Ip6Length, 32, 16},  Place{Key::Ip6NextHeader, 48, 8},
    Place{Key::Ip6HopLimit, 56, 8},   Place{Key::Ip6Source, 64, 128}, Place{Key::Ip6Destination, 192, 128},
};
constexpr std::array icmpHeader{Place{Key::IcmpType, 0, 8}, Place{Key::IcmpCode, 8, 8}, Place{Key::IcmpChecksum, 16, 16},
                                Place{Key::IcmpId, 32, 16}, Place{Key::IcmpSequence, 48, 16}};
constexpr std::array icmpv6Header{Place{Key::Icmpv6Type, 0, 8}, Place{Key::Icmpv6Code, 8, 8}, Place{Key::Icmpv6Checksum, 16, 16},
                                  Place{Key::Icmpv6Id, 32, 16}, Place{Key::Icmpv6Sequence, 48, 16}};
constexpr std::array igmpHeader{Place{Key::IgmpType, 0, 8}, Place{Key::IgmpResponseTime, 8, 8}, Place{Key::IgmpChecksum, 16, 16},
                                Place{Key::IgmpGroup, 32, 32}};
constexpr std::array tcpHeader{
    Place{Key::TcpSourcePort, 0, 16},       Place{Key::TcpDestinationPort, 16, 16}, Place{Key::TcpSequence, 32, 32},
    Place{Key::TcpAcknowledgement, 64, 32}, Place{Key::TcpDataOffset, 96, 4},       Place{Key::TcpReserved, 100, 4},
    Place{Key::TcpFlags, 104, 8},           Place{Key::TcpWindow, 112, 16},         Place{Key::TcpChecksum, 128, 16},
    Place{Key::TcpUrgentPointer, 144, 16},
};
constexpr std::array udpHeader{Place{Key::UdpSourcePort, 0, 16}, Place{Key::UdpDestinationPort, 16, 16},
                               Place{Key::UdpLength, 32, 16}, Place{Key::UdpChecksum, 48, 16}};
constexpr std::array udpliteHeader{Place{Key::UdpliteSourcePort, 0, 16}, Place{Key::UdpliteDestinationPort, 16, 16},
                                   Place{Key::UdpliteCoverage, 32, 16}, Place{Key::UdpliteChecksum, 48, 16}};
constexpr std::array sctpHeader{Place{Key::SctpSourcePort, 0, 16}, Place{Key::SctpDestinationPort, 16, 16},
                                Place{Key::SctpTag, 32, 32}, Place{Key::SctpChecksum, 64, 32}};
constexpr std::array dccpHeader{Place{Key::DccpSourcePort, 0, 16}, Place{Key::DccpDestinationPort, 16, 16},
                                Place{Key::DccpType, 67, 4}};
constexpr std::array ahHeader{Place{Key::AhNextHeader, 0, 8}, Place{Key::AhHeaderLength, 8, 8}, Place{Key::AhReserved, 16, 16},
                              Place{Key::AhSpi, 32, 32}, Place{Key::AhSequence, 64, 32}};
constexpr std::array espHeader{Place{Key::EspSpi, 0, 32}, Place{Key::EspSequence, 32, 32}};
constexpr std::array compHeader{Place{Key::CompNextHeader, 0, 8}, Place{Key::CompFlags, 8, 8}, Place{Key::CompCpi, 16, 16}};

// Narrower than their type, and in no table above.
constexpr std::array others{
    Place{Key::IcmpMtu, 48, 16},  Place{Key::Icmpv6MaxDelay, 32, 16}, Place{Key::VlanCanonical, 3, 1},
    Place{Key::InputPvid, 0, 16}, Place{Key::CtZone, 0, 16},          Place{Key::CtPackets, 0, 64},
    Place{Key::CtBytes, 0, 64},   Place{Key::CtAveragePacket, 0, 64},
};

std::span<const Place> networkHeader(const View &view)
{
    if (view.packet.payloadType() == etherArp) {
        return arp;
    }
    if (isV4(view)) {
        return ipv4;
    }
    return isV6(view) ? std::span<const Place>(ipv6) : std::span<const Place>{};
}

std::span<const Place> transportHeader(const View &view)
{
    switch (view.packet.protocol) {
    case icmp:
        return icmpHeader;
    case icmpv6:
        return icmpv6Header;
    case igmp:
        return igmpHeader;
    case tcp:
        return tcpHeader;
    case udp:
        return udpHeader;
    case udplite:
        return udpliteHeader;
    case sctp:
        return sctpHeader;
    case dccp:
        return dccpHeader;
    case ah:
        return ahHeader;
    case esp:
        return espHeader;
    case comp:
        return compHeader;
    default:
        return {};
    }
}

/// Gathers the bits from one header after the other.
class Window {
public:
    Window(int offset, int bits, const View &view) : m_offset(offset), m_bits(bits), m_view(view) {}

    void add(std::span<const Place> header, int length)
    {
        for (const auto &place : header) {
            const int first = std::max(m_offset, m_start + place.offset);
            const int end = std::min(m_offset + m_bits, m_start + place.offset + place.bits);
            if (first < end) {
                take(place, first, end);
            }
        }
        m_start += length;
    }
    Evaluated value() const { return partly(m_value, m_certain, m_bits); }
    int start() const { return m_start; }

private:
    void take(const Place &place, int first, int end)
    {
        const auto field = evaluate(place.key, m_view);
        if (field.state == Evaluated::State::Absent) {
            return;
        }
        const auto certain = field.state == Evaluated::State::Known ? allBits : field.certain;
        const auto mask = ones(end - first);
        const int below = m_start + place.offset + place.bits - end;
        const int target = m_offset + m_bits - end;
        m_value = m_value | (((field.value & certain) >> below & mask) << target);
        m_certain = m_certain | ((certain >> below & mask) << target);
    }

    int m_offset;
    int m_bits;
    const View &m_view;
    int m_start = 0;
    Word m_value;
    Word m_certain;
};

/// A fragment of IPv6 has one header more.
void addNetwork(Window &window, const View &view)
{
    const bool v4 = isV4(view);
    window.add(networkHeader(view), v4 ? 160 : 320);
    if ((v4 || isV6(view)) && !view.packet.fragmentOffset) {
        window.add(transportHeader(view), 0);
    }
}

/// The packet ends somewhere, and what lies behind is not there; short frames may be padded.
bool isBehindEnd(int end, const View &view)
{
    constexpr int shortest = 46;
    const int length = view.packet.length;
    return (isV4(view) || isV6(view)) && length > 0 && (isIp(view.hook) || length >= shortest) && end > length * 8;
}

Evaluated raw(Window window, int end, const View &view)
{
    const int link = window.start();
    addNetwork(window, view);
    return isBehindEnd(end - link, view) ? absent : window.value();
}

Evaluated rawLink(int offset, int bits, const View &view)
{
    if (view.hook == Hook::Output) {
        return absent;
    }
    const bool tagged = view.packet.vlan.has_value();
    if (hasLink(view) != Truth::Yes || (tagged && !isBridge(view.hook) && view.hook != Hook::Ingress)) {
        return unknown;
    }
    Window window(offset, bits, view);
    window.add(ether, 112);
    if (tagged) {
        window.add(vlan, 32);
    }
    return raw(std::move(window), offset + bits, view);
}

Evaluated rawTransport(int offset, int bits, const View &view)
{
    if (!isV4(view) && !isV6(view)) {
        return absent;
    }
    if (view.packet.fragmentOffset.value_or(0) != 0) {
        return view.native ? unknown : absent;
    }
    const int network = isV4(view) ? 160 : 320;
    if (!view.packet.fragmentOffset && isBehindEnd(network + offset + bits, view)) {
        return absent;
    }
    Window window(offset, bits, view);
    window.add(transportHeader(view), 0);
    return window.value();
}

} // namespace

int bitsOf(Key key)
{
    for (const auto header :
         {std::span<const Place>(ipv4), std::span<const Place>(ipv6), std::span<const Place>(ether), std::span<const Place>(vlan),
          std::span<const Place>(arp), std::span<const Place>(icmpHeader), std::span<const Place>(icmpv6Header),
          std::span<const Place>(igmpHeader), std::span<const Place>(tcpHeader), std::span<const Place>(udpHeader),
          std::span<const Place>(udpliteHeader), std::span<const Place>(sctpHeader), std::span<const Place>(dccpHeader),
          std::span<const Place>(ahHeader), std::span<const Place>(espHeader), std::span<const Place>(compHeader),
          std::span<const Place>(others)}) {
        const auto found = std::find_if(header.begin(), header.end(), [key](const Place &place) { return place.key == key; });
        if (found != header.end()) {
            return found->bits;
        }
    }
    return width(typeOf(key));
}

Evaluated evaluateRaw(Key base, int offset, int bits, const View &view)
{
    constexpr int furthest = 1 << 20;
    if (bits <= 0 || bits > 128 || offset < 0 || offset > furthest) {
        return unknown;
    }
    if (view.blurred.test(static_cast<std::size_t>(base))) {
        return unknown;
    }
    switch (base) {
    case Key::RawLink:
        return rawLink(offset, bits, view);
    case Key::RawNetwork:
        return raw(Window(offset, bits, view), offset + bits, view);
    case Key::RawTransport:
        return rawTransport(offset, bits, view);
    default:
        return view.packet.protocol == tcp || view.packet.protocol == udp ? unknown : absent;
    }
}

} // namespace bothways::filter
