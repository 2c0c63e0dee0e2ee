// SPDX-License-Identifier: GPL-3.0-or-later
#include "filter/script/script_object.h"

#include "filter/script/script_value.h"

#include <algorithm>
#include <array>

namespace bothways::filter::script {
namespace {

QString dataType(Cursor &cursor)
{
    auto type = cursor.expectText();
    while (cursor.accept(".")) {
        type += QLatin1String(" . ") + cursor.expectText();
    }
    return type;
}

/// "ipv4_addr . inet_service : verdict", or behind "typeof" the fields themselves.
void readType(Cursor &cursor, bool fields, QJsonObject &set)
{
    const auto one = [&]() -> QJsonValue {
        const bool word = cursor.isWord("verdict") || cursor.isWord("queue");
        return fields && !word ? QJsonValue(named("typeof", leftSide(cursor))) : QJsonValue(dataType(cursor));
    };
    set.insert(QLatin1String("type"), one());
    if (cursor.accept(":")) {
        cursor.accept("interval");
        const bool object = fields && cursor.isWord("ct") && (cursor.isNext("timeout") || cursor.isNext("expectation"));
        set.insert(QLatin1String("map"),
                   object ? QJsonValue(cursor.expectText() + QLatin1Char(' ') + cursor.expectText()) : one());
    }
}

QJsonArray words(Cursor &cursor)
{
    QJsonArray all;
    do {
        all.append(cursor.expectText());
    } while (cursor.accept(","));
    return all;
}

void readElements(Cursor &cursor, QJsonObject &set)
{
    cursor.expect("=");
    cursor.skipLines();
    auto value = setOf(cursor);
    const auto written = value.toObject().value(QLatin1String("set"));
    auto all = set.value(QLatin1String("elem")).toArray();
    for (const auto &each : written.isArray() ? written.toArray() : QJsonArray{value}) {
        all.append(each);
    }
    set.insert(QLatin1String("elem"), all);
}

void setItem(Cursor &cursor, QJsonObject &set)
{
    QJsonObject beside;
    if (cursor.isWord("type") || cursor.isWord("typeof")) {
        const bool fields = cursor.isWord("typeof");
        cursor.advance();
        readType(cursor, fields, set);
    } else if (cursor.accept("flags")) {
        set.insert(QLatin1String("flags"), words(cursor));
    } else if (cursor.accept("timeout")) {
        set.insert(QLatin1String("timeout"), duration(cursor));
    } else if (cursor.accept("gc-interval")) {
        set.insert(QLatin1String("gc-interval"), duration(cursor));
    } else if (cursor.accept("size")) {
        set.insert(QLatin1String("size"), cursor.expectNumber());
    } else if (cursor.accept("policy")) {
        set.insert(QLatin1String("policy"), cursor.expectText());
    } else if (cursor.accept("comment")) {
        set.insert(QLatin1String("comment"), cursor.expectText());
    } else if (cursor.accept("auto-merge")) {
        set.insert(QLatin1String("auto-merge"), true);
    } else if (cursor.accept("elements")) {
        readElements(cursor, set);
    } else if (stateful(cursor, beside)) {
        auto all = set.value(QLatin1String("stmt")).toArray();
        all.append(beside);
        set.insert(QLatin1String("stmt"), all);
    } else {
        cursor.fail("nothing that a set or map has");
    }
}

/// What limits, quotas and counters are made of; as a statement has it, without the word.
void stateItem(Cursor &cursor, const std::string &kind, QJsonObject &object)
{
    if (cursor.accept("comment")) {
        object.insert(QLatin1String("comment"), cursor.expectText());
        return;
    }
    QJsonObject statement;
    std::string text = kind + ' ';
    const auto line = cursor.source().substr(cursor.position());
    const auto length = std::min(line.find_first_of(";}\n#"), line.size());
    text += line.substr(0, length);
    Cursor inner(text);
    if (!stateful(inner, statement) || inner.failed() || !inner.isEnd()) {
        cursor.fail("nothing that a " + kind + " has");
        return;
    }
    const auto value = statement.begin().value().toObject();
    for (auto each = value.begin(); each != value.end(); ++each) {
        object.insert(each.key(), each.value());
    }
    for (const auto end = cursor.position() + length; !cursor.isEnd() && !cursor.isBreak() && cursor.position() < end;) {
        cursor.advance();
    }
}

/// Of the others nothing matters to a verdict: pairs of words and values, and blocks of them.
void otherItem(Cursor &cursor, QJsonObject &object)
{
    if (cursor.accept("comment")) {
        object.insert(QLatin1String("comment"), cursor.expectText());
        return;
    }
    const Cursor::Level level(cursor);
    int open = 0;
    while (!cursor.isEnd() && (open > 0 || (!cursor.isBreak() && !cursor.isSymbol("}")))) {
        open += cursor.isSymbol("{") ? 1 : cursor.isSymbol("}") ? -1 : 0;
        cursor.advance();
    }
}

constexpr std::array<std::string_view, 9> kinds{"set",   "map",     "flowtable", "counter", "quota",
                                                "limit", "secmark", "synproxy",  "tunnel"};
constexpr std::array<std::string_view, 3> ctKinds{"helper", "timeout", "expectation"};

} // namespace

void readLines(Cursor &cursor, const Common &common, const Item &item)
{
    while (!cursor.isEnd() && !cursor.isSymbol("}")) {
        if (cursor.isBreak()) {
            cursor.advance();
            continue;
        }
        const auto before = cursor.position();
        if (!common(item)) {
            item();
        }
        if (!cursor.isEnd() && cursor.position() == before) {
            cursor.fail("not understood");
        }
    }
}

void readBlock(Cursor &cursor, const Common &common, const Item &item)
{
    const Cursor::Level level(cursor);
    cursor.expect("{");
    cursor.openScope();
    readLines(cursor, common, item);
    cursor.closeScope();
    cursor.expect("}");
}

bool isObject(Cursor &cursor)
{
    if (cursor.isWord("ct")) {
        return std::any_of(ctKinds.begin(), ctKinds.end(), [&](auto each) { return cursor.isNext(each); });
    }
    return cursor.token().kind == Token::Kind::Word && std::find(kinds.begin(), kinds.end(), cursor.token().text) != kinds.end();
}

std::string objectKind(Cursor &cursor)
{
    std::string kind(cursor.token().text);
    cursor.advance();
    if (kind == "ct") {
        kind += ' ' + std::string(cursor.expectName());
    }
    return kind;
}

void readObject(Cursor &cursor, const std::string &kind, const Common &common, QJsonObject &object)
{
    const bool state = kind == "counter" || kind == "quota" || kind == "limit";
    const auto item = [&] {
        if (kind == "set" || kind == "map") {
            setItem(cursor, object);
        } else if (state) {
            stateItem(cursor, kind, object);
        } else {
            otherItem(cursor, object);
        }
    };
    if (cursor.isSymbol("{")) {
        const Item first = [&] { item(); };
        readBlock(cursor, common, first);
    } else if (!cursor.isBreak() && !cursor.isEnd() && !cursor.isSymbol("}")) {
        item();
    }
}

QJsonArray names(Cursor &cursor)
{
    if (cursor.isSymbol("{") || cursor.isSymbol("$")) {
        const auto value = setOf(cursor);
        const auto set = value.toObject().value(QLatin1String("set"));
        return set.isArray() ? set.toArray() : QJsonArray{value};
    }
    return {cursor.expectText()};
}

} // namespace bothways::filter::script
