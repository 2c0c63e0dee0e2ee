// SPDX-License-Identifier: GPL-3.0-or-later
#include "filter/script/script_value.h"

#include "filter/script/script_selector.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace bothways::filter::script {
namespace {

enum class Side : std::uint8_t { Left, Right, Statement };

QJsonValue operation(Cursor &cursor, Side side, std::size_t level);

QJsonValue symbol(Cursor &cursor)
{
    using Kind = Token::Kind;
    const auto &token = cursor.token();
    QJsonValue value;
    if (token.kind == Kind::Number) {
        value = static_cast<qint64>(token.number); // the upper half of 64 bits is negative, as in nft's own JSON
    } else if (token.kind == Kind::Word && (token.text == "exists" || token.text == "missing")) {
        value = token.text == "exists";
    } else if (token.kind == Kind::Word || token.kind == Kind::Quoted || token.kind == Kind::Wildcard) {
        value = textOf(token.text);
    } else {
        cursor.fail("a value is expected here");
        return {};
    }
    cursor.advance();
    return value;
}

QJsonValue primary(Cursor &cursor, Side side)
{
    const Cursor::Level level(cursor);
    if (cursor.isSymbol("$")) {
        return cursor.variable();
    }
    if (cursor.accept("(")) {
        auto value = operation(cursor, side, 0);
        cursor.expect(")");
        return value;
    }
    if (side != Side::Right && isSelector(cursor, side == Side::Statement)) {
        return selector(cursor);
    }
    return symbol(cursor);
}

/// Of the operation's level: "|" binds least, shifts bind most. Empty: none stands here.
const char *operatorAt(const Cursor &cursor, std::size_t level)
{
    static constexpr std::array<std::array<const char *, 2>, 4> levels{
        {{"|", nullptr}, {"^", nullptr}, {"&", nullptr}, {"<<", ">>"}}};
    const auto &token = cursor.token();
    if (token.kind != Token::Kind::Word && token.kind != Token::Kind::Symbol) {
        return nullptr;
    }
    const auto word = operatorOf(token.text);
    for (const auto *each : levels.at(level)) {
        if (each != nullptr && word == each) {
            return each;
        }
    }
    return nullptr;
}

/// Two numbers become one, as nft does it.
QJsonValue joined(std::string_view sign, const QJsonValue &left, const QJsonValue &right)
{
    constexpr qint64 bits = 64;
    if (!left.isDouble() || !right.isDouble()) {
        return named(std::string(sign).c_str(), QJsonArray{left, right});
    }
    const auto a = static_cast<quint64>(left.toInteger());
    const auto b = static_cast<quint64>(right.toInteger());
    const bool far = b >= static_cast<quint64>(bits);
    const auto result = sign == "|"    ? a | b
                        : sign == "^"  ? a ^ b
                        : sign == "&"  ? a & b
                        : far          ? 0
                        : sign == "<<" ? a << b
                                       : a >> b;
    return static_cast<qint64>(result);
}

QJsonValue operation(Cursor &cursor, Side side, std::size_t level)
{
    constexpr std::size_t levels = 4;
    if (level == levels) {
        return primary(cursor, side);
    }
    auto value = operation(cursor, side, level + 1);
    int count = 0;
    while (const auto *sign = operatorAt(cursor, level)) {
        if (++count > deepest) {
            cursor.fail("too many operations in a row");
            break;
        }
        cursor.advance();
        value = joined(sign, value, operation(cursor, side, level + 1));
    }
    return value;
}

/// A value, or a prefix or range that begins with it.
QJsonValue interval(Cursor &cursor, Side side)
{
    auto value = operation(cursor, side, 0);
    if (cursor.isSymbol("/") && cursor.isNextNumber()) {
        cursor.advance();
        return named("prefix", QJsonObject{{QStringLiteral("addr"), value}, {QStringLiteral("len"), cursor.expectNumber()}});
    }
    if (cursor.accept("-")) {
        return named("range", QJsonArray{value, operation(cursor, side, 0)});
    }
    return value;
}

QJsonValue concatenation(Cursor &cursor, Side side, QJsonValue first)
{
    if (!cursor.isSymbol(".")) {
        return first;
    }
    QJsonArray parts{first};
    while (cursor.accept(".")) {
        parts.append(side == Side::Left ? operation(cursor, side, 0) : interval(cursor, side));
    }
    return named("concat", parts);
}

QJsonValue listed(Cursor &cursor, Side side, const QJsonValue &first)
{
    QJsonArray all{first};
    while (cursor.accept(",")) {
        all.append(operation(cursor, side, 0));
    }
    return all;
}

/// What may stand beside an element: time-out, comment, counter, limit.
QJsonValue wrapped(Cursor &cursor, const QJsonValue &value)
{
    QJsonObject element;
    for (;;) {
        QJsonObject beside;
        if (cursor.isWord("timeout") || cursor.isWord("expires")) {
            const bool timeout = cursor.isWord("timeout");
            cursor.advance();
            element.insert(QLatin1String(timeout ? "timeout" : "expires"), duration(cursor));
        } else if (cursor.accept("comment")) {
            element.insert(QLatin1String("comment"), cursor.expectText());
        } else if (stateful(cursor, beside)) {
            element.insert(beside.begin().key(), beside.begin().value());
        } else {
            break;
        }
        cursor.skipLines();
    }
    if (element.isEmpty()) {
        return value;
    }
    element.insert(QLatin1String("val"), value);
    return named("elem", element);
}

/// One member; a set in it gives all of its own.
void addMember(Cursor &cursor, QJsonArray &members)
{
    const Cursor::Level level(cursor);
    QJsonValue key;
    if (cursor.isSymbol("{")) {
        key = setOf(cursor);
    } else if (cursor.accept("*")) {
        key = QStringLiteral("*");
    } else {
        key = concatenation(cursor, Side::Right, interval(cursor, Side::Right));
    }
    key = wrapped(cursor, key);
    cursor.skipLines();
    if (cursor.accept(":")) {
        cursor.skipLines();
        auto value = isVerdict(cursor) ? verdict(cursor) : concatenation(cursor, Side::Right, interval(cursor, Side::Right));
        members.append(QJsonArray{wrapped(cursor, key), value});
        cursor.skipLines();
        if (cursor.isWord("comment") || cursor.isWord("timeout")) {
            wrapped(cursor, {});
        }
        return;
    }
    const auto inner = key.toObject().value(QLatin1String("set"));
    if (!inner.isArray()) {
        members.append(key);
        return;
    }
    for (const auto &each : inner.toArray()) {
        members.append(each);
    }
}

qint64 limitAmount(Cursor &cursor, QJsonObject &limit, const char *unitKey)
{
    const auto number = cursor.expectNumber();
    auto unit = cursor.token().kind == Token::Kind::Word ? cursor.token().text : std::string_view{};
    unit = unit.substr(0, unit.find('/'));
    if (unit == "bytes" || unit == "kbytes" || unit == "mbytes") {
        limit.insert(QLatin1String(unitKey), textOf(unit));
    }
    return number;
}

/// "5/second", "10 kbytes/second", each with "over" or "until" before it and "burst 5 packets" behind it.
QJsonObject rate(Cursor &cursor)
{
    QJsonObject limit;
    if (cursor.accept("over")) {
        limit.insert(QLatin1String("inv"), true);
    } else {
        cursor.accept("until");
    }
    limit.insert(QLatin1String("rate"), limitAmount(cursor, limit, "rate_unit"));
    const auto word = cursor.token().kind == Token::Kind::Word ? cursor.token().text : std::string_view{};
    const auto slash = word.find('/');
    std::string_view unit = word;
    if (limit.contains(QLatin1String("rate_unit")) && slash != std::string_view::npos && slash + 1 < word.size()) {
        unit = word.substr(slash + 1);
    } else {
        if (limit.contains(QLatin1String("rate_unit"))) {
            cursor.advance();
        }
        if (slash == std::string_view::npos || slash + 1 < word.size()) {
            cursor.expect("/");
        }
        unit = cursor.token().text;
    }
    static constexpr std::array<std::string_view, 5> units{"second", "minute", "hour", "day", "week"};
    if (std::find(units.begin(), units.end(), unit) == units.end()) {
        cursor.fail("second, minute, hour, day or week is expected here");
    }
    limit.insert(QLatin1String("per"), textOf(unit));
    cursor.advance();
    if (cursor.accept("burst")) {
        limit.insert(QLatin1String("burst"), limitAmount(cursor, limit, "burst_unit"));
        if (!cursor.accept("packets") && limit.contains(QLatin1String("burst_unit"))) {
            cursor.advance();
        }
    }
    return limit;
}

QJsonObject quota(Cursor &cursor)
{
    QJsonObject quota;
    if (cursor.accept("over")) {
        quota.insert(QLatin1String("inv"), true);
    } else {
        cursor.accept("until");
    }
    quota.insert(QLatin1String("val"), cursor.expectNumber());
    quota.insert(QLatin1String("val_unit"), cursor.expectText());
    if (cursor.accept("used")) {
        quota.insert(QLatin1String("used"), cursor.expectNumber());
        quota.insert(QLatin1String("used_unit"), cursor.expectText());
    }
    return quota;
}

QJsonValue counter(Cursor &cursor)
{
    QJsonObject counter;
    while (cursor.isWord("packets") || cursor.isWord("bytes")) {
        const auto key = cursor.expectText();
        counter.insert(key, cursor.expectNumber());
    }
    return counter.isEmpty() ? QJsonValue() : counter;
}

QJsonObject connections(Cursor &cursor)
{
    QJsonObject count;
    if (cursor.accept("over")) {
        count.insert(QLatin1String("inv"), true);
    } else {
        cursor.accept("until");
    }
    count.insert(QLatin1String("val"), cursor.expectNumber());
    return count;
}

} // namespace

QJsonValue leftSide(Cursor &cursor) { return concatenation(cursor, Side::Left, operation(cursor, Side::Left, 0)); }

QJsonValue rightSide(Cursor &cursor, bool list)
{
    if (cursor.isSymbol("{")) {
        return setOf(cursor);
    }
    if (cursor.isSymbol("@")) {
        return setName(cursor);
    }
    const auto first = interval(cursor, Side::Right);
    return list && cursor.isSymbol(",") ? listed(cursor, Side::Right, first) : concatenation(cursor, Side::Right, first);
}

QJsonValue statementSide(Cursor &cursor)
{
    const auto first = interval(cursor, Side::Statement);
    if (cursor.isSymbol(",")) {
        return listed(cursor, Side::Statement, first);
    }
    const auto value = concatenation(cursor, Side::Statement, first);
    if (!cursor.accept("map")) {
        return value;
    }
    const auto data = cursor.isSymbol("@") ? setName(cursor) : setOf(cursor);
    return named("map", QJsonObject{{QStringLiteral("key"), value}, {QStringLiteral("data"), data}});
}

QJsonValue setOf(Cursor &cursor)
{
    if (cursor.isSymbol("$")) {
        return cursor.variable();
    }
    const Cursor::Level level(cursor);
    cursor.expect("{");
    QJsonArray members;
    cursor.skipLines();
    while (!cursor.isEnd() && !cursor.isSymbol("}")) {
        addMember(cursor, members);
        cursor.skipLines();
        if (!cursor.accept(",")) {
            break;
        }
        cursor.skipLines();
    }
    cursor.expect("}");
    return named("set", members);
}

QJsonValue setName(Cursor &cursor)
{
    if (cursor.isSymbol("$")) {
        return cursor.variable();
    }
    cursor.expect("@");
    if (cursor.isSymbol("$")) {
        return QString(QLatin1Char('@') + cursor.expectText());
    }
    return QString(QLatin1Char('@') + textOf(cursor.expectName()));
}

bool isVerdict(const Cursor &cursor)
{
    static constexpr std::array<std::string_view, 6> verdicts{"accept", "drop", "continue", "return", "jump", "goto"};
    return cursor.token().kind == Token::Kind::Word &&
           std::find(verdicts.begin(), verdicts.end(), cursor.token().text) != verdicts.end();
}

QJsonValue verdict(Cursor &cursor)
{
    const std::string name(cursor.token().text);
    cursor.advance();
    if (name != "jump" && name != "goto") {
        return named(name.c_str(), QJsonValue());
    }
    return named(name.c_str(), named("target", cursor.expectText()));
}

qint64 duration(Cursor &cursor)
{
    if (cursor.isNumber()) {
        return cursor.expectNumber();
    }
    static constexpr std::array<std::pair<std::string_view, qint64>, 5> units{
        {{"ms", 0}, {"d", 86400}, {"h", 3600}, {"m", 60}, {"s", 1}}};
    const auto written = cursor.expectText().toStdString();
    qint64 all = 0;
    for (auto text = std::string_view(written); !text.empty();) {
        quint32 number = 0;
        const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), number);
        text.remove_prefix(static_cast<std::size_t>(stop - text.data()));
        const auto unit =
            std::find_if(units.begin(), units.end(), [text](const auto &each) { return text.starts_with(each.first); });
        if (error != std::errc{} || unit == units.end()) {
            cursor.fail("\"" + written + "\" is no length of time");
            return 0;
        }
        all += number * unit->second;
        text.remove_prefix(unit->first.size());
    }
    return all;
}

bool stateful(Cursor &cursor, QJsonObject &statement)
{
    if (cursor.isWord("ct") && cursor.isNext("count")) {
        cursor.advance();
        cursor.advance();
        statement = named("ct count", connections(cursor));
        return true;
    }
    static constexpr std::array<std::string_view, 4> kinds{"counter", "limit", "quota", "last"};
    const auto word = cursor.token().text;
    const bool known = cursor.token().kind == Token::Kind::Word && std::find(kinds.begin(), kinds.end(), word) != kinds.end();
    if (!known) {
        return false;
    }
    const std::string kind(word);
    cursor.advance();
    if (kind == "last") {
        if (cursor.accept("used") && !cursor.accept("never")) {
            duration(cursor);
        }
        statement = named("last", QJsonValue());
    } else if (cursor.accept("name")) {
        statement = named(kind.c_str(), statementSide(cursor));
    } else if (kind == "counter") {
        statement = named("counter", counter(cursor));
    } else if (kind == "quota") {
        statement = named("quota", quota(cursor));
    } else {
        cursor.expect("rate");
        statement = named("limit", rate(cursor));
    }
    return true;
}

} // namespace bothways::filter::script
