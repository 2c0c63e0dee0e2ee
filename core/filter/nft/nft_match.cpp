// SPDX-License-Identifier: GPL-3.0-or-later
#include "filter/nft/nft_field.h"
#include "filter/nft/nft_statement.h"
#include "filter/nft/nft_text.h"

#include <algorithm>
#include <array>

namespace bothways::filter {
namespace {

std::string text(const QJsonObject &object, const char *key) { return object[QLatin1String(key)].toString().toStdString(); }

std::optional<Operator> readOperator(const std::string &text, bool flagList)
{
    if (text == "in") {
        return flagList ? Operator::AnyBit : Operator::In;
    }
    static constexpr std::array<std::pair<std::string_view, Operator>, 7> operators{{
        {"==", Operator::In},
        {"!=", Operator::NotIn},
        {"<", Operator::Less},
        {">", Operator::Greater},
        {"<=", Operator::LessOrEqual},
        {">=", Operator::GreaterOrEqual},
        {"!", Operator::NoBit},
    }};
    const auto found = std::find_if(operators.begin(), operators.end(), [&text](const auto &each) { return each.first == text; });
    return found == operators.end() ? std::nullopt : std::optional(found->second);
}

/// "exists" and "missing" ask whether the lookup finds an interface at all.
void askWhether(Field &field)
{
    if (field.key == Key::ReversePathIndex) {
        field.key = Key::ReversePath;
    } else if (field.key == Key::MarkedReversePathIndex) {
        field.key = Key::MarkedReversePath;
    } else if (field.key == Key::TcpOptionField) {
        field.key = Key::TcpOption; // an option that has no name, only a number
    }
}

/// The name behind "@", or nothing.
std::string setNamed(const QJsonValue &value)
{
    const auto name = value.toString();
    return name.startsWith(QLatin1Char('@')) ? name.mid(1).toStdString() : std::string{};
}

} // namespace

tl::expected<Action, std::string> readVerdict(const QJsonValue &verdict, const Table &table)
{
    static constexpr std::array<std::pair<std::string_view, Action::Kind>, 6> plain{{
        {"accept", Action::Kind::Accept},
        {"drop", Action::Kind::Drop},
        {"reject", Action::Kind::Reject},
        {"queue", Action::Kind::Queue},
        {"continue", Action::Kind::Continue},
        {"return", Action::Kind::Return},
    }};
    const auto object = verdict.toObject();
    const auto name = object.size() == 1 ? object.begin().key().toStdString() : std::string{};
    const auto found = std::find_if(plain.begin(), plain.end(), [&name](const auto &each) { return each.first == name; });
    if (found != plain.end()) {
        return Action{found->second};
    }
    if (name != "jump" && name != "goto") {
        return tl::unexpected("\"" + name + "\" is no verdict");
    }
    const auto target = text(object.begin().value().toObject(), "target");
    const auto chain = table.chainIndex.find(target);
    if (chain == table.chainIndex.end()) {
        return tl::unexpected("a jump to \"" + target + "\", which is no chain of this table");
    }
    return Action{name == "jump" ? Action::Kind::Jump : Action::Kind::Goto, chain->second};
}

tl::expected<NamedSet, std::string> readVerdictMap(const QJsonArray &pairs, const std::vector<ValueType> &types,
                                                   const Table &table)
{
    Elements elements(types.size());
    std::vector<Action> actions;
    for (const auto &each : pairs) {
        const auto pair = each.toArray();
        if (pair.size() != 2) {
            return tl::unexpected(std::string("an element of a verdict map is no pair"));
        }
        const auto action = readVerdict(pair[1], table);
        if (!action) {
            return tl::unexpected(action.error());
        }
        if (addElement(elements, pair[0], types)) {
            actions.push_back(*action);
        } else {
            elements.setIncomplete();
        }
    }
    elements.finish();
    NamedSet map;
    map.types = types;
    map.elements = std::make_shared<const Elements>(std::move(elements));
    map.actions = std::make_shared<const std::vector<Action>>(std::move(actions));
    return map;
}

StatementReader::Result StatementReader::readVmap(const QJsonObject &object, const std::string &written, Rule &rule) const
{
    const auto key = object[QLatin1String("key")];
    const auto data = object[QLatin1String("data")];
    const auto fields = readFields(key, m_table.family);
    auto name = setNamed(data);
    NamedSet map;
    if (!name.empty()) {
        const auto set = m_table.sets.find(name);
        map = set == m_table.sets.end() ? map : set->second;
    } else {
        // Read in any case: a jump to nowhere is an error, whatever the map's key.
        auto read = readVerdictMap(data.toObject().value(QLatin1String("set")).toArray(),
                                   fields ? typesOf(*fields) : std::vector{ValueType{Type::Opaque, 0}}, m_table);
        if (!read) {
            return tl::unexpected(read.error());
        }
        map = std::move(*read);
    }
    if (!fields || !map.actions || !fits(map.types, *fields)) {
        rule.statements.emplace_back(UnknownStatement{written, expressionText(fields ? data : key)});
    } else {
        rule.statements.emplace_back(VerdictMap{*fields, map.elements, map.actions, std::move(name), written});
    }
    return {};
}

void StatementReader::readMatch(const QJsonObject &match, const std::string &written, Rule &rule) const
{
    const auto left = match[QLatin1String("left")];
    const auto right = match[QLatin1String("right")];
    auto fields = readFields(left, m_table.family);
    if (!fields) {
        rule.statements.emplace_back(UnknownMatch{written, expressionText(left)});
        return;
    }
    if (right.isBool()) {
        askWhether(fields->front());
    }
    const bool flags =
        fields->size() == 1 && isBitField(typeOf(fields->front().key)) && !right.toObject().contains(QLatin1String("set"));
    const auto op = readOperator(text(match, "op"), flags);
    if (!op) {
        rule.statements.emplace_back(UnknownMatch{written, text(match, "op")});
        return;
    }
    Match result{*fields, *op, nullptr, setNamed(right), written};
    if (!result.set.empty()) {
        const auto set = m_table.sets.find(result.set);
        if (set != m_table.sets.end() && set->second.elements && fits(set->second.types, *fields)) {
            result.elements = set->second.elements;
        }
    } else if (auto elements = readElements(right, typesOf(*fields))) {
        result.elements = std::make_shared<const Elements>(std::move(*elements));
    }
    const bool ordered = *op != Operator::In && *op != Operator::NotIn && typeOf(fields->front().key) != Type::Opaque;
    if (!result.elements || (ordered && !result.elements->isPoint())) {
        rule.statements.emplace_back(UnknownMatch{written, expressionText(right)});
    } else {
        rule.statements.emplace_back(std::move(result));
    }
}

} // namespace bothways::filter
