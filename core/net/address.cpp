// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/address.h"

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <vector>

namespace bothways::net {

namespace {

std::optional<std::uint32_t> parseDottedQuad(std::string_view text)
{
    std::uint32_t value = 0;
    for (int part = 0; part < 4; ++part) {
        if (part > 0) {
            if (text.empty() || text.front() != '.') {
                return std::nullopt;
            }
            text.remove_prefix(1);
        }
        std::size_t digits = 0;
        std::uint32_t octet = 0;
        while (digits < text.size() && text[digits] >= '0' && text[digits] <= '9') {
            octet = octet * 10 + static_cast<std::uint32_t>(text[digits] - '0');
            if (++digits > 3) {
                return std::nullopt;
            }
        }
        // A leading zero would be octal to inet_aton and decimal to others: refuse what two readers read differently.
        if (digits == 0 || octet > 255 || (digits > 1 && text.front() == '0')) {
            return std::nullopt;
        }
        value = value << 8 | octet;
        text.remove_prefix(digits);
    }
    return text.empty() ? std::optional(value) : std::nullopt;
}

int hexDigit(char c)
{
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    if (c >= 'a' && c <= 'f') {
        return c - 'a' + 10;
    }
    if (c >= 'A' && c <= 'F') {
        return c - 'A' + 10;
    }
    return -1;
}

// One side of "::": groups of hex, the last of which may be a dotted quad.
bool parseGroups(std::string_view text, std::vector<std::uint16_t> &groups)
{
    while (!text.empty()) {
        const auto end = text.find(':');
        const auto group = text.substr(0, end);
        if (end == std::string_view::npos && group.find('.') != std::string_view::npos) {
            const auto quad = parseDottedQuad(group);
            if (!quad) {
                return false;
            }
            groups.push_back(static_cast<std::uint16_t>(*quad >> 16));
            groups.push_back(static_cast<std::uint16_t>(*quad & 0xffff));
            return groups.size() <= 8;
        }
        if (group.empty() || group.size() > 4 || groups.size() >= 8) {
            return false;
        }
        int value = 0;
        for (const char c : group) {
            const int digit = hexDigit(c);
            if (digit < 0) {
                return false;
            }
            value = value << 4 | digit;
        }
        groups.push_back(static_cast<std::uint16_t>(value));
        if (end == std::string_view::npos) {
            return true;
        }
        text.remove_prefix(end + 1);
        if (text.empty()) {
            return false; // a lone ':' at the end
        }
    }
    return true;
}

std::optional<std::array<std::uint8_t, 16>> parseV6(std::string_view text)
{
    std::vector<std::uint16_t> head;
    std::vector<std::uint16_t> tail;
    const auto gap = text.find("::");
    if (gap == std::string_view::npos) {
        if (!parseGroups(text, head) || head.size() != 8) {
            return std::nullopt;
        }
    } else {
        const auto rest = text.substr(gap + 2);
        if (!parseGroups(text.substr(0, gap), head) || rest.starts_with(':') || !parseGroups(rest, tail) ||
            head.size() + tail.size() > 7) {
            return std::nullopt;
        }
        if (text.substr(0, gap).find('.') != std::string_view::npos) {
            return std::nullopt; // a dotted quad can only be the end
        }
    }
    std::array<std::uint8_t, 16> bytes{};
    for (std::size_t i = 0; i < head.size(); ++i) {
        bytes[2 * i] = static_cast<std::uint8_t>(head[i] >> 8);
        bytes[2 * i + 1] = static_cast<std::uint8_t>(head[i] & 0xff);
    }
    for (std::size_t i = 0; i < tail.size(); ++i) {
        const auto at = 16 - 2 * tail.size() + 2 * i;
        bytes[at] = static_cast<std::uint8_t>(tail[i] >> 8);
        bytes[at + 1] = static_cast<std::uint8_t>(tail[i] & 0xff);
    }
    return bytes;
}

std::string quadToString(std::uint32_t value)
{
    return std::to_string(value >> 24) + '.' + std::to_string(value >> 16 & 0xff) + '.' + std::to_string(value >> 8 & 0xff) +
           '.' + std::to_string(value & 0xff);
}

// RFC 5952: lower case, no leading zeros, the longest run of two or more zero groups as "::", the first of equals.
std::string v6ToString(const std::array<std::uint8_t, 16> &bytes)
{
    std::array<std::uint16_t, 8> groups{};
    for (std::size_t i = 0; i < 8; ++i) {
        groups[i] = static_cast<std::uint16_t>(bytes[2 * i] << 8 | bytes[2 * i + 1]);
    }
    std::size_t bestStart = 8;
    std::size_t bestLength = 1;
    for (std::size_t i = 0; i < 8;) {
        std::size_t length = 0;
        while (i + length < 8 && groups[i + length] == 0) {
            ++length;
        }
        if (length > bestLength) {
            bestStart = i;
            bestLength = length;
        }
        i += std::max<std::size_t>(length, 1);
    }
    const bool mapped = std::all_of(groups.begin(), groups.begin() + 5, [](auto g) { return g == 0; }) && groups[5] == 0xffff;
    std::string out;
    const std::size_t last = mapped ? 6 : 8;
    for (std::size_t i = 0; i < last; ++i) {
        if (i == bestStart) {
            out += "::";
            i += bestLength - 1;
            continue;
        }
        if (!out.empty() && out.back() != ':') {
            out += ':';
        }
        std::array<char, 5> buffer{};
        auto *const end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), groups[i], 16).ptr;
        out.append(buffer.data(), end);
    }
    if (mapped) {
        out += ':' + quadToString(static_cast<std::uint32_t>(groups[6]) << 16 | groups[7]);
    }
    return out;
}

} // namespace

std::optional<IpAddress> IpAddress::parse(std::string_view text)
{
    if (text.find(':') == std::string_view::npos) {
        const auto quad = parseDottedQuad(text);
        return quad ? std::optional(fromV4(*quad)) : std::nullopt;
    }
    const auto bytes = parseV6(text);
    return bytes ? std::optional(fromV6(*bytes)) : std::nullopt;
}

IpAddress IpAddress::fromV4(std::uint32_t hostOrder)
{
    IpAddress address;
    for (std::size_t i = 0; i < 4; ++i) {
        address.m_bytes[i] = static_cast<std::uint8_t>(hostOrder >> (24 - 8 * i) & 0xff);
    }
    return address;
}

IpAddress IpAddress::fromV6(const std::array<std::uint8_t, 16> &networkOrder)
{
    IpAddress address;
    address.m_family = Family::v6;
    address.m_bytes = networkOrder;
    return address;
}

std::uint32_t IpAddress::toV4() const
{
    if (!isV4()) {
        return 0;
    }
    return static_cast<std::uint32_t>(m_bytes[0]) << 24 | static_cast<std::uint32_t>(m_bytes[1]) << 16 |
           static_cast<std::uint32_t>(m_bytes[2]) << 8 | m_bytes[3];
}

bool IpAddress::isUnspecified() const
{
    return std::all_of(m_bytes.begin(), m_bytes.end(), [](auto byte) { return byte == 0; });
}

bool IpAddress::isLoopback() const
{
    if (isV4()) {
        return m_bytes[0] == 127;
    }
    return std::all_of(m_bytes.begin(), m_bytes.end() - 1, [](auto byte) { return byte == 0; }) && m_bytes[15] == 1;
}

bool IpAddress::isLinkLocal() const
{
    return isV4() ? m_bytes[0] == 169 && m_bytes[1] == 254 : m_bytes[0] == 0xfe && (m_bytes[1] & 0xc0) == 0x80;
}

bool IpAddress::isMulticast() const { return isV4() ? (m_bytes[0] & 0xf0) == 0xe0 : m_bytes[0] == 0xff; }

bool IpAddress::isBroadcast() const { return isV4() && toV4() == 0xffffffff; }

bool IpAddress::isPrivate() const
{
    if (isV4()) {
        return m_bytes[0] == 10 || (m_bytes[0] == 172 && (m_bytes[1] & 0xf0) == 16) || (m_bytes[0] == 192 && m_bytes[1] == 168);
    }
    return (m_bytes[0] & 0xfe) == 0xfc;
}

std::string IpAddress::toString() const { return isV4() ? quadToString(toV4()) : v6ToString(m_bytes); }

Prefix::Prefix(IpAddress address, int length) : m_address(address), m_length(std::clamp(length, 0, address.width())) {}

std::optional<Prefix> Prefix::parse(std::string_view text)
{
    const auto slash = text.find('/');
    const auto address = IpAddress::parse(text.substr(0, slash));
    if (!address) {
        return std::nullopt;
    }
    if (slash == std::string_view::npos) {
        return Prefix(*address, address->width());
    }
    const auto digits = text.substr(slash + 1);
    int length = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), length);
    if (error != std::errc() || end != digits.data() + digits.size() || length < 0 || length > address->width() ||
        (digits.size() > 1 && digits.front() == '0')) {
        return std::nullopt;
    }
    return Prefix(*address, length);
}

IpAddress Prefix::network() const
{
    auto bytes = m_address.bytes();
    for (int i = 0; i < m_address.width() / 8; ++i) {
        const int kept = std::clamp(m_length - 8 * i, 0, 8);
        bytes[static_cast<std::size_t>(i)] &= static_cast<std::uint8_t>(0xff00 >> kept);
    }
    if (m_address.isV6()) {
        return IpAddress::fromV6(bytes);
    }
    return IpAddress::fromV4(static_cast<std::uint32_t>(bytes[0]) << 24 | static_cast<std::uint32_t>(bytes[1]) << 16 |
                             static_cast<std::uint32_t>(bytes[2]) << 8 | bytes[3]);
}

bool Prefix::contains(const IpAddress &address) const
{
    return address.family() == m_address.family() && Prefix(address, m_length).network() == network();
}

bool Prefix::overlaps(const Prefix &other) const
{
    return m_length <= other.m_length ? contains(other.m_address) : other.contains(m_address);
}

std::string Prefix::toString() const { return m_address.toString() + '/' + std::to_string(m_length); }

std::optional<MacAddress> MacAddress::parse(std::string_view text)
{
    // Every form is twelve digits; what differs is the separator and its distance.
    std::size_t distance = 12;
    if (text.size() == 17 && (text[2] == ':' || text[2] == '-')) {
        distance = 2;
    } else if (text.size() == 14 && text[4] == '.') {
        distance = 4;
    } else if (text.size() != 12) {
        return std::nullopt;
    }
    std::array<std::uint8_t, 6> bytes{};
    std::size_t digits = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (i % (distance + 1) == distance) {
            if (text[i] != text[distance]) {
                return std::nullopt;
            }
            continue;
        }
        const int digit = hexDigit(text[i]);
        if (digit < 0) {
            return std::nullopt;
        }
        bytes[digits / 2] = static_cast<std::uint8_t>(bytes[digits / 2] << 4 | digit);
        ++digits;
    }
    return MacAddress(bytes);
}

bool MacAddress::isZero() const
{
    return std::all_of(m_bytes.begin(), m_bytes.end(), [](auto byte) { return byte == 0; });
}

std::string MacAddress::toString() const
{
    std::array<char, 18> buffer{};
    std::snprintf(buffer.data(), buffer.size(), "%02x:%02x:%02x:%02x:%02x:%02x", m_bytes[0], m_bytes[1], m_bytes[2], m_bytes[3],
                  m_bytes[4], m_bytes[5]);
    return buffer.data();
}

} // namespace bothways::net
