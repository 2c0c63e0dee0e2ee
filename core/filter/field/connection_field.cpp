// SPDX-License-Identifier: GPL-3.0-or-later
#include "filter/field/connection_field.h"

#include "filter/field/field_parts.h"

namespace bothways::filter::parts {
namespace {

// linux/netfilter/nf_conntrack_common.h
constexpr std::uint32_t expected = 0x1;
constexpr std::uint32_t seenReply = 0x2;
constexpr std::uint32_t assured = 0x4;
constexpr std::uint32_t confirmed = 0x8;
constexpr std::uint32_t natBits = 0x30; // of the source, of the destination

std::uint64_t stateBit(CtState state)
{
    switch (state) {
    case CtState::Invalid:
        return 1;
    case CtState::Established:
        return 2;
    case CtState::Related:
        return 4;
    case CtState::New:
        return 8;
    case CtState::Untracked:
        return 64;
    }
    return 0;
}

std::optional<CtDirection> direction(const View &view)
{
    const auto &packet = view.packet;
    if (packet.ctDirection) {
        return packet.ctDirection;
    }
    if (view.ct == CtState::New) {
        return CtDirection::Original;
    }
    const bool isIcmp = packet.protocol == (isV4(view) ? icmp : icmpv6);
    if (view.ct != CtState::Established || !isIcmp) {
        return std::nullopt;
    }
    const int type = packet.icmpType.value_or(isV4(view) ? 8 : 128);
    if (type == 8 || type == 128) {
        return CtDirection::Original;
    }
    return type == 0 || type == 129 ? std::optional(CtDirection::Reply) : std::nullopt;
}

Evaluated directionValue(const View &view)
{
    const auto found = direction(view);
    return found ? known(std::uint64_t{*found == CtDirection::Original ? 0U : 1U}) : unknown;
}

/// Both ways of an established connection were seen; whether it is assured, or translated, the packet does not tell.
Evaluated status(const View &view)
{
    const auto &packet = view.packet;
    if (packet.ctStatus) {
        return known(std::uint64_t{*packet.ctStatus});
    }
    constexpr int bits = 32;
    if (view.ct == CtState::New) {
        return partly({}, {0, expected | seenReply | assured | confirmed}, bits);
    }
    if (view.ct == CtState::Established) {
        const bool isIcmp = packet.protocol == icmp || packet.protocol == icmpv6;
        return partly({0, seenReply | confirmed}, {0, seenReply | confirmed | (isIcmp ? assured : 0)}, bits);
    }
    return unknown;
}

Evaluated mark(const View &view)
{
    if (view.ctMark) {
        return known(std::uint64_t{*view.ctMark});
    }
    return view.ct == CtState::New ? known(std::uint64_t{0}) : unknown;
}

/// The two tuples are the packet's own addresses, one way or the other, unless they are translated.
Evaluated tuple(const View &view, bool original, bool source, bool port)
{
    const auto found = direction(view);
    const bool kept = original && view.original != nullptr && found == CtDirection::Original;
    const auto &packet = kept ? *view.original : view.packet;
    const bool translated = !kept && (!packet.ctStatus || (*packet.ctStatus & natBits) != 0);
    if (!found || translated) {
        return unknown;
    }
    const bool own = (*found == CtDirection::Original) == original;
    if (port) {
        const bool ports = packet.protocol == tcp || packet.protocol == udp || packet.protocol == sctp || packet.protocol == dccp;
        const auto &value = own == source ? packet.sourcePort : packet.destinationPort;
        return ports && value ? number(*value) : unknown;
    }
    return known(fromAddress(own == source ? packet.source : packet.destination));
}

Evaluated tuple(Key key, const View &view)
{
    switch (key) {
    case Key::CtOriginalIp4Source:
    case Key::CtOriginalIp6Source:
        return tuple(view, true, true, false);
    case Key::CtOriginalIp4Destination:
    case Key::CtOriginalIp6Destination:
        return tuple(view, true, false, false);
    case Key::CtOriginalSourcePort:
        return tuple(view, true, true, true);
    case Key::CtOriginalDestinationPort:
        return tuple(view, true, false, true);
    case Key::CtReplyIp4Source:
    case Key::CtReplyIp6Source:
        return tuple(view, false, true, false);
    case Key::CtReplyIp4Destination:
    case Key::CtReplyIp6Destination:
        return tuple(view, false, false, false);
    case Key::CtReplySourcePort:
        return tuple(view, false, true, true);
    default:
        return tuple(view, false, false, true);
    }
}

} // namespace

Evaluated connectionField(Key key, const View &view)
{
    switch (key) {
    case Key::CtState:
        return view.ct ? known(stateBit(*view.ct)) : unknown;
    case Key::CtDirection:
        return directionValue(view);
    case Key::CtStatus:
        return status(view);
    case Key::CtMark:
        return mark(view);
    case Key::CtZone:
        return known(std::uint64_t{0});
    case Key::CtHelper:
        return view.ct == CtState::Related ? unknown : absent;
    case Key::CtL3Protocol:
        return known(std::uint64_t{isV4(view) ? 2U : 10U});
    case Key::CtProtocol:
        return view.ct == CtState::Related ? unknown : number(view.packet.protocol);
    default:
        return key >= Key::CtOriginalIp4Source ? tuple(key, view) : unknown;
    }
}

} // namespace bothways::filter::parts
