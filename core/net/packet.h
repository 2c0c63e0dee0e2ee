// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/address.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

/// Packets as they are on the wire. A decoder takes any bytes and gives a view into them or nothing; it never reads past the end
/// and never allocates, and the view lives as long as the bytes. Numbers in the structs are in host order.
/// A header is accepted from a packet that was cut off behind it, as captures and ICMP errors quote them.
namespace bothways::net {

using Bytes = std::span<const std::uint8_t>;

namespace ethertype {
inline constexpr std::uint16_t ipv4 = 0x0800;
inline constexpr std::uint16_t arp = 0x0806;
inline constexpr std::uint16_t ipv6 = 0x86dd;
} // namespace ethertype

namespace protocol {
inline constexpr std::uint8_t icmp = 1;
inline constexpr std::uint8_t tcp = 6;
inline constexpr std::uint8_t udp = 17;
inline constexpr std::uint8_t icmpv6 = 58;
} // namespace protocol

/// RFC 792.
namespace icmp {
inline constexpr std::uint8_t echoReply = 0;
inline constexpr std::uint8_t destinationUnreachable = 3;
inline constexpr std::uint8_t echoRequest = 8;
inline constexpr std::uint8_t timeExceeded = 11;
inline constexpr std::uint8_t parameterProblem = 12;
} // namespace icmp

/// RFC 4443, RFC 4861.
namespace icmpv6 {
inline constexpr std::uint8_t destinationUnreachable = 1;
inline constexpr std::uint8_t packetTooBig = 2;
inline constexpr std::uint8_t timeExceeded = 3;
inline constexpr std::uint8_t parameterProblem = 4;
inline constexpr std::uint8_t echoRequest = 128;
inline constexpr std::uint8_t echoReply = 129;
inline constexpr std::uint8_t neighbourSolicitation = 135;
inline constexpr std::uint8_t neighbourAdvertisement = 136;
} // namespace icmpv6

/// Internet checksum (RFC 1071) as a header carries it; over data that includes a correct checksum it is 0.
std::uint16_t internetChecksum(Bytes data);
/// The same with the IPv6 pseudo-header (RFC 8200, 8.1) in front.
std::uint16_t internetChecksum(const IpAddress &source, const IpAddress &destination, std::uint8_t nextHeader, Bytes data);

/// Ethernet II, without tags.
struct EthernetFrame {
    MacAddress destination;
    MacAddress source;
    std::uint16_t type = 0;
    Bytes payload;
};
std::optional<EthernetFrame> decodeEthernet(Bytes bytes);

/// RFC 826 for Ethernet and IPv4; other hardware and protocols are refused.
struct ArpPacket {
    static constexpr std::uint16_t request = 1;
    static constexpr std::uint16_t reply = 2;
    std::uint16_t operation = request;
    MacAddress senderMac;
    IpAddress senderAddress;
    MacAddress targetMac;
    IpAddress targetAddress;
};
std::optional<ArpPacket> decodeArp(Bytes bytes);

/// RFC 791.
struct Ipv4Packet {
    IpAddress source;
    IpAddress destination;
    std::uint8_t protocol = 0;
    std::uint8_t ttl = 0;
    std::uint16_t identification = 0;
    std::uint16_t fragmentOffset = 0; ///< bytes
    bool moreFragments = false;
    bool doNotFragment = false;
    std::uint16_t totalLength = 0; ///< as the header says
    Bytes payload;                 ///< what is there of it, at most totalLength
    bool complete = false;         ///< all that totalLength promises is there
};
std::optional<Ipv4Packet> decodeIpv4(Bytes bytes);

/// RFC 8200; extension headers are part of the payload.
struct Ipv6Packet {
    IpAddress source;
    IpAddress destination;
    std::uint8_t nextHeader = 0;
    std::uint8_t hopLimit = 0;
    std::uint16_t payloadLength = 0;
    Bytes payload;
    bool complete = false;
};
std::optional<Ipv6Packet> decodeIpv6(Bytes bytes);

/// The eight bytes every ICMP and ICMPv6 message begins with.
struct IcmpMessage {
    std::uint8_t type = 0;
    std::uint8_t code = 0;
    std::uint16_t checksum = 0;
    std::uint32_t rest = 0; ///< identifier and sequence, next-hop MTU, pointer: by type
    Bytes body;
};
std::optional<IcmpMessage> decodeIcmp(Bytes bytes);

struct IcmpEcho {
    bool request = false;
    std::uint16_t identifier = 0;
    std::uint16_t sequence = 0;
    Bytes payload;
};
/// An echo request or reply of that family, else nothing. The checksum is not judged: a quoted packet is cut off.
std::optional<IcmpEcho> decodeEcho(Family family, Bytes icmpBytes);

/// The packet that an ICMP error quotes: its addresses and what is left of its payload.
struct QuotedPacket {
    IpAddress source;
    IpAddress destination;
    std::uint8_t protocol = 0;
    Bytes payload;
};
struct IcmpError {
    std::uint8_t type = 0;
    std::uint8_t code = 0;
    std::uint32_t mtu = 0; ///< for "fragmentation needed" and "packet too big", else 0
    QuotedPacket quoted;
};
std::optional<IcmpError> decodeIcmpError(Family family, Bytes icmpBytes);

/// Neighbour solicitation and advertisement (RFC 4861, 4.3 and 4.4).
struct NeighbourMessage {
    bool advertisement = false;
    bool router = false;
    bool solicited = false;
    bool override = false;
    IpAddress target;
    std::optional<MacAddress> linkLayer; ///< source (solicitation) or target (advertisement) link-layer address option
};
/// Refuses what RFC 4861, 7.1 tells to discard and can be seen here: a code other than 0, a multicast target, an option of length
/// 0.
std::optional<NeighbourMessage> decodeNeighbour(Bytes icmpBytes);

IpAddress solicitedNodeAddress(const IpAddress &target); ///< RFC 4291, 2.7.1
MacAddress multicastMac(const IpAddress &group);         ///< RFC 1112, 6.4 and RFC 2464, 7

/// A small packet built in place.
struct BuiltFrame {
    std::array<std::uint8_t, 96> bytes{};
    std::size_t size = 0;
    Bytes view() const { return Bytes(bytes).first(size); }
};

/// Broadcast ARP request with its Ethernet header. A sender address of 0.0.0.0 makes it an address probe (RFC 5227).
BuiltFrame buildArpRequest(const MacAddress &sender, const IpAddress &senderAddress, const IpAddress &target);
BuiltFrame buildArpReply(const MacAddress &sender, const IpAddress &senderAddress, const MacAddress &to,
                         const IpAddress &toAddress);
/// Neighbour solicitation to the solicited-node group, with Ethernet and IPv6 headers. From the unspecified address it carries
/// no link-layer option (RFC 4861, 4.3).
BuiltFrame buildNeighbourSolicitation(const MacAddress &sender, const IpAddress &senderAddress, const IpAddress &target);

inline constexpr std::size_t icmpHeaderSize = 8;
/// Writes an echo request into `out` and gives its size, or 0 if `out` is too small. The checksum of ICMPv6 needs the addresses
/// and is left to the kernel.
std::size_t buildEchoRequest(Family family, std::uint16_t identifier, std::uint16_t sequence, Bytes payload,
                             std::span<std::uint8_t> out);

} // namespace bothways::net
