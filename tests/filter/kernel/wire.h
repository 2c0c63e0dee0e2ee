// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/address.h"
#include "net/packet.h"

#include <cstdint>
#include <vector>

/// Packets as bytes, with everything in them chosen by the caller.
namespace bothways::kernel {

using Buffer = std::vector<std::uint8_t>;

constexpr std::uint8_t icmp = 1;
constexpr std::uint8_t tcp = 6;
constexpr std::uint8_t udp = 17;
constexpr std::uint8_t icmpv6 = 58;

/// What one packet says. Lengths and checksums follow from it.
struct Spec {
    net::IpAddress source;
    net::IpAddress destination;
    std::uint8_t protocol = icmp;
    std::uint8_t ttl = 64;
    std::uint8_t tos = 0;
    std::uint16_t tag = 0; ///< IPv4 identification, or IPv6 flow label: what the packet is recognised by
    std::uint8_t icmpType = 8;
    std::uint8_t icmpCode = 0;
    std::uint16_t echoId = 0;
    std::uint16_t sourcePort = 0;
    std::uint16_t destinationPort = 0;
    std::uint8_t tcpFlags = 0x02;
    std::uint32_t tcpSequence = 1;
    std::uint32_t tcpAcknowledged = 0;
    std::size_t payload = 0; ///< bytes behind the transport header
};

/// An ARP message (RFC 826).
struct ArpSpec {
    std::uint16_t operation = 1;
    net::MacAddress senderMac;
    net::IpAddress sender;
    net::MacAddress targetMac;
    net::IpAddress target;
};

struct LinkSpec {
    net::MacAddress destination;
    net::MacAddress source;
    std::uint16_t etherType = 0;
    int vlan = -1; ///< id of the tag; -1: none
};

/// From the IP header on.
Buffer packetBytes(const Spec &spec);
Buffer packetBytes(const ArpSpec &spec);
/// An Ethernet frame around `payload`.
Buffer frame(const LinkSpec &link, const Buffer &payload);
std::string hexadecimal(const Buffer &bytes);

} // namespace bothways::kernel
