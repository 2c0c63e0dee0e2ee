// SPDX-License-Identifier: GPL-3.0-or-later
#include "filter/nft/nft_text_value.h"

#include "filter/nft/nft_text.h"
#include "filter/nft/nft_value.h"
#include "filter/packet/value_names.h"

#include <algorithm>
#include <array>
#include <cstdio>

#include <QJsonArray>
#include <QJsonDocument>

namespace bothways::filter::nft {
namespace {

constexpr int deepest = 32;

using Form = Style::Form;

struct Spelling {
    std::string_view name;
    Style style;
};

constexpr std::array metaStyles{
    Spelling{"iifname", {Form::Quoted}},
    Spelling{"oifname", {Form::Quoted}},
    Spelling{"ibrname", {Form::Quoted}},
    Spelling{"obrname", {Form::Quoted}},
    Spelling{"iifkind", {Form::Quoted}},
    Spelling{"oifkind", {Form::Quoted}},
    Spelling{"sdifname", {Form::Quoted}},
    Spelling{"iif", {Form::Name}},
    Spelling{"oif", {Form::Name}},
    Spelling{"sdif", {Form::Name}},
    Spelling{"iifgroup", {Form::Name}},
    Spelling{"oifgroup", {Form::Name}},
    Spelling{"rtclassid", {Form::Name}},
    Spelling{"day", {Form::Name}},
    Spelling{"time", {Form::Quoted}},
    Spelling{"hour", {Form::Quoted}},
    Spelling{"mark", {Form::Hex8}},
    Spelling{"protocol", {Form::Hex4, Type::EtherProtocol}},
    Spelling{"ibrvproto", {Form::Hex4, Type::EtherProtocol}},
    Spelling{"pkttype", {Form::Plain, Type::PacketType}},
    Spelling{"iiftype", {Form::Plain, Type::InterfaceType}},
    Spelling{"oiftype", {Form::Plain, Type::InterfaceType}},
    Spelling{"nfproto", {Form::Plain, Type::NfProtocol}},
};

constexpr std::array ctStyles{
    Spelling{"mark", {Form::Hex8}},  Spelling{"helper", {Form::Quoted}},
    Spelling{"label", {Form::Name}}, Spelling{"expiration", {Form::Seconds}},
    Spelling{"state", {Form::Hex}},  Spelling{"status", {Form::Hex}},
    Spelling{"event", {Form::Hex}},  Spelling{"direction", {Form::Plain, Type::CtDirection}},
};

constexpr std::array payloadStyles{
    Spelling{"ether type", {Form::Hex4, Type::EtherProtocol}},
    Spelling{"vlan type", {Form::Hex4, Type::EtherProtocol}},
    Spelling{"arp ptype", {Form::Hex4, Type::EtherProtocol}},
    Spelling{"ip dscp", {Form::Hex2, Type::Dscp}},
    Spelling{"ip6 dscp", {Form::Hex2, Type::Dscp}},
    Spelling{"ip ecn", {Form::Hex1, Type::Ecn}},
    Spelling{"ip6 ecn", {Form::Hex1, Type::Ecn}},
    Spelling{"tcp flags", {Form::Hex, Type::TcpFlag}},
    Spelling{"comp flags", {Form::Hex}},
    Spelling{"icmp type", {Form::Plain, Type::IcmpType}},
    Spelling{"icmp code", {Form::Plain, Type::IcmpCode}},
    Spelling{"icmpv6 type", {Form::Plain, Type::Icmpv6Type}},
    Spelling{"icmpv6 code", {Form::Plain, Type::Icmpv6Code}},
    Spelling{"igmp type", {Form::Plain, Type::IgmpType}},
    Spelling{"arp operation", {Form::Plain, Type::ArpOperation}},
    Spelling{"dccp type", {Form::Plain, Type::DccpPacketType}},
};

template <std::size_t size>
Style lookUp(const std::array<Spelling, size> &spellings, const std::string &name)
{
    const auto found =
        std::find_if(spellings.begin(), spellings.end(), [&name](const Spelling &each) { return each.name == name; });
    return found == spellings.end() ? Style{} : found->style;
}

bool isOperation(const QString &name)
{
    return name == QLatin1String("&") || name == QLatin1String("|") || name == QLatin1String("^") ||
           name == QLatin1String("<<") || name == QLatin1String(">>");
}

Style payloadStyle(const QJsonObject &payload)
{
    if (payload.contains(QLatin1String("base"))) {
        return {Form::Hex};
    }
    return lookUp(payloadStyles, string(payload[QLatin1String("protocol")]) + ' ' + string(payload[QLatin1String("field")]));
}

Style fibStyle(const QJsonObject &fib)
{
    const auto result = fib[QLatin1String("result")].toString();
    if (result == QLatin1String("type")) {
        return {Form::Plain, Type::AddressType};
    }
    return {result == QLatin1String("oif") ? Form::Name : Form::Quoted};
}

Style styleOf(const QJsonValue &left, int depth = 0)
{
    const auto object = left.toObject();
    if (object.size() != 1 || depth > deepest) {
        return {};
    }
    const auto name = object.begin().key();
    const auto value = object.begin().value();
    const auto key = string(value.toObject().value(QLatin1String("key")));
    if (name == QLatin1String("meta")) {
        return lookUp(metaStyles, key);
    }
    if (name == QLatin1String("ct")) {
        return lookUp(ctStyles, key);
    }
    if (name == QLatin1String("payload")) {
        return payloadStyle(value.toObject());
    }
    if (name == QLatin1String("fib")) {
        return fibStyle(value.toObject());
    }
    if (name == QLatin1String("osf") || (name == QLatin1String("socket") && key == "cgroupv2")) {
        return {Form::Quoted};
    }
    if (name == QLatin1String("socket") && key == "mark") {
        return {Form::Hex8};
    }
    if (name == QLatin1String("rt") && key == "classid") {
        return {Form::Name};
    }
    return isOperation(name) ? styleOf(value.toArray().first(), depth + 1) : Style{};
}

std::string hexadecimal(std::int64_t value, int digits)
{
    std::array<char, 24> buffer{};
    std::snprintf(buffer.data(), buffer.size(), "0x%0*llx", digits, static_cast<unsigned long long>(value));
    return buffer.data();
}

std::string numberText(std::int64_t value, const Style &style)
{
    switch (style.form) {
    case Form::Hex:
    case Form::Hex1:
        return hexadecimal(value, 1);
    case Form::Hex2:
        return hexadecimal(value, 2);
    case Form::Hex4:
        return hexadecimal(value, 4);
    case Form::Hex8:
        return hexadecimal(value, 8);
    case Form::Seconds:
        return durationText(value);
    default:
        return std::to_string(value);
    }
}

std::string stringText(const QJsonValue &value, const Style &style)
{
    const auto plain = string(value);
    const bool digits = !plain.empty() && plain.find_first_not_of("0123456789") == std::string::npos;
    const bool quotes = style.form == Form::Quoted || (style.form == Form::Name && !digits);
    return quotes && !plain.starts_with('@') && plain != "*" ? '"' + plain + '"' : plain;
}

/// The ends of a range are written as numbers, though JSON names them.
std::string rangeEnd(const QJsonValue &value, const Style &style)
{
    static constexpr std::array<std::string_view, 7> days{"Sunday",   "Monday", "Tuesday", "Wednesday",
                                                          "Thursday", "Friday", "Saturday"};
    if (!value.isString()) {
        return style.form == Form::Seconds ? number(value) + 's' : text(value, {style});
    }
    const auto plain = string(value);
    const auto day = std::find(days.begin(), days.end(), plain);
    if (style.form == Form::Name && day != days.end()) {
        return std::to_string(day - days.begin());
    }
    const auto named = numberOf(style.type, plain);
    return named ? numberText(static_cast<std::int64_t>(*named), style) : stringText(value, style);
}

std::string join(const QJsonArray &values, std::string_view separator, const std::vector<Style> &styles, int depth)
{
    std::string all;
    for (const auto &value : values) {
        all += (all.empty() ? std::string{} : std::string(separator)) + text(value, styles, {}, depth + 1);
    }
    return all;
}

std::string concatText(const QJsonArray &parts, const std::vector<Style> &styles, int depth)
{
    std::string all;
    for (qsizetype i = 0; i < parts.size(); ++i) {
        const auto style = static_cast<std::size_t>(i) < styles.size() ? styles[static_cast<std::size_t>(i)] : Style{};
        all += (i == 0 ? "" : " . ") + text(parts[i], {style}, {}, depth + 1);
    }
    return all;
}

std::string elementText(const QJsonObject &element, const std::vector<Style> &styles, int depth)
{
    auto all = text(element[QLatin1String("val")], styles, {}, depth + 1);
    for (const auto *kind : {"counter", "limit", "quota", "ct count"}) {
        if (element.contains(QLatin1String(kind))) {
            all += ' ' + statementText(QJsonObject{{QLatin1String(kind), element[QLatin1String(kind)]}}, {});
        }
    }
    if (element.contains(QLatin1String("timeout"))) {
        all += " timeout " + durationText(element[QLatin1String("timeout")].toInteger());
    }
    if (element.contains(QLatin1String("comment"))) {
        all += " comment " + quoted(element[QLatin1String("comment")]);
    }
    return all;
}

std::string setText(const QJsonArray &elements, const std::vector<Style> &styles, const std::vector<Style> &data, int depth)
{
    std::string all;
    for (const auto &element : elements) {
        all += all.empty() ? "{ " : ", ";
        const auto pair = element.toArray();
        if (element.isArray() && pair.size() == 2) {
            const auto verdict = pair[1].toObject();
            const bool isVerdict =
                verdict.size() == 1 && (verdict.begin().value().isNull() || verdict.contains(QLatin1String("jump")) ||
                                        verdict.contains(QLatin1String("goto")));
            all += text(pair[0], styles, {}, depth + 1) + " : " +
                   (isVerdict ? statementText(verdict, {}) : text(pair[1], data, {}, depth + 1));
        } else {
            all += text(element, styles, {}, depth + 1);
        }
    }
    return all.empty() ? "{ }" : all + " }";
}

std::string mapText(const QJsonObject &map, const char *word, const std::vector<Style> &data, int depth)
{
    const auto key = map[QLatin1String("key")];
    return text(key, {}, {}, depth + 1) + word + text(map[QLatin1String("data")], stylesOf(key), data, depth + 1);
}

std::string metaText(const QJsonObject &meta)
{
    static constexpr std::array<std::string_view, 6> bare{"iif", "oif", "iifname", "oifname", "iifgroup", "oifgroup"};
    const auto key = string(meta[QLatin1String("key")]);
    return std::find(bare.begin(), bare.end(), key) != bare.end() ? key : "meta " + key;
}

std::string fibText(const QJsonObject &fib)
{
    return "fib " + join(asList(fib[QLatin1String("flags")]), " . ", {}, 0) + ' ' + string(fib[QLatin1String("result")]);
}

std::string payloadText(const QJsonObject &payload)
{
    const auto tunnel =
        payload.contains(QLatin1String("tunnel")) ? string(payload[QLatin1String("tunnel")]) + ' ' : std::string{};
    if (payload.contains(QLatin1String("base"))) {
        return '@' + string(payload[QLatin1String("base")]) + ',' + number(payload[QLatin1String("offset")]) + ',' +
               number(payload[QLatin1String("len")]);
    }
    return tunnel + string(payload[QLatin1String("protocol")]) + ' ' + string(payload[QLatin1String("field")]);
}

std::string ctText(const QJsonObject &ct)
{
    const auto direction = ct.contains(QLatin1String("dir")) ? string(ct[QLatin1String("dir")]) + ' ' : std::string{};
    return "ct " + direction + string(ct[QLatin1String("key")]);
}

/// "mod 2 seed 0x1 offset 5", of numgen and the hashes.
std::string modulusText(const QJsonObject &object)
{
    auto all = " mod " + number(object[QLatin1String("mod")]);
    if (object.contains(QLatin1String("seed"))) {
        all += " seed " + hexadecimal(object[QLatin1String("seed")].toInteger(), 1);
    }
    const auto offset = object[QLatin1String("offset")].toInteger();
    return offset == 0 ? all : all + " offset " + std::to_string(offset);
}

/// "exthdr frag exists", "frag more-fragments 1", "tcp option maxseg size 5", "tcp option @5,0,8".
std::string optionText(const QString &kind, const QJsonObject &option)
{
    const auto word = kind.toStdString();
    if (option.contains(QLatin1String("base"))) {
        return word + " @" + number(option[QLatin1String("base")]) + ',' + number(option[QLatin1String("offset")]) + ',' +
               number(option[QLatin1String("len")]);
    }
    if (option.contains(QLatin1String("type"))) {
        return word + ' ' + number(option[QLatin1String("type")]);
    }
    const auto name = string(option[QLatin1String("name")]);
    const bool field = option.contains(QLatin1String("field"));
    const auto head = field && kind == QLatin1String("exthdr") ? name : word + ' ' + name;
    return field ? head + ' ' + string(option[QLatin1String("field")]) : head;
}

std::string osfText(const QJsonObject &osf)
{
    const auto ttl = osf.contains(QLatin1String("ttl")) ? "ttl " + string(osf[QLatin1String("ttl")]) + ' ' : std::string{};
    return "osf " + ttl + string(osf[QLatin1String("key")]);
}

std::string ipsecText(const QJsonObject &ipsec)
{
    const auto hop = ipsec[QLatin1String("spnum")].toInteger();
    const auto family = ipsec.contains(QLatin1String("family")) ? string(ipsec[QLatin1String("family")]) + ' ' : std::string{};
    return "ipsec " + string(ipsec[QLatin1String("dir")]) + ' ' +
           (hop == 0 ? std::string{} : "spnum " + std::to_string(hop) + ' ') + family + string(ipsec[QLatin1String("key")]);
}

std::string routeText(const QJsonObject &route)
{
    const auto family = route.contains(QLatin1String("family")) ? string(route[QLatin1String("family")]) + ' ' : std::string{};
    return "rt " + family + string(route[QLatin1String("key")]);
}

/// src/expression.c, expr_binop_precedence.
int precedence(const QString &operation)
{
    return operation == QLatin1String("&") ? 2 : operation == QLatin1String("^") ? 3 : operation == QLatin1String("|") ? 4 : 1;
}

std::string operationText(const QString &name, const QJsonArray &operands, const std::vector<Style> &given, int depth)
{
    const auto style = operands.isEmpty() || !operands[0].isObject() ? Style{} : styleOf(operands[0]);
    const bool shift = name == QLatin1String("<<") || name == QLatin1String(">>");
    std::string all;
    for (qsizetype i = 0; i < operands.size(); ++i) {
        const auto object = operands[i].toObject();
        const bool nested =
            object.size() == 1 && isOperation(object.begin().key()) && precedence(name) < precedence(object.begin().key());
        const auto styles =
            shift && i > 0 ? std::vector<Style>{} : std::vector{operands[0].isObject() || given.empty() ? style : given.front()};
        const auto one = text(operands[i], styles, {}, depth + 1);
        all += (i == 0 ? std::string{} : ' ' + name.toStdString() + ' ') + (nested ? '(' + one + ')' : one);
    }
    return all;
}

std::string leafText(const QString &name, const QJsonObject &object)
{
    if (name == QLatin1String("payload")) {
        return payloadText(object);
    }
    if (name == QLatin1String("meta")) {
        return metaText(object);
    }
    if (name == QLatin1String("ct")) {
        return ctText(object);
    }
    if (name == QLatin1String("fib")) {
        return fibText(object);
    }
    if (name == QLatin1String("exthdr") || name == QLatin1String("ip option") || name == QLatin1String("tcp option") ||
        name == QLatin1String("sctp chunk") || name == QLatin1String("dccp option")) {
        return optionText(name, object);
    }
    if (name == QLatin1String("socket")) {
        return "socket " + string(object[QLatin1String("key")]);
    }
    if (name == QLatin1String("rt")) {
        return routeText(object);
    }
    if (name == QLatin1String("osf")) {
        return osfText(object);
    }
    if (name == QLatin1String("ipsec")) {
        return ipsecText(object);
    }
    if (name == QLatin1String("numgen")) {
        return "numgen " + string(object[QLatin1String("mode")]) + modulusText(object);
    }
    return name == QLatin1String("symhash") ? "symhash" + modulusText(object) : std::string{};
}

std::string objectText(const QJsonObject &object, const std::vector<Style> &styles, const std::vector<Style> &data, int depth)
{
    if (object.size() != 1) {
        return compact(object);
    }
    const auto name = object.begin().key();
    const auto value = object.begin().value();
    if (auto leaf = leafText(name, value.toObject()); !leaf.empty()) {
        return leaf;
    }
    if (name == QLatin1String("set")) {
        return setText(asList(value), styles, data, depth);
    }
    if (name == QLatin1String("map")) {
        return mapText(value.toObject(), " map ", styles, depth);
    }
    if (name == QLatin1String("prefix")) {
        const auto prefix = value.toObject();
        return text(prefix[QLatin1String("addr")], styles, {}, depth + 1) + '/' + number(prefix[QLatin1String("len")]);
    }
    if (name == QLatin1String("range")) {
        const auto ends = value.toArray();
        const auto style = styles.empty() ? Style{} : styles.front();
        return ends.size() == 2 ? rangeEnd(ends[0], style) + '-' + rangeEnd(ends[1], style) : compact(object);
    }
    if (name == QLatin1String("concat")) {
        return concatText(value.toArray(), styles, depth);
    }
    if (name == QLatin1String("elem")) {
        return elementText(value.toObject(), styles, depth);
    }
    if (name == QLatin1String("jhash")) {
        const auto hash = value.toObject();
        return "jhash " + text(hash[QLatin1String("expr")], {}, {}, depth + 1) + modulusText(hash);
    }
    return isOperation(name) ? operationText(name, value.toArray(), styles, depth) : compact(object);
}

} // namespace

std::string string(const QJsonValue &value) { return value.toString().toStdString(); }

std::string quoted(const QJsonValue &value) { return '"' + string(value) + '"'; }

std::string number(const QJsonValue &value) { return std::to_string(value.toInteger()); }

std::string compact(const QJsonObject &object) { return QJsonDocument(object).toJson(QJsonDocument::Compact).toStdString(); }

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

std::vector<Style> stylesOf(const QJsonValue &left)
{
    const auto parts = left.toObject().value(QLatin1String("concat")).toArray();
    if (parts.isEmpty()) {
        return {styleOf(left)};
    }
    std::vector<Style> styles;
    for (const auto &part : parts) {
        styles.push_back(styleOf(part));
    }
    return styles;
}

std::string text(const QJsonValue &value, const std::vector<Style> &styles, const std::vector<Style> &data, int depth)
{
    const auto style = styles.empty() ? Style{} : styles.front();
    if (depth > deepest) {
        return "...";
    }
    if (value.isString()) {
        return stringText(value, style);
    }
    if (value.isDouble()) {
        return numberText(value.toInteger(), style);
    }
    if (value.isBool()) {
        return value.toBool() ? "exists" : "missing";
    }
    if (value.isArray()) {
        return join(value.toArray(), ",", styles, depth);
    }
    return value.isObject() ? objectText(value.toObject(), styles, data, depth) : std::string{};
}

} // namespace bothways::filter::nft
