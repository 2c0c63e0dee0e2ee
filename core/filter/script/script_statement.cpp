// SPDX-License-Identifier: GPL-3.0-or-later
#include "filter/script/script_statement.h"

#include "filter/script/script_nat.h"
#include "filter/script/script_selector.h"
#include "filter/script/script_value.h"

#include <algorithm>
#include <array>

namespace bothways::filter::script {
namespace {

bool isAtEnd(const Cursor &cursor) { return cursor.isBreak() || cursor.isEnd() || cursor.isSymbol("}"); }

/// States, status and flags: several may be set at once, and a value alone asks for one of them.
bool isBitmask(const QJsonValue &left)
{
    const auto object = left.toObject();
    const auto ct = object.value(QLatin1String("ct")).toObject().value(QLatin1String("key")).toString();
    const auto payload = object.value(QLatin1String("payload")).toObject();
    return ct == QLatin1String("state") || ct == QLatin1String("status") || ct == QLatin1String("event") ||
           ct == QLatin1String("label") ||
           (payload.value(QLatin1String("protocol")) == QLatin1String("tcp") &&
            payload.value(QLatin1String("field")) == QLatin1String("flags"));
}

std::string comparison(Cursor &cursor)
{
    static constexpr std::array<std::string_view, 7> signs{"==", "!=", "<", ">", "<=", ">=", "!"};
    const auto &token = cursor.token();
    const bool word = token.kind == Token::Kind::Word || token.kind == Token::Kind::Symbol;
    const auto sign = word ? operatorOf(token.text) : std::string_view{};
    if (std::find(signs.begin(), signs.end(), sign) == signs.end()) {
        return {};
    }
    cursor.advance();
    return std::string(sign);
}

/// "2 / 2,16" of flags is a value and a mask, which looks like a prefix.
void splitMask(QJsonValue &right, QJsonValue &mask)
{
    auto parts = right.isArray() ? right.toArray() : QJsonArray{right};
    const auto prefix = parts.at(0).toObject().value(QLatin1String("prefix")).toObject();
    if (!prefix.isEmpty()) {
        parts.replace(0, prefix.value(QLatin1String("len")));
        mask = parts;
        right = prefix.value(QLatin1String("addr"));
    }
}

QJsonValue match(Cursor &cursor, const QJsonValue &left)
{
    auto sign = comparison(cursor);
    auto right = rightSide(cursor, true);
    auto field = left;
    QJsonValue mask;
    if (isBitmask(left)) {
        splitMask(right, mask);
    }
    if (mask.isArray()) {
        field = named("&", QJsonArray{left, mask});
        sign = sign.empty() ? "==" : sign;
    } else if (cursor.accept("/")) { // "syn / fin,syn"
        field = named("&", QJsonArray{left, rightSide(cursor, true)});
        sign = sign.empty() ? "==" : sign;
    }
    const bool plain = !right.isObject() && !right.toString().startsWith(QLatin1Char('@'));
    const bool unlike = sign == "!" && !isBitmask(left); // "not" of anything else
    sign = sign.empty() ? (isBitmask(left) && plain ? "in" : "==") : unlike ? "!=" : sign;
    return named(
        "match",
        QJsonObject{{QStringLiteral("op"), textOf(sign)}, {QStringLiteral("left"), field}, {QStringLiteral("right"), right}});
}

/// What begins with a field: a comparison, a map to verdicts, a field that gets a value.
QJsonValue fieldStatement(Cursor &cursor)
{
    const auto left = leftSide(cursor);
    if (cursor.accept("vmap")) {
        const auto data = cursor.isSymbol("@") ? setName(cursor) : setOf(cursor);
        return named("vmap", QJsonObject{{QStringLiteral("key"), left}, {QStringLiteral("data"), data}});
    }
    if (cursor.accept("set")) {
        const auto value = statementSide(cursor);
        const auto meta = left.toObject().value(QLatin1String("meta")).toObject().value(QLatin1String("key"));
        return meta == QLatin1String("secmark") && value.isString()
                   ? named("secmark", value)
                   : named("mangle", QJsonObject{{QStringLiteral("key"), left}, {QStringLiteral("value"), value}});
    }
    if (cursor.isWord("map")) {
        cursor.giveUp();
        return {};
    }
    return match(cursor, left);
}

QJsonValue log(Cursor &cursor)
{
    QJsonObject log;
    QJsonArray flags;
    for (;;) {
        if (cursor.accept("prefix")) {
            log.insert(QLatin1String("prefix"), cursor.expectText());
        } else if (cursor.accept("level")) {
            log.insert(QLatin1String("level"), cursor.expectText());
        } else if (cursor.isWord("group") || cursor.isWord("snaplen") || cursor.isWord("queue-threshold")) {
            const auto key = cursor.expectText();
            log.insert(key, cursor.expectNumber());
        } else if (cursor.accept("flags")) {
            const auto kind = cursor.expectText();
            if (kind == QLatin1String("tcp")) {
                do {
                    flags.append(QString(QLatin1String("tcp ") + cursor.expectText()));
                } while (cursor.accept(","));
            } else {
                flags.append(kind == QLatin1String("ip") ? QString(QLatin1String("ip ") + cursor.expectText()) : kind);
            }
        } else {
            break;
        }
    }
    if (!flags.isEmpty()) {
        log.insert(QLatin1String("flags"), flags.size() == 1 ? flags.at(0) : QJsonValue(flags));
    }
    return named("log", log.isEmpty() ? QJsonValue() : log);
}

/// Without more it is what the family has.
QJsonValue reject(Cursor &cursor, const std::string &family)
{
    QJsonObject reject;
    if (!cursor.accept("with")) {
        const auto *type = family == "ip" ? "icmp" : family == "ip6" ? "icmpv6" : "icmpx";
        reject.insert(QLatin1String("type"), QLatin1String(type));
        reject.insert(QLatin1String("expr"), QStringLiteral("port-unreachable"));
        return named("reject", reject);
    }
    if (cursor.accept("tcp")) {
        cursor.expect("reset");
        reject.insert(QLatin1String("type"), QStringLiteral("tcp reset"));
    } else {
        reject.insert(QLatin1String("type"), cursor.expectText());
        cursor.accept("type");
        reject.insert(QLatin1String("expr"), cursor.isNumber() ? QJsonValue(cursor.expectNumber()) : cursor.expectText());
    }
    return named("reject", reject);
}

QJsonValue queue(Cursor &cursor)
{
    QJsonObject queue;
    QJsonArray flags;
    while (!isAtEnd(cursor) && !cursor.isWord("comment")) {
        if (cursor.accept("to") || cursor.accept("num")) {
            queue.insert(QLatin1String("num"), statementSide(cursor));
        } else if (cursor.isWord("bypass") || cursor.isWord("fanout")) {
            flags.append(cursor.expectText());
            cursor.accept(",");
        } else if (!cursor.accept("flags")) {
            break;
        }
    }
    if (!flags.isEmpty()) {
        queue.insert(QLatin1String("flags"), flags.size() == 1 ? flags.at(0) : QJsonValue(flags));
    }
    return named("queue", queue.isEmpty() ? QJsonValue() : queue);
}

QJsonValue synproxy(Cursor &cursor)
{
    if (cursor.accept("name")) {
        return named("synproxy", statementSide(cursor));
    }
    QJsonObject synproxy;
    QJsonArray flags;
    for (;;) {
        if (cursor.isWord("mss") || cursor.isWord("wscale")) {
            const auto key = cursor.expectText();
            synproxy.insert(key, cursor.expectNumber());
        } else if (cursor.isWord("timestamp") || cursor.isWord("sack-perm")) {
            flags.append(cursor.expectText());
        } else {
            break;
        }
    }
    if (!flags.isEmpty()) {
        synproxy.insert(QLatin1String("flags"), flags);
    }
    return named("synproxy", synproxy.isEmpty() ? QJsonValue() : synproxy);
}

/// An element that a packet makes, with its time-out.
QJsonValue dynamicElement(Cursor &cursor)
{
    const auto value = leftSide(cursor);
    QJsonObject element;
    while (cursor.isWord("timeout") || cursor.isWord("expires") || cursor.isWord("comment")) {
        const auto key = cursor.expectText();
        element.insert(key, key == QLatin1String("comment") ? QJsonValue(cursor.expectText()) : QJsonValue(duration(cursor)));
    }
    if (element.isEmpty()) {
        return value;
    }
    element.insert(QLatin1String("val"), value);
    return named("elem", element);
}

/// "add @set { ip saddr timeout 5m limit rate 5/second : value }"
QJsonValue setUpdate(Cursor &cursor)
{
    QJsonObject update{{QStringLiteral("op"), cursor.expectText()}};
    const auto name = setName(cursor);
    cursor.expect("{");
    update.insert(QLatin1String("elem"), dynamicElement(cursor));
    QJsonArray beside;
    for (QJsonObject each; stateful(cursor, each);) {
        beside.append(each);
    }
    if (!beside.isEmpty()) {
        update.insert(QLatin1String("stmt"), beside);
    }
    const bool map = cursor.accept(":");
    if (map) {
        update.insert(QLatin1String("data"), dynamicElement(cursor));
    }
    cursor.expect("}");
    update.insert(QLatin1String(map ? "map" : "set"), name);
    return named(map ? "map" : "set", update);
}

/// "set add ip saddr @set", of early versions.
QJsonValue oldSetUpdate(Cursor &cursor)
{
    QJsonObject update{{QStringLiteral("op"), cursor.expectText()}};
    update.insert(QLatin1String("elem"), dynamicElement(cursor));
    update.insert(QLatin1String("set"), setName(cursor));
    return named("set", update);
}

QJsonValue statementOf(Cursor &cursor, const Surroundings &around);

QJsonValue meter(Cursor &cursor, const Surroundings &around)
{
    const Cursor::Level level(cursor);
    QJsonObject meter;
    if (!cursor.isSymbol("{") && !cursor.isWord("size")) {
        meter.insert(QLatin1String("name"), cursor.expectText());
    }
    if (cursor.accept("size")) {
        meter.insert(QLatin1String("size"), cursor.expectNumber());
    }
    cursor.expect("{");
    meter.insert(QLatin1String("key"), dynamicElement(cursor));
    meter.insert(QLatin1String("stmt"), statementOf(cursor, around));
    cursor.expect("}");
    return named("meter", meter);
}

/// "jump chain", and the chain itself in braces.
QJsonValue jump(Cursor &cursor, const Surroundings &around)
{
    if (!cursor.isNext("{")) {
        return verdict(cursor);
    }
    const std::string kind(cursor.token().text);
    cursor.advance();
    return named(kind.c_str(), named("target", around.anonymousChain(cursor)));
}

/// "ct helper set", "ct timeout set", "ct expectation set": behind "ct".
QJsonValue ctObject(Cursor &cursor, const std::string &kind)
{
    cursor.advance();
    cursor.advance();
    cursor.expect("set");
    return named(kind.c_str(), statementSide(cursor));
}

bool isCtObject(Cursor &cursor, std::string_view kind)
{
    if (!cursor.isWord("ct") || !cursor.isNext(kind)) {
        return false;
    }
    Lexer lexer(cursor.source(), cursor.token().end);
    lexer.next();
    return lexer.next().text == "set";
}

QJsonValue flow(Cursor &cursor)
{
    if (!cursor.accept("add") && !cursor.accept("offload")) {
        cursor.giveUp();
    }
    return named("flow",
                 QJsonObject{{QStringLiteral("op"), QStringLiteral("add")}, {QStringLiteral("flowtable"), setName(cursor)}});
}

QJsonValue xtables(Cursor &cursor)
{
    const auto type = cursor.expectText();
    return named("xt", QJsonObject{{QStringLiteral("type"), type}, {QStringLiteral("name"), cursor.expectText()}});
}

using Reading = QJsonValue (*)(Cursor &);

/// Statements that their first word tells, behind which they are read.
QJsonValue byFirstWord(Cursor &cursor, bool &known)
{
    static constexpr std::array<std::pair<std::string_view, Reading>, 7> readings{{
        {"log", log},
        {"queue", queue},
        {"synproxy", synproxy},
        {"set", oldSetUpdate},
        {"flow", flow},
        {"xt", xtables},
        {"notrack", [](Cursor &) { return QJsonValue(named("notrack", QJsonValue())); }},
    }};
    const auto word = cursor.token().text;
    const auto found = std::find_if(readings.begin(), readings.end(), [word](const auto &each) { return each.first == word; });
    known = cursor.token().kind == Token::Kind::Word && found != readings.end();
    if (!known) {
        return {};
    }
    cursor.advance();
    return found->second(cursor);
}

QJsonValue statementOf(Cursor &cursor, const Surroundings &around)
{
    static constexpr std::array<std::string_view, 7> diversions{"snat", "dnat", "masquerade", "redirect", "tproxy", "dup", "fwd"};
    if (cursor.isWord("jump") || cursor.isWord("goto")) {
        return jump(cursor, around);
    }
    if (isVerdict(cursor)) {
        return verdict(cursor);
    }
    QJsonObject beside;
    if (stateful(cursor, beside)) {
        return beside;
    }
    if (cursor.accept("reject")) {
        return reject(cursor, around.family);
    }
    bool known = false;
    if (auto value = byFirstWord(cursor, known); known) {
        return value;
    }
    const std::string word(cursor.token().kind == Token::Kind::Word ? cursor.token().text : std::string_view{});
    if (std::find(diversions.begin(), diversions.end(), word) != diversions.end()) {
        cursor.advance();
        return named(word.c_str(), diverted(cursor, word, around));
    }
    for (const auto *kind : {"helper", "timeout", "expectation"}) {
        if (isCtObject(cursor, kind)) {
            return ctObject(cursor, std::string("ct ") + kind);
        }
    }
    if (cursor.isNext("@") && (word == "add" || word == "update" || word == "delete")) {
        return setUpdate(cursor);
    }
    if (word == "meter") {
        cursor.advance();
        return meter(cursor, around);
    }
    if (word == "reset" && cursor.isNext("tcp")) {
        cursor.advance();
        return named("reset", leftSide(cursor));
    }
    if (isSelector(cursor, false) || cursor.isSymbol("(")) {
        return fieldStatement(cursor);
    }
    cursor.giveUp();
    return {};
}

/// How many network protocols the match leaves open; none: it says nothing of them.
qsizetype networksLeft(const QJsonValue &statement)
{
    const auto match = statement.toObject().value(QLatin1String("match")).toObject();
    const auto left = match.value(QLatin1String("left")).toObject();
    const auto meta = left.value(QLatin1String("meta")).toObject().value(QLatin1String("key")).toString();
    const auto payload = left.value(QLatin1String("payload")).toObject();
    const bool network = meta == QLatin1String("nfproto") || meta == QLatin1String("protocol") ||
                         (payload.value(QLatin1String("protocol")) == QLatin1String("ether") &&
                          payload.value(QLatin1String("field")) == QLatin1String("type"));
    if (!network || match.value(QLatin1String("op")) == QLatin1String("!=")) {
        return 0;
    }
    const auto set = match.value(QLatin1String("right")).toObject().value(QLatin1String("set"));
    return set.isArray() ? set.toArray().size() : 1;
}

/// Whether it looks at the header of one network protocol.
bool looksAtNetwork(const QJsonValue &value, int depth = 0)
{
    static constexpr std::array<const char *, 6> protocols{"ip", "ip6", "arp", "icmp", "icmpv6", "igmp"};
    if (depth > deepest) {
        return true;
    }
    const auto deeper = [depth](const QJsonValue &each) { return looksAtNetwork(each, depth + 1); };
    if (value.isArray()) {
        const auto all = value.toArray();
        return std::any_of(all.begin(), all.end(), deeper);
    }
    const auto object = value.toObject();
    const auto protocol = object.value(QLatin1String("payload")).toObject().value(QLatin1String("protocol")).toString();
    return std::any_of(protocols.begin(), protocols.end(), [&](auto each) { return protocol == QLatin1String(each); }) ||
           std::any_of(object.begin(), object.end(), deeper);
}

} // namespace

RuleText ruleOf(Cursor &cursor, const Surroundings &around)
{
    RuleText rule;
    qsizetype networks = 0;
    while (!isAtEnd(cursor)) {
        if (cursor.accept("comment")) {
            rule.comment = cursor.expectText();
            break;
        }
        const auto start = cursor.position();
        const auto statement = statementOf(cursor, around);
        if (cursor.isPrinted()) {
            cursor.doubt();
        }
        // Behind a set of protocols nft takes the header for the last one's and lets the kernel compare whatever bytes are there
        // (expr_evaluate_set in its src/evaluate.c).
        const bool anyBytes = networks > 1 && !cursor.isPrinted() && looksAtNetwork(statement);
        if (!cursor.isUnknown() && !anyBytes) {
            networks = networksLeft(statement) > 0 ? networksLeft(statement) : networks;
            rule.statements.append(statement);
            continue;
        }
        rule.statements.append(named("unknown", textOf(cursor.skipFrom(start)).simplified()));
    }
    if (cursor.isBreak()) {
        rule.handle = cursor.token().handle;
        if (cursor.token().hides) {
            rule.statements.append(named("unknown", QStringLiteral("xt")));
        }
    } else if (!cursor.isEnd() && !cursor.isSymbol("}")) {
        cursor.fail("the end of the rule is expected here");
    }
    return rule;
}

} // namespace bothways::filter::script
