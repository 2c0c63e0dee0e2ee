// SPDX-License-Identifier: GPL-3.0-or-later
#include "redaction/pseudonyms.h"

#include "words/text.h"

#include <QCryptographicHash>

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace bothways::redaction {

using namespace Qt::Literals::StringLiterals;

namespace {

using Bytes = std::array<std::uint8_t, 16>;

constexpr int shortestName = 3;
constexpr std::size_t mostNetworks = 20'000; ///< learnt; evidence may come from anybody

net::Prefix prefix(const char *text) { return net::Prefix::parse(text).value_or(net::Prefix()); }

/// Addresses that mean the same everywhere (RFC 6890): they stay.
const std::vector<net::Prefix> &universal()
{
    static const std::vector<net::Prefix> list{prefix("0.0.0.0/8"), prefix("127.0.0.0/8"), prefix("224.0.0.0/3"), prefix("::/64"),
                                               prefix("ff00::/8")};
    return list;
}

/// Kinds of addresses: whatever lies in one stays in it.
const std::vector<net::Prefix> &kinds()
{
    static const std::vector<net::Prefix> list{prefix("10.0.0.0/8"),     prefix("172.16.0.0/12"), prefix("192.168.0.0/16"),
                                               prefix("169.254.0.0/16"), prefix("100.64.0.0/10"), prefix("fe80::/64"),
                                               prefix("fc00::/7"),       prefix("2000::/3")};
    return list;
}

bool bitOf(const Bytes &bytes, int index) { return ((bytes[static_cast<std::size_t>(index / 8)] >> (7 - index % 8)) & 1U) != 0; }

void setBit(Bytes &bytes, int index, bool value)
{
    const auto mask = static_cast<std::uint8_t>(1U << (7 - index % 8));
    auto &byte = bytes[static_cast<std::size_t>(index / 8)];
    byte = static_cast<std::uint8_t>(value ? byte | mask : byte & ~mask);
}

/// IPv4 in the first four bytes, as IPv6 in all sixteen.
Bytes bytesOf(const net::IpAddress &address)
{
    if (address.isV6()) {
        return address.bytes();
    }
    Bytes result{};
    for (std::size_t i = 0; i < 4; ++i) {
        result[i] = static_cast<std::uint8_t>(address.toV4() >> (24 - 8 * i));
    }
    return result;
}

net::IpAddress addressOf(const Bytes &bytes, net::Family family)
{
    if (family == net::Family::v6) {
        return net::IpAddress::fromV6(bytes);
    }
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < 4; ++i) {
        value = (value << 8U) | bytes[i];
    }
    return net::IpAddress::fromV4(value);
}

/// A position in the tree: the family, how many bits, and these bits.
QByteArray position(Bytes bytes, int length, net::Family family)
{
    for (int i = length; i < 128; ++i) {
        setBit(bytes, i, false);
    }
    QByteArray key;
    key.append(family == net::Family::v6 ? '6' : '4');
    key.append(static_cast<char>(length));
    for (const auto byte : bytes) {
        key.append(static_cast<char>(byte));
    }
    return key;
}

bool within(const std::vector<net::Prefix> &list, const net::IpAddress &address)
{
    return std::any_of(list.begin(), list.end(), [&](const auto &item) { return item.contains(address); });
}

/// Made from a MAC (RFC 4291, appendix A).
bool isEui64(const Bytes &bytes) { return bytes[11] == 0xff && bytes[12] == 0xfe; }

/// ff02::1:ffXX:XXXX ends as the address does that it is asked for (RFC 4291, 2.7.1), and so does its MAC 33:33:ff:XX:XX:XX.
bool isSolicitedNode(const Bytes &bytes)
{
    return bytes[0] == 0xff && bytes[1] == 0x02 && bytes[11] == 0x01 && bytes[12] == 0xff;
}

/// An IPv4 address written as one of IPv6: ::ffff:10.0.0.1, or ::10.0.0.1 (RFC 4291, 2.5.5).
std::optional<net::IpAddress> embedded(const Bytes &bytes)
{
    const bool zeros = std::all_of(bytes.begin(), bytes.begin() + 10, [](auto byte) { return byte == 0; });
    const bool mapped = bytes[10] == 0xff && bytes[11] == 0xff;
    const bool compatible = bytes[10] == 0 && bytes[11] == 0 && (bytes[12] != 0 || bytes[13] != 0);
    if (!zeros || (!mapped && !compatible)) {
        return std::nullopt;
    }
    std::uint32_t value = 0;
    for (std::size_t i = 12; i < 16; ++i) {
        value = (value << 8U) | bytes[i];
    }
    return net::IpAddress::fromV4(value);
}

bool isWordOfRules(const QString &name)
{
    static const QSet<QString> words{
        u"input"_s,  u"output"_s,  u"forward"_s, u"prerouting"_s,  u"postrouting"_s, u"accept"_s,  u"drop"_s,     u"reject"_s,
        u"return"_s, u"jump"_s,    u"goto"_s,    u"filter"_s,      u"nat"_s,         u"raw"_s,     u"mangle"_s,   u"security"_s,
        u"icmp"_s,   u"icmpv6"_s,  u"tcp"_s,     u"udp"_s,         u"inet"_s,        u"bridge"_s,  u"arp"_s,      u"netdev"_s,
        u"ip6"_s,    u"table"_s,   u"chain"_s,   u"rule"_s,        u"type"_s,        u"hook"_s,    u"prio"_s,     u"policy"_s,
        u"match"_s,  u"left"_s,    u"right"_s,   u"payload"_s,     u"meta"_s,        u"counter"_s, u"state"_s,    u"set"_s,
        u"map"_s,    u"mark"_s,    u"name"_s,    u"family"_s,      u"handle"_s,      u"expr"_s,    u"host"_s,     u"guest"_s,
        u"linux"_s,  u"windows"_s, u"default"_s, u"established"_s, u"related"_s,     u"new"_s,     u"invalid"_s,  u"localhost"_s,
        u"eth0"_s,   u"docker"_s,  u"libvirt"_s, u"firewalld"_s,   u"packets"_s,     u"bytes"_s,   u"protocol"_s, u"field"_s};
    return words.contains(name.toLower());
}

} // namespace

Pseudonyms::Pseudonyms(QByteArray key) : m_key(std::move(key))
{
    const auto hash = QCryptographicHash::hash(m_key + "mac", QCryptographicHash::Sha256);
    for (std::size_t i = 0; i < m_macKey.size(); ++i) {
        m_macKey[i] = static_cast<std::uint8_t>(static_cast<std::uint8_t>(hash.at(static_cast<qsizetype>(i))) | 1U);
    }
    for (const auto *list : {&universal(), &kinds()}) {
        for (const auto &item : *list) {
            const auto bytes = bytesOf(item.network());
            for (int length = 0; length < item.length(); ++length) {
                m_fixed.insert(position(bytes, length, item.address().family()));
            }
        }
    }
}

void Pseudonyms::keepNetwork(const net::Prefix &network)
{
    const auto family = network.address().family();
    const int width = network.address().width();
    if (static_cast<std::size_t>(m_fixed.size()) > mostNetworks * 64 || network.length() >= width) {
        return;
    }
    auto first = bytesOf(network.network());
    auto last = first;
    for (int bit = network.length(); bit < width; ++bit) {
        setBit(last, bit, true);
    }
    for (int length = network.length(); length < width; ++length) {
        m_fixed.insert(position(first, length, family));
        m_fixed.insert(position(last, length, family));
    }
}

void Pseudonyms::keepRange(const net::IpAddress &first, const net::IpAddress &last)
{
    if (first.family() != last.family() || m_fixedBelow.size() > mostNetworks) {
        return;
    }
    const auto a = bytesOf(first);
    const auto b = bytesOf(last);
    int common = 0;
    while (common < first.width() && bitOf(a, common) == bitOf(b, common)) {
        ++common;
    }
    m_fixedBelow.emplace_back(first, common);
}

void Pseudonyms::addHostName(const QString &name)
{
    addName(name, u"host"_s);
    const auto dot = name.indexOf(u'.');
    if (dot > 0 && !net::IpAddress::parse(name.trimmed().toStdString())) {
        addName(name.left(dot), u"host"_s);
        addName(name.mid(dot + 1), u"domain"_s);
    }
}

void Pseudonyms::addName(const QString &name, const QString &kind)
{
    const auto trimmed = name.trimmed();
    if (trimmed.isEmpty() || m_names.contains(trimmed) || net::IpAddress::parse(trimmed.toStdString())) {
        return;
    }
    m_names.insert(trimmed, kind + QString::number(++m_counted[kind]));
    if (trimmed.size() >= shortestName && !isWordOfRules(trimmed)) {
        m_order.push_back(trimmed);
        std::sort(m_order.begin(), m_order.end(),
                  [](const auto &a, const auto &b) { return a.size() > b.size() || (a.size() == b.size() && a < b); });
    }
}

bool Pseudonyms::isFixed(const net::IpAddress &address, int length) const
{
    return m_fixed.contains(position(bytesOf(address), length, address.family())) ||
           std::any_of(m_fixedBelow.begin(), m_fixedBelow.end(),
                       [&](const auto &item) { return length >= item.length() && item.contains(address); });
}

net::IpAddress Pseudonyms::of(const net::IpAddress &address) const
{
    const auto from = bytesOf(address);
    auto to = from;
    if (const auto inside = address.isV6() ? embedded(from) : std::nullopt) {
        const auto changed = bytesOf(of(*inside));
        std::copy(changed.begin(), changed.begin() + 4, to.begin() + 12);
        return addressOf(to, address.family());
    }
    if (address.isV6() && isSolicitedNode(from)) {
        for (std::size_t i = 0; i < m_macKey.size(); ++i) {
            to[13 + i] = static_cast<std::uint8_t>(from[13 + i] ^ m_macKey[i]);
        }
        return addressOf(to, address.family());
    }
    if (within(universal(), address)) {
        return address;
    }
    const bool eui = address.isV6() && isEui64(from);
    const int width = eui ? 64 : address.width();
    bool flipped = false;
    for (int length = 0; length < width; ++length) {
        if (isFixed(address, length)) {
            continue;
        }
        // The first that may be flipped is: so no address stays what it was.
        const auto hash = QCryptographicHash::hash(m_key + position(from, length, address.family()), QCryptographicHash::Sha256);
        if (!flipped || (static_cast<std::uint8_t>(hash.at(0)) & 1U) != 0) {
            setBit(to, length, !bitOf(from, length));
        }
        flipped = true;
    }
    for (std::size_t i = 0; eui && i < m_macKey.size(); ++i) {
        to[13 + i] = static_cast<std::uint8_t>(from[13 + i] ^ m_macKey[i]);
    }
    return addressOf(to, address.family());
}

net::Prefix Pseudonyms::of(const net::Prefix &prefix) const { return {of(prefix.address()), prefix.length()}; }

net::MacAddress Pseudonyms::of(const net::MacAddress &mac) const
{
    auto bytes = mac.bytes();
    const bool solicited = bytes[0] == 0x33 && bytes[1] == 0x33 && bytes[2] == 0xff;
    if (mac.isZero() || (mac.isMulticast() && !solicited)) {
        return mac;
    }
    for (std::size_t i = 0; i < m_macKey.size(); ++i) {
        bytes[3 + i] = static_cast<std::uint8_t>(bytes[3 + i] ^ m_macKey[i]);
    }
    return net::MacAddress(bytes);
}

} // namespace bothways::redaction
