// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire.h"

namespace bothways::kernel {
namespace {

constexpr std::size_t ip4Header = 20;
constexpr std::size_t ip6Header = 40;

void put16(Buffer &bytes, std::size_t at, std::uint16_t value)
{
    bytes[at] = static_cast<std::uint8_t>(value >> 8);
    bytes[at + 1] = static_cast<std::uint8_t>(value);
}

void put32(Buffer &bytes, std::size_t at, std::uint32_t value)
{
    put16(bytes, at, static_cast<std::uint16_t>(value >> 16));
    put16(bytes, at + 2, static_cast<std::uint16_t>(value));
}

void append(Buffer &bytes, const net::IpAddress &address)
{
    bytes.insert(bytes.end(), address.bytes().begin(), address.bytes().begin() + address.width() / 8);
}

void append(Buffer &bytes, const net::MacAddress &mac) { bytes.insert(bytes.end(), mac.bytes().begin(), mac.bytes().end()); }

/// Header of the transport protocol and where in it the checksum stands.
std::pair<Buffer, std::size_t> transport(const Spec &spec)
{
    if (spec.protocol == icmp || spec.protocol == icmpv6) {
        Buffer bytes(8 + spec.payload);
        bytes[0] = spec.icmpType;
        bytes[1] = spec.icmpCode;
        put16(bytes, 4, spec.echoId);
        put16(bytes, 6, spec.tag);
        return {std::move(bytes), 2};
    }
    Buffer bytes((spec.protocol == tcp ? 20 : 8) + spec.payload); // what has no better form looks like UDP
    put16(bytes, 0, spec.sourcePort);
    put16(bytes, 2, spec.destinationPort);
    if (spec.protocol == tcp) {
        put32(bytes, 4, spec.tcpSequence);
        put32(bytes, 8, spec.tcpAcknowledged);
        bytes[12] = 0x50;
        bytes[13] = spec.tcpFlags;
        put16(bytes, 14, 1024);
        return {std::move(bytes), 16};
    }
    put16(bytes, 4, static_cast<std::uint16_t>(bytes.size()));
    return {std::move(bytes), 6};
}

} // namespace

Buffer packetBytes(const Spec &spec)
{
    auto [segment, checksumAt] = transport(spec);
    const net::Bytes view(segment.data(), segment.size());
    put16(segment, checksumAt,
          spec.protocol == icmp ? net::internetChecksum(view)
                                : net::internetChecksum(spec.source, spec.destination, spec.protocol, view));
    Buffer bytes;
    if (spec.destination.isV4()) {
        bytes.resize(12);
        bytes[0] = 0x45;
        bytes[1] = spec.tos;
        put16(bytes, 2, static_cast<std::uint16_t>(ip4Header + segment.size()));
        put16(bytes, 4, spec.tag);
        bytes[8] = spec.ttl;
        bytes[9] = spec.protocol;
        append(bytes, spec.source);
        append(bytes, spec.destination);
        put16(bytes, 10, net::internetChecksum(net::Bytes(bytes.data(), bytes.size())));
    } else {
        bytes.resize(8);
        put32(bytes, 0, 0x60000000U | static_cast<std::uint32_t>(spec.tos) << 20 | spec.tag);
        put16(bytes, 4, static_cast<std::uint16_t>(segment.size()));
        bytes[6] = spec.protocol;
        bytes[7] = spec.ttl;
        append(bytes, spec.source);
        append(bytes, spec.destination);
    }
    bytes.insert(bytes.end(), segment.begin(), segment.end());
    return bytes;
}

Buffer packetBytes(const ArpSpec &spec)
{
    Buffer bytes{0, 1, 8, 0, 6, 4, static_cast<std::uint8_t>(spec.operation >> 8), static_cast<std::uint8_t>(spec.operation)};
    append(bytes, spec.senderMac);
    append(bytes, spec.sender);
    append(bytes, spec.targetMac);
    append(bytes, spec.target);
    return bytes;
}

Buffer frame(const LinkSpec &link, const Buffer &payload)
{
    Buffer bytes;
    append(bytes, link.destination);
    append(bytes, link.source);
    if (link.vlan >= 0) {
        bytes.resize(16);
        put16(bytes, 12, 0x8100);
        put16(bytes, 14, static_cast<std::uint16_t>(link.vlan));
    }
    bytes.resize(bytes.size() + 2);
    put16(bytes, bytes.size() - 2, link.etherType);
    bytes.insert(bytes.end(), payload.begin(), payload.end());
    return bytes;
}

std::string hexadecimal(const Buffer &bytes)
{
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    for (const auto byte : bytes) {
        text += digits[byte >> 4];
        text += digits[byte & 15];
    }
    return text;
}

} // namespace bothways::kernel
