// SPDX-License-Identifier: GPL-3.0-or-later
#include "filter/nft/nft_field.h"

#include "filter/nft/nft_value.h"

#include <algorithm>
#include <array>
#include <unordered_map>

#include <QJsonArray>

namespace bothways::filter {
namespace {

constexpr std::size_t mostParts = 16; // NFT_REG32_COUNT words is what the kernel has for one concatenation

/// nft writes most fields as this program names them.
std::optional<Key> keyNamed(const std::string &name)
{
    static const auto index = [] {
        std::unordered_map<std::string_view, Key> all;
        for (std::size_t i = 0; i < static_cast<std::size_t>(Key::InputPort); ++i) {
            all.emplace(textOf(static_cast<Key>(i)), static_cast<Key>(i));
        }
        for (auto i = static_cast<std::size_t>(Key::InputPvid); i < static_cast<std::size_t>(Key::ReversePath); ++i) {
            all.emplace(textOf(static_cast<Key>(i)), static_cast<Key>(i));
        }
        all.emplace("meta secpath", Key::IpsecPath);
        return all;
    }();
    const auto found = index.find(name);
    return found == index.end() ? std::nullopt : std::optional(found->second);
}

std::optional<Field> field(std::optional<Key> key) { return key ? std::optional(Field{*key, allBits}) : std::nullopt; }

std::optional<Field> payload(const QJsonObject &payload)
{
    if (payload.contains(QLatin1String("tunnel"))) {
        return std::nullopt;
    }
    if (!payload.contains(QLatin1String("base"))) {
        return field(keyNamed(textAt(payload, "protocol") + ' ' + textAt(payload, "field")));
    }
    static constexpr std::array<std::pair<std::string_view, Key>, 4> bases{
        {{"ll", Key::RawLink}, {"nh", Key::RawNetwork}, {"th", Key::RawTransport}, {"ih", Key::RawInner}}};
    const auto name = textAt(payload, "base");
    const auto base = std::find_if(bases.begin(), bases.end(), [&name](const auto &each) { return each.first == name; });
    const int offset = payload[QLatin1String("offset")].toInt(-1);
    const int bits = payload[QLatin1String("len")].toInt(-1);
    if (base == bases.end() || offset < 0 || bits <= 0 || bits > 128) {
        return std::nullopt;
    }
    return Field{base->second, allBits, {}, offset, bits};
}

std::optional<Field> meta(const QJsonObject &meta)
{
    const auto name = textAt(meta, "key");
    const auto qualified = keyNamed("meta " + name);
    return field(qualified ? qualified : keyNamed(name));
}

/// Which way is looked at matters for addresses, ports and amounts only.
std::optional<Field> ct(const QJsonObject &ct, std::string_view family)
{
    auto name = textAt(ct, "key");
    const auto direction = textAt(ct, "dir");
    if (direction.empty()) {
        return field(keyNamed("ct " + name));
    }
    if (name == "saddr" || name == "daddr") {
        if (family != "ip" && family != "ip6") {
            return std::nullopt;
        }
        name = std::string(family) + ' ' + name;
    }
    const auto directed = keyNamed("ct " + direction + ' ' + name);
    return field(directed ? directed : keyNamed("ct " + name));
}

/// `fib saddr . iif oif` is what a reverse path filter asks; a mark that selects another routing table is the packet's.
std::optional<Field> fib(const QJsonObject &fib)
{
    std::string flags;
    for (const auto &flag : asList(fib[QLatin1String("flags")])) {
        flags += (flags.empty() ? "" : " ") + flag.toString().toStdString();
    }
    const auto result = textAt(fib, "result");
    if (result == "type") {
        return flags == "saddr" ? field(Key::SourceType) : flags == "daddr" ? field(Key::DestinationType) : std::nullopt;
    }
    const bool marked = flags == "saddr mark iif";
    if (flags != "saddr iif" && !marked) {
        return std::nullopt;
    }
    if (result == "oifname") {
        return field(marked ? Key::MarkedReversePathName : Key::ReversePathName);
    }
    if (result == "check") {
        return field(marked ? Key::MarkedReversePath : Key::ReversePath);
    }
    return result == "oif" ? field(marked ? Key::MarkedReversePathIndex : Key::ReversePathIndex) : std::nullopt;
}

/// Without "field" the question is whether there is such a header or option at all.
std::optional<Field> option(const QJsonObject &option, Key presence, Key content)
{
    return field(option.contains(QLatin1String("field")) || !option.contains(QLatin1String("name")) ? content : presence);
}

std::optional<Field> extension(const QJsonObject &header)
{
    const bool fragment = textAt(header, "name") == "frag";
    return fragment ? option(header, Key::Ip6Fragment, Key::Ip6FragmentField)
                    : option(header, Key::Ip6Extension, Key::Ip6ExtensionField);
}

std::optional<Field> leaf(const QString &name, const QJsonObject &value, std::string_view family)
{
    if (name == QLatin1String("payload")) {
        return payload(value);
    }
    if (name == QLatin1String("meta")) {
        return meta(value);
    }
    if (name == QLatin1String("ct")) {
        return ct(value, family);
    }
    if (name == QLatin1String("fib")) {
        return fib(value);
    }
    if (name == QLatin1String("exthdr")) {
        return extension(value);
    }
    if (name == QLatin1String("ip option")) {
        return option(value, Key::Ip4Option, Key::Ip4OptionField);
    }
    if (name == QLatin1String("tcp option")) {
        return option(value, Key::TcpOption, Key::TcpOptionField);
    }
    if (name == QLatin1String("sctp chunk")) {
        return option(value, Key::SctpChunk, Key::SctpChunkField);
    }
    if (name == QLatin1String("dccp option")) {
        return field(Key::DccpOption);
    }
    if (name == QLatin1String("socket")) {
        return field(Key::SocketLookup);
    }
    return name == QLatin1String("rt") ? field(Key::Route) : std::nullopt;
}

std::optional<BitOperation::Kind> operationNamed(const QString &name)
{
    static constexpr std::array<std::pair<std::string_view, BitOperation::Kind>, 5> operations{{
        {"&", BitOperation::Kind::And},
        {"|", BitOperation::Kind::And}, // and then the bits are set
        {"^", BitOperation::Kind::Xor},
        {"<<", BitOperation::Kind::ShiftLeft},
        {">>", BitOperation::Kind::ShiftRight},
    }};
    const auto text = name.toStdString();
    const auto found =
        std::find_if(operations.begin(), operations.end(), [&text](const auto &each) { return each.first == text; });
    return found == operations.end() ? std::nullopt : std::optional(found->second);
}

/// Numbers in the host's own order; shifting what came off the wire shifts its bytes the other way round on some machines.
bool mayBeShifted(Key key) { return key == Key::Mark || key == Key::CtMark; }

bool addOperation(Field &field, BitOperation::Kind kind, bool isOr, const QJsonValue &operand)
{
    if (kind == BitOperation::Kind::ShiftLeft || kind == BitOperation::Kind::ShiftRight) {
        const int shift = operand.toInt(-1);
        if (shift < 0 || shift > 31 || !mayBeShifted(field.key)) {
            return false;
        }
        field.operations.push_back({kind, {}, shift});
        return true;
    }
    const auto bits = readBits(operand, typeOf(field.key));
    if (!bits) {
        return false;
    }
    if (kind == BitOperation::Kind::And && !isOr && field.operations.empty()) {
        field.mask = field.mask & *bits;
        return true;
    }
    field.operations.push_back({kind, isOr ? ~*bits : *bits, 0});
    if (isOr) {
        field.operations.push_back({BitOperation::Kind::Xor, *bits, 0});
    }
    return true;
}

std::optional<Field> readField(const QJsonValue &expression, std::string_view family, int depth)
{
    constexpr int deepest = 8;
    const auto object = expression.toObject();
    if (object.size() != 1 || depth > deepest) {
        return std::nullopt;
    }
    const auto name = object.begin().key();
    const auto kind = operationNamed(name);
    if (!kind) {
        return leaf(name, object.begin().value().toObject(), family);
    }
    // nft since 1.0.7 writes a chain of the same operation as one list.
    const auto operands = object.begin().value().toArray();
    auto result = operands.size() < 2 ? std::nullopt : readField(operands[0], family, depth + 1);
    if (!result || typeOf(result->key) == Type::Opaque) {
        return std::nullopt;
    }
    for (qsizetype i = 1; i < operands.size(); ++i) {
        if (!addOperation(*result, *kind, name == QLatin1String("|"), operands[i])) {
            return std::nullopt;
        }
    }
    return result;
}

} // namespace

std::optional<Field> readField(const QJsonValue &expression, std::string_view family) { return readField(expression, family, 0); }

std::optional<std::vector<Field>> readFields(const QJsonValue &expression, std::string_view family)
{
    const auto concat = expression.toObject().value(QLatin1String("concat")).toArray();
    if (concat.isEmpty()) {
        const auto one = readField(expression, family);
        return one ? std::optional(std::vector{*one}) : std::nullopt;
    }
    std::vector<Field> fields;
    bool anyKnown = false;
    for (const auto &part : concat) {
        const auto one = readField(part, family);
        anyKnown = anyKnown || one;
        fields.push_back(one.value_or(Field{Key::Opaque, allBits}));
    }
    return anyKnown && fields.size() <= mostParts ? std::optional(std::move(fields)) : std::nullopt;
}

std::optional<Word> readBits(const QJsonValue &value, Type type)
{
    if (!value.isArray() && !value.isObject()) {
        const auto point = readPoint(value, type);
        return point && type != Type::Opaque ? std::optional(point->first) : std::nullopt;
    }
    const auto list = value.isArray() ? value.toArray() : value.toObject().value(QLatin1String("|")).toArray();
    if (list.isEmpty() || list.size() > 64) {
        return std::nullopt;
    }
    Word all;
    for (const auto &each : list) {
        const auto bits = each.isObject() ? readBits(each, type) : std::nullopt; // "a | b | c" nests before nft 1.0.7
        const auto point = each.isObject() ? std::nullopt : readPoint(each, type);
        if (!bits && !point) {
            return std::nullopt;
        }
        all = all | (bits ? *bits : point->first);
    }
    return all;
}

} // namespace bothways::filter
