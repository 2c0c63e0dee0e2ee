// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "filter/field/field.h"

/// What evaluate() is made of.
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

/// An unknown number of which some bits are known.
inline Evaluated partly(const Word &value, const Word &certain, int bits)
{
    const auto all = certain | ~ones(bits);
    return {all == allBits ? Evaluated::State::Known : Evaluated::State::Unknown, value & certain, all};
}

} // namespace bothways::filter::parts
