// SPDX-License-Identifier: GPL-3.0-or-later
#include "redaction/pseudonyms.h"

#include "words/text.h"

#include <QCryptographicHash>
#include <QRegularExpression>

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

// What of a running text is an address or a name, and in which forms.

namespace {

constexpr std::size_t mostKnown = 20'000; ///< addresses of each kind; evidence may come from anybody

/// An SSID may have any letters in it: up to its closing quote, or to the end of a line that begins with the word. In the middle
/// of a line and without quotes it is one word, for what follows may be a rule.
const std::array<QRegularExpression, 4> &ssids()
{
    constexpr auto options = QRegularExpression::CaseInsensitiveOption | QRegularExpression::MultilineOption;
    static const std::array<QRegularExpression, 4> patterns{
        QRegularExpression(u"^([ \\t]*[a-z]?ssid(?:[ \\t]*[:=][ \\t]*|[ \\t]+))([^\"'\\s:=][^\\n]*)"_s, options),
        QRegularExpression(u"([a-z]?ssid\\\\?\"?[ \\t]*[:=]?[ \\t]*\\\\?\")([^\"\\\\\\n]+)"_s, options),
        QRegularExpression(u"([a-z]?ssid'?[ \\t]*[:=]?[ \\t]*')([^'\\n]+)"_s, options),
        QRegularExpression(u"([a-z]?ssid[ \\t]*[:=][ \\t]*)([^\"'\\s,\\\\]+)"_s, options)};
    return patterns;
}

const QRegularExpression &home()
{
    static const QRegularExpression pattern(u"((?:/home/|/Users/|\\\\Users\\\\+))([^/\\\\\\s\"':]+)"_s);
    return pattern;
}

QString hex(const QByteArray &bytes) { return QString::fromLatin1(bytes.toHex()); }

QByteArray writtenBytes(const net::IpAddress &address)
{
    QByteArray bytes;
    if (address.isV4()) {
        for (int shift = 24; shift >= 0; shift -= 8) {
            bytes.append(static_cast<char>(address.toV4() >> shift & 0xFFU));
        }
        return bytes;
    }
    for (const auto byte : address.bytes()) {
        bytes.append(static_cast<char>(byte));
    }
    return bytes;
}

QByteArray writtenBytes(const net::MacAddress &mac)
{
    QByteArray bytes;
    for (const auto byte : mac.bytes()) {
        bytes.append(static_cast<char>(byte));
    }
    return bytes;
}

/// Without separators, as kernels and raw rules have it: hexadecimal and decimal, in either order of bytes.
QStringList formsOf(const net::IpAddress &address)
{
    const auto bytes = writtenBytes(address);
    if (!address.isV4()) {
        return {hex(bytes)};
    }
    QByteArray turned = bytes;
    std::reverse(turned.begin(), turned.end());
    return {hex(bytes), hex(turned), QString::number(address.toV4()), QString::number(turned.toHex().toUInt(nullptr, 16))};
}

/// What looks like an address of any kind.
const QRegularExpression &written()
{
    static const QRegularExpression pattern(
        u"(?<![0-9A-Fa-f:-])[0-9A-Fa-f]{2}(?:([:-])[0-9A-Fa-f]{2})(?:\\1[0-9A-Fa-f]{2}){4}(?![0-9A-Fa-f:-])"
        "|(?<![0-9A-Fa-f.])[0-9A-Fa-f]{4}\\.[0-9A-Fa-f]{4}\\.[0-9A-Fa-f]{4}(?![0-9A-Fa-f.])"
        "|(?<![0-9A-Za-z:])(?:[0-9A-Fa-f]{0,4}:){2,7}[0-9A-Fa-f.]*(?![0-9A-Za-z:])"
        "|[0-9A-Za-z.-]*[0-9]{1,3}[.-][0-9]{1,3}[.-][0-9]{1,3}[.-][0-9]{1,3}[0-9A-Za-z.-]*"_s);
    return pattern;
}

std::optional<net::MacAddress> macOf(const QString &token)
{
    // Some systems leave out leading zeros.
    const auto parts = token.split(u':');
    QStringList whole;
    for (const auto &part : parts) {
        whole << part.rightJustified(2, u'0');
    }
    const bool plain = parts.size() == 6 && !parts.contains(QString());
    return net::MacAddress::parse((plain ? whole.join(u':') : token).toStdString());
}

/// The text with what `change` makes of each match of `pattern`; a match of which it makes nothing stays.
template <typename Change>
QString replaced(const QString &text, const QRegularExpression &pattern, const Change &change)
{
    QString result;
    qsizetype done = 0;
    for (auto found = pattern.globalMatch(text); found.hasNext();) {
        const auto match = found.next();
        if (const std::optional<QString> instead = change(match)) {
            result += text.mid(done, match.capturedStart() - done) + *instead;
            done = match.capturedEnd();
        }
    }
    return result + text.mid(done);
}

} // namespace

void Pseudonyms::learnNetworks(const QString &text)
{
    static const QRegularExpression network(u"([0-9a-fA-F:.]{2,45})/([0-9]{1,3})(?![0-9.])"_s);
    static const QRegularExpression inJson(u"\"addr\"\\s*:\\s*\"([0-9a-fA-F:.]+)\"\\s*,\\s*\"len\"\\s*:\\s*([0-9]+)"_s);
    static const QRegularExpression range(u"([0-9a-fA-F:.]{2,45})(?:-|\"\\s*,\\s*\")([0-9a-fA-F:.]{2,45})"_s);
    for (const auto *pattern : {&network, &inJson}) {
        for (auto found = pattern->globalMatch(text); found.hasNext();) {
            const auto match = found.next();
            const auto written = match.captured(1) + u'/' + match.captured(2);
            if (const auto parsed = net::Prefix::parse(written.toStdString())) {
                keepNetwork(*parsed);
            }
        }
    }
    for (auto found = range.globalMatch(text); found.hasNext();) {
        const auto match = found.next();
        const auto first = net::IpAddress::parse(match.captured(1).toStdString());
        const auto last = net::IpAddress::parse(match.captured(2).toStdString());
        // Two addresses beside each other in a list look the same: then they only keep more than they must.
        if (first && last && match.captured(0).contains(u'-')) {
            keepRange(*first, *last);
        }
    }
    static const QRegularExpression rangeInJson(u"\"range\"\\s*:\\s*\\[\\s*\"([0-9a-fA-F:.]+)\"\\s*,\\s*\"([0-9a-fA-F:.]+)\""_s);
    for (auto found = rangeInJson.globalMatch(text); found.hasNext();) {
        const auto match = found.next();
        const auto first = net::IpAddress::parse(match.captured(1).toStdString());
        const auto last = net::IpAddress::parse(match.captured(2).toStdString());
        if (first && last) {
            keepRange(*first, *last);
        }
    }
}

void Pseudonyms::learn(const QString &text)
{
    learnNetworks(text);
    for (auto found = home().globalMatch(text); found.hasNext();) {
        addName(found.next().captured(2), u"user"_s);
    }
    QString rest = text;
    for (const auto &pattern : ssids()) {
        for (auto found = pattern.globalMatch(rest); found.hasNext();) {
            addName(found.next().captured(2), u"network"_s);
        }
        rest.remove(pattern);
    }
    static const QRegularExpression user(
        u"(?:\\b(?:user(?:name)?|login|logname)=|\\b(?:skuid|uid-owner)[ !=]+)\"?([A-Za-z_][A-Za-z0-9_.-]*)"_s,
        QRegularExpression::CaseInsensitiveOption);
    for (auto found = user.globalMatch(text); found.hasNext();) {
        addName(found.next().captured(1), u"user"_s);
    }
    static const QRegularExpression place(u"://(?:([^/@\\s:]+)(?::[^/@\\s]*)?@)?([A-Za-z][A-Za-z0-9.-]*)(?=[/:\\s]|$)"_s);
    for (auto found = place.globalMatch(text); found.hasNext();) {
        const auto match = found.next();
        addName(match.captured(1), u"user"_s);
        addHostName(match.captured(2));
    }
    for (auto found = written().globalMatch(text); found.hasNext();) {
        const auto token = found.next().captured(0);
        if (const auto mac = macOf(token); mac && token.size() >= 11) {
            know(*mac);
        } else if (const auto address = net::IpAddress::parse(token.toStdString())) {
            know(*address);
        }
    }
}

void Pseudonyms::know(const net::IpAddress &address)
{
    if (m_known.size() < mostKnown && of(address) != address) {
        m_known.insert(address);
    }
}

void Pseudonyms::know(const net::MacAddress &mac)
{
    if (m_knownMacs.size() < mostKnown && of(mac) != mac) {
        m_knownMacs.insert(mac);
    }
}

void Pseudonyms::finish()
{
    for (const auto &address : m_known) {
        const auto from = formsOf(address);
        const auto to = formsOf(of(address));
        for (qsizetype i = 0; i < from.size(); ++i) {
            m_forms.insert(from.at(i), to.at(i));
        }
    }
    for (const auto &mac : m_knownMacs) {
        m_forms.insert(hex(writtenBytes(mac)), hex(writtenBytes(of(mac))));
    }
}

QString Pseudonyms::name(const QString &name) const
{
    const auto known = m_names.constFind(name.trimmed());
    return known == m_names.constEnd() ? of(name) : *known;
}

QString Pseudonyms::names(QString text) const
{
    for (const auto &name : m_order) {
        if (text.contains(name, Qt::CaseInsensitive)) {
            const QRegularExpression whole(u"(?<![0-9A-Za-z_])%1(?![0-9A-Za-z_])"_s.arg(QRegularExpression::escape(name)),
                                           QRegularExpression::CaseInsensitiveOption);
            text.replace(whole, m_names.value(name));
        }
    }
    static const QRegularExpression uuid(u"\\b[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\\b"_s);
    text.replace(home(), u"\\1user"_s);
    for (const auto &pattern : ssids()) {
        text.replace(pattern, u"\\1network"_s);
    }
    text.replace(uuid, u"00000000-0000-4000-8000-000000000000"_s);
    return text;
}

/// A word that may be an address, or have some in it: "10.0.0.5:80", "ip-10-0-0-5.example".
QString Pseudonyms::token(const QString &token) const
{
    if (const auto mac = macOf(token); mac && token.size() >= 11) {
        auto changed = bothways::text(of(*mac).toString());
        if (token.contains(u'.')) {
            changed.remove(u':').insert(8, u'.').insert(4, u'.');
        }
        return token.contains(u'-') ? changed.replace(u':', u'-') : changed;
    }
    if (const auto address = net::IpAddress::parse(token.toStdString())) {
        return bothways::text(of(*address).toString());
    }
    static const QRegularExpression four(u"(?<![0-9])([0-9]{1,3})([.-])([0-9]{1,3})\\2([0-9]{1,3})\\2([0-9]{1,3})(?![0-9])"_s);
    return replaced(token, four, [this](const QRegularExpressionMatch &match) -> std::optional<QString> {
        const QStringList parts{match.captured(1), match.captured(3), match.captured(4), match.captured(5)};
        const auto address = net::IpAddress::parse(parts.join(u'.').toStdString());
        if (!address) {
            return {};
        }
        return bothways::text(of(*address).toString()).replace(u'.', match.captured(2));
    });
}

QString Pseudonyms::addresses(const QString &text) const
{
    return replaced(text, written(), [this](const auto &match) { return std::optional(token(match.captured(0))); });
}

/// Those that are known, written without separators.
QString Pseudonyms::bare(const QString &text) const
{
    static const QRegularExpression digits(u"(?<![0-9A-Za-z_])(0[xX])?([0-9A-Fa-f]{8,32})(?![0-9A-Za-z_])"_s);
    return replaced(text, digits, [this](const QRegularExpressionMatch &match) -> std::optional<QString> {
        const auto known = m_forms.constFind(match.captured(2).toLower());
        if (known == m_forms.constEnd()) {
            return {};
        }
        const bool upper = match.captured(2) == match.captured(2).toUpper();
        return match.captured(1) + (upper ? known->toUpper() : *known);
    });
}

/// In the tree ip6.arpa: each nibble and a dot, last first (RFC 3596, 2.5).
QString Pseudonyms::nibbles(const QString &text) const
{
    static const QRegularExpression reverse(u"(?<![0-9A-Fa-f.])(?:[0-9A-Fa-f]\\.){32}(?=ip6\\.arpa)"_s);
    return replaced(text, reverse, [this](const QRegularExpressionMatch &match) {
        QByteArray digits = match.captured(0).remove(u'.').toLatin1();
        std::reverse(digits.begin(), digits.end());
        const auto address = QByteArray::fromHex(digits);
        std::array<std::uint8_t, 16> bytes{};
        std::copy(address.begin(), address.end(), bytes.begin());
        digits = hex(writtenBytes(of(net::IpAddress::fromV6(bytes)))).toLatin1();
        std::reverse(digits.begin(), digits.end());
        QString instead;
        for (const char digit : std::as_const(digits)) {
            instead += QLatin1Char(digit) + QString(u'.');
        }
        return std::optional(instead);
    });
}

QString Pseudonyms::of(const QString &text) const { return bare(nibbles(addresses(names(text)))); }

} // namespace bothways::redaction
