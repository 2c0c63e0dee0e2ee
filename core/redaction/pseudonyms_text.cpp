// SPDX-License-Identifier: GPL-3.0-or-later
// What of a running text is an address or a name, and in which forms.
#include "redaction/pseudonyms.h"

#include "words/text.h"

#include <QRegularExpression>

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace bothways::redaction {

using namespace Qt::Literals::StringLiterals;

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

QByteArray bytesOf(const net::IpAddress &address)
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

QByteArray bytesOf(const net::MacAddress &mac)
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
    const auto bytes = bytesOf(address);
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
        m_forms.insert(hex(bytesOf(mac)), hex(bytesOf(of(mac))));
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
        digits = hex(bytesOf(of(net::IpAddress::fromV6(bytes)))).toLatin1();
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
