// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "filter/field/field.h"

/// What evaluate() is made of. Private to the filter library.
namespace bothways::filter::parts {

constexpr int icmp = 1;
constexpr int igmp = 2;
constexpr int tcp = 6;
constexpr int udp = 17;
constexpr int dccp = 33;
constexpr int esp = 50;
constexpr int ah = 51;
constexpr int icmpv6 = 58;
constexpr int comp = 108;
constexpr int sctp = 132;
constexpr int udplite = 136;

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

inline Evaluated known(std::uint64_t number) { return {Evaluated::State::Known, {0, number}, {}}; }
inline Evaluated known(const Word &word) { return {Evaluated::State::Known, word, {}}; }
constexpr Evaluated absent{Evaluated::State::Absent, {}, {}};
constexpr Evaluated unknown{Evaluated::State::Unknown, {}, {}};
/// No, unless the rule asks for the protocol first, which nft does not print ahead of an option.
constexpr Evaluated noOrMissing{Evaluated::State::Unknown, {}, allBits};
inline Evaluated number(std::int64_t value) { return value < 0 ? unknown : known(static_cast<std::uint64_t>(value)); }
inline Evaluated truth(bool yes) { return known(std::uint64_t{yes ? 1U : 0U}); }

inline bool isV4(const View &view) { return view.packet.payloadType() == etherIpv4 && view.packet.destination.isV4(); }
inline bool isV6(const View &view) { return view.packet.payloadType() == etherIpv6 && view.packet.destination.isV6(); }

/// The interface that the kernel gives the hook: none where there cannot be one (a packet has no output interface before
/// routing and a local one no input interface), nothing in `name` where nobody knows it.
struct Device {
    Truth there = Truth::Unknown;
    std::string_view name;
};
Device inputDevice(const View &view);
Device outputDevice(const View &view);
/// Whether there is an Ethernet header to look at.
Truth hasLink(const View &view);
/// An unknown number of which some bits are known.
Evaluated partly(const Word &value, const Word &certain, int bits);

Evaluated networkField(Key key, const View &view);
Evaluated transportField(Key key, const View &view);
Evaluated linkField(Key key, const View &view);
Evaluated metaField(Key key, const View &view);
Evaluated connectionField(Key key, const View &view);

} // namespace bothways::filter::parts
