// SPDX-License-Identifier: GPL-3.0-or-later
#include "filter/nft/nft_field.h"
#include "filter/nft/nft_statement.h"
#include "filter/nft/nft_text.h"

#include <limits>

namespace bothways::filter {
namespace {

constexpr std::uint64_t mostMark = std::numeric_limits<std::uint32_t>::max();

std::string text(const QJsonObject &object, const char *key) { return object[QLatin1String(key)].toString().toStdString(); }

/// What a packet's own headers are made of.
bool isHeader(Key key) { return typeOf(key) != Type::Opaque && key != Key::PacketType && key != Key::CtZone; }

} // namespace

NamedSet readValueMap(const QJsonArray &pairs, const std::vector<ValueType> &keys, const std::vector<ValueType> &values)
{
    Elements elements(keys.size());
    std::vector<Word> words;
    bool single = values.size() == 1;
    for (const auto &each : pairs) {
        const auto pair = each.toArray();
        if (pair.size() != 2 || !addElement(elements, pair[0], keys)) {
            elements.setIncomplete();
            continue;
        }
        const auto value = single ? readInterval(pair[1], values.front()) : std::nullopt;
        single = value && value->first == value->last;
        words.push_back(single ? value->first : Word{});
    }
    elements.finish();
    NamedSet map;
    map.types = keys;
    map.elements = std::make_shared<const Elements>(std::move(elements));
    map.values = single ? std::make_shared<const std::vector<Word>>(std::move(words)) : nullptr;
    return map;
}

/// The key's fields with the map's elements; values only of a named map, whose data type is known.
std::optional<Operand> StatementReader::readMap(const QJsonObject &map) const
{
    const auto fields = readFields(map[QLatin1String("key")], m_table.family);
    const auto data = map[QLatin1String("data")];
    if (!fields) {
        return std::nullopt;
    }
    if (data.isString()) {
        const auto set = m_table.sets.find(data.toString().mid(1).toStdString());
        if (set == m_table.sets.end() || !set->second.elements || !fits(set->second.types, *fields)) {
            return std::nullopt;
        }
        return Operand{{}, *fields, set->second.elements, set->second.values};
    }
    const auto read = readValueMap(data.toObject().value(QLatin1String("set")).toArray(), typesOf(*fields), {{Type::Raw, 0}});
    return Operand{{}, *fields, read.elements, read.values};
}

/// Where the map has nothing for the packet the rule ends.
std::optional<Match> StatementReader::lookUp(const QJsonObject &map, const std::string &written) const
{
    auto operand = readMap(map);
    if (!operand) {
        return std::nullopt;
    }
    const auto data = map[QLatin1String("data")].toString();
    return Match{std::move(operand->fields), Operator::In, std::move(operand->elements), data.mid(1).toStdString(), written};
}

/// Every map that a value is looked up in, and every field that the packet may not have.
void StatementReader::addLookups(const QJsonValue &value, const std::string &written, Rule &rule) const
{
    const auto object = value.toObject();
    if (!object.contains(QLatin1String("map"))) {
        return;
    }
    if (auto match = lookUp(object.value(QLatin1String("map")).toObject(), written)) {
        rule.statements.emplace_back(std::move(*match));
    } else {
        rule.statements.emplace_back(UnknownMatch{written, expressionText(value)});
    }
}

std::optional<Operand> StatementReader::readOperand(const QJsonValue &value, Type type) const
{
    const auto object = value.toObject();
    if (object.contains(QLatin1String("map"))) {
        auto operand = readMap(object.value(QLatin1String("map")).toObject());
        return operand && operand->values ? std::move(operand) : std::nullopt;
    }
    if (value.isObject()) {
        const auto field = readField(value, m_table.family);
        const bool number = field && (typeOf(field->key) == Type::Integer || typeOf(field->key) == Type::Dscp);
        return number ? std::optional(Operand{{}, {*field}, nullptr, nullptr}) : std::nullopt;
    }
    const auto point = readPoint(value, type);
    return point && point->first == point->last ? std::optional(Operand{point->first, {}, nullptr, nullptr}) : std::nullopt;
}

void StatementReader::assign(Key key, const QJsonValue &value, const std::string &written, Rule &rule) const
{
    auto operand = readOperand(value, typeOf(key));
    if (!operand) {
        rule.statements.emplace_back(Blur{key});
        return;
    }
    const bool literal = operand->fields.empty();
    if (literal && operand->number.low > mostMark) {
        rule.statements.emplace_back(Blur{key});
    } else if (literal && key == Key::Mark) {
        rule.statements.emplace_back(SetMark{0, static_cast<std::uint32_t>(operand->number.low)});
    } else {
        rule.statements.emplace_back(Assign{key, std::move(*operand), written});
    }
}

void StatementReader::readMangle(const QJsonObject &mangle, const std::string &written, Rule &rule) const
{
    const auto target = mangle[QLatin1String("key")];
    const auto value = mangle[QLatin1String("value")];
    addLookups(value, written, rule);
    const auto name = target.toObject().isEmpty() ? QString{} : target.toObject().keys().first();
    const auto field = readField(target, m_table.family);
    if (field && (field->key == Key::Mark || field->key == Key::CtMark)) {
        assign(field->key, value, written, rule);
    } else if (name == QLatin1String("ct")) {
        if (field && field->key == Key::CtZone) {
            rule.statements.emplace_back(Blur{Key::CtZone});
        }
    } else if (name == QLatin1String("meta")) {
        const auto key = text(target.toObject().value(name).toObject(), "key");
        if (field) {
            rule.statements.emplace_back(Blur{field->key});
        } else if (key != "nftrace") {
            rule.statements.emplace_back(UnknownStatement{written, expressionText(target)});
        }
    } else if (name == QLatin1String("tcp option")) {
        addKey(QJsonObject{{QStringLiteral("payload"), QJsonObject{{QStringLiteral("protocol"), QStringLiteral("tcp")},
                                                                   {QStringLiteral("field"), QStringLiteral("sequence")}}}},
               written, rule);
        rule.statements.emplace_back(
            UnknownMatch{written, expressionText(target)}); // ends the rule where there is no such option
    } else if (field && isHeader(field->key) && field->key < Key::RawLink) {
        addKey(target, written, rule);
        rule.statements.emplace_back(Blur{field->key});
    } else {
        rule.statements.emplace_back(UnknownStatement{written, expressionText(target)});
    }
}

/// The rule ends where the packet lacks one of the fields.
void StatementReader::addKey(const QJsonValue &key, const std::string &written, Rule &rule) const
{
    if (auto fields = readFields(key, m_table.family)) {
        rule.statements.emplace_back(Match{std::move(*fields), Operator::Exists, nullptr, {}, written});
    } else {
        rule.statements.emplace_back(UnknownMatch{written, expressionText(key)});
    }
}

} // namespace bothways::filter
