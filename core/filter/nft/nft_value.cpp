// SPDX-License-Identifier: GPL-3.0-or-later
#include "filter/nft/nft_value.h"

#include "filter/field/raw_field.h"
#include <algorithm>
#include <array>

#include <QJsonObject>

namespace bothways::filter {
namespace {

constexpr std::array<std::pair<std::string_view, ValueType>, 46> dataTypes{{
    {"ipv4_addr", {Type::Ipv4Address, 32}},
    {"ipv6_addr", {Type::Ipv6Address, 128}},
    {"ether_addr", {Type::MacAddress, 48}},
    {"ll_addr", {Type::MacAddress, 48}},
    {"ether_type", {Type::EtherProtocol, 16}},
    {"inet_proto", {Type::Protocol, 8}},
    {"inet_service", {Type::Service, 16}},
    {"ifname", {Type::InterfaceName, 0}},
    {"iface_index", {Type::InterfaceIndex, 0}},
    {"iface_type", {Type::InterfaceType, 16}},
    {"icmp_type", {Type::IcmpType, 8}},
    {"icmp_code", {Type::IcmpCode, 8}},
    {"icmpv6_type", {Type::Icmpv6Type, 8}},
    {"icmpv6_code", {Type::Icmpv6Code, 8}},
    {"igmp_type", {Type::IgmpType, 8}},
    {"dccp_pkttype", {Type::DccpPacketType, 4}},
    {"arp_op", {Type::ArpOperation, 16}},
    {"dscp", {Type::Dscp, 6}},
    {"ecn", {Type::Ecn, 2}},
    {"mark", {Type::Integer, 32}},
    {"integer", {Type::Raw, 0}},
    {"xinteger", {Type::Raw, 0}},
    {"boolean", {Type::Boolean, 1}},
    {"nf_proto", {Type::NfProtocol, 8}},
    {"pkt_type", {Type::PacketType, 8}},
    {"ct_state", {Type::CtState, 32}},
    {"ct_dir", {Type::CtDirection, 8}},
    {"ct_status", {Type::CtStatus, 32}},
    {"tcp_flag", {Type::TcpFlag, 8}},
    {"fib_addrtype", {Type::AddressType, 32}},
    {"uid", {Type::Integer, 32}},
    {"gid", {Type::Integer, 32}},
    {"ct_label", {Type::Opaque, 0}},
    {"ct_event", {Type::Opaque, 0}},
    {"ct_id", {Type::Opaque, 0}},
    {"devgroup", {Type::Opaque, 0}},
    {"realm", {Type::Opaque, 0}},
    {"classid", {Type::Opaque, 0}},
    {"time", {Type::Opaque, 0}},
    {"hour", {Type::Opaque, 0}},
    {"day", {Type::Opaque, 0}},
    {"cgroupsv2", {Type::Opaque, 0}},
    {"string", {Type::Opaque, 0}},
    {"mh_type", {Type::Opaque, 0}},
    {"icmpx_code", {Type::Opaque, 0}},
    {"bitmask", {Type::Raw, 0}},
}};

bool isNumber(Type type) { return type == Type::Integer || type == Type::Raw; }

std::optional<Interval> readFlags(const QJsonValue &value, Type type)
{
    const auto list = value.isArray() ? value.toArray() : value.toObject().value(QLatin1String("|")).toArray();
    Word all;
    for (const auto &each : list) {
        const auto bits = each.isObject() ? readFlags(each, type) : readPoint(each, type);
        if (!bits) {
            return std::nullopt;
        }
        all = all | bits->first;
    }
    return list.isEmpty() ? std::nullopt : std::optional(Interval{all, all});
}

std::optional<Interval> readPrefix(const QJsonObject &prefix, const ValueType &type)
{
    const auto address = prefix[QLatin1String("addr")];
    const auto text = address.isDouble() ? std::to_string(address.toInteger()) : address.toString().toStdString();
    const bool open = isNumber(type.type) && type.bits == 0;
    return open ? std::nullopt : readPrefix(type.type, text, prefix[QLatin1String("len")].toInt(-1), type.bits);
}

/// The value inside, and whether a limit lies beside it.
std::pair<QJsonValue, bool> unwrapped(const QJsonValue &value)
{
    const auto object = value.toObject();
    if (!object.contains(QLatin1String("elem"))) {
        return {value, false};
    }
    const auto element = object.value(QLatin1String("elem")).toObject();
    const auto keys = element.keys();
    return {element.value(QLatin1String("val")), std::any_of(keys.begin(), keys.end(), isCondition)};
}

} // namespace

std::string textAt(const QJsonObject &object, const char *key) { return object[QLatin1String(key)].toString().toStdString(); }

std::vector<ValueType> typesOf(const std::vector<Field> &fields)
{
    std::vector<ValueType> types;
    std::transform(fields.begin(), fields.end(), std::back_inserter(types), [](const Field &field) {
        return ValueType{typeOf(field.key), field.bits > 0 ? field.bits : bitsOf(field.key)};
    });
    return types;
}

std::optional<ValueType> valueTypeNamed(std::string_view name)
{
    const auto found = std::find_if(dataTypes.begin(), dataTypes.end(), [name](const auto &each) { return each.first == name; });
    return found == dataTypes.end() ? std::nullopt : std::optional(found->second);
}

bool fits(const std::vector<ValueType> &written, const std::vector<Field> &fields)
{
    return std::equal(written.begin(), written.end(), fields.begin(), fields.end(),
                      [](const ValueType &value, const Field &field) {
                          const auto type = typeOf(field.key);
                          return field.key == Key::Opaque || value.type == type || (isNumber(value.type) && isNumber(type));
                      });
}

bool isCondition(const QString &statement)
{
    return statement == QLatin1String("limit") || statement == QLatin1String("quota") || statement == QLatin1String("ct count");
}

std::optional<Interval> readPoint(const QJsonValue &value, Type type)
{
    if (type == Type::Opaque) {
        return Interval{Word{}, allBits};
    }
    if (value.isString()) {
        return readScalar(type, value.toString().toStdString());
    }
    if (value.isBool() && type == Type::Boolean) {
        const Word word{0, value.toBool() ? 1U : 0U};
        return Interval{word, word};
    }
    const bool numeric = type != Type::Ipv4Address && type != Type::Ipv6Address && type != Type::MacAddress &&
                         type != Type::InterfaceName && type != Type::InterfaceIndex;
    if (!value.isDouble() || !numeric) {
        return std::nullopt;
    }
    const auto number = value.toInteger(-1);
    if (number < 0) { // nft writes the upper half of 64 bits as negative numbers
        const Word word{0, static_cast<std::uint64_t>(number)};
        return type == Type::Raw && value.toDouble() < -1 ? std::optional(Interval{word, word}) : std::nullopt;
    }
    return readScalar(type, std::to_string(number));
}

std::optional<Interval> readInterval(const QJsonValue &value, const ValueType &type)
{
    if (type.type == Type::Opaque || (!value.isArray() && !value.isObject())) {
        return readPoint(value, type.type);
    }
    const auto object = value.toObject();
    if (isBitField(type.type) && (value.isArray() || object.contains(QLatin1String("|")))) {
        return readFlags(value, type.type);
    }
    if (object.contains(QLatin1String("prefix"))) {
        return readPrefix(object.value(QLatin1String("prefix")).toObject(), type);
    }
    const auto range = object.value(QLatin1String("range")).toArray();
    if (range.size() != 2) {
        return std::nullopt;
    }
    const auto first = readPoint(range[0], type.type);
    const auto last = readPoint(range[1], type.type);
    if (!first || !last || last->last < first->first) {
        return std::nullopt;
    }
    return Interval{first->first, last->last};
}

bool addElement(Elements &elements, const QJsonValue &value, const std::vector<ValueType> &types, bool mayFail)
{
    const auto [inner, limited] = unwrapped(value);
    const bool open = mayFail || limited;
    if (inner.isString() && inner.toString() == QLatin1String("*")) { // nft knows no interface by that name
        elements.addCatchAll(open);
        return true;
    }
    const auto concat = inner.toObject().value(QLatin1String("concat")).toArray();
    const auto written = concat.isEmpty() ? QJsonArray{inner} : concat;
    if (static_cast<std::size_t>(written.size()) != types.size()) {
        return false;
    }
    std::vector<Interval> parts;
    for (std::size_t i = 0; i < types.size(); ++i) {
        const auto interval = readInterval(written[static_cast<qsizetype>(i)], types[i]);
        if (!interval) {
            return false;
        }
        parts.push_back(*interval);
    }
    elements.add(parts, open);
    return true;
}

std::optional<Elements> readElements(const QJsonValue &right, const std::vector<ValueType> &types)
{
    Elements elements(types.size());
    const auto object = right.toObject();
    if (object.contains(QLatin1String("set"))) {
        for (const auto &element : asList(object.value(QLatin1String("set")))) {
            if (!addElement(elements, element, types)) {
                elements.setIncomplete();
            }
        }
    } else if (!addElement(elements, right, types)) {
        return std::nullopt;
    }
    elements.finish();
    return elements;
}

} // namespace bothways::filter
