// SPDX-License-Identifier: GPL-3.0-or-later
#include "filter/nft/nft_text.h"

#include "filter/nft/nft_text_value.h"
#include "filter/nft/nft_value.h"

#include <algorithm>
#include <array>

#include <QJsonArray>

namespace bothways::filter {
namespace {

using namespace nft;

/// States, status and flags: several of them may be set at once.
bool isBitmask(const QJsonValue &left)
{
    const auto object = left.toObject();
    const auto ct = object.value(QLatin1String("ct")).toObject().value(QLatin1String("key")).toString();
    const auto payload = object.value(QLatin1String("payload")).toObject();
    return ct == QLatin1String("state") || ct == QLatin1String("status") || ct == QLatin1String("event") ||
           (payload.value(QLatin1String("protocol")).toString() == QLatin1String("tcp") &&
            payload.value(QLatin1String("field")).toString() == QLatin1String("flags"));
}

/// An option without a name, where only its presence matters: nft shows its number alone.
std::string presenceText(const QJsonValue &option)
{
    const auto number = option.toObject().value(QLatin1String("tcp option")).toObject().value(QLatin1String("base"));
    return number.isUndefined() ? text(option) : "tcp option " + nft::number(number);
}

bool isOperation(const QJsonValue &left)
{
    static constexpr std::array operations{"&", "|", "^", "<<", ">>"};
    const auto object = left.toObject();
    return std::any_of(operations.begin(), operations.end(),
                       [&object](const char *each) { return object.contains(QLatin1String(each)); });
}

/// "tcp flags syn / fin,syn" is how nft writes a masked comparison of flags.
std::string matchText(const QJsonObject &match)
{
    const auto left = match[QLatin1String("left")];
    const auto right = match[QLatin1String("right")];
    const auto op = string(match[QLatin1String("op")]);
    const auto masked = left.toObject().value(QLatin1String("&")).toArray();
    if (masked.size() == 2 && masked[1].isArray() && isBitmask(masked[0]) && (op == "==" || op == "!=")) {
        const auto styles = stylesOf(masked[0]);
        return text(masked[0]) + (op == "!=" ? " != " : " ") + text(right, styles) + " / " + text(masked[1], styles);
    }
    const bool isValue = !right.isObject() && !string(right).starts_with('@');
    const bool bitmask = isOperation(left) || (isBitmask(left) && isValue);
    const bool silent = op == "in" || (op == "==" && !bitmask);
    return (right.isBool() ? presenceText(left) : text(left)) + ' ' + (silent ? std::string{} : op + ' ') +
           text(right, stylesOf(left));
}

std::string rejectText(const QJsonObject &reject, std::string_view family)
{
    const auto type = string(reject[QLatin1String("type")]);
    const auto code = text(reject[QLatin1String("expr")]);
    const bool own = type == "icmpx" || (type == "icmp" && family == "ip") || (type == "icmpv6" && family == "ip6");
    if (type.empty() || (own && code == "port-unreachable")) {
        return "reject";
    }
    return "reject with " + type + (code.empty() ? std::string{} : ' ' + code);
}

/// "limit name "x"", and the like with a map.
std::string referenceText(const std::string &kind, const QJsonValue &value)
{
    return kind + ' ' + text(value, {Style{Style::Form::Quoted, Type::Integer}});
}

std::string limitText(const QJsonObject &limit)
{
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

std::string logFlags(const QJsonArray &flags)
{
    std::string all;
    for (const auto &flag : flags) {
        const auto name = string(flag);
        // The two about TCP share one word.
        all += name == "tcp options" && all.ends_with(" flags tcp sequence") ? ",options" : " flags " + name;
    }
    return all;
}

std::string logText(const QJsonObject &log)
{
    std::string all = "log";
    if (log.contains(QLatin1String("prefix"))) {
        all += " prefix " + quoted(log[QLatin1String("prefix")]);
    }
    for (const auto *key : {"group", "snaplen", "queue-threshold", "level"}) {
        if (log.contains(QLatin1String(key))) {
            all += ' ' + std::string(key) + ' ' + text(log[QLatin1String(key)]);
        }
    }
    return all + logFlags(asList(log[QLatin1String("flags")]));
}

/// IPv6 addresses stand in brackets beside a port.
std::string addressText(const QJsonValue &address, bool beforePort)
{
    const auto range = address.toObject().value(QLatin1String("range")).toArray();
    const auto v6 = [](const QJsonValue &value) { return value.isString() && value.toString().contains(QLatin1Char(':')); };
    if (beforePort && v6(address)) {
        return '[' + string(address) + ']';
    }
    if (beforePort && range.size() == 2 && v6(range[0])) {
        return '[' + string(range[0]) + "]-[" + string(range[1]) + ']';
    }
    return text(address);
}

std::string natText(const std::string &kind, const QJsonObject &nat)
{
    const auto hasPort = nat.contains(QLatin1String("port"));
    const auto hasAddress = nat.contains(QLatin1String("addr"));
    std::string all = kind;
    if (hasPort || hasAddress) {
        all += nat.contains(QLatin1String("family")) ? ' ' + string(nat[QLatin1String("family")]) : std::string{};
        const auto types = asList(nat[QLatin1String("type_flags")]);
        all += types.contains(QStringLiteral("prefix")) ? " prefix to " : " to ";
    }
    all += hasAddress ? addressText(nat[QLatin1String("addr")], hasPort) : std::string{};
    all += hasPort ? ':' + text(nat[QLatin1String("port")]) : std::string{};
    auto separator = ' ';
    for (const auto &flag : asList(nat[QLatin1String("flags")])) {
        if (flag.toString() != QLatin1String("netmap")) {
            all += separator + string(flag);
            separator = ',';
        }
    }
    return all;
}

std::string tproxyText(const QJsonObject &tproxy)
{
    const auto address = tproxy[QLatin1String("addr")];
    const auto port = tproxy[QLatin1String("port")];
    auto all = std::string("tproxy") +
               (tproxy.contains(QLatin1String("family")) ? ' ' + string(tproxy[QLatin1String("family")]) : std::string{}) +
               " to ";
    all += address.isUndefined() ? std::string{} : addressText(address, true);
    return port.isUndefined() || port.isObject() ? all : all + ':' + text(port);
}

std::string mangleText(const QJsonObject &mangle)
{
    const auto key = mangle[QLatin1String("key")];
    return text(key) + " set " + text(mangle[QLatin1String("value")], stylesOf(key));
}

/// The statements beside an element that is added.
std::string besideText(const QJsonArray &statements)
{
    std::string all;
    for (const auto &statement : statements) {
        all += ' ' + statementText(statement, {});
    }
    return all;
}

std::string setStatementText(const QJsonObject &set)
{
    return string(set[QLatin1String("op")]) + ' ' + string(set[QLatin1String("set")]) + " { " + text(set[QLatin1String("elem")]) +
           besideText(set[QLatin1String("stmt")].toArray()) + " }";
}

std::string mapStatementText(const QJsonObject &map)
{
    return string(map[QLatin1String("op")]) + ' ' + string(map[QLatin1String("map")]) + " { " + text(map[QLatin1String("elem")]) +
           besideText(map[QLatin1String("stmt")].toArray()) + " : " + text(map[QLatin1String("data")]) + " }";
}

std::string meterText(const QJsonObject &meter)
{
    const auto name = meter.contains(QLatin1String("name")) ? string(meter[QLatin1String("name")]) + ' ' : std::string{};
    return "meter " + name + "size " + number(meter[QLatin1String("size")]) + " { " + text(meter[QLatin1String("key")]) + ' ' +
           statementText(meter[QLatin1String("stmt")], {}) + " }";
}

std::string quotaText(const QJsonObject &quota)
{
    return std::string("quota ") + (quota[QLatin1String("inv")].toBool() ? "over " : "") + number(quota[QLatin1String("val")]) +
           ' ' + string(quota[QLatin1String("val_unit")]);
}

std::string queueText(const QJsonObject &queue)
{
    std::string flags;
    for (const auto &flag : asList(queue[QLatin1String("flags")])) {
        flags += (flags.empty() ? " flags " : ",") + string(flag);
    }
    return "queue" + flags + " to " + (queue.contains(QLatin1String("num")) ? text(queue[QLatin1String("num")]) : "0");
}

std::string synproxyText(const QJsonObject &synproxy)
{
    std::string all = "synproxy";
    for (const auto *key : {"mss", "wscale"}) {
        if (synproxy.contains(QLatin1String(key))) {
            all += ' ' + std::string(key) + ' ' + number(synproxy[QLatin1String(key)]);
        }
    }
    for (const auto &flag : asList(synproxy[QLatin1String("flags")])) {
        all += ' ' + string(flag);
    }
    return all;
}

std::string copyText(const std::string &kind, const QJsonObject &copy, std::string_view family)
{
    const Style name{Style::Form::Name, Type::Integer};
    const auto device = text(copy[QLatin1String("dev")], {name});
    if (!copy.contains(QLatin1String("addr"))) {
        return kind + (device.empty() ? std::string{} : " to " + device);
    }
    const auto version = copy.contains(QLatin1String("family")) ? ' ' + string(copy[QLatin1String("family")]) : std::string{};
    return kind + version + " to " +
           text(copy[QLatin1String("addr")], family == "netdev" && kind == "dup" ? std::vector{name} : std::vector<Style>{}) +
           (device.empty() ? std::string{} : " device " + device);
}

/// Statements that name an object of the table, or take their own parameters.
std::string objectText(const std::string &name, const QJsonValue &value)
{
    const auto object = value.toObject();
    const bool named = value.isString() || object.contains(QLatin1String("map"));
    if (name == "ct helper" || name == "ct timeout" || name == "ct expectation") {
        return referenceText(name + " set", value);
    }
    if (name == "secmark") {
        return referenceText("meta secmark set", value);
    }
    if (named && (name == "counter" || name == "quota" || name == "limit" || name == "synproxy")) {
        return referenceText(name + " name", value);
    }
    if (name == "counter" || name == "last") {
        return name;
    }
    if (name == "limit") {
        return limitText(object);
    }
    if (name == "quota") {
        return quotaText(object);
    }
    if (name == "ct count") {
        return std::string("ct count ") + (object[QLatin1String("inv")].toBool() ? "over " : "") +
               number(object[QLatin1String("val")]);
    }
    return name == "synproxy" ? synproxyText(object) : std::string{};
}

std::string plainText(const std::string &name, const QJsonObject &object, std::string_view family)
{
    static constexpr std::array<std::pair<std::string_view, std::string (*)(const QJsonObject &)>, 10> writers{{
        {"match", matchText},
        {"log", logText},
        {"mangle", mangleText},
        {"set", setStatementText},
        {"map", mapStatementText},
        {"meter", meterText},
        {"tproxy", tproxyText},
        {"queue", queueText},
        {"xt",
         [](const QJsonObject &xt) {
             return "xt " + string(xt[QLatin1String("type")]) + ' ' + quoted(xt[QLatin1String("name")]);
         }},
        {"flow",
         [](const QJsonObject &flow) {
             return "flow " + string(flow[QLatin1String("op")]) + ' ' + string(flow[QLatin1String("flowtable")]);
         }},
    }};
    const auto writer = std::find_if(writers.begin(), writers.end(), [&name](const auto &each) { return each.first == name; });
    if (writer != writers.end()) {
        return writer->second(object);
    }
    if (name == "vmap") {
        const auto key = object[QLatin1String("key")];
        return text(key) + " vmap " + text(object[QLatin1String("data")], stylesOf(key));
    }
    if (name == "jump" || name == "goto") {
        return name + ' ' + string(object[QLatin1String("target")]);
    }
    if (name == "reject") {
        return rejectText(object, family);
    }
    if (name == "dup" || name == "fwd") {
        return copyText(name, object, family);
    }
    const bool nat = name == "dnat" || name == "snat" || name == "masquerade" || name == "redirect";
    return nat ? natText(name, object) : std::string{};
}

} // namespace

std::string expressionText(const QJsonValue &expression) { return text(expression, stylesOf(expression)); }

std::string statementText(const QJsonValue &statement, std::string_view family)
{
    const auto object = statement.toObject();
    if (object.size() != 1) {
        return statement.isString() ? string(statement) : compact(object);
    }
    const auto name = object.begin().key().toStdString();
    const auto value = object.begin().value();
    if (auto written = objectText(name, value); !written.empty()) {
        return written;
    }
    if (auto written = plainText(name, value.toObject(), family); !written.empty()) {
        return written;
    }
    if (name == "unknown") {
        return string(value); // as somebody wrote it
    }
    if (name == "reset") {
        return "reset " + presenceText(value);
    }
    return value.isNull() ? name : compact(object);
}

std::string commentText(const QJsonObject &rule)
{
    return rule.contains(QLatin1String("comment")) ? "comment " + quoted(rule[QLatin1String("comment")]) : std::string{};
}

bool isNftIdentifier(std::string_view name)
{
    const auto isLetter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
    const auto isOther = [](char c) { return (c >= '0' && c <= '9') || c == '/' || c == '-'; };
    const auto mayBegin = [&](char c) { return isLetter(c) || c == '_' || c == '.'; };
    return !name.empty() && mayBegin(name.front()) &&
           std::all_of(name.begin(), name.end(), [&](char c) { return mayBegin(c) || isOther(c); });
}

} // namespace bothways::filter
