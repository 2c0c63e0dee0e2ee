// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/address.h"

#include <compare>
#include <cstdint>
#include <optional>
#include <string_view>

/// The values that rules compare: every one is a number of up to 128 bits, so that addresses, ports, MAC addresses,
/// interface names (16 bytes, zero padded, as in the kernel's registers) and state bits share one kind of interval.
namespace bothways::filter {

struct Word {
    std::uint64_t high = 0;
    std::uint64_t low = 0;
    auto operator<=>(const Word &) const = default; // NOLINT(modernize-use-nullptr): clang-tidy 14 sees a 0 in it
};

enum class Truth : std::uint8_t { No, Yes, Unknown };

constexpr Word allBits{~std::uint64_t{0}, ~std::uint64_t{0}};

constexpr Word operator&(const Word &a, const Word &b) { return {a.high & b.high, a.low & b.low}; }
constexpr Word operator|(const Word &a, const Word &b) { return {a.high | b.high, a.low | b.low}; }
constexpr Word operator^(const Word &a, const Word &b) { return {a.high ^ b.high, a.low ^ b.low}; }
constexpr Word operator~(const Word &a) { return {~a.high, ~a.low}; }

/// By 0 to 128 bits.
constexpr Word operator<<(const Word &a, int bits)
{
    if (bits >= 64) {
        return {bits == 128 ? 0 : a.low << (bits - 64), 0};
    }
    return bits == 0 ? a : Word{a.high << bits | a.low >> (64 - bits), a.low << bits};
}
constexpr Word operator>>(const Word &a, int bits)
{
    if (bits >= 64) {
        return {0, bits == 128 ? 0 : a.high >> (bits - 64)};
    }
    return bits == 0 ? a : Word{a.high >> bits, a.low >> bits | a.high << (64 - bits)};
}
/// The lowest bits, 0 to 128 of them.
constexpr Word ones(int bits) { return ~(allBits << bits); }

/// Closed interval; a single value has first == last.
struct Interval {
    Word first;
    Word last;
    bool contains(const Word &value) const { return first <= value && value <= last; }
    auto operator<=>(const Interval &) const = default; // NOLINT(modernize-use-nullptr): the same
};

/// How a value is written, which names stand for numbers.
enum class Type : std::uint8_t {
    Integer,
    Ipv4Address,
    Ipv6Address,
    MacAddress,
    InterfaceName,  ///< a trailing "*" is a prefix
    InterfaceIndex, ///< written as a name; a bare number belongs to an interface that is gone
    Protocol,
    Service,
    IcmpType,
    IcmpCode,
    Icmpv6Type,
    Icmpv6Code,
    NfProtocol,
    EtherProtocol,
    CtState,
    TcpFlag,
    AddressType,
    Boolean, ///< exists or missing
    Dscp,
    Ecn,
    ArpOperation,
    PacketType,
    InterfaceType,
    CtDirection,
    CtStatus,
    IgmpType,
    DccpPacketType,
    Raw,    ///< a number of up to 128 bits
    Opaque, ///< values that no packet of the walk can be compared with: time, user, label
};

/// Reads one written value of the type: a name, a number (decimal or 0x), an address. Nothing if it is none.
std::optional<Interval> readScalar(Type type, std::string_view text);
/// "addr/length"; of `bits` bits, or as many as the type has.
std::optional<Interval> readPrefix(Type type, std::string_view address, int length, int bits = 0);
/// Decimal or 0x..., the whole text, at most 64 bits.
std::optional<std::uint64_t> readNumber(std::string_view text);
/// The same of up to 128 bits if it is hexadecimal.
std::optional<Word> readWord(std::string_view text);

bool isBitField(Type type); ///< several values may be set at once: states, flags
int width(Type type);       ///< in bits
Word fromAddress(const net::IpAddress &address);
Word fromMac(const net::MacAddress &mac);
Word fromName(std::string_view interfaceName); ///< at most 15 characters count, as IFNAMSIZ demands

/// The name of a number where the type has names, for showing what matched. Empty: none.
std::string_view nameOf(Type type, std::uint64_t number);

} // namespace bothways::filter
