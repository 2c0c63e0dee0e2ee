// SPDX-License-Identifier: GPL-3.0-or-later
#include "filter/field.h"

#include <array>

namespace bothways::filter {
namespace {

constexpr int icmp = 1;
constexpr int tcp = 6;
constexpr int udp = 17;
constexpr int dccp = 33;
constexpr int icmpv6 = 58;
constexpr int sctp = 132;
constexpr int udplite = 136;

struct KeyInfo {
    Type type;
    std::string_view text;
};

constexpr std::array<KeyInfo, static_cast<std::size_t>(Key::Count)> keys{{
    {Type::Ipv4Address, "ip saddr"},       {Type::Ipv4Address, "ip daddr"},
    {Type::Protocol, "ip protocol"},       {Type::Integer, "ip ttl"},
    {Type::Integer, "ip length"},          {Type::Integer, "ip version"},
    {Type::Ipv6Address, "ip6 saddr"},      {Type::Ipv6Address, "ip6 daddr"},
    {Type::Protocol, "ip6 nexthdr"},       {Type::Integer, "ip6 hoplimit"},
    {Type::Integer, "ip6 length"},         {Type::Integer, "ip6 version"},
    {Type::IcmpType, "icmp type"},         {Type::IcmpCode, "icmp code"},
    {Type::Icmpv6Type, "icmpv6 type"},     {Type::Icmpv6Code, "icmpv6 code"},
    {Type::Service, "tcp sport"},          {Type::Service, "tcp dport"},
    {Type::TcpFlag, "tcp flags"},          {Type::Service, "udp sport"},
    {Type::Service, "udp dport"},          {Type::Service, "sctp sport"},
    {Type::Service, "sctp dport"},         {Type::Service, "dccp sport"},
    {Type::Service, "dccp dport"},         {Type::Service, "udplite sport"},
    {Type::Service, "udplite dport"},      {Type::Service, "th sport"},
    {Type::Service, "th dport"},           {Type::InterfaceName, "iifname"},
    {Type::InterfaceName, "oifname"},      {Type::InterfaceIndex, "iif"},
    {Type::InterfaceIndex, "oif"},         {Type::Protocol, "meta l4proto"},
    {Type::NfProtocol, "meta nfproto"},    {Type::EtherProtocol, "meta protocol"},
    {Type::Integer, "meta mark"},          {Type::Integer, "meta length"},
    {Type::CtState, "ct state"},           {Type::MacAddress, "ether saddr"},
    {Type::MacAddress, "ether daddr"},     {Type::AddressType, "fib saddr type"},
    {Type::AddressType, "fib daddr type"},
}};

Evaluated known(std::uint64_t number) { return {Evaluated::State::Known, {0, number}}; }
Evaluated known(const Word &word) { return {Evaluated::State::Known, word}; }
constexpr Evaluated absent{Evaluated::State::Absent, {}};
constexpr Evaluated unknown{Evaluated::State::Unknown, {}};

Evaluated number(std::int64_t value) { return value < 0 ? unknown : known(static_cast<std::uint64_t>(value)); }

Evaluated port(const View &view, int protocol, const std::optional<int> &value)
{
    if (view.packet.protocol != protocol) {
        return absent;
    }
    return value ? number(*value) : unknown;
}

/// `th` reads the first four bytes of whatever follows the IP header; only these transports keep ports there.
Evaluated anyPort(const View &view, const std::optional<int> &value)
{
    const auto protocol = view.packet.protocol;
    const bool hasPorts = protocol == tcp || protocol == udp || protocol == sctp || protocol == dccp || protocol == udplite;
    return hasPorts && value ? number(*value) : unknown;
}

/// A plain ping sends an echo request of code 0.
Evaluated icmpField(const View &view, bool v4, bool type)
{
    const auto &packet = view.packet;
    if (packet.destination.isV4() != v4 || packet.protocol != (v4 ? icmp : icmpv6)) {
        return absent;
    }
    return type ? number(packet.icmpType.value_or(v4 ? 8 : 128)) : number(packet.icmpCode.value_or(0));
}

/// What a plain connect sends first is a SYN; anything later carries flags nobody gave.
Evaluated tcpFlags(const View &view)
{
    if (view.packet.protocol != tcp) {
        return absent;
    }
    if (view.packet.tcpFlags) {
        return known(*view.packet.tcpFlags);
    }
    return view.packet.ct == CtState::New ? known(std::uint64_t{0x02}) : unknown;
}

/// A packet has no output interface before routing and a local one no input interface: the kernel compares with an
/// empty name and index 0 there (net/netfilter/nft_meta.c).
Evaluated interfaceOf(const View &view, bool input)
{
    const auto &name = input ? view.packet.inputInterface : view.packet.outputInterface;
    const bool never = input ? view.hook == Hook::Output
                             : view.hook == Hook::Input || view.hook == Hook::Prerouting || view.hook == Hook::Ingress;
    if (never) {
        return known(Word{});
    }
    if (name.empty() && !view.packet.interfacesKnown) {
        return unknown;
    }
    return known(fromName(name));
}

/// There is a link header to look at on the way in only.
Evaluated mac(const View &view, const std::optional<net::MacAddress> &address)
{
    if (view.hook == Hook::Output) {
        return absent;
    }
    return address && view.hook != Hook::Postrouting ? known(fromMac(*address)) : unknown;
}

/// A unicast packet at INPUT was routed to a local address, one at OUTPUT comes from one; the walk's packet is never
/// a directed broadcast. Elsewhere the routing table would have to be asked.
Evaluated addressType(const View &view, bool source)
{
    constexpr std::uint64_t local = 2;
    constexpr std::uint64_t broadcast = 3;
    constexpr std::uint64_t multicast = 5;
    const auto &address = source ? view.packet.source : view.packet.destination;
    if (address.isMulticast()) {
        return known(multicast);
    }
    if (address.isBroadcast()) {
        return known(broadcast);
    }
    if (address.isUnspecified()) {
        return unknown;
    }
    const bool isLocal = source ? view.hook == Hook::Output : view.hook == Hook::Input;
    return isLocal ? known(local) : unknown;
}

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

Evaluated ipField(Key key, const View &view)
{
    const auto &packet = view.packet;
    const bool v4 = key <= Key::Ip4Version;
    if (packet.destination.isV4() != v4) {
        return absent;
    }
    switch (key) {
    case Key::Ip4Source:
    case Key::Ip6Source:
        return known(fromAddress(packet.source));
    case Key::Ip4Destination:
    case Key::Ip6Destination:
        return known(fromAddress(packet.destination));
    case Key::Ip4Protocol:
    case Key::Ip6NextHeader:
        return number(packet.protocol);
    case Key::Ip4Ttl:
    case Key::Ip6HopLimit:
        return number(packet.ttl);
    case Key::Ip4Length:
        return number(packet.length);
    case Key::Ip6Length:
        return number(packet.length - 40);
    default:
        return number(v4 ? 4 : 6);
    }
}

Evaluated transportField(Key key, const View &view)
{
    const auto &packet = view.packet;
    switch (key) {
    case Key::IcmpType:
        return icmpField(view, true, true);
    case Key::IcmpCode:
        return icmpField(view, true, false);
    case Key::Icmpv6Type:
        return icmpField(view, false, true);
    case Key::Icmpv6Code:
        return icmpField(view, false, false);
    case Key::TcpSourcePort:
        return port(view, tcp, packet.sourcePort);
    case Key::TcpDestinationPort:
        return port(view, tcp, packet.destinationPort);
    case Key::TcpFlags:
        return tcpFlags(view);
    case Key::UdpSourcePort:
        return port(view, udp, packet.sourcePort);
    case Key::UdpDestinationPort:
        return port(view, udp, packet.destinationPort);
    case Key::SctpSourcePort:
        return port(view, sctp, packet.sourcePort);
    case Key::SctpDestinationPort:
        return port(view, sctp, packet.destinationPort);
    case Key::DccpSourcePort:
        return port(view, dccp, packet.sourcePort);
    case Key::DccpDestinationPort:
        return port(view, dccp, packet.destinationPort);
    case Key::UdpliteSourcePort:
        return port(view, udplite, packet.sourcePort);
    case Key::UdpliteDestinationPort:
        return port(view, udplite, packet.destinationPort);
    case Key::AnySourcePort:
        return anyPort(view, packet.sourcePort);
    default:
        return anyPort(view, packet.destinationPort);
    }
}

Evaluated metaField(Key key, const View &view)
{
    const auto &packet = view.packet;
    const bool v4 = packet.destination.isV4();
    switch (key) {
    case Key::InputName:
    case Key::InputIndex:
        return interfaceOf(view, true);
    case Key::OutputName:
    case Key::OutputIndex:
        return interfaceOf(view, false);
    case Key::L4Protocol:
        return number(packet.protocol);
    case Key::NfProtocol:
        return number(v4 ? 2 : 10);
    case Key::EtherProtocol:
        return number(v4 ? 0x0800 : 0x86dd);
    case Key::Mark:
        return known(std::uint64_t{view.mark});
    case Key::Length:
        return number(packet.length);
    case Key::CtState:
        return view.ct ? known(stateBit(*view.ct)) : unknown;
    case Key::EtherSource:
        return mac(view, packet.sourceMac);
    case Key::EtherDestination:
        return mac(view, packet.destinationMac);
    case Key::SourceType:
        return addressType(view, true);
    case Key::DestinationType:
        return addressType(view, false);
    default:
        return unknown;
    }
}

} // namespace

Type typeOf(Key key) { return keys.at(static_cast<std::size_t>(key)).type; }

std::string_view textOf(Key key) { return keys.at(static_cast<std::size_t>(key)).text; }

Evaluated evaluate(Key key, const View &view)
{
    if (view.blurred.test(static_cast<std::size_t>(key))) {
        return unknown;
    }
    if (key <= Key::Ip6Version) {
        return ipField(key, view);
    }
    return key <= Key::AnyDestinationPort ? transportField(key, view) : metaField(key, view);
}

} // namespace bothways::filter
