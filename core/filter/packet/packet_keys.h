// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "filter/packet/packet_text.h"
#include "filter/packet/value.h"
#include "filter/packet/value_names.h"

#include <algorithm>
#include <array>

/// What the reader and the writer of a packet's text share. Private to core/filter.
namespace bothways::filter::packet_text {

inline constexpr int icmp = 1;
inline constexpr int tcp = 6;
inline constexpr int icmpv6 = 58;

/// In the order of writing, and of reading: addresses tell the protocol, the protocol whose names types have.
enum Key : std::size_t {
    EtherTypeKey,
    SourceKey,
    DestinationKey,
    ProtocolKey,
    TypeKey,
    CodeKey,
    IdKey,
    SequenceKey,
    SourcePortKey,
    DestinationPortKey,
    FlagsKey,
    OperationKey,
    FragmentKey,
    TtlKey,
    LengthKey,
    InputKey,
    OutputKey,
    InputPortKey,
    OutputPortKey,
    InputTypeKey,
    OutputTypeKey,
    SourceMacKey,
    DestinationMacKey,
    VlanKey,
    MarkKey,
    StateKey,
    DirectionKey,
    CtMarkKey,
    KeyCount
};

inline constexpr std::array<std::string_view, KeyCount> names{
    "ethertype", "src",  "dst",  "proto", "type", "code", "id",    "seq",    "sport",   "dport",
    "flags",     "op",   "frag", "ttl",   "len",  "iif",  "oif",   "physin", "physout", "iiftype",
    "oiftype",   "smac", "dmac", "vlan",  "mark", "ct",   "ctdir", "ctmark"};

inline bool isIcmp(const Packet &packet) { return packet.protocol == icmp || packet.protocol == icmpv6; }

inline bool isEcho(const Packet &packet)
{
    const int type = packet.icmpType.value_or(-1);
    return packet.protocol == icmp ? type == 0 || type == 8 : packet.protocol == icmpv6 && (type == 128 || type == 129);
}

inline bool isIpPayload(const Packet &packet) { return packet.payloadType() == etherIpv4 || packet.payloadType() == etherIpv6; }

inline bool hasPorts(int protocol)
{
    static constexpr std::array withPorts{6, 17, 33, 132, 136};
    return std::find(withPorts.begin(), withPorts.end(), protocol) != withPorts.end();
}

inline std::string named(Type type, std::uint64_t number)
{
    const auto name = nameOf(type, number);
    return name.empty() ? std::to_string(number) : std::string(name);
}

inline std::string pair(Key key, std::string_view value) { return std::string(names.at(key)) + '=' + std::string(value); }

} // namespace bothways::filter::packet_text
