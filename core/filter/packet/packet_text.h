// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "filter/packet/hook_packet.h"

#include <span>
#include <string>
#include <string_view>

#include <tl/expected.hpp>

/// A packet as one line of text: "src=192.168.122.1 dst=192.168.122.10 proto=icmp type=echo-request iif=br0 ct=new".
namespace bothways::filter {

/// Why a text is no packet: which key, with which value.
struct PacketError {
    enum class Kind : std::uint8_t {
        NoPair,        ///< a word without "="; `value` is the word
        UnknownKey,    ///< `key`
        Twice,         ///< `key`
        BadValue,      ///< `key`, `value`
        Missing,       ///< `key`
        Contradiction, ///< `key`=`value` does not go with `other`, which may be implied
        TooLong,
    };
    Kind kind = Kind::NoPair;
    std::string key;
    std::string value;
    std::string other; ///< "proto=icmp"
};

/// Total. What is not given has the value that the kernel would see for such a packet sent by a plain ping or connect: type
/// echo-request, TTL 64 (255 for neighbour discovery), the length of an empty ping or a SYN, a conntrack state that fits: new,
/// established for an echo reply or an ACK, related for an ICMP error, untracked for neighbour discovery.
tl::expected<Packet, PacketError> readPacket(std::string_view text);

/// The text that readPacket() makes the same packet of. Fields without a key are left out.
std::string writePacket(const Packet &packet);

/// Every key, in the order in which writePacket() prints them.
std::span<const std::string_view> packetKeys();

/// What stands in a packet of these addresses and this protocol unless it is told: see readPacket().
CtState usualState(const Packet &packet);
int usualTtl(const Packet &packet);
/// -1: such a packet has no usual length.
int usualLength(const Packet &packet);

} // namespace bothways::filter
