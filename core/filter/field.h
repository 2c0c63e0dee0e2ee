// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "filter/packet.h"
#include "filter/value.h"

#include <bitset>

/// What a rule can look at, and its value for one packet at one hook.
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
    Count
};

Type typeOf(Key key);
/// As nft writes it: "ip saddr", "iifname".
std::string_view textOf(Key key);

/// One packet at one base chain, with what earlier rules of this hook did to it.
struct View {
    const Packet &packet;
    Hook hook;
    std::optional<CtState> ct;                                   ///< none: cannot be known here
    std::uint32_t mark = 0;                                      ///< the packet's, or what a rule set
    std::bitset<static_cast<std::size_t>(Key::Count)> blurred{}; ///< keys whose value a rule changed to something unknown
};

struct Evaluated {
    enum class State : std::uint8_t {
        Known,
        Absent, ///< the packet has no such field: the rule does not match, whatever the operator
        Unknown,
    };
    State state = State::Unknown;
    Word value;
};

Evaluated evaluate(Key key, const View &view);

} // namespace bothways::filter
