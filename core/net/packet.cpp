// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/packet.h"

#include "net/wire.h"

#include <algorithm>

namespace bothways::net {

namespace {

constexpr std::size_t ethernetHeader = 14;
constexpr std::size_t arpSize = 28;
constexpr std::size_t ipv4Header = 20;
constexpr std::size_t ipv6Header = 40;
constexpr std::size_t neighbourHeader = 24;
constexpr std::uint8_t sourceLinkLayerOption = 1;
constexpr std::uint8_t targetLinkLayerOption = 2;

using wire::get16;
using wire::get32;
using wire::getMac;
using wire::getV6;

std::uint32_t sumOf(Bytes data, std::uint32_t sum)
{
    for (std::size_t i = 0; i + 1 < data.size(); i += 2) {
        sum += get16(data, i);
    }
    if (data.size() % 2 != 0) {
        sum += static_cast<std::uint32_t>(data.back()) << 8U;
    }
    return sum;
}

std::uint16_t folded(std::uint32_t sum)
{
    while (sum > 0xffff) {
        sum = (sum & 0xffff) + (sum >> 16U);
    }
    return static_cast<std::uint16_t>(~sum & 0xffff);
}

// Appends to a frame; what it builds is smaller than the frame by construction.
class Writer {
public:
    explicit Writer(BuiltFrame &frame) : m_frame(frame) {}
    Writer &u8(std::uint8_t value)
    {
        m_frame.bytes.at(m_frame.size++) = value;
        return *this;
    }
    Writer &u16(std::uint16_t value)
    {
        return u8(static_cast<std::uint8_t>(value >> 8U)).u8(static_cast<std::uint8_t>(value & 0xff));
    }
    Writer &mac(const MacAddress &value) { return all(value.bytes()); }
    Writer &address(const IpAddress &value) { return all(Bytes(value.bytes()).first(value.isV4() ? 4 : 16)); }

private:
    Writer &all(Bytes data)
    {
        for (const auto byte : data) {
            u8(byte);
        }
        return *this;
    }
    BuiltFrame &m_frame;
};

void put16(std::span<std::uint8_t> out, std::size_t at, std::uint16_t value)
{
    out[at] = static_cast<std::uint8_t>(value >> 8U);
    out[at + 1] = static_cast<std::uint8_t>(value & 0xff);
}

BuiltFrame buildArp(const ArpPacket &arp, const MacAddress &destination)
{
    BuiltFrame frame;
    Writer(frame)
        .mac(destination)
        .mac(arp.senderMac)
        .u16(ethertype::arp)
        .u16(1)
        .u16(ethertype::ipv4)
        .u8(6)
        .u8(4)
        .u16(arp.operation)
        .mac(arp.senderMac)
        .address(arp.senderAddress)
        .mac(arp.targetMac)
        .address(arp.targetAddress);
    return frame;
}

bool isError(Family family, std::uint8_t type)
{
    if (family == Family::v4) {
        return type == icmp::destinationUnreachable || type == icmp::timeExceeded || type == icmp::parameterProblem;
    }
    return type >= icmpv6::destinationUnreachable && type <= icmpv6::parameterProblem;
}

// False when an option is malformed.
bool readOptions(Bytes options, std::uint8_t wanted, std::optional<MacAddress> &linkLayer)
{
    while (!options.empty()) {
        const std::size_t size = options.size() >= 2 ? options[1] * 8U : 0U;
        if (size == 0 || size > options.size()) {
            return false;
        }
        if (options[0] == wanted && size == 8) {
            linkLayer = getMac(options, 2);
        }
        options = options.subspan(size);
    }
    return true;
}

} // namespace

std::uint16_t internetChecksum(Bytes data) { return folded(sumOf(data, 0)); }

std::uint16_t internetChecksum(const IpAddress &source, const IpAddress &destination, std::uint8_t nextHeader, Bytes data)
{
    const auto length = static_cast<std::uint32_t>(data.size());
    std::uint32_t sum = (length >> 16U) + (length & 0xffff) + nextHeader;
    sum = sumOf(source.bytes(), sum);
    sum = sumOf(destination.bytes(), sum);
    return folded(sumOf(data, sum));
}

std::optional<EthernetFrame> decodeEthernet(Bytes bytes)
{
    if (bytes.size() < ethernetHeader) {
        return std::nullopt;
    }
    return EthernetFrame{getMac(bytes, 0), getMac(bytes, 6), get16(bytes, 12), bytes.subspan(ethernetHeader)};
}

std::optional<ArpPacket> decodeArp(Bytes bytes)
{
    if (bytes.size() < arpSize || get16(bytes, 0) != 1 || get16(bytes, 2) != ethertype::ipv4 || bytes[4] != 6 || bytes[5] != 4) {
        return std::nullopt;
    }
    return ArpPacket{get16(bytes, 6), getMac(bytes, 8), IpAddress::fromV4(get32(bytes, 14)), getMac(bytes, 18),
                     IpAddress::fromV4(get32(bytes, 24))};
}

std::optional<Ipv4Packet> decodeIpv4(Bytes bytes)
{
    if (bytes.size() < ipv4Header || bytes[0] >> 4U != 4) {
        return std::nullopt;
    }
    const std::size_t header = std::size_t{4} * (bytes[0] & 0x0fU);
    const std::uint16_t total = get16(bytes, 2);
    if (header < ipv4Header || header > bytes.size() || total < header) {
        return std::nullopt;
    }
    const std::uint16_t fragment = get16(bytes, 6);
    Ipv4Packet packet;
    packet.source = IpAddress::fromV4(get32(bytes, 12));
    packet.destination = IpAddress::fromV4(get32(bytes, 16));
    packet.protocol = bytes[9];
    packet.ttl = bytes[8];
    packet.identification = get16(bytes, 4);
    packet.fragmentOffset = static_cast<std::uint16_t>((fragment & 0x1fffU) * 8U);
    packet.moreFragments = (fragment & 0x2000U) != 0;
    packet.doNotFragment = (fragment & 0x4000U) != 0;
    packet.totalLength = total;
    packet.complete = bytes.size() >= total;
    packet.payload = bytes.subspan(header, std::min<std::size_t>(bytes.size(), total) - header);
    return packet;
}

std::optional<Ipv6Packet> decodeIpv6(Bytes bytes)
{
    if (bytes.size() < ipv6Header || bytes[0] >> 4U != 6) {
        return std::nullopt;
    }
    const std::uint16_t length = get16(bytes, 4);
    const auto payload = bytes.subspan(ipv6Header);
    return Ipv6Packet{getV6(bytes, 8),
                      getV6(bytes, 24),
                      bytes[6],
                      bytes[7],
                      length,
                      payload.first(std::min<std::size_t>(payload.size(), length)),
                      payload.size() >= length};
}

std::optional<IcmpMessage> decodeIcmp(Bytes bytes)
{
    if (bytes.size() < icmpHeaderSize) {
        return std::nullopt;
    }
    return IcmpMessage{bytes[0], bytes[1], get16(bytes, 2), get32(bytes, 4), bytes.subspan(icmpHeaderSize)};
}

std::optional<IcmpEcho> decodeEcho(Family family, Bytes icmpBytes)
{
    const auto message = decodeIcmp(icmpBytes);
    const bool v4 = family == Family::v4;
    const auto request = v4 ? icmp::echoRequest : icmpv6::echoRequest;
    const auto reply = v4 ? icmp::echoReply : icmpv6::echoReply;
    if (!message || message->code != 0 || (message->type != request && message->type != reply)) {
        return std::nullopt;
    }
    return IcmpEcho{message->type == request, static_cast<std::uint16_t>(message->rest >> 16U),
                    static_cast<std::uint16_t>(message->rest & 0xffff), message->body};
}

std::optional<IcmpError> decodeIcmpError(Family family, Bytes icmpBytes)
{
    const auto message = decodeIcmp(icmpBytes);
    if (!message || !isError(family, message->type)) {
        return std::nullopt;
    }
    IcmpError error;
    error.type = message->type;
    error.code = message->code;
    if (family == Family::v4) {
        const auto quoted = decodeIpv4(message->body);
        if (!quoted) {
            return std::nullopt;
        }
        error.quoted = {quoted->source, quoted->destination, quoted->protocol, quoted->payload};
        error.mtu = message->type == icmp::destinationUnreachable && message->code == 4 ? message->rest & 0xffff : 0;
    } else {
        const auto quoted = decodeIpv6(message->body);
        if (!quoted) {
            return std::nullopt;
        }
        error.quoted = {quoted->source, quoted->destination, quoted->nextHeader, quoted->payload};
        error.mtu = message->type == icmpv6::packetTooBig ? message->rest : 0;
    }
    return error;
}

std::optional<NeighbourMessage> decodeNeighbour(Bytes icmpBytes)
{
    if (icmpBytes.size() < neighbourHeader || icmpBytes[1] != 0 ||
        (icmpBytes[0] != icmpv6::neighbourSolicitation && icmpBytes[0] != icmpv6::neighbourAdvertisement)) {
        return std::nullopt;
    }
    NeighbourMessage message;
    message.advertisement = icmpBytes[0] == icmpv6::neighbourAdvertisement;
    message.router = message.advertisement && (icmpBytes[4] & 0x80U) != 0;
    message.solicited = message.advertisement && (icmpBytes[4] & 0x40U) != 0;
    message.override = message.advertisement && (icmpBytes[4] & 0x20U) != 0;
    message.target = getV6(icmpBytes, 8);
    const auto wanted = message.advertisement ? targetLinkLayerOption : sourceLinkLayerOption;
    if (message.target.isMulticast() || !readOptions(icmpBytes.subspan(neighbourHeader), wanted, message.linkLayer)) {
        return std::nullopt;
    }
    return message;
}

IpAddress solicitedNodeAddress(const IpAddress &target)
{
    std::array<std::uint8_t, 16> group{0xff, 0x02, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x01, 0xff, 0, 0, 0};
    std::copy(target.bytes().begin() + 13, target.bytes().end(), group.begin() + 13);
    return IpAddress::fromV6(group);
}

MacAddress multicastMac(const IpAddress &group)
{
    const auto &bytes = group.bytes();
    if (group.isV4()) {
        return MacAddress({0x01, 0x00, 0x5e, static_cast<std::uint8_t>(bytes[1] & 0x7fU), bytes[2], bytes[3]});
    }
    return MacAddress({0x33, 0x33, bytes[12], bytes[13], bytes[14], bytes[15]});
}

BuiltFrame buildArpRequest(const MacAddress &sender, const IpAddress &senderAddress, const IpAddress &target)
{
    return buildArp({ArpPacket::request, sender, senderAddress, {}, target}, MacAddress({0xff, 0xff, 0xff, 0xff, 0xff, 0xff}));
}

BuiltFrame buildArpReply(const MacAddress &sender, const IpAddress &senderAddress, const MacAddress &to,
                         const IpAddress &toAddress)
{
    return buildArp({ArpPacket::reply, sender, senderAddress, to, toAddress}, to);
}

BuiltFrame buildNeighbourSolicitation(const MacAddress &sender, const IpAddress &senderAddress, const IpAddress &target)
{
    const auto group = solicitedNodeAddress(target);
    const bool option = !senderAddress.isUnspecified();
    // An unspecified IpAddress may be an IPv4 one by default; on this wire it is sixteen bytes.
    const auto source = option ? senderAddress : IpAddress::fromV6({});
    BuiltFrame frame;
    Writer writer(frame);
    writer.mac(multicastMac(group)).mac(sender).u16(ethertype::ipv6);
    writer.u16(0x6000).u16(0).u16(option ? 32 : 24).u8(protocol::icmpv6).u8(255).address(source).address(group);
    writer.u8(icmpv6::neighbourSolicitation).u8(0).u16(0).u16(0).u16(0).address(target);
    if (option) {
        writer.u8(sourceLinkLayerOption).u8(1).mac(sender);
    }
    const std::size_t at = ethernetHeader + ipv6Header;
    const auto sum = internetChecksum(source, group, protocol::icmpv6, frame.view().subspan(at));
    put16(frame.bytes, at + 2, sum);
    return frame;
}

std::size_t buildEchoRequest(Family family, std::uint16_t identifier, std::uint16_t sequence, Bytes payload,
                             std::span<std::uint8_t> out)
{
    const std::size_t size = icmpHeaderSize + payload.size();
    if (out.size() < size) {
        return 0;
    }
    out[0] = family == Family::v4 ? icmp::echoRequest : icmpv6::echoRequest;
    out[1] = 0;
    put16(out, 2, 0);
    put16(out, 4, identifier);
    put16(out, 6, sequence);
    std::copy(payload.begin(), payload.end(), out.begin() + icmpHeaderSize);
    if (family == Family::v4) {
        put16(out, 2, internetChecksum(out.first(size)));
    }
    return size;
}

} // namespace bothways::net
