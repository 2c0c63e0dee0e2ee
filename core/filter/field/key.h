// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "filter/packet/value.h"

#include <cstdint>
#include <string_view>

/// What a rule can look at.
namespace bothways::filter {

enum class Key : std::uint8_t {
    Ip4Source,
    Ip4Destination,
    Ip4Protocol,
    Ip4Ttl,
    Ip4Length,
    Ip4Version,
    Ip6Source,
    Ip6Destination,
    Ip6NextHeader,
    Ip6HopLimit,
    Ip6Length, ///< payload length: without the 40 bytes of the header
    Ip6Version,
    IcmpType,
    IcmpCode,
    Icmpv6Type,
    Icmpv6Code,
    TcpSourcePort,
    TcpDestinationPort,
    TcpFlags,
    UdpSourcePort,
    UdpDestinationPort,
    SctpSourcePort,
    SctpDestinationPort,
    DccpSourcePort,
    DccpDestinationPort,
    UdpliteSourcePort,
    UdpliteDestinationPort,
    AnySourcePort, ///< th sport: whatever the transport is
    AnyDestinationPort,
    InputName,
    OutputName,
    InputIndex,
    OutputIndex,
    L4Protocol,
    NfProtocol,
    EtherProtocol, ///< meta protocol
    Mark,
    Length, ///< of the whole IP packet
    CtState,
    EtherSource,
    EtherDestination,
    SourceType, ///< fib saddr type, addrtype --src-type
    DestinationType,
    Ip4HeaderLength, ///< in 32-bit words
    Ip4Dscp,
    Ip4Ecn,
    Ip4Id,
    Ip4FragmentOffset, ///< the whole 16 bits, flags included
    Ip4Checksum,
    Ip6Dscp,
    Ip6Ecn,
    Ip6FlowLabel,
    IcmpChecksum,
    IcmpId,
    IcmpSequence,
    IcmpMtu,
    IcmpGateway,
    Icmpv6Checksum,
    Icmpv6Id,
    Icmpv6Sequence,
    Icmpv6Mtu,
    Icmpv6ParameterProblem,
    Icmpv6MaxDelay,
    Icmpv6TargetAddress,
    Icmpv6DestinationAddress,
    IgmpType,
    IgmpResponseTime,
    IgmpChecksum,
    IgmpGroup,
    TcpSequence,
    TcpAcknowledgement,
    TcpDataOffset,
    TcpReserved,
    TcpWindow,
    TcpChecksum,
    TcpUrgentPointer,
    UdpLength,
    UdpChecksum,
    UdpliteCoverage,
    UdpliteChecksum,
    SctpTag,
    SctpChecksum,
    DccpType,
    AhNextHeader,
    AhHeaderLength,
    AhReserved,
    AhSpi,
    AhSequence,
    EspSpi,
    EspSequence,
    CompNextHeader,
    CompFlags,
    CompCpi,
    EtherType, ///< of the frame: 8021q if it is tagged
    VlanId,
    VlanPriority,
    VlanDropEligible,
    VlanCanonical,
    VlanType,
    ArpHardwareType,
    ArpProtocolType,
    ArpHardwareLength,
    ArpProtocolLength,
    ArpOperation,
    ArpSenderMac,
    ArpSenderAddress,
    ArpTargetMac,
    ArpTargetAddress,
    InputType, ///< ARPHRD_* of the interface
    OutputType,
    InputGroup,
    OutputGroup,
    InputKind,
    OutputKind,
    InputBridge, ///< name of the bridge whose port it is
    OutputBridge,
    InputPort, ///< physdev: the bridge port under bridge-nf
    OutputPort,
    InputPvid,
    InputVlanProtocol,
    PacketType,
    Priority,
    SocketUser,
    SocketGroup,
    ControlGroup,
    Cpu,
    Random,
    Time,
    Day,
    Hour,
    SecurityMark,
    RouteClass,
    IpsecPath,
    SlaveIndex,
    SlaveName,
    SocketLookup, ///< what a socket lookup for the packet finds
    CtDirection,
    CtStatus,
    CtMark,
    CtZone,
    CtExpiration,
    CtHelper,
    CtL3Protocol,
    CtProtocol,
    CtLabel,
    CtPackets,
    CtBytes,
    CtAveragePacket,
    CtId,
    CtSecurityMark,
    CtOriginalIp4Source,
    CtOriginalIp4Destination,
    CtOriginalIp6Source,
    CtOriginalIp6Destination,
    CtOriginalSourcePort,
    CtOriginalDestinationPort,
    CtReplyIp4Source,
    CtReplyIp4Destination,
    CtReplyIp6Source,
    CtReplyIp6Destination,
    CtReplySourcePort,
    CtReplyDestinationPort,
    ReversePath,      ///< fib saddr . iif oif: whether there is a route
    ReversePathIndex, ///< the same as an interface index, 0 for none
    ReversePathName,
    MarkedReversePath, ///< the same with the packet's mark
    MarkedReversePathIndex,
    MarkedReversePathName,
    Ip6Extension,      ///< whether there is a header other than for fragments
    Ip6ExtensionField, ///< of such a header
    Ip6Fragment,
    Ip6FragmentField,
    Ip4Option,
    Ip4OptionField,
    TcpOption,
    TcpOptionField,
    SctpChunk,
    SctpChunkField,
    DccpOption,
    Route,   ///< rt: of the route that was chosen
    RawLink, ///< bytes of the packet as they are
    RawNetwork,
    RawTransport,
    RawInner,
    Opaque,        ///< no packet determines it
    SetSourcePort, ///< as IP sets see it: a port, of ICMP type * 256 + code, of anything else 0
    SetDestinationPort,
    Count
};

Type typeOf(Key key);
/// As nft writes it: "ip saddr", "iifname".
std::string_view textOf(Key key);

/// When a packet has the field at all.
enum class Presence : std::uint8_t {
    Always,
    Never,
    Ip, ///< version 4 or 6
    Ipv4,
    Ipv6,
    Fragment6,
    Transport, ///< whatever follows the IP header
    Icmp,
    IcmpEcho,
    IcmpOther, ///< anything but an echo
    Icmpv6,
    Icmpv6Echo,
    Icmpv6Other,
    Igmp,
    Tcp,
    Udp,
    Udplite,
    Sctp,
    Dccp,
    Ah,
    Esp,
    Comp,
    Link, ///< an Ethernet header
    Vlan,
    Arp,
    Input, ///< an interface on the way in
    Output,
    InputKind,  ///< an interface whose type the kernel asks for on the way in
    Owner,      ///< a program that sends it
    Sender,     ///< a socket that sends it
    Lookup,     ///< a transport for which the kernel looks sockets up
    Connection, ///< what conntrack knows
    Connection4,
    Connection6,
};
Presence presenceOf(Key key);

} // namespace bothways::filter
