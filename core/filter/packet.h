// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/address.h"

#include <cstdint>
#include <optional>
#include <string>

namespace bothways::filter {

enum class Hook : std::uint8_t { Prerouting, Input, Forward, Output, Postrouting, Ingress, Egress };
enum class CtState : std::uint8_t { New, Established, Related, Invalid, Untracked };

/// One packet as a hook sees it. What is unset has the value the kernel would see for such a packet sent by a plain
/// ping or connect; where even that is not defined (an interface name nobody gave) a match on it is unknown.
struct Packet {
    net::IpAddress source;
    net::IpAddress destination;
    int protocol = 1; ///< IANA number: 1 ICMP, 6 TCP, 17 UDP, 58 ICMPv6
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
};

} // namespace bothways::filter
