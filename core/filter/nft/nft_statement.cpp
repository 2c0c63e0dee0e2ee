// SPDX-License-Identifier: GPL-3.0-or-later
#include "filter/nft/nft_statement.h"

#include "filter/nft/nft_field.h"
#include "filter/nft/nft_map.h"
#include "filter/nft/nft_text.h"

#include <algorithm>
#include <array>
#include <limits>

namespace bothways::filter {
namespace {

constexpr std::uint64_t tcp = 6;
constexpr std::uint64_t udp = 17;
constexpr std::uint64_t gre = 47;
constexpr std::uint64_t ipv4 = 2; // NFPROTO_IPV4, NFPROTO_IPV6
constexpr std::uint64_t ipv6 = 10;

template <std::size_t size>
bool isOneOf(const QString &name, const std::array<std::string_view, size> &names)
{
    const auto text = name.toStdString();
    return std::find(names.begin(), names.end(), text) != names.end();
}

/// Some statements end the rule for all but certain transports.
Match protocols(const std::vector<std::uint64_t> &numbers, const std::string &written)
{
    Elements elements;
    for (const auto number : numbers) {
        elements.add({Interval{{0, number}, {0, number}}});
    }
    elements.finish();
    return {{{Key::L4Protocol, allBits}}, Operator::In, std::make_shared<const Elements>(std::move(elements)), {}, written};
}

/// nft checks the family before it rejects with ICMP of one family and does not print the check (stmt_evaluate_reject in its
/// src/evaluate.c, stmt_reject_postprocess in src/netlink_delinearize.c).
std::optional<Match> checkBeforeReject(const QJsonObject &reject, const Table &table)
{
    const auto type = reject[QLatin1String("type")].toString();
    if (type == QLatin1String("tcp reset")) {
        return protocols({tcp}, "meta l4proto tcp"); // not printed in ip and ip6
    }
    const bool v4 = type == QLatin1String("icmp");
    if (!v4 && type != QLatin1String("icmpv6")) {
        return std::nullopt;
    }
    const bool frames = table.family == "bridge" || table.family == "netdev";
    auto match = frames ? protocols({v4 ? etherIpv4 : etherIpv6}, v4 ? "meta protocol ip" : "meta protocol ip6")
                        : protocols({v4 ? ipv4 : ipv6}, v4 ? "meta nfproto ipv4" : "meta nfproto ipv6");
    match.fields.front().key = frames ? Key::EtherProtocol : Key::NfProtocol;
    return match;
}

/// "inv" stands where the condition holds beyond the limit.
bool holdsBelow(const QJsonValue &value) { return !value.toObject().value(QLatin1String("inv")).toBool(); }

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

/// "exists" and "missing" ask whether the lookup finds an interface at all.
void askWhether(Field &field)
{
    if (field.key == Key::ReversePathIndex) {
        field.key = Key::ReversePath;
    } else if (field.key == Key::MarkedReversePathIndex) {
        field.key = Key::MarkedReversePath;
    } else if (field.key == Key::TcpOptionField) {
        field.key = Key::TcpOption; // an option that has no name, only a number
    }
}

/// The name behind "@", or nothing.
std::string setNamed(const QJsonValue &value)
{
    const auto name = value.toString();
    return name.startsWith(QLatin1Char('@')) ? name.mid(1).toStdString() : std::string{};
}

constexpr std::uint64_t mostMark = std::numeric_limits<std::uint32_t>::max();

/// What a packet's own headers are made of.
bool isHeader(Key key) { return typeOf(key) != Type::Opaque && key != Key::PacketType && key != Key::CtZone; }

} // namespace

StatementReader::Result StatementReader::read(const QJsonValue &statement, const std::string &written, Rule &rule) const
{
    const auto object = statement.toObject();
    if (object.size() == 1) {
        return readNamed(object.begin().key(), object.begin().value(), written, rule);
    }
    // What nft has no JSON for it writes as text: "last used 3s", and before 1.0.7 "add @map { key : value }".
    const auto plain = statement.toString();
    if (plain == QLatin1String("last") || plain.startsWith(QLatin1String("last "))) {
        return {};
    }
    const bool update = plain.startsWith(QLatin1String("add @")) || plain.startsWith(QLatin1String("update @")) ||
                        plain.startsWith(QLatin1String("delete @"));
    if (update) {
        rule.statements.emplace_back(UnknownMatch{written, "an element is added to a map"});
    } else {
        rule.statements.emplace_back(UnknownStatement{written, "a statement that nft does not write as JSON"});
    }
    return {};
}

StatementReader::Result StatementReader::readNamed(const QString &name, const QJsonValue &value, const std::string &written,
                                                   Rule &rule) const
{
    static constexpr std::array<std::string_view, 7> verdicts{"accept", "drop", "reject", "queue", "return", "jump", "goto"};
    static constexpr std::array<std::string_view, 7> harmless{"log",     "last",    "ct helper", "ct timeout", "ct expectation",
                                                              "secmark", "continue"};
    static constexpr std::array<std::string_view, 4> translations{"dnat", "snat", "masquerade", "redirect"};
    const auto object = value.toObject();
    if (isOneOf(name, verdicts)) {
        const auto action = readVerdict(QJsonObject{{name, value}}, m_table);
        if (!action) {
            return tl::unexpected(action.error());
        }
        if (auto check = checkBeforeReject(name == QLatin1String("reject") ? object : QJsonObject{}, m_table)) {
            rule.statements.emplace_back(std::move(*check));
        }
        rule.statements.emplace_back(*action);
    } else if (name == QLatin1String("match")) {
        readMatch(object, written, rule);
    } else if (name == QLatin1String("vmap")) {
        return readVmap(object, written, rule);
    } else if (name == QLatin1String("counter")) {
        rule.packets = object.contains(QLatin1String("packets")) ? object[QLatin1String("packets")].toInteger(-1) : rule.packets;
        addLookups(value, written, rule);
    } else if (isOneOf(name, harmless)) {
        addLookups(value, written, rule);
    } else if (name == QLatin1String("dup")) {
        addLookups(object[QLatin1String("addr")], written, rule);
    } else if (name == QLatin1String("mangle")) {
        readMangle(object, written, rule);
    } else if (name == QLatin1String("notrack")) {
        rule.statements.emplace_back(NoTrack{});
    } else if (isOneOf(name, translations)) {
        readNat(name, object, written, rule);
    } else if (name == QLatin1String("xt")) {
        readXtables(object, written, rule);
    } else if (!readCondition(name, value, written, rule)) {
        rule.statements.emplace_back(UnknownStatement{written, name.toStdString()});
    }
    return {};
}

/// What only says whether the rule goes on.
bool StatementReader::readCondition(const QString &name, const QJsonValue &value, const std::string &written, Rule &rule) const
{
    if (name == QLatin1String("limit") || name == QLatin1String("quota") || name == QLatin1String("ct count") ||
        name == QLatin1String("connlimit")) {
        const bool named = value.isString() || value.toObject().contains(QLatin1String("map"));
        if (named) {
            readReference(name, value, written, rule);
        } else {
            rule.statements.emplace_back(Assumed{holdsBelow(value), written});
        }
    } else if (name == QLatin1String("set") || name == QLatin1String("map")) {
        readSetUpdate(value.toObject(), written, rule);
    } else if (name == QLatin1String("meter")) {
        readMeter(value.toObject(), written, rule);
    } else if (name == QLatin1String("tproxy")) {
        rule.statements.emplace_back(protocols({tcp, udp}, written));
        rule.statements.emplace_back(UnknownMatch{written, "whether a program listens there"});
    } else if (name == QLatin1String("flow")) {
        rule.statements.emplace_back(protocols({tcp, udp, gre}, written));
        rule.statements.emplace_back(UnknownMatch{written, "whether the connection can be offloaded"});
    } else if (name == QLatin1String("reset")) {
        rule.statements.emplace_back(protocols({tcp}, written));
    } else if (name == QLatin1String("synproxy")) {
        rule.statements.emplace_back(protocols({tcp}, written));
        rule.statements.emplace_back(UnknownStatement{written, "the host answers in place of the destination"});
    } else if (name == QLatin1String("fwd")) {
        rule.statements.emplace_back(UnknownStatement{written, "the packet is sent on through another interface"});
    } else {
        return false;
    }
    return true;
}

/// A limit or quota with a name of its own, or that a map names.
void StatementReader::readReference(const QString &kind, const QJsonValue &value, const std::string &written, Rule &rule) const
{
    const auto &known = kind == QLatin1String("limit") ? m_conditions.limits : m_conditions.quotas;
    if (value.isString()) {
        const auto found = known.find(value.toString().toStdString());
        if (found == known.end()) {
            rule.statements.emplace_back(UnknownMatch{written, value.toString().toStdString()});
        } else {
            rule.statements.emplace_back(Assumed{found->second, written});
        }
        return;
    }
    addLookups(value, written, rule);
    // One that holds below its limit and one that holds beyond it may lie side by side in the map.
    const bool alike =
        std::all_of(known.begin(), known.end(), [&known](const auto &each) { return each.second == known.begin()->second; });
    if (alike && !known.empty()) {
        rule.statements.emplace_back(Assumed{known.begin()->second, written});
    } else {
        rule.statements.emplace_back(UnknownMatch{written, expressionText(value)});
    }
}

/// Goes on once the element is in: unless there is no room left, and as the limit beside it says.
void StatementReader::readSetUpdate(const QJsonObject &update, const std::string &written, Rule &rule) const
{
    const auto element = update[QLatin1String("elem")].toObject();
    const auto inner = element.value(QLatin1String("elem")).toObject().value(QLatin1String("val"));
    addKey(element.contains(QLatin1String("elem")) ? inner : QJsonValue(element), written, rule);
    if (update[QLatin1String("op")].toString() == QLatin1String("delete")) {
        return;
    }
    bool holds = true;
    for (const auto &each : update[QLatin1String("stmt")].toArray()) {
        const auto statement = each.toObject();
        holds = holds && (statement.isEmpty() || !isCondition(statement.begin().key()) || holdsBelow(statement.begin().value()));
    }
    const auto set = m_conditions.sets.find(update[QLatin1String("set")].toString().mid(1).toStdString());
    holds = holds && (set == m_conditions.sets.end() || set->second);
    rule.statements.emplace_back(Assumed{holds, written});
}

void StatementReader::readMeter(const QJsonObject &meter, const std::string &written, Rule &rule) const
{
    const auto key = meter[QLatin1String("key")];
    const auto inner = key.toObject().value(QLatin1String("elem")).toObject().value(QLatin1String("val"));
    addKey(key.toObject().contains(QLatin1String("elem")) ? inner : key, written, rule);
    const auto statement = meter[QLatin1String("stmt")].toObject();
    const bool condition = !statement.isEmpty() && isCondition(statement.begin().key());
    rule.statements.emplace_back(Assumed{!condition || holdsBelow(statement.begin().value()), written});
}

/// In an inet table the statement does nothing to packets of the other family.
void StatementReader::readNat(const QString &kind, const QJsonObject &nat, const std::string &written, Rule &rule) const
{
    static constexpr std::array<std::pair<std::string_view, Nat::Kind>, 4> kinds{{{"snat", Nat::Kind::Source},
                                                                                  {"dnat", Nat::Kind::Destination},
                                                                                  {"masquerade", Nat::Kind::Masquerade},
                                                                                  {"redirect", Nat::Kind::Redirect}}};
    const auto address = nat[QLatin1String("addr")];
    const auto port = nat[QLatin1String("port")];
    const auto family = nat[QLatin1String("family")].toString();
    if (m_table.family == "inet" && !family.isEmpty()) {
        auto match = protocols({family == QLatin1String("ip") ? ipv4 : ipv6}, written);
        match.fields.front().key = Key::NfProtocol;
        rule.statements.emplace_back(std::move(match));
    }
    addLookups(address, written, rule);
    addLookups(port, written, rule);
    const auto name = kind.toStdString();
    Nat result;
    result.kind = std::find_if(kinds.begin(), kinds.end(), [&name](const auto &each) { return each.first == name; })->second;
    const bool chosen = result.kind == Nat::Kind::Masquerade || result.kind == Nat::Kind::Redirect;
    result.toAddress = chosen || !address.isUndefined();
    result.address = net::IpAddress::parse(address.toString().toStdString());
    const bool mapped = address.toObject().contains(QLatin1String("map")); // it may hold ports, too
    result.toPort = !port.isUndefined() || mapped;
    const int number = port.toInt(-1);
    result.port = number > 0 && number < 65536 ? std::optional(number) : std::nullopt;
    result.text = written;
    rule.statements.emplace_back(std::move(result));
}

void StatementReader::readXtables(const QJsonObject &xt, const std::string &written, Rule &rule) const
{
    const auto type = xt[QLatin1String("type")].toString();
    if (type == QLatin1String("match")) {
        rule.statements.emplace_back(UnknownMatch{written, "an iptables match, whose arguments nft does not show"});
    } else if (type != QLatin1String("watcher")) {
        rule.statements.emplace_back(UnknownStatement{written, "xt"});
    }
}

StatementReader::Result StatementReader::readVmap(const QJsonObject &object, const std::string &written, Rule &rule) const
{
    const auto key = object[QLatin1String("key")];
    const auto data = object[QLatin1String("data")];
    const auto fields = readFields(key, m_table.family);
    auto name = setNamed(data);
    NamedSet map;
    if (!name.empty()) {
        const auto set = m_table.sets.find(name);
        map = set == m_table.sets.end() ? map : set->second;
    } else {
        // Read in any case: a jump to nowhere is an error, whatever the map's key.
        auto read = readVerdictMap(data.toObject().value(QLatin1String("set")).toArray(),
                                   fields ? typesOf(*fields) : std::vector{ValueType{Type::Opaque, 0}}, m_table);
        if (!read) {
            return tl::unexpected(read.error());
        }
        map = std::move(*read);
    }
    if (!fields || !map.actions || !fits(map.types, *fields)) {
        rule.statements.emplace_back(UnknownStatement{written, expressionText(fields ? data : key)});
    } else {
        rule.statements.emplace_back(VerdictMap{*fields, map.elements, map.actions, std::move(name), written});
    }
    return {};
}

void StatementReader::readMatch(const QJsonObject &match, const std::string &written, Rule &rule) const
{
    const auto left = match[QLatin1String("left")];
    const auto right = match[QLatin1String("right")];
    auto fields = readFields(left, m_table.family);
    if (!fields) {
        rule.statements.emplace_back(UnknownMatch{written, expressionText(left)});
        return;
    }
    if (right.isBool()) {
        askWhether(fields->front());
    }
    const bool flags =
        fields->size() == 1 && isBitField(typeOf(fields->front().key)) && !right.toObject().contains(QLatin1String("set"));
    const auto op = readOperator(textAt(match, "op"), flags);
    if (!op) {
        rule.statements.emplace_back(UnknownMatch{written, textAt(match, "op")});
        return;
    }
    Match result{*fields, *op, nullptr, setNamed(right), written};
    if (!result.set.empty()) {
        const auto set = m_table.sets.find(result.set);
        if (set != m_table.sets.end() && set->second.elements && fits(set->second.types, *fields)) {
            result.elements = set->second.elements;
        }
    } else if (auto elements = readElements(right, typesOf(*fields))) {
        result.elements = std::make_shared<const Elements>(std::move(*elements));
    }
    const bool ordered = *op != Operator::In && *op != Operator::NotIn && typeOf(fields->front().key) != Type::Opaque;
    if (!result.elements || (ordered && !result.elements->isPoint())) {
        rule.statements.emplace_back(UnknownMatch{written, expressionText(right)});
    } else {
        rule.statements.emplace_back(std::move(result));
    }
}

/// The key's fields with the map's elements; values only of a named map, whose data type is known.
std::optional<Operand> StatementReader::readMap(const QJsonObject &map) const
{
    const auto fields = readFields(map[QLatin1String("key")], m_table.family);
    const auto data = map[QLatin1String("data")];
    if (!fields) {
        return std::nullopt;
    }
    if (data.isString()) {
        const auto set = m_table.sets.find(data.toString().mid(1).toStdString());
        if (set == m_table.sets.end() || !set->second.elements || !fits(set->second.types, *fields)) {
            return std::nullopt;
        }
        return Operand{{}, *fields, set->second.elements, set->second.values};
    }
    const auto read = readValueMap(data.toObject().value(QLatin1String("set")).toArray(), typesOf(*fields), {{Type::Raw, 0}});
    return Operand{{}, *fields, read.elements, read.values};
}

/// Where the map has nothing for the packet the rule ends.
std::optional<Match> StatementReader::lookUp(const QJsonObject &map, const std::string &written) const
{
    auto operand = readMap(map);
    if (!operand) {
        return std::nullopt;
    }
    const auto data = map[QLatin1String("data")].toString();
    return Match{std::move(operand->fields), Operator::In, std::move(operand->elements), data.mid(1).toStdString(), written};
}

/// Every map that a value is looked up in, and every field that the packet may not have.
void StatementReader::addLookups(const QJsonValue &value, const std::string &written, Rule &rule) const
{
    const auto object = value.toObject();
    if (!object.contains(QLatin1String("map"))) {
        return;
    }
    if (auto match = lookUp(object.value(QLatin1String("map")).toObject(), written)) {
        rule.statements.emplace_back(std::move(*match));
    } else {
        rule.statements.emplace_back(UnknownMatch{written, expressionText(value)});
    }
}

std::optional<Operand> StatementReader::readOperand(const QJsonValue &value, Type type) const
{
    const auto object = value.toObject();
    if (object.contains(QLatin1String("map"))) {
        auto operand = readMap(object.value(QLatin1String("map")).toObject());
        return operand && operand->values ? std::move(operand) : std::nullopt;
    }
    if (value.isObject()) {
        const auto field = readField(value, m_table.family);
        const bool number = field && (typeOf(field->key) == Type::Integer || typeOf(field->key) == Type::Dscp);
        return number ? std::optional(Operand{{}, {*field}, nullptr, nullptr}) : std::nullopt;
    }
    const auto point = readPoint(value, type);
    return point && point->first == point->last ? std::optional(Operand{point->first, {}, nullptr, nullptr}) : std::nullopt;
}

void StatementReader::assign(Key key, const QJsonValue &value, const std::string &written, Rule &rule) const
{
    auto operand = readOperand(value, typeOf(key));
    if (!operand) {
        rule.statements.emplace_back(Blur{key});
        return;
    }
    const bool literal = operand->fields.empty();
    if (literal && operand->number.low > mostMark) {
        rule.statements.emplace_back(Blur{key});
    } else if (literal && key == Key::Mark) {
        rule.statements.emplace_back(SetMark{0, static_cast<std::uint32_t>(operand->number.low)});
    } else {
        rule.statements.emplace_back(Assign{key, std::move(*operand), written});
    }
}

void StatementReader::readMangle(const QJsonObject &mangle, const std::string &written, Rule &rule) const
{
    const auto target = mangle[QLatin1String("key")];
    const auto value = mangle[QLatin1String("value")];
    addLookups(value, written, rule);
    const auto name = target.toObject().isEmpty() ? QString{} : target.toObject().keys().first();
    const auto field = readField(target, m_table.family);
    if (field && (field->key == Key::Mark || field->key == Key::CtMark)) {
        assign(field->key, value, written, rule);
    } else if (name == QLatin1String("ct")) {
        if (field && field->key == Key::CtZone) {
            rule.statements.emplace_back(Blur{Key::CtZone});
        }
    } else if (name == QLatin1String("meta")) {
        const auto key = textAt(target.toObject().value(name).toObject(), "key");
        if (field) {
            rule.statements.emplace_back(Blur{field->key});
        } else if (key != "nftrace") {
            rule.statements.emplace_back(UnknownStatement{written, expressionText(target)});
        }
    } else if (name == QLatin1String("tcp option")) {
        addKey(QJsonObject{{QStringLiteral("payload"), QJsonObject{{QStringLiteral("protocol"), QStringLiteral("tcp")},
                                                                   {QStringLiteral("field"), QStringLiteral("sequence")}}}},
               written, rule);
        rule.statements.emplace_back(
            UnknownMatch{written, expressionText(target)}); // ends the rule where there is no such option
    } else if (field && isHeader(field->key) && field->key < Key::RawLink) {
        addKey(target, written, rule);
        rule.statements.emplace_back(Blur{field->key});
    } else {
        rule.statements.emplace_back(UnknownStatement{written, expressionText(target)});
    }
}

/// The rule ends where the packet lacks one of the fields.
void StatementReader::addKey(const QJsonValue &key, const std::string &written, Rule &rule) const
{
    if (auto fields = readFields(key, m_table.family)) {
        rule.statements.emplace_back(Match{std::move(*fields), Operator::Exists, nullptr, {}, written});
    } else {
        rule.statements.emplace_back(UnknownMatch{written, expressionText(key)});
    }
}

} // namespace bothways::filter
