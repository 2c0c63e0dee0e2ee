// SPDX-License-Identifier: GPL-3.0-or-later
#include "filter/nft_expression.h"

#include "filter/nft_text.h"

#include <algorithm>
#include <array>
#include <limits>

#include <QJsonArray>

namespace bothways::filter {
namespace {

struct Spelling {
    std::string_view text;
    Key key;
};

constexpr std::array payloads{
    Spelling{"ip saddr", Key::Ip4Source},
    Spelling{"ip daddr", Key::Ip4Destination},
    Spelling{"ip protocol", Key::Ip4Protocol},
    Spelling{"ip ttl", Key::Ip4Ttl},
    Spelling{"ip length", Key::Ip4Length},
    Spelling{"ip version", Key::Ip4Version},
    Spelling{"ip6 saddr", Key::Ip6Source},
    Spelling{"ip6 daddr", Key::Ip6Destination},
    Spelling{"ip6 nexthdr", Key::Ip6NextHeader},
    Spelling{"ip6 hoplimit", Key::Ip6HopLimit},
    Spelling{"ip6 length", Key::Ip6Length},
    Spelling{"ip6 version", Key::Ip6Version},
    Spelling{"icmp type", Key::IcmpType},
    Spelling{"icmp code", Key::IcmpCode},
    Spelling{"icmpv6 type", Key::Icmpv6Type},
    Spelling{"icmpv6 code", Key::Icmpv6Code},
    Spelling{"tcp sport", Key::TcpSourcePort},
    Spelling{"tcp dport", Key::TcpDestinationPort},
    Spelling{"tcp flags", Key::TcpFlags},
    Spelling{"udp sport", Key::UdpSourcePort},
    Spelling{"udp dport", Key::UdpDestinationPort},
    Spelling{"sctp sport", Key::SctpSourcePort},
    Spelling{"sctp dport", Key::SctpDestinationPort},
    Spelling{"dccp sport", Key::DccpSourcePort},
    Spelling{"dccp dport", Key::DccpDestinationPort},
    Spelling{"udplite sport", Key::UdpliteSourcePort},
    Spelling{"udplite dport", Key::UdpliteDestinationPort},
    Spelling{"th sport", Key::AnySourcePort},
    Spelling{"th dport", Key::AnyDestinationPort},
    Spelling{"ether saddr", Key::EtherSource},
    Spelling{"ether daddr", Key::EtherDestination},
};

constexpr std::array metas{
    Spelling{"iifname", Key::InputName},      Spelling{"oifname", Key::OutputName}, Spelling{"iif", Key::InputIndex},
    Spelling{"oif", Key::OutputIndex},        Spelling{"l4proto", Key::L4Protocol}, Spelling{"nfproto", Key::NfProtocol},
    Spelling{"protocol", Key::EtherProtocol}, Spelling{"mark", Key::Mark},          Spelling{"length", Key::Length},
};

constexpr std::array<std::pair<std::string_view, Type>, 11> setTypes{{
    {"ipv4_addr", Type::Ipv4Address},
    {"ipv6_addr", Type::Ipv6Address},
    {"ether_addr", Type::MacAddress},
    {"inet_proto", Type::Protocol},
    {"inet_service", Type::Service},
    {"ifname", Type::InterfaceName},
    {"icmp_type", Type::IcmpType},
    {"icmpv6_type", Type::Icmpv6Type},
    {"icmp_code", Type::IcmpCode},
    {"icmpv6_code", Type::Icmpv6Code},
    {"mark", Type::Integer},
}};

template <std::size_t size>
std::optional<Key> lookUp(const std::array<Spelling, size> &spellings, const std::string &text)
{
    const auto found =
        std::find_if(spellings.begin(), spellings.end(), [&text](const Spelling &each) { return each.text == text; });
    return found == spellings.end() ? std::nullopt : std::optional(found->key);
}

/// `fib daddr type`, with or without iif: at INPUT the input interface holds the address or another one does; only
/// the form without an interface can be told without the routing table.
std::optional<Key> fibKey(const QJsonObject &fib)
{
    const auto flags = fib[QLatin1String("flags")];
    const auto list = flags.isArray() ? flags.toArray() : QJsonArray{flags};
    if (fib[QLatin1String("result")].toString() != QLatin1String("type") || list.size() != 1) {
        return std::nullopt;
    }
    if (list[0].toString() == QLatin1String("saddr")) {
        return Key::SourceType;
    }
    return list[0].toString() == QLatin1String("daddr") ? std::optional(Key::DestinationType) : std::nullopt;
}

std::optional<Key> keyOf(const QJsonObject &object)
{
    if (object.size() != 1) {
        return std::nullopt;
    }
    const auto name = object.begin().key();
    const auto value = object.begin().value().toObject();
    if (name == QLatin1String("payload")) {
        return lookUp(payloads, value[QLatin1String("protocol")].toString().toStdString() + ' ' +
                                    value[QLatin1String("field")].toString().toStdString());
    }
    if (name == QLatin1String("meta")) {
        return lookUp(metas, value[QLatin1String("key")].toString().toStdString());
    }
    if (name == QLatin1String("ct")) {
        const bool state =
            value[QLatin1String("key")].toString() == QLatin1String("state") && !value.contains(QLatin1String("dir"));
        return state ? std::optional(Key::CtState) : std::nullopt;
    }
    return name == QLatin1String("fib") ? fibKey(value) : std::nullopt;
}

std::optional<Interval> readPoint(const QJsonValue &value, Type type)
{
    if (value.isDouble()) {
        const auto number = value.toInteger(-1);
        const bool numeric = type != Type::Ipv4Address && type != Type::Ipv6Address && type != Type::MacAddress &&
                             type != Type::InterfaceName && type != Type::InterfaceIndex;
        if (!numeric || number < 0) {
            return std::nullopt;
        }
        return readScalar(type, std::to_string(number));
    }
    return value.isString() ? readScalar(type, value.toString().toStdString()) : std::nullopt;
}

/// Flags written as a list or joined by "|": one value with all their bits.
std::optional<Word> readFlags(const QJsonValue &value, Type type)
{
    const auto list = value.isArray() ? value.toArray() : value.toObject()[QLatin1String("|")].toArray();
    if (list.isEmpty() || list.size() > 64) {
        return std::nullopt;
    }
    Word all;
    for (const auto &each : list) {
        const auto point = readPoint(each, type);
        if (!point) {
            return std::nullopt;
        }
        all = all | point->first;
    }
    return all;
}

std::optional<Interval> readInterval(const QJsonValue &value, Type type)
{
    if (value.isString() || value.isDouble()) {
        return readPoint(value, type);
    }
    const auto object = value.toObject();
    if (isBitField(type)) {
        const auto flags = readFlags(value, type);
        return flags ? std::optional(Interval{*flags, *flags}) : std::nullopt;
    }
    if (object.contains(QLatin1String("prefix"))) {
        const auto prefix = object[QLatin1String("prefix")].toObject();
        return readPrefix(type, prefix[QLatin1String("addr")].toString().toStdString(), prefix[QLatin1String("len")].toInt(-1));
    }
    const auto range = object[QLatin1String("range")].toArray();
    if (range.size() != 2) {
        return std::nullopt;
    }
    const auto first = readPoint(range[0], type);
    const auto last = readPoint(range[1], type);
    if (!first || !last || last->last < first->first) {
        return std::nullopt;
    }
    return Interval{first->first, last->last};
}

/// A mask: a number, or flags by name.
std::optional<Word> readMask(const QJsonValue &value, Type type)
{
    if (value.isArray() || value.isObject()) {
        return readFlags(value, type);
    }
    const auto point = readPoint(value, type);
    return point ? std::optional(point->first) : std::nullopt;
}

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

} // namespace

std::optional<std::vector<Field>> readFields(const QJsonValue &expression)
{
    const auto object = expression.toObject();
    const auto concat = object[QLatin1String("concat")].toArray();
    std::vector<Field> fields;
    for (const auto &part : concat.isEmpty() ? QJsonArray{expression} : concat) {
        const auto whole = part.toObject();
        const auto masked = whole[QLatin1String("&")].toArray();
        Field field;
        const auto key = keyOf(masked.size() == 2 ? masked[0].toObject() : whole);
        if (!key || fields.size() >= 16) {
            return std::nullopt;
        }
        field.key = *key;
        if (masked.size() == 2) {
            const auto mask = readMask(masked[1], typeOf(*key));
            if (!mask) {
                return std::nullopt;
            }
            field.mask = *mask;
        }
        fields.push_back(field);
    }
    return fields;
}

std::vector<Type> typesOf(const std::vector<Field> &fields)
{
    std::vector<Type> types;
    std::transform(fields.begin(), fields.end(), std::back_inserter(types), [](const Field &field) { return typeOf(field.key); });
    return types;
}

std::vector<Type> readSetType(const QJsonValue &type)
{
    std::vector<Type> types;
    for (const auto &each : type.isArray() ? type.toArray() : QJsonArray{type}) {
        const auto text = each.toString().toStdString();
        const auto found =
            std::find_if(setTypes.begin(), setTypes.end(), [&text](const auto &known) { return known.first == text; });
        if (found != setTypes.end()) {
            types.push_back(found->second);
        } else if (text == "ct_state") {
            types.push_back(Type::CtState);
        } else {
            return {};
        }
    }
    return types;
}

bool addElement(Elements &elements, const QJsonValue &value, const std::vector<Type> &types)
{
    const auto object = value.toObject();
    if (object.contains(QLatin1String("elem"))) {
        // value(), not []: the latter would give a reference into an object that is gone at the end of the line.
        const auto inner = object[QLatin1String("elem")].toObject().value(QLatin1String("val"));
        return !inner.toObject().contains(QLatin1String("elem")) && addElement(elements, inner, types);
    }
    if (value.isString() && value.toString() == QLatin1String("*")) {
        elements.addCatchAll();
        return true;
    }
    std::vector<Interval> parts;
    const auto concat = object[QLatin1String("concat")].toArray();
    const auto written = concat.isEmpty() ? QJsonArray{value} : concat;
    if (static_cast<std::size_t>(written.size()) != types.size()) {
        return false;
    }
    for (std::size_t i = 0; i < types.size(); ++i) {
        const auto interval = readInterval(written[static_cast<qsizetype>(i)], types[i]);
        if (!interval) {
            return false;
        }
        parts.push_back(*interval);
    }
    elements.add(parts);
    return true;
}

std::optional<Elements> readElements(const QJsonValue &right, const std::vector<Type> &types)
{
    Elements elements(types.size());
    const auto object = right.toObject();
    if (object.contains(QLatin1String("set"))) {
        const auto set = object[QLatin1String("set")];
        for (const auto &element : set.isArray() ? set.toArray() : QJsonArray{set}) {
            if (!addElement(elements, element, types)) {
                return std::nullopt;
            }
        }
    } else if (!addElement(elements, right, types)) {
        return std::nullopt;
    }
    elements.finish();
    return elements;
}

Statement readMatch(const QJsonObject &match, const Table &table)
{
    const auto text = statementText(QJsonObject{{QStringLiteral("match"), match}});
    const auto left = match[QLatin1String("left")];
    const auto right = match[QLatin1String("right")];
    const auto fields = readFields(left);
    if (!fields) {
        return UnknownMatch{text, expressionText(left)};
    }
    const auto types = typesOf(*fields);
    const bool flagList = fields->size() == 1 && isBitField(types.front()) && !right.toObject().contains(QLatin1String("set"));
    const auto op = readOperator(match[QLatin1String("op")].toString().toStdString(), flagList);
    if (!op) {
        return UnknownMatch{text, match[QLatin1String("op")].toString().toStdString()};
    }
    Match result{*fields, *op, nullptr, {}, text};
    if (right.isString() && right.toString().startsWith(QLatin1Char('@'))) {
        result.set = right.toString().mid(1).toStdString();
        const auto set = table.sets.find(result.set);
        const bool fits = set != table.sets.end() && set->second.elements && set->second.types == types;
        if (!fits) {
            return UnknownMatch{text, right.toString().toStdString()};
        }
        result.elements = set->second.elements;
        return result;
    }
    auto elements = readElements(right, types);
    const bool ordered = *op != Operator::In && *op != Operator::NotIn;
    if (!elements || (ordered && !elements->isPoint())) {
        return UnknownMatch{text, expressionText(right)};
    }
    result.elements = std::make_shared<const Elements>(std::move(*elements));
    return result;
}

Statement readMangle(const QJsonObject &mangle, const std::string &text)
{
    const auto target = mangle[QLatin1String("key")].toObject();
    const auto value = mangle[QLatin1String("value")];
    if (target.contains(QLatin1String("ct"))) {
        return Action{Action::Kind::Continue}; // connection marks, labels, helpers: nothing the walk looks at
    }
    const auto fields = readFields(target);
    if (fields && fields->size() == 1) {
        const auto number = value.toInteger(-1);
        if (fields->front().key == Key::Mark && number >= 0 && number <= std::numeric_limits<std::uint32_t>::max()) {
            return SetMark{0, static_cast<std::uint32_t>(number)};
        }
        return Blur{fields->front().key};
    }
    const auto meta = target[QLatin1String("meta")].toObject()[QLatin1String("key")].toString();
    if (meta == QLatin1String("priority") || meta == QLatin1String("nftrace")) {
        return Action{Action::Kind::Continue};
    }
    return UnknownStatement{text, expressionText(target)};
}

} // namespace bothways::filter
