// SPDX-License-Identifier: GPL-3.0-or-later
#include "filter/script/script_nat.h"

#include "filter/script/script_value.h"

namespace bothways::filter::script {
namespace {

/// Of the first address in the value.
QString familyOf(const QJsonValue &value, const Surroundings &around, int depth = 0)
{
    if (value.isString()) {
        const auto text = value.toString();
        return text.contains(QLatin1Char(':'))     ? QStringLiteral("ip6")
               : text.count(QLatin1Char('.')) == 3 ? QStringLiteral("ip")
                                                   : QString{};
    }
    if (depth > deepest) {
        return {};
    }
    if (value.isArray()) {
        return familyOf(value.toArray().at(0), around, depth + 1);
    }
    const auto object = value.toObject();
    for (const auto *key : {"range", "concat"}) {
        if (object.contains(QLatin1String(key))) {
            return familyOf(object.value(QLatin1String(key)), around, depth + 1);
        }
    }
    if (object.contains(QLatin1String("prefix"))) {
        return familyOf(object.value(QLatin1String("prefix")).toObject().value(QLatin1String("addr")), around, depth + 1);
    }
    const auto data = object.value(QLatin1String("map")).toObject().value(QLatin1String("data"));
    if (data.isString()) {
        return around.mapFamily(data.toString().mid(1));
    }
    const auto pairs = data.toObject().value(QLatin1String("set")).toArray();
    return pairs.isEmpty() ? QString{} : familyOf(pairs.at(0).toArray().at(1), around, depth + 1);
}

QJsonArray natFlags(Cursor &cursor)
{
    QJsonArray flags;
    while (cursor.isWord("random") || cursor.isWord("fully-random") || cursor.isWord("persistent")) {
        flags.append(cursor.expectText());
        cursor.accept(",");
    }
    return flags;
}

bool isFlag(const Cursor &cursor)
{
    return cursor.isWord("random") || cursor.isWord("fully-random") || cursor.isWord("persistent");
}

bool isAtEnd(const Cursor &cursor)
{
    return cursor.isBreak() || cursor.isEnd() || cursor.isSymbol("}") || cursor.isWord("comment");
}

QJsonValue flagged(const QJsonArray &flags) { return flags.size() == 1 ? flags.at(0) : QJsonValue(flags); }

QString versionOf(Cursor &cursor)
{
    const bool version = (cursor.isWord("ip") || cursor.isWord("ip6")) &&
                         (cursor.isNext("to") || cursor.isNext("addr") || cursor.isNext("prefix") || cursor.isNext("interval"));
    return version ? cursor.expectText() : QString{};
}

QJsonValue translation(Cursor &cursor, std::string_view kind, const Surroundings &around)
{
    QJsonObject nat;
    auto family = versionOf(cursor);
    if (cursor.accept("addr")) {
        cursor.expect(".");
        cursor.expect("port");
    } else if (cursor.accept("prefix")) {
        nat.insert(QLatin1String("type_flags"), QStringLiteral("prefix"));
        nat.insert(QLatin1String("flags"), QStringLiteral("netmap"));
    } else {
        cursor.accept("interval");
    }
    cursor.accept("to");
    if (!isAtEnd(cursor) && !cursor.isSymbol(":") && !isFlag(cursor)) {
        const auto value = statementSide(cursor);
        const bool port = kind == "redirect" || kind == "masquerade";
        nat.insert(QLatin1String(port ? "port" : "addr"), value);
    }
    if (cursor.accept(":")) {
        nat.insert(QLatin1String("port"), statementSide(cursor));
    }
    if (isFlag(cursor)) {
        nat.insert(QLatin1String("flags"), flagged(natFlags(cursor)));
    }
    if (family.isEmpty() && around.family == "inet" && nat.contains(QLatin1String("addr"))) {
        family = familyOf(nat.value(QLatin1String("addr")), around);
    }
    if (!family.isEmpty()) {
        nat.insert(QLatin1String("family"), family);
    }
    return nat.isEmpty() ? QJsonValue() : nat;
}

QJsonValue proxied(Cursor &cursor)
{
    QJsonObject tproxy;
    if (const auto family = versionOf(cursor); !family.isEmpty()) {
        tproxy.insert(QLatin1String("family"), family);
    }
    cursor.expect("to");
    if (!cursor.isSymbol(":")) {
        tproxy.insert(QLatin1String("addr"), statementSide(cursor));
    }
    if (cursor.accept(":")) {
        tproxy.insert(QLatin1String("port"), statementSide(cursor));
    }
    return tproxy;
}

QJsonValue copied(Cursor &cursor, bool forward, const Surroundings &around)
{
    QJsonObject copy;
    if (const auto family = versionOf(cursor); !family.isEmpty()) {
        copy.insert(QLatin1String("family"), family);
    }
    cursor.expect("to");
    const auto target = statementSide(cursor);
    const bool device = cursor.accept("device");
    copy.insert(QLatin1String(forward && !device ? "dev" : "addr"), target);
    if (device) {
        copy.insert(QLatin1String("dev"), statementSide(cursor));
    } else if (!forward && around.family == "netdev") {
        copy = named("addr", target);
    }
    return copy;
}

} // namespace

QJsonValue diverted(Cursor &cursor, std::string_view kind, const Surroundings &around)
{
    if (kind == "tproxy") {
        return proxied(cursor);
    }
    if (kind == "dup" || kind == "fwd") {
        return copied(cursor, kind == "fwd", around);
    }
    return translation(cursor, kind, around);
}

} // namespace bothways::filter::script
