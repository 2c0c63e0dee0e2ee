// SPDX-License-Identifier: GPL-3.0-or-later
#include "filter/field/field.h"

#include "filter/field/connection_field.h"
#include "filter/field/field_parts.h"
#include "filter/field/link_field.h"
#include "filter/field/meta_field.h"
#include "filter/field/network_field.h"

namespace bothways::filter {
namespace {

using namespace parts;

Truth truthOf(bool yes) { return yes ? Truth::Yes : Truth::No; }

bool isOf(const View &view, int protocol) { return (isV4(view) || isV6(view)) && view.packet.protocol == protocol; }

/// Later fragments carry no transport header. The modules of xtables look at none of theirs; nft looks at what stands in its
/// place, or does not, as the size of the field has it (nft_payload_fast_eval() and nft_payload_eval()).
Truth hasTransport(const View &view, int protocol)
{
    const bool later = view.packet.fragmentOffset.value_or(0) != 0;
    if (isOf(view, protocol) && later && view.native) {
        return Truth::Unknown;
    }
    return truthOf(isOf(view, protocol) && !later);
}

/// A plain ping sends an echo request.
bool isEcho(const View &view)
{
    const bool v4 = isV4(view);
    const int type = view.packet.icmpType.value_or(v4 ? 8 : 128);
    return v4 ? type == 8 || type == 0 : type == 128 || type == 129;
}

Truth isIcmp(const View &view, bool v4, Presence kind, Presence echo, Presence other)
{
    const auto right = (v4 ? isV4(view) : isV6(view)) ? hasTransport(view, v4 ? icmp : icmpv6) : Truth::No;
    const bool wrongKind = (kind == echo && !isEcho(view)) || (kind == other && isEcho(view));
    return right == Truth::Yes && wrongKind ? Truth::No : right;
}

Truth hasTransport(const View &view, Presence presence)
{
    switch (presence) {
    case Presence::Icmp:
    case Presence::IcmpEcho:
    case Presence::IcmpOther:
        return isIcmp(view, true, presence, Presence::IcmpEcho, Presence::IcmpOther);
    case Presence::Icmpv6:
    case Presence::Icmpv6Echo:
    case Presence::Icmpv6Other:
        return isIcmp(view, false, presence, Presence::Icmpv6Echo, Presence::Icmpv6Other);
    case Presence::Igmp:
        return hasTransport(view, igmp);
    case Presence::Tcp:
        return hasTransport(view, tcp);
    case Presence::Udp:
        return hasTransport(view, udp);
    case Presence::Udplite:
        return hasTransport(view, udplite);
    case Presence::Sctp:
        return hasTransport(view, sctp);
    case Presence::Dccp:
        return hasTransport(view, dccp);
    case Presence::Ah:
        return hasTransport(view, ah);
    case Presence::Esp:
        return hasTransport(view, esp);
    case Presence::Comp:
        return hasTransport(view, comp);
    default:
        return hasTransport(view, view.packet.protocol);
    }
}

bool isLeaving(Hook hook)
{
    return hook == Hook::Output || hook == Hook::Postrouting || hook == Hook::Egress || hook == Hook::BridgeOutput ||
           hook == Hook::BridgePostrouting;
}

/// Only what this host's own programs send has an owner; the answers to echo requests come from the kernel
/// (nft_meta_get_eval_skugid()). A packet of a known connection may already have been given to its socket on the way in.
Truth hasOwner(const View &view)
{
    const auto &packet = view.packet;
    const bool echo =
        hasTransport(view, Presence::IcmpEcho) == Truth::Yes || hasTransport(view, Presence::Icmpv6Echo) == Truth::Yes;
    if (isLeaving(view.hook)) {
        const bool answer = echo && (packet.icmpType == 0 || packet.icmpType == 129) && packet.ct == CtState::Established;
        return answer ? Truth::No : Truth::Unknown;
    }
    return echo || packet.ct == CtState::New ? Truth::No : Truth::Unknown;
}

/// The kernel's own echo replies have a socket, which belongs to nobody.
Truth hasSocket(const View &view) { return isLeaving(view.hook) ? Truth::Unknown : hasOwner(view); }

/// On its way out a packet brings its socket with it; on its way in one is looked up, which works for these transports.
Truth hasLookup(const View &view)
{
    if (isLeaving(view.hook)) {
        return Truth::Unknown;
    }
    return isOf(view, tcp) ? hasTransport(view, tcp) : hasTransport(view, udp);
}

Truth hasConnection(const View &view)
{
    if (!view.ct) {
        return Truth::Unknown;
    }
    return truthOf(*view.ct != CtState::Invalid && *view.ct != CtState::Untracked);
}

/// Where there is no input interface, newer kernels take the one that the packet is about to leave by.
Truth hasInputKind(const View &view)
{
    const auto there = inputDevice(view).there;
    return there == Truth::No && view.hook != Hook::Output ? Truth::Unknown : there;
}

Truth both(Truth a, bool b) { return b ? a : Truth::No; }

/// The tag is gone once the VLAN's own interface has taken the packet.
Truth hasVlan(const View &view)
{
    if (!view.packet.vlan) {
        return Truth::No;
    }
    return isBridge(view.hook) || view.hook == Hook::Ingress ? Truth::Yes : Truth::Unknown;
}

/// nft looks at the EtherType before it looks at IP, ICMP or ARP in a frame, and does not print that: some versions and forms at
/// the frame's own, which is 8021q where there is a tag, some at that of what it carries (payload_gen_dependency() in
/// src/payload.c).
bool hidesBehindTag(Presence presence, const View &view)
{
    const bool asksForType = (presence >= Presence::Icmp && presence <= Presence::Icmpv6Other) || presence == Presence::Arp ||
                             presence == Presence::Ipv4 || presence == Presence::Ipv6;
    return asksForType && view.packet.vlan && !isIp(view.hook);
}

Truth isThere(Presence presence, const View &view)
{
    switch (presence) {
    case Presence::Always:
        return Truth::Yes;
    case Presence::Never:
        return Truth::No;
    case Presence::Ip:
        return truthOf(isV4(view) || isV6(view));
    case Presence::Ipv4:
        return truthOf(isV4(view));
    case Presence::Ipv6:
        return truthOf(isV6(view));
    case Presence::Fragment6:
        return truthOf(isV6(view) && view.packet.fragmentOffset.has_value());
    case Presence::Link:
        return hasLink(view);
    case Presence::Vlan:
        return hasVlan(view);
    case Presence::Arp:
        return truthOf(view.packet.payloadType() == etherArp);
    case Presence::Input:
        return inputDevice(view).there;
    case Presence::Output:
        return outputDevice(view).there;
    case Presence::Owner:
        return hasOwner(view);
    case Presence::Lookup:
        return hasLookup(view);
    case Presence::Sender:
        return hasSocket(view);
    case Presence::InputKind:
        return hasInputKind(view);
    case Presence::Connection:
        return hasConnection(view);
    case Presence::Connection4:
        return both(hasConnection(view), isV4(view));
    case Presence::Connection6:
        return both(hasConnection(view), isV6(view));
    default:
        return hasTransport(view, presence);
    }
}

Evaluated valueOf(Key key, const View &view)
{
    if (key <= Key::Ip6Version || (key >= Key::Ip4HeaderLength && key <= Key::Ip6FlowLabel)) {
        return networkField(key, view);
    }
    if (key <= Key::AnyDestinationPort || (key >= Key::IcmpChecksum && key <= Key::CompCpi) || key >= Key::SetSourcePort) {
        return transportField(key, view);
    }
    if ((key >= Key::InputName && key <= Key::OutputIndex) || key == Key::EtherSource || key == Key::EtherDestination ||
        (key >= Key::EtherType && key <= Key::OutputPort)) {
        return linkField(key, view);
    }
    if (key == Key::CtState || (key >= Key::CtDirection && key <= Key::CtReplyDestinationPort)) {
        return connectionField(key, view);
    }
    return metaField(key, view);
}

} // namespace

Evaluated evaluate(Key key, const View &view)
{
    const auto presence = presenceOf(key);
    const auto there = isThere(presence, view);
    if (view.blurred.all()) {
        return unknown;
    }
    if (there == Truth::No) {
        return absent;
    }
    if (there == Truth::Unknown || hidesBehindTag(presence, view)) {
        return unknown;
    }
    if (view.blurred.test(static_cast<std::size_t>(key))) {
        auto result = unknown;
        result.present = true;
        return result;
    }
    auto result = valueOf(key, view);
    const bool maybeMissing = result.state == Evaluated::State::Unknown && result.certain == allBits;
    result.present = result.state != Evaluated::State::Absent && !maybeMissing;
    return result;
}

} // namespace bothways::filter
