// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "filter/field/key.h"
#include "filter/packet/hook_packet.h"

#include <bitset>

/// The value of what a rule looks at, for one packet at one hook.
namespace bothways::filter {

/// Of the base chain's table; an inet table counts as the packet's own, IPv4 or IPv6.
enum class ProtocolFamily : std::uint8_t { Ip, Arp, Bridge, Netdev };

/// One packet at one base chain, with what earlier rules of this hook did to it.
struct View {
    const Packet &packet;
    Hook hook = Hook::Input;
    std::optional<CtState> ct;                                   ///< none: cannot be known here
    std::uint32_t mark = 0;                                      ///< the packet's, or what a rule set
    std::bitset<static_cast<std::size_t>(Key::Count)> blurred{}; ///< keys whose value a rule changed to something unknown
    ProtocolFamily family = ProtocolFamily::Ip;
    std::optional<std::uint32_t> ctMark = packet.ctMark; ///< the packet's, or what a rule set
    bool native = false;              ///< nft compares what stands at the place of a transport header, also in a later fragment
    const Packet *original = nullptr; ///< the first of its connection as it was before address translation; null: not translated
};

struct Evaluated {
    enum class State : std::uint8_t {
        Known,
        Absent, ///< the packet has no such field: the rule does not match, whatever the operator
        Unknown,
    };
    State state = State::Unknown;
    Word value;
    Word certain{};       ///< of an unknown value: the bits that are known all the same
    bool present = false; ///< of an unknown value: the packet has such a field for certain
};

/// RawLink and the like are of no use here.
Evaluated evaluate(Key key, const View &view);
} // namespace bothways::filter
