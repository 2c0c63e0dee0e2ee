// SPDX-License-Identifier: GPL-3.0-or-later
#include "filter/packet/value.h"

#include "filter/packet/value_names.h"

#include <charconv>
#include <string>

namespace bothways::filter {
namespace {

constexpr std::size_t longestInterfaceName = 15; // IFNAMSIZ without its terminating zero

void setByte(Word &word, std::size_t index, std::uint8_t byte)
{
    auto &half = index < 8 ? word.high : word.low;
    half |= std::uint64_t{byte} << (8 * (7 - index % 8));
}

Word nameWord(std::string_view text)
{
    Word word;
    for (std::size_t i = 0; i < text.size(); ++i) {
        setByte(word, i, static_cast<std::uint8_t>(text[i]));
    }
    return word;
}

std::optional<Interval> readInterface(std::string_view text, bool wildcard)
{
    bool prefix = false;
    std::string plain(text);
    if (wildcard && plain.size() >= 2 && plain.ends_with("\\*")) {
        plain.erase(plain.size() - 2, 1);
    } else if (wildcard && plain.ends_with('*')) {
        plain.pop_back();
        prefix = true;
    }
    if (plain.size() > longestInterfaceName || (plain.empty() && !prefix)) {
        return std::nullopt;
    }
    Interval interval{nameWord(plain), nameWord(plain)};
    if (prefix) {
        for (std::size_t i = plain.size(); i < 16; ++i) {
            setByte(interval.last, i, 0xff);
        }
    }
    return interval;
}

std::optional<Interval> readAddress(std::string_view text, net::Family family)
{
    const auto address = net::IpAddress::parse(text);
    if (!address || address->family() != family) {
        return std::nullopt;
    }
    const auto word = fromAddress(*address);
    return Interval{word, word};
}

} // namespace

std::optional<std::uint64_t> readNumber(std::string_view text)
{
    int base = 10;
    if (text.starts_with("0x") || text.starts_with("0X")) {
        text.remove_prefix(2);
        base = 16;
    }
    std::uint64_t number = 0;
    const auto *end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, number, base);
    if (text.empty() || error != std::errc{} || stop != end) {
        return std::nullopt;
    }
    return number;
}

std::optional<Word> readWord(std::string_view text)
{
    constexpr std::size_t digits = 16; // of 64 bits
    if (!text.starts_with("0x") || text.size() <= 2 + digits) {
        const auto number = readNumber(text);
        return number ? std::optional(Word{0, *number}) : std::nullopt;
    }
    text.remove_prefix(2);
    if (text.size() > 2 * digits) {
        return std::nullopt;
    }
    const auto high = readNumber("0x" + std::string(text.substr(0, text.size() - digits)));
    const auto low = readNumber("0x" + std::string(text.substr(text.size() - digits)));
    return high && low ? std::optional(Word{*high, *low}) : std::nullopt;
}

std::optional<Interval> readScalar(Type type, std::string_view text)
{
    switch (type) {
    case Type::Ipv4Address:
        return readAddress(text, net::Family::v4);
    case Type::Ipv6Address:
        return readAddress(text, net::Family::v6);
    case Type::MacAddress:
        if (const auto mac = net::MacAddress::parse(text)) {
            return Interval{fromMac(*mac), fromMac(*mac)};
        }
        return std::nullopt;
    case Type::InterfaceIndex:
        if (text == "0") {
            return Interval{}; // no interface
        }
        return readInterface(text, false);
    case Type::InterfaceName:
        return readInterface(text, true);
    case Type::Opaque:
        return Interval{Word{}, allBits};
    case Type::Raw:
        if (const auto word = readWord(text)) {
            return Interval{*word, *word};
        }
        return std::nullopt;
    default:
        break;
    }
    auto number = readNumber(text);
    if (!number) {
        number = numberOf(type, text);
    }
    if (!number || (width(type) < 64 && (*number >> width(type)) != 0)) {
        return std::nullopt;
    }
    return Interval{{0, *number}, {0, *number}};
}

std::optional<Interval> readPrefix(Type type, std::string_view address, int length, int bits)
{
    const auto full = bits > 0 ? bits : width(type);
    const auto point = readScalar(type, address);
    if (!point || type == Type::Opaque || point->first != point->last || length < 0 || length > full) {
        return std::nullopt;
    }
    const auto host = ones(full - length); // the bits behind the prefix
    return Interval{point->first & ~host, (point->first & ~host) | host};
}

bool isBitField(Type type) { return type == Type::CtState || type == Type::TcpFlag || type == Type::CtStatus; }

int width(Type type)
{
    switch (type) {
    case Type::Ipv6Address:
    case Type::InterfaceName:
    case Type::InterfaceIndex:
    case Type::Raw:
    case Type::Opaque:
        return 128;
    case Type::MacAddress:
        return 48;
    case Type::Service:
    case Type::EtherProtocol:
    case Type::ArpOperation:
    case Type::InterfaceType:
        return 16;
    case Type::Protocol:
    case Type::IcmpType:
    case Type::IcmpCode:
    case Type::Icmpv6Type:
    case Type::Icmpv6Code:
    case Type::NfProtocol:
    case Type::TcpFlag:
    case Type::Boolean:
    case Type::PacketType:
    case Type::CtDirection:
    case Type::IgmpType:
    case Type::DccpPacketType:
        return 8;
    case Type::Dscp:
        return 6;
    case Type::Ecn:
        return 2;
    default:
        return 32;
    }
}

Word fromAddress(const net::IpAddress &address)
{
    if (address.isV4()) {
        return {0, address.toV4()};
    }
    Word word;
    for (std::size_t i = 0; i < 16; ++i) {
        setByte(word, i, address.bytes()[i]);
    }
    return word;
}

Word fromMac(const net::MacAddress &mac)
{
    Word word;
    for (const auto byte : mac.bytes()) {
        word.low = (word.low << 8) | byte;
    }
    return word;
}

Word fromName(std::string_view interfaceName) { return nameWord(interfaceName.substr(0, longestInterfaceName)); }

} // namespace bothways::filter
