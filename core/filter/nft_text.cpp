// SPDX-License-Identifier: GPL-3.0-or-later
#include "filter/nft_text.h"

#include "filter/names.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <string_view>

#include <QJsonArray>
#include <QJsonDocument>

namespace bothways::filter {
namespace {

constexpr int deepest = 32;

std::string string(const QJsonValue &value) { return value.toString().toStdString(); }

std::string quoted(const QJsonValue &value) { return '"' + string(value) + '"'; }

std::string compact(const QJsonObject &object) { return QJsonDocument(object).toJson(QJsonDocument::Compact).toStdString(); }

std::string number(const QJsonValue &value) { return std::to_string(value.toInteger()); }

std::string hexadecimal(std::int64_t value)
{
    std::array<char, 24> buffer{};
    std::snprintf(buffer.data(), buffer.size(), "0x%08llx", static_cast<unsigned long long>(value));
    return buffer.data();
}

/// How the values beside a field are written.
enum class Style : std::uint8_t { Plain, Quoted, Hexadecimal };

Style styleOf(const QJsonValue &left)
{
    const auto object = left.toObject();
    const auto key = object[QLatin1String("meta")].toObject()[QLatin1String("key")].toString();
    if (key == QLatin1String("iifname") || key == QLatin1String("oifname") || key == QLatin1String("iif") ||
        key == QLatin1String("oif") || key == QLatin1String("time")) {
        return Style::Quoted;
    }
    if (key == QLatin1String("mark") ||
        object[QLatin1String("ct")].toObject()[QLatin1String("key")].toString() == QLatin1String("mark")) {
        return Style::Hexadecimal;
    }
    if (object.contains(QLatin1String("&"))) {
        return styleOf(object[QLatin1String("&")].toArray().first());
    }
    return Style::Plain;
}

std::string text(const QJsonValue &value, const std::vector<Style> &styles, int depth);

std::string join(const QJsonArray &values, std::string_view separator, const std::vector<Style> &styles, int depth)
{
    std::string all;
    for (const auto &value : values) {
        all += (all.empty() ? std::string{} : std::string(separator)) + text(value, styles, depth + 1);
    }
    return all;
}

std::string concatText(const QJsonArray &parts, const std::vector<Style> &styles, int depth)
{
    std::string all;
    for (qsizetype i = 0; i < parts.size(); ++i) {
        const auto style = static_cast<std::size_t>(i) < styles.size() ? styles[static_cast<std::size_t>(i)] : Style::Plain;
        all += (i == 0 ? "" : " . ") + text(parts[i], {style}, depth + 1);
    }
    return all;
}

std::string durationText(qint64 seconds)
{
    static constexpr std::array<std::pair<qint64, char>, 4> units{{{86400, 'd'}, {3600, 'h'}, {60, 'm'}, {1, 's'}}};
    std::string all;
    for (const auto &[length, unit] : units) {
        if (seconds >= length) {
            all += std::to_string(seconds / length) + unit;
            seconds %= length;
        }
    }
    return all.empty() ? "0s" : all;
}

std::string elementText(const QJsonObject &element, const std::vector<Style> &styles, int depth)
{
    auto all = text(element[QLatin1String("val")], styles, depth + 1);
    if (element.contains(QLatin1String("timeout"))) {
        all += " timeout " + durationText(element[QLatin1String("timeout")].toInteger());
    }
    if (element.contains(QLatin1String("comment"))) {
        all += " comment " + quoted(element[QLatin1String("comment")]);
    }
    return all;
}

std::string setText(const QJsonArray &elements, const std::vector<Style> &styles, int depth)
{
    std::string all;
    for (const auto &element : elements) {
        all += all.empty() ? "{ " : ", ";
        const auto pair = element.toArray();
        if (element.isArray() && pair.size() == 2) {
            all += text(pair[0], styles, depth + 1) + " : ";
            const auto verdict = pair[1].toObject();
            all += pair[1].isObject() ? statementText(verdict) : text(pair[1], {Style::Plain}, depth + 1);
        } else {
            all += text(element, styles, depth + 1);
        }
    }
    return all.empty() ? "{ }" : all + " }";
}

std::string metaText(const QJsonObject &meta)
{
    static constexpr std::array<std::string_view, 6> bare{"iif", "oif", "iifname", "oifname", "iifgroup", "oifgroup"};
    const auto key = string(meta[QLatin1String("key")]);
    return std::find(bare.begin(), bare.end(), key) != bare.end() ? key : "meta " + key;
}

std::string fibText(const QJsonObject &fib)
{
    const auto flags = fib[QLatin1String("flags")];
    return "fib " + (flags.isArray() ? join(flags.toArray(), " . ", {}, 0) : string(flags)) + ' ' +
           string(fib[QLatin1String("result")]);
}

std::string payloadText(const QJsonObject &payload)
{
    if (payload.contains(QLatin1String("base"))) {
        return '@' + string(payload[QLatin1String("base")]) + ',' + number(payload[QLatin1String("offset")]) + ',' +
               number(payload[QLatin1String("len")]);
    }
    return string(payload[QLatin1String("protocol")]) + ' ' + string(payload[QLatin1String("field")]);
}

std::string ctText(const QJsonObject &ct)
{
    const auto direction = ct.contains(QLatin1String("dir")) ? string(ct[QLatin1String("dir")]) + ' ' : std::string{};
    return "ct " + direction + string(ct[QLatin1String("key")]);
}

std::string numgenText(const QJsonObject &numgen)
{
    auto all = "numgen " + string(numgen[QLatin1String("mode")]) + " mod " + number(numgen[QLatin1String("mod")]);
    const auto offset = numgen[QLatin1String("offset")].toInteger();
    return offset == 0 ? all : all + " offset " + std::to_string(offset);
}

std::string objectText(const QJsonObject &object, const std::vector<Style> &styles, int depth)
{
    if (object.size() != 1) {
        return compact(object);
    }
    const auto key = object.begin().key();
    const auto value = object.begin().value();
    if (key == QLatin1String("payload")) {
        return payloadText(value.toObject());
    }
    if (key == QLatin1String("meta")) {
        return metaText(value.toObject());
    }
    if (key == QLatin1String("ct")) {
        return ctText(value.toObject());
    }
    if (key == QLatin1String("fib")) {
        return fibText(value.toObject());
    }
    if (key == QLatin1String("set")) {
        return setText(value.isArray() ? value.toArray() : QJsonArray{value}, styles, depth);
    }
    if (key == QLatin1String("prefix")) {
        const auto prefix = value.toObject();
        return text(prefix[QLatin1String("addr")], {Style::Plain}, depth + 1) + '/' + number(prefix[QLatin1String("len")]);
    }
    if (key == QLatin1String("range")) {
        return join(value.toArray(), "-", styles, depth);
    }
    if (key == QLatin1String("concat")) {
        return concatText(value.toArray(), styles, depth);
    }
    if (key == QLatin1String("elem")) {
        return elementText(value.toObject(), styles, depth);
    }
    if (key == QLatin1String("tcp option")) {
        const auto option = value.toObject();
        return "tcp option " + string(option[QLatin1String("name")]) + ' ' + string(option[QLatin1String("field")]);
    }
    if (key == QLatin1String("socket")) {
        return "socket " + string(value.toObject()[QLatin1String("key")]);
    }
    if (key == QLatin1String("numgen")) {
        return numgenText(value.toObject());
    }
    if (key == QLatin1String("&") || key == QLatin1String("|") || key == QLatin1String("^") || key == QLatin1String("<<") ||
        key == QLatin1String(">>")) {
        const auto operands = value.toArray();
        const auto style = operands.isEmpty() ? Style::Plain : styleOf(operands[0]);
        return join(operands, ' ' + key.toStdString() + ' ', {style}, depth);
    }
    return compact(object);
}

std::string text(const QJsonValue &value, const std::vector<Style> &styles, int depth)
{
    const auto style = styles.empty() ? Style::Plain : styles.front();
    if (depth > deepest) {
        return "...";
    }
    if (value.isString()) {
        const auto plain = string(value);
        return style == Style::Quoted && !plain.starts_with('@') && plain != "*" ? quoted(value) : plain;
    }
    if (value.isDouble()) {
        return style == Style::Hexadecimal ? hexadecimal(value.toInteger()) : number(value);
    }
    if (value.isBool()) {
        return value.toBool() ? "exists" : "missing";
    }
    if (value.isArray()) {
        return join(value.toArray(), ",", styles, depth);
    }
    return value.isObject() ? objectText(value.toObject(), styles, depth) : std::string{};
}

std::vector<Style> stylesOf(const QJsonValue &left)
{
    const auto parts = left.toObject()[QLatin1String("concat")].toArray();
    if (parts.isEmpty()) {
        return {styleOf(left)};
    }
    std::vector<Style> styles;
    for (const auto &part : parts) {
        styles.push_back(styleOf(part));
    }
    return styles;
}

/// A range of ICMP types is listed in numbers, though JSON names its ends.
std::string icmpRangeText(const QJsonObject &payload, const QJsonValue &right)
{
    const auto protocol = string(payload[QLatin1String("protocol")]);
    const auto range = right.toObject()[QLatin1String("range")].toArray();
    if (range.size() != 2 || (protocol != "icmp" && protocol != "icmpv6")) {
        return {};
    }
    const auto type = protocol == "icmp" ? Type::IcmpType : Type::Icmpv6Type;
    std::string all;
    for (const auto &value : range) {
        const auto named = numberOf(type, string(value));
        all += (all.empty() ? "" : "-") + (named ? std::to_string(*named) : text(value, {}, 0));
    }
    return all;
}

/// "tcp flags syn / fin,syn" is how nft writes a masked comparison of flags.
std::string matchText(const QJsonObject &match)
{
    const auto left = match[QLatin1String("left")];
    const auto right = match[QLatin1String("right")];
    const auto op = string(match[QLatin1String("op")]);
    const auto masked = left.toObject()[QLatin1String("&")].toArray();
    if (masked.size() == 2 && !masked[1].isDouble() && (op == "==" || op == "!=")) {
        return expressionText(masked[0]) + (op == "!=" ? " != " : " ") + expressionText(right) + " / " +
               expressionText(masked[1]);
    }
    const bool flags =
        left.toObject()[QLatin1String("payload")].toObject()[QLatin1String("field")] == QJsonValue(QLatin1String("flags"));
    const bool bitmask = masked.size() == 2 || (flags && !right.isObject());
    const bool silent = op == "in" || (op == "==" && !bitmask);
    const auto icmpRange = icmpRangeText(left.toObject()[QLatin1String("payload")].toObject(), right);
    return expressionText(left) + ' ' + (silent ? std::string{} : op + ' ') +
           (icmpRange.empty() ? text(right, stylesOf(left), 0) : icmpRange);
}

std::string rejectText(const QJsonObject &reject)
{
    if (reject.isEmpty()) {
        return "reject";
    }
    const auto type = string(reject[QLatin1String("type")]);
    const auto code = string(reject[QLatin1String("expr")]);
    if (type == "icmpx" && code == "port-unreachable") {
        return "reject";
    }
    return "reject with " + type + (code.empty() ? std::string{} : ' ' + code);
}

std::string limitText(const QJsonValue &value)
{
    if (!value.isObject()) {
        return "limit name " + quoted(value);
    }
    const auto limit = value.toObject();
    const auto unit = string(limit[QLatin1String("rate_unit")]);
    const auto over = limit[QLatin1String("inv")].toBool();
    auto all = std::string("limit rate ") + (over ? "over " : "") + number(limit[QLatin1String("rate")]) +
               (unit.empty() || unit == "packets" ? std::string{} : ' ' + unit) + '/' + string(limit[QLatin1String("per")]);
    const auto burst = limit[QLatin1String("burst")].toInteger();
    const auto burstUnit = string(limit[QLatin1String("burst_unit")]);
    if (burst != 0 && !(burstUnit.empty() && burst == 5)) {
        all += " burst " + std::to_string(burst) + ' ' + (burstUnit.empty() ? "packets" : burstUnit);
    }
    return all;
}

std::string logText(const QJsonObject &log)
{
    std::string all = "log";
    if (log.contains(QLatin1String("prefix"))) {
        all += " prefix " + quoted(log[QLatin1String("prefix")]);
    }
    for (const auto key : {QLatin1String("group"), QLatin1String("snaplen"), QLatin1String("queue-threshold"),
                           QLatin1String("level"), QLatin1String("flags")}) {
        if (log.contains(key)) {
            all += ' ' + std::string(key.data()) + ' ' + text(log[key], {}, 0);
        }
    }
    return all;
}

std::string natText(const std::string &kind, const QJsonObject &nat)
{
    const auto address = text(nat[QLatin1String("addr")], {}, 0);
    const auto port = nat.contains(QLatin1String("port")) ? ':' + text(nat[QLatin1String("port")], {}, 0) : std::string{};
    const auto family = nat.contains(QLatin1String("family")) ? ' ' + string(nat[QLatin1String("family")]) : std::string{};
    const auto flags = nat.contains(QLatin1String("flags")) ? ' ' + text(nat[QLatin1String("flags")], {}, 0) : std::string{};
    return kind + family + (address.empty() && port.empty() ? std::string{} : " to " + address + port) + flags;
}

std::string mangleText(const QJsonObject &mangle)
{
    const auto key = mangle[QLatin1String("key")];
    return expressionText(key) + " set " + text(mangle[QLatin1String("value")], stylesOf(key), 0);
}

std::string setStatementText(const QJsonObject &set)
{
    auto all = string(set[QLatin1String("op")]) + ' ' + string(set[QLatin1String("set")]) + " { " +
               expressionText(set[QLatin1String("elem")]);
    for (const auto &statement : set[QLatin1String("stmt")].toArray()) {
        all += ' ' + statementText(statement.toObject());
    }
    return all + " }";
}

std::string quotaText(const QJsonValue &value)
{
    if (!value.isObject()) {
        return "quota name " + quoted(value);
    }
    const auto quota = value.toObject();
    return std::string("quota ") + (quota[QLatin1String("inv")].toBool() ? "over " : "") + number(quota[QLatin1String("val")]) +
           ' ' + string(quota[QLatin1String("val_unit")]);
}

std::string counterText(const QJsonValue &value)
{
    if (value.isString()) {
        return "counter name " + quoted(value);
    }
    const auto counter = value.toObject();
    return "counter packets " + number(counter[QLatin1String("packets")]) + " bytes " + number(counter[QLatin1String("bytes")]);
}

} // namespace

std::string expressionText(const QJsonValue &expression) { return text(expression, stylesOf(expression), 0); }

std::string statementText(const QJsonObject &statement)
{
    if (statement.size() != 1) {
        return compact(statement);
    }
    const auto key = statement.begin().key().toStdString();
    const auto value = statement.begin().value();
    const auto object = value.toObject();
    if (key == "match") {
        return matchText(object);
    }
    if (key == "vmap") {
        const auto left = object[QLatin1String("key")];
        return expressionText(left) + " vmap " + text(object[QLatin1String("data")], stylesOf(left), 0);
    }
    if (key == "jump" || key == "goto") {
        return key + ' ' + string(object[QLatin1String("target")]);
    }
    if (key == "reject") {
        return rejectText(object);
    }
    if (key == "counter") {
        return counterText(value);
    }
    if (key == "limit") {
        return limitText(value);
    }
    if (key == "quota") {
        return quotaText(value);
    }
    if (key == "log") {
        return logText(object);
    }
    if (key == "mangle") {
        return mangleText(object);
    }
    if (key == "set") {
        return setStatementText(object);
    }
    if (key == "dnat" || key == "snat" || key == "masquerade" || key == "redirect") {
        return natText(key, object);
    }
    if (key == "queue" && !object.isEmpty()) {
        return "queue num " + text(object[QLatin1String("num")], {}, 0);
    }
    return value.isNull() ? key : compact(statement);
}

std::string ruleText(const QJsonObject &rule)
{
    std::string all;
    for (const auto &statement : rule[QLatin1String("expr")].toArray()) {
        all += (all.empty() ? "" : " ") + statementText(statement.toObject());
    }
    if (rule.contains(QLatin1String("comment"))) {
        all += (all.empty() ? "comment " : " comment ") + quoted(rule[QLatin1String("comment")]);
    }
    return all;
}

} // namespace bothways::filter
