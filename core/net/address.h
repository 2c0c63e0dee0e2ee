// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace bothways::net {

enum class Family : std::uint8_t { v4, v6 };

/// An IPv4 or IPv6 address without scope. Bytes are kept in network order; an IPv4 address uses the first four.
/// Value type, no I/O. Text forms: RFC 791 dotted quad (no octal, no short forms) and RFC 4291; printed after RFC 5952.
class IpAddress {
public:
    IpAddress() = default; ///< 0.0.0.0
    /// Total: any text gives an address or nothing. A scope ("%eth0") is refused: the interface is passed separately.
    static std::optional<IpAddress> parse(std::string_view text);
    static IpAddress fromV4(std::uint32_t hostOrder);
    static IpAddress fromV6(const std::array<std::uint8_t, 16> &networkOrder);

    Family family() const { return m_family; }
    bool isV4() const { return m_family == Family::v4; }
    bool isV6() const { return m_family == Family::v6; }
    /// Width in bits: 32 or 128.
    int width() const { return isV4() ? 32 : 128; }
    std::uint32_t toV4() const; ///< host order; 0 for an IPv6 address
    const std::array<std::uint8_t, 16> &bytes() const { return m_bytes; }

    bool isUnspecified() const;
    bool isLoopback() const;
    bool isLinkLocal() const; ///< 169.254.0.0/16 (RFC 3927), fe80::/10
    bool isMulticast() const;
    bool isBroadcast() const; ///< 255.255.255.255 only
    bool isPrivate() const;   ///< RFC 1918, RFC 4193

    std::string toString() const;
    auto operator<=>(const IpAddress &) const = default; // NOLINT(modernize-use-nullptr): clang-tidy 14 sees a 0 here

private:
    Family m_family = Family::v4;
    std::array<std::uint8_t, 16> m_bytes{};
};

/// An address with a prefix length, as an interface carries it: host bits are kept.
class Prefix {
public:
    Prefix() = default; ///< 0.0.0.0/0
    Prefix(IpAddress address, int length);
    /// "10.0.0.1/24"; a bare address is a host prefix.
    static std::optional<Prefix> parse(std::string_view text);

    const IpAddress &address() const { return m_address; }
    int length() const { return m_length; }
    IpAddress network() const;
    bool contains(const IpAddress &address) const;
    bool overlaps(const Prefix &other) const;
    std::string toString() const;
    auto operator<=>(const Prefix &) const = default;

private:
    IpAddress m_address;
    int m_length = 0;
};

/// A 48-bit Ethernet address.
class MacAddress {
public:
    MacAddress() = default;
    explicit MacAddress(const std::array<std::uint8_t, 6> &bytes) : m_bytes(bytes) {}
    /// Accepts "52:54:00:aa:bb:cc", "52-54-00-aa-bb-cc", "5254.00aa.bbcc" and "525400AABBCC".
    static std::optional<MacAddress> parse(std::string_view text);

    const std::array<std::uint8_t, 6> &bytes() const { return m_bytes; }
    bool isZero() const;
    bool isMulticast() const { return (m_bytes[0] & 0x01) != 0; }
    bool isLocallyAdministered() const { return (m_bytes[0] & 0x02) != 0; }
    std::string toString() const;                         ///< lower case, colons
    auto operator<=>(const MacAddress &) const = default; // NOLINT(modernize-use-nullptr): likewise

private:
    std::array<std::uint8_t, 6> m_bytes{};
};

} // namespace bothways::net
