// SPDX-License-Identifier: GPL-3.0-or-later
#include "comparison/comparison.h"
#include "conclusion/conclusion.h"
#include "evidence/session_file.h"
#include "redaction/redaction.h"
#include "report/writers.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <vector>

using namespace bothways;
using namespace Qt::Literals::StringLiterals;

namespace {

/// The recorded sessions, the evidence of each.
const std::vector<QJsonObject> &bases()
{
    static const auto all = [] {
        std::vector<QJsonObject> read;
        const QDir folder(QStringLiteral(BOTHWAYS_DEMOS));
        for (const auto &name : folder.entryList({u"*.bothways"_s}, QDir::Files, QDir::Name)) {
            if (const auto evidence = evidence::load(folder.filePath(name))) {
                read.push_back(QJsonDocument::fromJson(evidence::toJson(*evidence)).object()[u"evidence"_s].toObject());
            }
        }
        return read;
    }();
    return all;
}

/// Numbers taken from the input; 0 when it is used up.
class Choices {
public:
    Choices(const std::uint8_t *data, std::size_t size) : m_at(data), m_end(data + size) {}
    bool areLeft() const { return m_at != m_end; }
    std::size_t below(std::size_t limit)
    {
        const std::size_t first = areLeft() ? *m_at++ : 0;
        const std::size_t second = limit > 256 && areLeft() ? *m_at++ : 0;
        return limit == 0 ? 0 : (first * 256 + second) % limit;
    }

private:
    const std::uint8_t *m_at;
    const std::uint8_t *m_end;
};

/// A text of the same shape, as an address that is none is refused at once.
QString otherText(const QString &text, Choices &choices)
{
    static const QStringList addresses{u"192.168.122.1"_s, u"192.168.122.225"_s, u"0.0.0.0"_s, u"255.255.255.255"_s,
                                       u"224.0.0.1"_s,     u"127.0.0.1"_s,       u"::"_s,      u"fe80::1"_s,
                                       u"ff02::1"_s,       u"fd00::5"_s};
    static const QStringList prefixes{u"0.0.0.0/0"_s, u"::/0"_s, u"192.168.122.0/24"_s, u"10.0.0.1/32"_s, u"fe80::/64"_s};
    static const QStringList macs{u"00:00:00:00:00:00"_s, u"ff:ff:ff:ff:ff:ff"_s, u"52:54:00:bb:00:01"_s, u"01:00:5e:00:00:01"_s};
    static const QStringList times{u"1970-01-01T00:00:00.000Z"_s, u"9999-12-31T23:59:59.999Z"_s, u"2026-11-26T11:02:04.258Z"_s};
    static const QStringList words{QString(),           u"read"_s,          u"denied"_s,    u"absent"_s, u"reply"_s,
                                   u"silence"_s,        u"virbr0"_s,        u"PERMANENT"_s, u"local"_s,  u"bridge"_s,
                                   u"\n\u202e<b>'\""_s, QString(300, u'%'), u"nft-json"_s,  u"{}"_s};
    const auto bytes = text.toStdString();
    const auto &list = net::IpAddress::parse(bytes)               ? addresses
                       : net::Prefix::parse(bytes)                ? prefixes
                       : net::MacAddress::parse(bytes)            ? macs
                       : text.size() == 24 && text.endsWith(u'Z') ? times
                                                                  : words;
    return list.at(static_cast<qsizetype>(choices.below(static_cast<std::size_t>(list.size()))));
}

/// What no machine says, and what some do; of the same kind, so that most sessions still load.
QJsonValue extreme(const QJsonValue &value, Choices &choices)
{
    static const std::vector<QJsonValue> numbers{0, 1, -1, 2, 64, 255, 1500, 65535, 65536, 2147483647};
    switch (value.type()) {
    case QJsonValue::Bool:
        return !value.toBool();
    case QJsonValue::Double:
        return numbers[choices.below(numbers.size())];
    case QJsonValue::String:
        return otherText(value.toString(), choices);
    case QJsonValue::Array:
        return QJsonArray();
    case QJsonValue::Object:
        return QJsonObject();
    default:
        return choices.below(2) == 0 ? numbers[choices.below(numbers.size())] : otherText({}, choices);
    }
}

/// A value somewhere in the tree, by steps from the root.
QJsonValue somewhere(QJsonValue value, Choices &choices)
{
    for (auto depth = choices.below(12); depth > 0; --depth) {
        if (value.isObject() && !value.toObject().isEmpty()) {
            const auto object = value.toObject();
            value = object[object.keys().at(static_cast<qsizetype>(choices.below(static_cast<std::size_t>(object.size()))))];
        } else if (value.isArray() && !value.toArray().isEmpty()) {
            const auto array = value.toArray();
            value = array.at(static_cast<qsizetype>(choices.below(static_cast<std::size_t>(array.size()))));
        }
    }
    return value;
}

QJsonValue changed(const QJsonValue &value, const QJsonValue &root, Choices &choices)
{
    switch (choices.below(5)) {
    case 0: {
        const auto other = somewhere(root, choices);
        return other.type() == value.type() || value.isNull() ? other : extreme(value, choices);
    }
    case 1: {
        if (!value.isArray() || value.toArray().isEmpty()) {
            return value.isDouble() ? QJsonValue(std::floor(value.toDouble() / 2)) : extreme(value, choices);
        }
        auto array = value.toArray(); // an entry more than once
        const auto entry = array.at(static_cast<qsizetype>(choices.below(static_cast<std::size_t>(array.size()))));
        for (auto count = choices.below(40); count > 0; --count) {
            array.append(entry);
        }
        return array;
    }
    case 2:
        return choices.below(8) == 0 ? QJsonValue() : extreme(value, choices);
    default:
        return extreme(value, choices);
    }
}

QJsonValue mutated(const QJsonValue &value, const QJsonValue &root, Choices &choices, int depth)
{
    if (value.isObject() && !value.toObject().isEmpty() && depth > 0) {
        auto object = value.toObject();
        const auto key = object.keys().at(static_cast<qsizetype>(choices.below(static_cast<std::size_t>(object.size()))));
        if (depth == 1 && choices.below(3) == 0) {
            object.remove(key);
        } else {
            object.insert(key, mutated(object[key], root, choices, depth - 1));
        }
        return object;
    }
    if (value.isArray() && !value.toArray().isEmpty() && depth > 0) {
        auto array = value.toArray();
        const auto at = static_cast<qsizetype>(choices.below(static_cast<std::size_t>(array.size())));
        if (depth == 1 && choices.below(3) == 0) {
            array.removeAt(at);
        } else {
            array.replace(at, mutated(array.at(at), root, choices, depth - 1));
        }
        return array;
    }
    return changed(value, root, choices);
}

void require(bool holds)
{
    if (!holds) {
        std::abort();
    }
}

/// One of the documents at a time, so that many inputs are tried.
void write(const evidence::Evidence &evidence, std::size_t which)
{
    const auto conclusion = conclusion::conclude(evidence);
    require(!conclusion.diagnosis.headline.isEmpty());
    for (const auto &cause : conclusion.diagnosis.causes) {
        require(cause.probability >= 0 && cause.probability <= 1);
    }
    switch (which) {
    case 0:
        require(QJsonDocument::fromJson(report::toJson(conclusion)).isObject());
        break;
    case 1:
        require(!report::toHtml(conclusion).isEmpty());
        break;
    case 2:
        require(!report::toMarkdown(conclusion).isEmpty());
        break;
    case 3:
        require(!report::toText(conclusion, true).isEmpty());
        break;
    case 4: {
        const auto hidden = redaction::redacted(evidence);
        require(!conclusion::conclude(hidden).diagnosis.headline.isEmpty());
        break;
    }
    default: {
        static const auto sound = evidence::fromBytes(
            QJsonDocument(QJsonObject{{u"format"_s, u"bothways-session"_s}, {u"version"_s, 1}, {u"evidence"_s, bases().front()}})
                .toJson());
        const auto compared = comparison::compare(conclusion::conclude(*sound), conclusion);
        require(QJsonDocument::fromJson(report::toJson(compared)).isObject());
        require(!report::toHtml(compared).isEmpty());
        require(!report::toMarkdown(compared).isEmpty());
        require(!report::toText(compared, false).isEmpty());
        break;
    }
    }
}

} // namespace

/// A recorded session with fields missing, contradictory or extreme is an error, or is concluded, written, saved and read again.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    require(!bases().empty());
    Choices choices(data, size);
    const auto which = choices.below(6);
    const QJsonValue root = bases()[choices.below(bases().size())];
    auto tree = root;
    for (auto changes = 1 + choices.below(12); choices.areLeft() && changes > 0; --changes) {
        tree = mutated(tree, root, choices, 1 + static_cast<int>(choices.below(10)));
    }
    const QJsonObject session{{u"format"_s, u"bothways-session"_s}, {u"version"_s, 1}, {u"evidence"_s, tree}};
    const auto evidence = evidence::fromBytes(QJsonDocument(session).toJson(QJsonDocument::Compact));
    if (!evidence) {
        require(!evidence.error().message.isEmpty());
        return 0;
    }
    static const QTemporaryDir folder;
    const auto path = folder.filePath(u"session.bothways"_s);
    require(evidence::save(*evidence, path).has_value());
    const auto again = evidence::load(path);
    require(again.has_value() && evidence::toJson(*again) == evidence::toJson(*evidence));
    write(*again, which);
    return 0;
}
