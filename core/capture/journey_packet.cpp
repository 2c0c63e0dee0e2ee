// SPDX-License-Identifier: GPL-3.0-or-later
#include "capture/journey_packet.h"

#include <algorithm>
#include <utility>

namespace bothways::capture {

using evidence::JourneyKind;
using evidence::Leg;

namespace {

constexpr std::size_t telling = 8; ///< bytes of a payload below which it is like many others

std::uint32_t joined(std::uint16_t high, std::uint16_t low) { return static_cast<std::uint32_t>(high) << 16U | low; }
bool isGroup(const net::IpAddress &address) { return address.isMulticast() || address.isBroadcast(); }

/// FNV-1a over the first bytes: enough to tell packets from each other, and inside of what every capture keeps.
std::uint64_t contentOf(net::Bytes bytes, std::uint64_t beginning)
{
    constexpr std::size_t enough = 64;
    constexpr std::uint64_t prime = 0x100000001b3ULL;
    std::uint64_t hash = 0xcbf29ce484222325ULL ^ beginning * prime;
    for (const auto byte : bytes.first(std::min(bytes.size(), enough))) {
        hash = (hash ^ byte) * prime;
    }
    return hash | 1U; // never 0
}

evidence::Sighting sightingOf(const net::Layers &layers, const Frame &frame, int point)
{
    evidence::Sighting sighting;
    sighting.point = point;
    sighting.timeNs = frame.time;
    if (layers.link.hasAddresses) {
        sighting.sourceMac = layers.link.source;
        sighting.destinationMac = layers.link.destination;
    }
    if (layers.link.tagCount > 0) {
        sighting.vlan = layers.link.tags[0].id;
    }
    using net::CookedDirection;
    const auto direction = layers.link.direction;
    sighting.incoming = direction != CookedDirection::Unknown && direction != CookedDirection::Outgoing;
    if (layers.network == net::Network::Ip) {
        sighting.source = layers.ip.source;
        sighting.destination = layers.ip.destination;
        sighting.ttl = layers.ip.hopLimit;
    }
    return sighting;
}

bool echo(Passage &passage, const net::Layers &layers, const net::IcmpEcho &message)
{
    const auto &ip = layers.ip;
    if (isGroup(ip.destination)) {
        return false; // its answers come from others than it was sent to
    }
    passage.key.kind = JourneyKind::Echo;
    passage.key.number = joined(message.identifier, message.sequence);
    passage.key.asker = message.request ? ip.source : ip.destination;
    passage.key.asked = message.request ? ip.destination : ip.source;
    passage.sighting.leg = message.request ? Leg::Request : Leg::Reply;
    // An answer carries what the request did.
    if (message.payload.size() >= telling) {
        passage.fingerprint = contentOf(message.payload, message.sequence);
    }
    return true;
}

bool error(Passage &passage, const net::Quotation &quotation)
{
    auto &sighting = passage.sighting;
    sighting.leg = Leg::Error;
    sighting.icmpType = quotation.type;
    sighting.icmpCode = quotation.code;
    if (quotation.mtu != 0) {
        sighting.mtu = quotation.mtu;
    }
    passage.key.asker = quotation.ip.source;
    passage.key.asked = quotation.ip.destination;
    if (quotation.echo) {
        passage.key.kind = JourneyKind::Echo;
        passage.key.number = joined(quotation.echo->identifier, quotation.echo->sequence);
        sighting.quotesReply = !quotation.echo->request;
        if (sighting.quotesReply) {
            std::swap(passage.key.asker, passage.key.asked);
        }
        return true;
    }
    passage.undirected = true;
    passage.key.kind = quotation.transport == net::Transport::Tcp ? JourneyKind::Tcp : JourneyKind::Udp;
    passage.key.number = joined(quotation.sourcePort, quotation.destinationPort);
    return quotation.transport == net::Transport::Tcp || quotation.transport == net::Transport::Udp;
}

bool neighbour(Passage &passage, const net::Layers &layers, const net::NeighbourMessage &message)
{
    const auto &ip = layers.ip;
    const bool answer = message.advertisement;
    const bool unasked = answer && (!message.solicited || ip.destination.isMulticast());
    const bool search = !answer && ip.source.isUnspecified();                        // for a duplicate (RFC 4862)
    if (ip.family() != net::Family::v6 || ip.hopLimit != 255 || unasked || search) { // RFC 4861, 7.1
        return false;
    }
    passage.key = {JourneyKind::Nd, answer ? ip.destination : ip.source, message.target, 0};
    passage.sighting.leg = answer ? Leg::Reply : Leg::Request;
    if (answer && message.linkLayer) {
        passage.sighting.sourceMac = message.linkLayer;
    }
    return true;
}

bool icmp(Passage &passage, const net::Layers &layers)
{
    const auto family = layers.ip.family();
    if (const auto message = net::decodeEcho(family, layers.ip.payload)) {
        return echo(passage, layers, *message);
    }
    if (const auto quotation = net::decodeQuotation(family, layers.ip.payload)) {
        return error(passage, *quotation);
    }
    const auto message = net::decodeNeighbour(layers.ip.payload);
    return message && neighbour(passage, layers, *message);
}

bool tcp(Passage &passage, const net::Layers &layers)
{
    const auto &header = layers.tcp;
    const bool syn = (header.flags & net::tcp::syn) != 0;
    const bool ack = (header.flags & net::tcp::ack) != 0;
    const bool reset = (header.flags & net::tcp::rst) != 0;
    const bool request = syn && !ack && !reset;
    if (!request && !(ack && (syn || reset))) {
        return false;
    }
    passage.key = {JourneyKind::Tcp, layers.ip.source, layers.ip.destination, joined(header.sourcePort, header.destinationPort)};
    if (!request) {
        passage.key = turned(passage.key);
    }
    passage.sighting.leg = request ? Leg::Request : reset ? Leg::Refusal : Leg::Reply;
    passage.initial = request ? header.sequence : header.acknowledgement - 1; // RFC 9293, 3.5
    passage.fingerprint = contentOf({}, std::uint64_t{passage.initial} << 1U | 1U);
    return true;
}

bool udp(Passage &passage, const net::Layers &layers)
{
    if (isGroup(layers.ip.destination)) {
        return false;
    }
    const auto &header = layers.udp;
    passage.key = {JourneyKind::Udp, layers.ip.source, layers.ip.destination, joined(header.sourcePort, header.destinationPort)};
    passage.undirected = true;
    if (header.payload.size() >= telling) {
        passage.fingerprint = contentOf(header.payload, header.length);
    }
    return true;
}

bool arp(Passage &passage, const net::Layers &layers)
{
    const auto &packet = layers.arp;
    if (packet.senderAddress.isUnspecified() || packet.senderAddress == packet.targetAddress) {
        return false; // an address probe or an announcement (RFC 5227): nobody is to answer
    }
    const bool request = packet.operation == net::ArpPacket::request;
    passage.key = {JourneyKind::Arp, packet.senderAddress, packet.targetAddress, 0};
    if (!request) {
        passage.key = turned(passage.key);
    }
    passage.sighting.leg = request ? Leg::Request : Leg::Reply;
    passage.sighting.source = packet.senderAddress;
    passage.sighting.destination = packet.targetAddress;
    passage.sighting.sourceMac = packet.senderMac;
    return true;
}

} // namespace

JourneyKey turned(const JourneyKey &key)
{
    const bool ports = key.kind == JourneyKind::Tcp || key.kind == JourneyKind::Udp;
    return {key.kind, key.asked, key.asker, ports ? key.number << 16U | key.number >> 16U : key.number};
}

std::optional<Passage> passageOf(const net::Layers &layers, const Frame &frame, int point)
{
    Passage passage;
    passage.sighting = sightingOf(layers, frame, point);
    bool taken = false;
    if (layers.network == net::Network::Arp) {
        taken = arp(passage, layers);
    } else if (layers.network == net::Network::Ip) {
        passage.bytes = static_cast<int>(layers.ip.length);
        taken = (layers.transport == net::Transport::Icmp && icmp(passage, layers)) ||
                (layers.transport == net::Transport::Tcp && tcp(passage, layers)) ||
                (layers.transport == net::Transport::Udp && udp(passage, layers));
    }
    return taken ? std::optional(passage) : std::nullopt;
}

bool isSoundIcmp(const net::Layers &layers, const Frame &frame)
{
    if (layers.transport != net::Transport::Icmp || layers.ip.isFragment || frame.bytes.size() < frame.originalLength) {
        return true;
    }
    const auto &ip = layers.ip;
    return ip.family() == net::Family::v4
               ? net::internetChecksum(ip.payload) == 0
               : net::internetChecksum(ip.source, ip.destination, net::protocol::icmpv6, ip.payload) == 0;
}

} // namespace bothways::capture
