// SPDX-License-Identifier: GPL-3.0-or-later
// Connection tracking and address translation during the walk. Sources: net/netfilter/nf_conntrack_core.c, nf_nat_core.c.
#include "filter/walk/walker.h"

#include <algorithm>

namespace bothways::filter {
namespace {

constexpr std::array<std::uint32_t, 2> natBits{0x10, 0x20}; // IPS_SRC_NAT, IPS_DST_NAT

bool onLoopback(const Packet &packet) { return packet.inputInterface == "lo"; }

/// Where conntrack has its first look at a packet.
bool tracksAt(Hook hook) { return hook == Hook::Prerouting || hook == Hook::Output || hook == Hook::BridgePrerouting; }

bool translatesSource(Hook hook) { return hook == Hook::Postrouting || hook == Hook::Input; }

/// An ICMP error belongs to a connection whose translation was decided before.
bool isError(const Packet &packet)
{
    static constexpr std::array errors{3, 4, 5, 11, 12};
    const int type = packet.icmpType.value_or(8);
    return (packet.protocol == 1 && std::find(errors.begin(), errors.end(), type) != errors.end()) ||
           (packet.protocol == 58 && type < 128);
}

} // namespace

/// A packet without a connection that is given a zone has one to fill in from then on, whose state is new
/// (nft_ct_set_zone_eval()).
bool Walker::hasZone() const { return m_view.blurred.test(static_cast<std::size_t>(Key::CtZone)); }

/// Before conntrack has seen the packet it counts as invalid, except where it was seen on its way out already.
std::optional<CtState> Walker::ctAt(int priority) const
{
    if (m_passing.untracked == Truth::Unknown) {
        return std::nullopt;
    }
    if (m_passing.untracked == Truth::Yes) {
        return CtState::Untracked;
    }
    if (m_hook == Hook::Ingress && !onLoopback(m_packet)) {
        return CtState::Invalid;
    }
    const bool zoned = m_packet.ct == CtState::Invalid && hasZone();
    const auto state = m_passing.stateKnown && !zoned ? std::optional(m_packet.ct) : std::nullopt;
    if (!tracksAt(m_hook) || priority > conntrackPriority || onLoopback(m_packet)) {
        return state;
    }
    const bool mayBeKnown = priority == conntrackPriority || m_packet.ct == CtState::Related || hasZone();
    return mayBeKnown ? std::nullopt : std::optional(CtState::Invalid);
}

/// Conntrack sets its own state at -200 and is not undone later. A packet that it found no connection for can still be declared
/// untracked behind it, at any hook (nft_notrack_eval()).
void Walker::stopTracking(Truth condition)
{
    auto &untracked = m_passing.untracked;
    if (untracked == Truth::Yes || (m_view.ct && *m_view.ct != CtState::Invalid)) {
        return;
    }
    const bool inTime = tracksAt(m_hook) && m_priority < conntrackPriority && !onLoopback(m_packet);
    const bool sure = (inTime || m_view.ct == CtState::Invalid) && condition == Truth::Yes && certain();
    untracked = sure ? Truth::Yes : Truth::Unknown;
    m_view.ct = ctAt(m_priority);
    m_values.clear();
}

/// The chains of NAT are asked for the first packet of a connection, until one of their rules decides (nf_nat_inet_fn).
Truth Walker::asksNat() const
{
    const bool source = translatesSource(m_hook);
    const auto &mapping = source ? m_passing.connection.source : m_passing.connection.destination;
    const bool decidedBefore = onLoopback(m_packet) && (m_hook == Hook::Prerouting || m_hook == Hook::Input);
    if (mapping.decided || decidedBefore) {
        return Truth::No;
    }
    const auto state = ctAt(natPriority(m_hook));
    if (!state) {
        return Truth::Unknown;
    }
    const bool first = *state == CtState::New || (*state == CtState::Related && !isError(m_packet));
    if (!first) {
        return Truth::No;
    }
    return mapping.address.state == Mapping::State::Unknown ? Truth::Unknown : Truth::Yes;
}

void Walker::blurEnd(bool source, bool port)
{
    static constexpr std::array sourceAddress{Key::Ip4Source, Key::Ip6Source, Key::SourceType, Key::ReversePath};
    static constexpr std::array destinationAddress{Key::Ip4Destination, Key::Ip6Destination, Key::DestinationType, Key::Route};
    static constexpr std::array sourcePort{Key::TcpSourcePort,  Key::UdpSourcePort,     Key::SctpSourcePort,
                                           Key::DccpSourcePort, Key::UdpliteSourcePort, Key::AnySourcePort};
    static constexpr std::array destinationPort{Key::TcpDestinationPort,  Key::UdpDestinationPort,     Key::SctpDestinationPort,
                                                Key::DccpDestinationPort, Key::UdpliteDestinationPort, Key::AnyDestinationPort};
    const auto blur = [this](const auto &keys) {
        for (const auto key : keys) {
            m_view.blurred.set(static_cast<std::size_t>(key));
        }
    };
    if (port) {
        blur(source ? sourcePort : destinationPort);
    } else {
        blur(source ? sourceAddress : destinationAddress);
    }
}

void Walker::keepOriginal()
{
    if (!m_passing.original) {
        m_passing.original = m_packet;
        m_view.original = &*m_passing.original;
    }
}

/// What the rule says for certain is done to the packet at once, as nf_nat_packet() does.
void Walker::rewrite(const Nat &nat, bool source)
{
    auto &packet = m_passing.packet;
    auto &mapping = source ? m_passing.connection.source : m_passing.connection.destination;
    auto &address = source ? packet.source : packet.destination;
    auto &port = source ? packet.sourcePort : packet.destinationPort;
    keepOriginal();
    auto target = nat.address;
    if (nat.kind == Nat::Kind::Redirect && m_hook == Hook::Output) {
        target = net::IpAddress::parse(address.isV4() ? "127.0.0.1" : "::1");
    }
    if (nat.toAddress) {
        const bool fits = target && target->family() == address.family();
        mapping.address = {Mapping::State::Changed, address, fits ? target : std::nullopt};
        address = fits ? *target : address;
        if (!fits) {
            blurEnd(source, false);
        }
    }
    if (nat.toPort) {
        mapping.port = {Mapping::State::Changed, port, nat.port};
        port = nat.port ? nat.port : port;
        if (!nat.port) {
            blurEnd(source, true);
        }
    }
    packet.ctStatus = packet.ctStatus.value_or(0) | natBits.at(source ? 0 : 1);
    mapping.decided = true;
}

Walker::Next Walker::translate(const Nat &nat, Truth condition)
{
    const bool source = nat.kind == Nat::Kind::Source || nat.kind == Nat::Kind::Masquerade;
    m_values.clear();
    if (condition == Truth::Yes && certain()) {
        rewrite(nat, source);
    } else {
        auto &mapping = source ? m_passing.connection.source : m_passing.connection.destination;
        keepOriginal();
        mapping.address = {Mapping::State::Unknown, source ? m_packet.source : m_packet.destination, std::nullopt};
        blurEnd(source, false);
        blurEnd(source, true);
        m_view.blurred.set(static_cast<std::size_t>(Key::CtStatus));
    }
    return end(Verdict::Accept, condition);
}

/// Later packets of the connection are translated as its first was, and answers the other way round.
void Walker::keepTranslations()
{
    const bool hasNat =
        m_hook == Hook::Prerouting || m_hook == Hook::Output || m_hook == Hook::Input || m_hook == Hook::Postrouting;
    const bool tracked = m_packet.ct == CtState::Established && m_passing.untracked != Truth::Yes;
    if (!hasNat || !tracked) {
        return;
    }
    m_values.clear();
    const bool reply = m_packet.ctDirection == CtDirection::Reply;
    const bool source = translatesSource(m_hook);
    const auto &connection = m_passing.connection;
    const auto &mapping = source != reply ? connection.source : connection.destination;
    const bool sure = m_passing.stateKnown && m_passing.untracked == Truth::No;
    const auto apply = [&](const auto &change, auto &value) {
        const auto &to = reply ? change.before : change.after;
        const bool known = sure && change.state == Mapping::State::Changed && to;
        if (known) {
            value = *to;
        }
        return known || change.state == Mapping::State::Kept;
    };
    auto &packet = m_passing.packet;
    if (!apply(mapping.address, source ? packet.source : packet.destination)) {
        blurEnd(source, false);
    }
    if (!apply(mapping.port, source ? packet.sourcePort : packet.destinationPort)) {
        blurEnd(source, true);
    }
}

} // namespace bothways::filter
