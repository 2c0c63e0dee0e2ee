// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "support.h"

#include "net/packet.h"

#include <cstdint>
#include <initializer_list>
#include <string>
#include <vector>

/// Ethernet frames as tests describe them; checksums of ICMP are right, those of IPv4 and TCP are not looked at.
namespace bothways::test {

struct Ends {
    const char *source = "10.9.0.1";
    const char *destination = "10.9.0.10";
    std::uint8_t sourceMac = 1; ///< 02:00:00:00:00:XX
    std::uint8_t destinationMac = 0x10;
    std::uint16_t vlan = 0; ///< 0: untagged
    std::uint8_t ttl = 64;
    Ends back() const { return {destination, source, destinationMac, sourceMac, vlan, ttl}; }
};

class FrameMaker {
public:
    FrameMaker &number(std::uint64_t value, int bytes)
    {
        while (bytes-- > 0) {
            m_bytes.push_back(static_cast<std::uint8_t>(value >> (8 * bytes)));
        }
        return *this;
    }
    FrameMaker &address(const char *text)
    {
        const auto parsed = ip(text);
        const auto size = parsed.isV4() ? 4 : 16;
        m_bytes.insert(m_bytes.end(), parsed.bytes().begin(), parsed.bytes().begin() + size);
        return *this;
    }
    FrameMaker &bytes(const std::vector<std::uint8_t> &more)
    {
        m_bytes.insert(m_bytes.end(), more.begin(), more.end());
        return *this;
    }
    FrameMaker &link(const Ends &ends, std::uint16_t type)
    {
        constexpr std::uint64_t local = 0x020000000000;
        number(local | ends.destinationMac, 6).number(local | ends.sourceMac, 6);
        if (ends.vlan != 0) {
            number(0x8100, 2).number(ends.vlan, 2);
        }
        return number(type, 2);
    }
    FrameMaker &ipv4(const Ends &ends, std::uint8_t protocol, std::size_t payload)
    {
        link(ends, 0x0800).number(0x45, 1).number(0, 1).number(20 + payload, 2).number(0, 4);
        return number(ends.ttl, 1).number(protocol, 1).number(0, 2).address(ends.source).address(ends.destination);
    }
    Kept at(std::int64_t time) const
    {
        return {time, 0, net::LinkType::Ethernet, static_cast<std::uint32_t>(m_bytes.size()), m_bytes};
    }

private:
    std::vector<std::uint8_t> m_bytes;
};

inline std::vector<std::uint8_t> icmpMessage(std::uint8_t type, std::uint8_t code, std::uint32_t rest,
                                             const std::vector<std::uint8_t> &body)
{
    std::vector<std::uint8_t> message{type, code, 0, 0};
    for (int shift = 24; shift >= 0; shift -= 8) {
        message.push_back(static_cast<std::uint8_t>(rest >> shift));
    }
    message.insert(message.end(), body.begin(), body.end());
    const auto sum = net::internetChecksum(message);
    message[2] = static_cast<std::uint8_t>(sum >> 8U);
    message[3] = static_cast<std::uint8_t>(sum & 0xffU);
    return message;
}

/// Payload as ping makes it: what is in it is of this request only.
inline std::vector<std::uint8_t> payloadOf(std::uint16_t sequence)
{
    std::vector<std::uint8_t> payload(56, 0x5a);
    payload[0] = static_cast<std::uint8_t>(sequence * 37);
    payload[1] = static_cast<std::uint8_t>(sequence);
    return payload;
}

inline Kept echoFrame(std::int64_t time, const Ends &ends, bool request, std::uint16_t sequence, std::uint16_t identifier = 7)
{
    const auto message = icmpMessage(request ? 8 : 0, 0, std::uint32_t{identifier} << 16U | sequence, payloadOf(sequence));
    return FrameMaker().ipv4(ends, 1, message.size()).bytes(message).at(time);
}

/// An ICMP error about that frame's IP packet.
inline Kept errorFrame(std::int64_t time, const Ends &ends, std::uint8_t type, std::uint8_t code, const Kept &about)
{
    const std::size_t linkHeader = 14;
    const auto quoted = std::vector<std::uint8_t>(about.bytes.begin() + linkHeader, about.bytes.begin() + linkHeader + 28);
    const auto message = icmpMessage(type, code, 0, quoted);
    return FrameMaker().ipv4(ends, 1, message.size()).bytes(message).at(time);
}

inline Kept tcpFrame(std::int64_t time, const Ends &ends, std::uint16_t from, std::uint16_t to, std::uint32_t sequence,
                     std::uint32_t acknowledgement, std::uint8_t flags)
{
    return FrameMaker()
        .ipv4(ends, 6, 20)
        .number(from, 2)
        .number(to, 2)
        .number(sequence, 4)
        .number(acknowledgement, 4)
        .number(0x50, 1)
        .number(flags, 1)
        .number(0, 6)
        .at(time);
}

inline Kept udpFrame(std::int64_t time, const Ends &ends, std::uint16_t from, std::uint16_t to,
                     const std::vector<std::uint8_t> &data)
{
    return FrameMaker()
        .ipv4(ends, 17, 8 + data.size())
        .number(from, 2)
        .number(to, 2)
        .number(8 + data.size(), 2)
        .number(0, 2)
        .bytes(data)
        .at(time);
}

/// From `ends.source`, who has `ends.destination`; or that it is at `ends.sourceMac`.
inline Kept arpFrame(std::int64_t time, const Ends &ends, bool request)
{
    constexpr std::uint64_t local = 0x020000000000;
    return FrameMaker()
        .link(ends, 0x0806)
        .number(1, 2)
        .number(0x0800, 2)
        .number(0x0604, 2)
        .number(request ? 1 : 2, 2)
        .number(local | ends.sourceMac, 6)
        .address(ends.source)
        .number(request ? 0 : local | ends.destinationMac, 6)
        .address(ends.destination)
        .at(time);
}

} // namespace bothways::test
