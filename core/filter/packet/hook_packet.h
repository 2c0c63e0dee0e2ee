// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/address.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace bothways::filter {

/// Where chains hang. IP, bridge, ARP and the device itself have hooks of their own; an inet chain hangs at both IPs' hooks, or
/// at a device's ingress.
enum class Hook : std::uint8_t {
    Prerouting,
    Input,
    Forward,
    Output,
    Postrouting,
    Ingress, ///< of one device (netdev, inet)
    Egress,  ///< of one device (netdev)
    BridgePrerouting,
    BridgeInput,
    BridgeForward,
    BridgeOutput,
    BridgePostrouting,
    ArpInput,
    ArpOutput,
};
enum class CtState : std::uint8_t { New, Established, Related, Invalid, Untracked };
enum class CtDirection : std::uint8_t { Original, Reply };

constexpr std::uint16_t etherIpv4 = 0x0800;
constexpr std::uint16_t etherArp = 0x0806;
constexpr std::uint16_t etherVlan = 0x8100;
constexpr std::uint16_t etherIpv6 = 0x86dd;

constexpr bool isBridge(Hook hook) { return hook >= Hook::BridgePrerouting && hook <= Hook::BridgePostrouting; }
constexpr bool isArp(Hook hook) { return hook == Hook::ArpInput || hook == Hook::ArpOutput; }
constexpr bool isDevice(Hook hook) { return hook == Hook::Ingress || hook == Hook::Egress; }
constexpr bool isIp(Hook hook) { return hook <= Hook::Postrouting; }

/// One packet as a hook sees it. What is unset has the value the kernel would see for such a packet sent by a plain
/// ping or connect; where even that is not defined (an interface name nobody gave) a match on it is unknown.
///
/// With bridge-nf, and at the bridge's own hooks, `inputInterface` is the bridge and `inputPort` the port of it (likewise out);
/// where no port is given the interface itself is taken for the port.
struct Packet {
    net::IpAddress source;      ///< of ARP: the sender's protocol address
    net::IpAddress destination; ///< of ARP: the target's protocol address
    int protocol = 1;           ///< IANA number: 1 ICMP, 6 TCP, 17 UDP, 58 ICMPv6
    std::optional<int> icmpType;
    std::optional<int> icmpCode;
    std::optional<int> sourcePort;
    std::optional<int> destinationPort;
    std::optional<std::uint8_t> tcpFlags;
    std::string inputInterface;  ///< empty: not on the way in (OUTPUT), or not known if `interfacesKnown` is false
    std::string outputInterface; ///< likewise
    bool interfacesKnown = true;
    std::optional<net::MacAddress> sourceMac;
    std::optional<net::MacAddress> destinationMac;
    int ttl = 64;
    int length = 84; ///< IP packet length in bytes: ping's default
    std::uint32_t mark = 0;
    CtState ct = CtState::New;
    std::optional<CtDirection> ctDirection; ///< unset: what state and ICMP type say, else unknown
    std::optional<std::uint32_t> ctStatus; ///< IPS_* bits (linux/netfilter/nf_conntrack_common.h); unset: all that the state says
    std::optional<std::uint32_t> ctMark;   ///< unset: 0 of a new connection, else unknown

    std::optional<std::uint16_t> etherType; ///< of the payload, behind any VLAN tag; unset: IPv4 or IPv6, as the addresses are
    std::optional<std::uint16_t> vlan;      ///< id of a tagged frame
    std::string inputPort;                  ///< bridge port it came in through
    std::string outputPort;                 ///< bridge port it leaves through
    std::optional<std::uint16_t> inputType; ///< ARPHRD_* of the input interface: 1 Ethernet, 772 loopback
    std::optional<std::uint16_t> outputType;
    std::optional<int> fragmentOffset; ///< unset: no fragment; 0: the first; in bytes
    std::optional<int> icmpId;         ///< of an echo
    std::optional<int> icmpSequence;
    std::optional<int> arpOperation;             ///< 1 request, 2 reply
    std::optional<net::MacAddress> arpSenderMac; ///< unset: as the frame's
    std::optional<net::MacAddress> arpTargetMac; ///< unset: zero in a request, as the frame's in a reply
    std::optional<int> frameType;  ///< PACKET_* (linux/if_packet.h), what the device made of the frame; unset: as its destination
    std::optional<int> sourceType; ///< RTN_* (linux/rtnetlink.h), what the machine's routes say of the address; unset: not known
    std::optional<int> destinationType; ///< but where the address or the hook tells
    std::optional<bool> reversePath; ///< whether a route to the source leaves through the input interface (rp_filter's question)

    bool operator==(const Packet &) const = default;
    std::uint16_t payloadType() const { return etherType.value_or(destination.isV4() ? etherIpv4 : etherIpv6); }
};

std::string_view name(Hook hook);
std::string_view name(CtState state);

} // namespace bothways::filter
