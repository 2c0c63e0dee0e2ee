// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/link_type.h"
#include "net/packet.h"

#include <array>
#include <cstdint>
#include <optional>

/// A whole captured frame, from its link header to TCP, UDP or ICMP, in one call. Takes any bytes, never reads past their end and
/// never allocates; every `Bytes` in the result is a part of what was given and lives as long.
namespace bothways::net {

/// IEEE 802.1Q, 9.6.
struct VlanTag {
    std::uint16_t id = 0; ///< 0: the tag carries only a priority
    std::uint8_t priority = 0;
    bool dropEligible = false;
    bool service = false; ///< the outer tag of 802.1ad (QinQ)
    bool operator==(const VlanTag &) const = default;
};

/// sll_pkttype of Linux cooked captures (packet(7)).
enum class CookedDirection : std::uint8_t { ToUs, Broadcast, Multicast, OtherHost, Outgoing, Unknown };

struct LinkHeader {
    bool hasAddresses = false; ///< Ethernet; a cooked capture has at most the source
    MacAddress source;
    MacAddress destination;
    CookedDirection direction = CookedDirection::Unknown;
    std::uint32_t interfaceIndex = 0; ///< cooked v2, else 0
    std::array<VlanTag, 2> tags{};    ///< outer first; more than two are skipped
    std::uint8_t tagCount = 0;        ///< all of them
    std::uint16_t etherType = 0;      ///< behind the tags; below 1536 it is the length of an 802.3 frame
};

/// RFC 791 or RFC 8200 with its extension headers behind it.
struct IpHeader {
    IpAddress source;
    IpAddress destination;
    std::uint8_t protocol = 0; ///< behind the extension headers
    std::uint8_t hopLimit = 0;
    bool doNotFragment = false; ///< IPv4
    bool moreFragments = false;
    bool isFragment = false;
    std::uint16_t fragmentOffset = 0; ///< bytes
    std::uint32_t identification = 0; ///< IPv6: of the fragment header, else 0
    std::uint32_t length = 0;         ///< whole packet, as the header says
    Bytes payload;                    ///< behind all headers; what was captured of it
    Family family() const { return source.family(); }
};

namespace tcp {
inline constexpr std::uint8_t fin = 0x01;
inline constexpr std::uint8_t syn = 0x02;
inline constexpr std::uint8_t rst = 0x04;
inline constexpr std::uint8_t ack = 0x10;
} // namespace tcp

/// RFC 9293.
struct TcpHeader {
    std::uint16_t sourcePort = 0;
    std::uint16_t destinationPort = 0;
    std::uint32_t sequence = 0;
    std::uint32_t acknowledgement = 0;
    std::uint8_t flags = 0;
    Bytes payload;
};

/// RFC 768.
struct UdpHeader {
    std::uint16_t sourcePort = 0;
    std::uint16_t destinationPort = 0;
    std::uint16_t length = 0; ///< as the header says
    Bytes payload;
};

enum class Network : std::uint8_t { None, Arp, Ip, Other };
enum class Transport : std::uint8_t { None, Icmp, Tcp, Udp, Other };
/// Why the decoding ended early.
enum class Trouble : std::uint8_t {
    None,
    Cut,         ///< the capture kept too little of the frame
    Malformed,   ///< the frame contradicts itself, or ends inside of a header
    UnknownLink, ///< a link type that is not decoded here
};

struct Layers {
    LinkHeader link;
    Network network = Network::None;
    Transport transport = Transport::None; ///< None also behind the first fragment
    Trouble trouble = Trouble::None;       ///< what was decoded before it holds
    ArpPacket arp;                         ///< where network is Arp
    IpHeader ip;                           ///< where network is Ip
    IcmpMessage icmp;                      ///< where transport is Icmp, for both families; ip.payload is the whole message
    TcpHeader tcp;                         ///< where transport is Tcp
    UdpHeader udp;                         ///< where transport is Udp
};

/// `originalLength` is the length on the wire: it tells a frame that was cut off from one that is malformed.
Layers decodeLayers(LinkType type, Bytes bytes, std::uint32_t originalLength);

/// The packet that an ICMP error quotes, as far as it identifies a flow. Routers quote eight bytes behind the IP header or more.
struct Quotation {
    std::uint8_t type = 0; ///< of the error
    std::uint8_t code = 0;
    std::uint32_t mtu = 0; ///< for "fragmentation needed" and "packet too big", else 0
    IpHeader ip;
    Transport transport = Transport::None; ///< None where too little is quoted
    std::uint16_t sourcePort = 0;          ///< TCP, UDP
    std::uint16_t destinationPort = 0;
    std::uint32_t sequence = 0; ///< of TCP
    std::optional<IcmpEcho> echo;
};
/// Nothing if the message is no ICMP error or quotes no IP packet.
std::optional<Quotation> decodeQuotation(Family family, Bytes icmpBytes);

} // namespace bothways::net
