// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/layers.h"

#include "net/wire.h"

#include <algorithm>

namespace bothways::net {

namespace {

using wire::get16;
using wire::get32;
using wire::getMac;

constexpr std::size_t ethernetHeader = 14;
constexpr std::size_t cookedHeader = 16;
constexpr std::size_t cooked2Header = 20;
constexpr std::size_t loopbackHeader = 4;
constexpr std::size_t ipv4Header = 20;
constexpr std::size_t ipv6Header = 40;
constexpr std::size_t tcpHeader = 20;
constexpr std::size_t udpHeader = 8;
constexpr std::uint16_t customerTag = 0x8100;
constexpr std::uint16_t serviceTag = 0x88a8;
constexpr std::uint16_t oldServiceTag = 0x9100; // before 802.1ad
constexpr int mostTags = 8;
constexpr int mostExtensions = 16;

namespace extension {
constexpr std::uint8_t hopByHop = 0;
constexpr std::uint8_t routing = 43;
constexpr std::uint8_t fragment = 44;
constexpr std::uint8_t authentication = 51;
constexpr std::uint8_t destination = 60;
constexpr std::uint8_t mobility = 135;
constexpr std::uint8_t hostIdentity = 139;
constexpr std::uint8_t shim6 = 140;
} // namespace extension

/// Decodes from the outside inwards; `m_rest` is what no layer has taken yet.
class Decoder {
public:
    Decoder(Layers &out, Bytes bytes, std::uint32_t originalLength)
        : m_out(out), m_rest(bytes), m_isCut(bytes.size() < originalLength)
    {}
    void run(LinkType type);

private:
    /// Too few bytes for what has to be there.
    void endsEarly() { m_out.trouble = m_isCut ? Trouble::Cut : Trouble::Malformed; }
    void malformed() { m_out.trouble = Trouble::Malformed; }
    bool has(std::size_t size)
    {
        if (m_rest.size() < size) {
            endsEarly();
            return false;
        }
        return true;
    }
    void ethernet();
    void cooked();
    void cooked2();
    void loopback();
    void raw();
    void tags();
    void network();
    void arp();
    void ipv4();
    void ipv6();
    bool extensions();
    bool fragmentHeader();
    void transport();
    void icmp();
    void tcp();
    void udp();

    Layers &m_out;
    Bytes m_rest;
    bool m_isCut;
};

CookedDirection directionOf(std::uint16_t packetType)
{
    return packetType <= 4 ? static_cast<CookedDirection>(packetType) : CookedDirection::Unknown;
}

void Decoder::run(LinkType type)
{
    switch (type) {
    case LinkType::Ethernet:
        return ethernet();
    case LinkType::LinuxCooked:
        return cooked();
    case LinkType::LinuxCooked2:
        return cooked2();
    case LinkType::Null:
    case LinkType::Loop:
        return loopback();
    case LinkType::Raw:
    case LinkType::RawDlt:
    case LinkType::Ipv4:
    case LinkType::Ipv6:
        return raw();
    }
    m_out.trouble = Trouble::UnknownLink;
}

void Decoder::ethernet()
{
    if (!has(ethernetHeader)) {
        return;
    }
    auto &link = m_out.link;
    link.hasAddresses = true;
    link.destination = getMac(m_rest, 0);
    link.source = getMac(m_rest, 6);
    link.etherType = get16(m_rest, 12);
    m_rest = m_rest.subspan(ethernetHeader);
    tags();
}

void Decoder::cooked()
{
    if (!has(cookedHeader)) {
        return;
    }
    auto &link = m_out.link;
    link.direction = directionOf(get16(m_rest, 0));
    if (get16(m_rest, 4) == 6) {
        link.source = getMac(m_rest, 6);
    }
    link.etherType = get16(m_rest, 14);
    m_rest = m_rest.subspan(cookedHeader);
    tags();
}

void Decoder::cooked2()
{
    if (!has(cooked2Header)) {
        return;
    }
    auto &link = m_out.link;
    link.etherType = get16(m_rest, 0);
    link.interfaceIndex = get32(m_rest, 4);
    link.direction = directionOf(m_rest[10]);
    if (m_rest[11] == 6) {
        link.source = getMac(m_rest, 12);
    }
    m_rest = m_rest.subspan(cooked2Header);
    tags();
}

void Decoder::loopback()
{
    if (!has(loopbackHeader)) {
        return;
    }
    // The family's number differs between the systems, and its byte order between machines: the packet itself says more.
    m_rest = m_rest.subspan(loopbackHeader);
    raw();
}

void Decoder::raw()
{
    if (!has(1)) {
        return;
    }
    const auto version = m_rest[0] >> 4U;
    if (version == 4) {
        m_out.link.etherType = ethertype::ipv4;
    } else if (version == 6) {
        m_out.link.etherType = ethertype::ipv6;
    } else {
        malformed();
        return;
    }
    network();
}

void Decoder::tags()
{
    auto &link = m_out.link;
    while (link.etherType == customerTag || link.etherType == serviceTag || link.etherType == oldServiceTag) {
        if (!has(4)) {
            return;
        }
        if (link.tagCount == mostTags) {
            malformed();
            return;
        }
        if (link.tagCount < link.tags.size()) {
            const auto control = get16(m_rest, 0);
            link.tags.at(link.tagCount) = {static_cast<std::uint16_t>(control & 0x0fffU),
                                           static_cast<std::uint8_t>(control >> 13U), (control & 0x1000U) != 0,
                                           link.etherType != customerTag};
        }
        ++link.tagCount;
        link.etherType = get16(m_rest, 2);
        m_rest = m_rest.subspan(4);
    }
    network();
}

void Decoder::network()
{
    switch (m_out.link.etherType) {
    case ethertype::arp:
        return arp();
    case ethertype::ipv4:
        return ipv4();
    case ethertype::ipv6:
        return ipv6();
    default:
        m_out.network = Network::Other;
    }
}

void Decoder::arp()
{
    if (!has(8)) {
        return;
    }
    const bool isOurs = get16(m_rest, 0) == 1 && get16(m_rest, 2) == ethertype::ipv4;
    if (!isOurs) {
        m_out.network = Network::Other;
        return;
    }
    if (m_rest[4] != 6 || m_rest[5] != 4) {
        malformed();
        return;
    }
    const auto packet = decodeArp(m_rest);
    if (!packet) {
        endsEarly();
        return;
    }
    m_out.network = Network::Arp;
    m_out.arp = *packet;
}

void Decoder::ipv4()
{
    if (!has(ipv4Header)) {
        return;
    }
    const auto packet = decodeIpv4(m_rest);
    if (!packet) {
        // All that is left of "too short": options that were promised and are not there.
        const std::size_t header = std::size_t{4} * (m_rest[0] & 0x0fU);
        if (m_rest[0] >> 4U == 4 && header >= ipv4Header && header > m_rest.size()) {
            endsEarly();
        } else {
            malformed();
        }
        return;
    }
    m_out.network = Network::Ip;
    auto &ip = m_out.ip;
    ip.source = packet->source;
    ip.destination = packet->destination;
    ip.protocol = packet->protocol;
    ip.hopLimit = packet->ttl;
    ip.doNotFragment = packet->doNotFragment;
    ip.moreFragments = packet->moreFragments;
    ip.fragmentOffset = packet->fragmentOffset;
    ip.isFragment = packet->moreFragments || packet->fragmentOffset != 0;
    ip.identification = packet->identification;
    ip.length = packet->totalLength;
    ip.payload = packet->payload;
    if (!packet->complete && !m_isCut) {
        malformed();
        return;
    }
    transport();
}

void Decoder::ipv6()
{
    if (!has(ipv6Header)) {
        return;
    }
    const auto packet = decodeIpv6(m_rest);
    if (!packet) {
        malformed();
        return;
    }
    m_out.network = Network::Ip;
    auto &ip = m_out.ip;
    ip.source = packet->source;
    ip.destination = packet->destination;
    ip.protocol = packet->nextHeader;
    ip.hopLimit = packet->hopLimit;
    ip.length = static_cast<std::uint32_t>(ipv6Header) + packet->payloadLength;
    ip.payload = packet->payload;
    if (!packet->complete && !m_isCut) {
        malformed();
        return;
    }
    if (extensions()) {
        transport();
    }
}

/// False where the packet's content cannot be reached.
bool Decoder::extensions()
{
    auto &ip = m_out.ip;
    for (int i = 0; i < mostExtensions; ++i) {
        std::size_t size = 0;
        switch (ip.protocol) {
        case extension::hopByHop:
        case extension::routing:
        case extension::destination:
        case extension::mobility:
        case extension::hostIdentity:
        case extension::shim6:
            size = ip.payload.size() < 2 ? 8 : (ip.payload[1] + 1U) * 8U;
            break;
        case extension::authentication:
            size = ip.payload.size() < 2 ? 8 : (ip.payload[1] + 2U) * 4U;
            break;
        case extension::fragment:
            size = 8;
            break;
        default:
            return true;
        }
        if (ip.payload.size() < size) {
            endsEarly();
            return false;
        }
        const bool goesOn = ip.protocol != extension::fragment || fragmentHeader();
        ip.protocol = ip.payload[0];
        ip.payload = ip.payload.subspan(size);
        if (!goesOn) {
            return true;
        }
    }
    malformed();
    return false;
}

/// False where what follows is the middle of something: not the first fragment.
bool Decoder::fragmentHeader()
{
    auto &ip = m_out.ip;
    const auto word = get16(ip.payload, 2);
    ip.fragmentOffset = word & 0xfff8U;
    ip.moreFragments = (word & 1U) != 0;
    ip.isFragment = ip.moreFragments || ip.fragmentOffset != 0;
    ip.identification = get32(ip.payload, 4);
    return ip.fragmentOffset == 0;
}

void Decoder::transport()
{
    if (m_out.ip.fragmentOffset != 0) {
        return;
    }
    m_rest = m_out.ip.payload;
    const bool v4 = m_out.ip.source.isV4();
    if (m_out.ip.protocol == protocol::tcp) {
        tcp();
    } else if (m_out.ip.protocol == protocol::udp) {
        udp();
    } else if (m_out.ip.protocol == (v4 ? protocol::icmp : protocol::icmpv6)) {
        icmp();
    } else {
        m_out.transport = Transport::Other;
    }
}

void Decoder::icmp()
{
    const auto message = decodeIcmp(m_rest);
    if (!message) {
        endsEarly();
        return;
    }
    m_out.transport = Transport::Icmp;
    m_out.icmp = *message;
}

void Decoder::tcp()
{
    if (!has(tcpHeader)) {
        return;
    }
    const std::size_t header = std::size_t{4} * (m_rest[12] >> 4U);
    if (header < tcpHeader) {
        malformed();
        return;
    }
    if (!has(header)) {
        return;
    }
    m_out.transport = Transport::Tcp;
    m_out.tcp = {get16(m_rest, 0), get16(m_rest, 2), get32(m_rest, 4), get32(m_rest, 8), m_rest[13], m_rest.subspan(header)};
}

void Decoder::udp()
{
    if (!has(udpHeader)) {
        return;
    }
    const auto length = get16(m_rest, 4);
    // 0 stands for a jumbogram (RFC 2675), and for a segment that the network card is still to cut up.
    if (length != 0 && length < udpHeader) {
        malformed();
        return;
    }
    m_out.transport = Transport::Udp;
    m_out.udp = {get16(m_rest, 0), get16(m_rest, 2), length, m_rest.subspan(udpHeader)};
}

} // namespace

Layers decodeLayers(LinkType type, Bytes bytes, std::uint32_t originalLength)
{
    Layers layers;
    Decoder(layers, bytes, originalLength).run(type);
    return layers;
}

std::optional<Quotation> decodeQuotation(Family family, Bytes icmpBytes)
{
    const auto error = decodeIcmpError(family, icmpBytes);
    if (!error) {
        return std::nullopt;
    }
    Quotation quotation;
    quotation.type = error->type;
    quotation.code = error->code;
    quotation.mtu = error->mtu;
    // Quoted packets are cut off as a rule: all that is missing at the end counts as not quoted.
    const auto quoted = decodeLayers(LinkType::Raw, icmpBytes.subspan(icmpHeaderSize), UINT32_MAX);
    quotation.ip = quoted.ip;
    const auto payload = quoted.ip.payload;
    if (quoted.network != Network::Ip || quoted.ip.fragmentOffset != 0 || payload.size() < 8) {
        return quotation;
    }
    const auto wanted = family == Family::v4 ? protocol::icmp : protocol::icmpv6;
    if (quoted.ip.protocol == protocol::tcp || quoted.ip.protocol == protocol::udp) {
        const bool isTcp = quoted.ip.protocol == protocol::tcp;
        quotation.transport = isTcp ? Transport::Tcp : Transport::Udp;
        quotation.sourcePort = get16(payload, 0);
        quotation.destinationPort = get16(payload, 2);
        quotation.sequence = isTcp ? get32(payload, 4) : 0;
    } else if (quoted.ip.protocol == wanted) {
        quotation.transport = Transport::Icmp;
        quotation.echo = decodeEcho(family, payload);
    }
    return quotation;
}

} // namespace bothways::net
