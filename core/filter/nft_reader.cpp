// SPDX-License-Identifier: GPL-3.0-or-later
#include "filter/nft_reader.h"

#include "filter/nft_expression.h"
#include "filter/nft_text.h"

#include <algorithm>
#include <array>

#include <QJsonArray>
#include <QJsonDocument>

namespace bothways::filter {
namespace {

using Result = tl::expected<void, ParseError>;

struct HookName {
    std::string_view family; ///< empty: of IP
    std::string_view text;
    Hook hook;
};

constexpr std::array hooks{
    HookName{"", "prerouting", Hook::Prerouting},
    HookName{"", "input", Hook::Input},
    HookName{"", "forward", Hook::Forward},
    HookName{"", "output", Hook::Output},
    HookName{"", "postrouting", Hook::Postrouting},
    HookName{"", "ingress", Hook::Ingress},
    HookName{"netdev", "ingress", Hook::Ingress},
    HookName{"netdev", "egress", Hook::Egress},
    HookName{"bridge", "prerouting", Hook::BridgePrerouting},
    HookName{"bridge", "input", Hook::BridgeInput},
    HookName{"bridge", "forward", Hook::BridgeForward},
    HookName{"bridge", "output", Hook::BridgeOutput},
    HookName{"bridge", "postrouting", Hook::BridgePostrouting},
    HookName{"arp", "input", Hook::ArpInput},
    HookName{"arp", "output", Hook::ArpOutput},
};

std::optional<Hook> hookOf(std::string_view family, std::string_view name)
{
    const auto own = family == "netdev" || family == "bridge" || family == "arp" ? family : std::string_view{};
    const auto found =
        std::find_if(hooks.begin(), hooks.end(), [&](const HookName &each) { return each.family == own && each.text == name; });
    return found == hooks.end() ? std::nullopt : std::optional(found->hook);
}

std::string text(const QJsonObject &object, const char *key) { return object[QLatin1String(key)].toString().toStdString(); }

/// nft checks the family before it rejects with ICMP of one family and does not print the check (stmt_evaluate_reject in its
/// src/evaluate.c, stmt_reject_postprocess in src/netlink_delinearize.c).
std::optional<Match> checkBeforeReject(const QJsonObject &statement)
{
    const auto type = text(statement[QLatin1String("reject")].toObject(), "type");
    if (type != "icmp" && type != "icmpv6") {
        return std::nullopt;
    }
    constexpr std::uint64_t v4 = 2; // NFPROTO_IPV4, NFPROTO_IPV6
    constexpr std::uint64_t v6 = 10;
    const Word family{0, type == "icmp" ? v4 : v6};
    Elements elements;
    elements.add({{family, family}});
    elements.finish();
    return Match{{Field{Key::NfProtocol, allBits}},
                 Operator::In,
                 std::make_shared<const Elements>(std::move(elements)),
                 {},
                 type == "icmp" ? "meta nfproto ipv4" : "meta nfproto ipv6"};
}

class Reader {
public:
    tl::expected<std::vector<Table>, ParseError> read(std::string_view json);

private:
    Result readObject(const QJsonObject &object);
    Result readTable(const QJsonObject &object);
    Result readChain(const QJsonObject &object);
    Result readSet(const QJsonObject &object, bool map);
    Result readRule(const QJsonObject &object);
    tl::expected<Statement, ParseError> readStatement(const QJsonObject &object, Rule &rule, const Table &table) const;
    tl::expected<Statement, ParseError> readVerdictMap(const QJsonObject &object, const std::string &written,
                                                       const Table &table) const;
    tl::expected<Action, ParseError> readVerdict(const QJsonValue &verdict, const Table &table) const;
    tl::expected<NamedSet, ParseError> readMapElements(const QJsonArray &pairs, const std::vector<Type> &types,
                                                       const Table &table) const;
    Table *find(const QJsonObject &object);
    tl::unexpected<ParseError> error(std::string message) const
    {
        return tl::unexpected(ParseError{std::move(message), m_path, -1});
    }

    std::vector<Table> m_tables;
    std::map<std::pair<std::string, std::string>, std::size_t> m_index;
    std::size_t m_rules = 0;
    std::string m_path;
};

Table *Reader::find(const QJsonObject &object)
{
    const auto found = m_index.find({text(object, "family"), text(object, "table")});
    return found == m_index.end() ? nullptr : &m_tables[found->second];
}

Result Reader::readTable(const QJsonObject &object)
{
    Table table;
    table.backend = "nft";
    table.family = text(object, "family");
    table.name = text(object, "name");
    table.handle = object[QLatin1String("handle")].toInteger();
    const auto flags = object[QLatin1String("flags")];
    table.dormant = flags.toString() == QLatin1String("dormant") || flags.toArray().contains(QLatin1String("dormant"));
    if (table.family.empty() || table.name.empty()) {
        return error("a table without a family or a name");
    }
    if (!m_index.emplace(std::pair(table.family, table.name), m_tables.size()).second) {
        return error("the table is there twice");
    }
    m_tables.push_back(std::move(table));
    return {};
}

/// nft before 1.0.7 names the device of a chain only where it is a single one.
void readDevices(const QJsonObject &object, BaseHook &base)
{
    const auto written = object[QLatin1String("dev")];
    for (const auto &each : written.isArray() ? written.toArray() : QJsonArray{written}) {
        if (each.isString()) {
            base.devices.push_back(each.toString().toStdString());
        }
    }
    base.devicesKnown = !base.devices.empty();
}

Result Reader::readChain(const QJsonObject &object)
{
    auto *table = find(object);
    Chain chain;
    chain.name = text(object, "name");
    chain.handle = object[QLatin1String("handle")].toInteger();
    if (table == nullptr || chain.name.empty()) {
        return error("a chain without a name or outside of any table");
    }
    if (object.contains(QLatin1String("hook"))) {
        const auto hook = hookOf(table->family, text(object, "hook"));
        const auto priority = object[QLatin1String("prio")];
        if (!hook || !priority.isDouble()) {
            return error("a base chain with an unknown hook or without a priority");
        }
        chain.base = BaseHook{*hook, priority.toInt(), text(object, "type") == "nat", text(object, "policy") == "drop"};
        if (isDevice(*hook)) {
            readDevices(object, *chain.base);
        }
    }
    if (!table->chainIndex.emplace(chain.name, table->chains.size()).second) {
        return error("the chain is there twice");
    }
    table->chains.push_back(std::move(chain));
    return {};
}

Result Reader::readSet(const QJsonObject &object, bool map)
{
    auto *table = find(object);
    const auto name = text(object, "name");
    if (table == nullptr || name.empty()) {
        return error("a set without a name or outside of any table");
    }
    const auto types = readSetType(object[QLatin1String("type")]);
    const auto written = object[QLatin1String("elem")].toArray();
    NamedSet set;
    if (!types.empty() && map && text(object, "map") == "verdict") {
        auto read = readMapElements(written, types, *table);
        if (!read) {
            return tl::unexpected(read.error());
        }
        set = std::move(*read);
    } else if (!types.empty() && !map) {
        Elements elements(types.size());
        for (const auto &element : written) {
            if (!addElement(elements, element, types)) {
                elements.setIncomplete();
            }
        }
        elements.finish();
        set.types = types;
        set.elements = std::make_shared<const Elements>(std::move(elements));
    }
    table->sets.insert_or_assign(name, std::move(set));
    return {};
}

tl::expected<NamedSet, ParseError> Reader::readMapElements(const QJsonArray &pairs, const std::vector<Type> &types,
                                                           const Table &table) const
{
    Elements elements(types.size());
    std::vector<Action> actions;
    for (const auto &each : pairs) {
        const auto pair = each.toArray();
        if (pair.size() != 2) {
            return error("an element of a verdict map is no pair");
        }
        const auto action = readVerdict(pair[1], table);
        if (!action) {
            return tl::unexpected(action.error());
        }
        if (!addElement(elements, pair[0], types)) {
            return NamedSet{};
        }
        actions.push_back(*action);
    }
    elements.finish();
    return NamedSet{types, std::make_shared<const Elements>(std::move(elements)),
                    std::make_shared<const std::vector<Action>>(std::move(actions))};
}

tl::expected<Action, ParseError> Reader::readVerdict(const QJsonValue &verdict, const Table &table) const
{
    static constexpr std::array<std::pair<std::string_view, Action::Kind>, 7> plain{{
        {"accept", Action::Kind::Accept},
        {"drop", Action::Kind::Drop},
        {"reject", Action::Kind::Reject},
        {"queue", Action::Kind::Queue},
        {"continue", Action::Kind::Continue},
        {"return", Action::Kind::Return},
        {"last", Action::Kind::Continue}, // shows when the rule was last used
    }};
    const auto object = verdict.toObject();
    const auto name = object.size() == 1 ? object.begin().key().toStdString() : std::string{};
    const auto found = std::find_if(plain.begin(), plain.end(), [&name](const auto &each) { return each.first == name; });
    if (found != plain.end()) {
        return Action{found->second};
    }
    if (name != "jump" && name != "goto") {
        return error("\"" + name + "\" is no verdict");
    }
    const auto target = text(object.begin().value().toObject(), "target");
    const auto chain = table.chainIndex.find(target);
    if (chain == table.chainIndex.end()) {
        return error("a jump to \"" + target + "\", which is no chain of this table");
    }
    return Action{name == "jump" ? Action::Kind::Jump : Action::Kind::Goto, chain->second};
}

tl::expected<Statement, ParseError> Reader::readVerdictMap(const QJsonObject &object, const std::string &written,
                                                           const Table &table) const
{
    const auto fields = readFields(object[QLatin1String("key")]);
    if (!fields) {
        return UnknownStatement{written, expressionText(object[QLatin1String("key")])};
    }
    const auto types = typesOf(*fields);
    const auto data = object[QLatin1String("data")];
    NamedSet map;
    std::string name;
    if (data.isString()) {
        name = data.toString().toStdString();
        name.erase(0, name.starts_with('@') ? 1 : 0);
        const auto set = table.sets.find(name);
        if (set != table.sets.end()) {
            map = set->second;
        }
    } else {
        auto read = readMapElements(data.toObject()[QLatin1String("set")].toArray(), types, table);
        if (!read) {
            return tl::unexpected(read.error());
        }
        map = std::move(*read);
    }
    if (!map.actions || map.types != types) {
        return UnknownStatement{written, expressionText(data)};
    }
    return VerdictMap{*fields, map.elements, map.actions, name, written};
}

tl::expected<Statement, ParseError> Reader::readStatement(const QJsonObject &object, Rule &rule, const Table &table) const
{
    const auto name = object.size() == 1 ? object.begin().key().toStdString() : std::string{};
    const auto value = object.begin() == object.end() ? QJsonValue{} : object.begin().value();
    static constexpr std::array<std::string_view, 9> verdicts{"accept", "drop", "reject", "queue", "continue",
                                                              "return", "jump", "goto",   "last"};
    if (std::find(verdicts.begin(), verdicts.end(), name) != verdicts.end()) {
        const auto action = readVerdict(object, table);
        return action ? tl::expected<Statement, ParseError>(*action) : tl::unexpected(action.error());
    }
    if (name == "match") {
        return readMatch(value.toObject(), table);
    }
    const auto written = statementText(object);
    if (name == "vmap") {
        return readVerdictMap(value.toObject(), written, table);
    }
    if (name == "counter" || name == "log") {
        if (name == "counter" && value.isObject()) {
            rule.packets = value.toObject()[QLatin1String("packets")].toInteger(-1);
        }
        return Action{Action::Kind::Continue};
    }
    if (name == "mangle") {
        return readMangle(value.toObject(), written);
    }
    if (name == "notrack") {
        return NoTrack{};
    }
    // All of these only say whether the rule goes on.
    static constexpr std::array<std::string_view, 5> conditions{"limit", "quota", "connlimit", "ct count", "set"};
    if (std::find(conditions.begin(), conditions.end(), name) != conditions.end()) {
        return UnknownMatch{written, name};
    }
    if (name == "xt" && value.toObject()[QLatin1String("type")].toString() == QLatin1String("match")) {
        return UnknownMatch{written, "an iptables match, whose arguments nft does not show"};
    }
    return UnknownStatement{written, name};
}

Result Reader::readRule(const QJsonObject &object)
{
    auto *table = find(object);
    const auto chainName = text(object, "chain");
    const auto chain = table == nullptr ? std::size_t{0} : table->chainIndex.count(chainName);
    const auto expressions = object[QLatin1String("expr")];
    if (chain == 0 || !expressions.isArray()) {
        return error("a rule outside of any chain or without expressions");
    }
    if (++m_rules > mostRules) {
        return error("too many rules");
    }
    Rule rule;
    rule.handle = object[QLatin1String("handle")].toInteger();
    rule.comment = text(object, "comment");
    rule.text = ruleText(object);
    const auto list = expressions.toArray();
    for (const auto &each : list) {
        if (auto check = checkBeforeReject(each.toObject())) {
            rule.statements.emplace_back(std::move(*check));
        }
        auto statement = readStatement(each.toObject(), rule, *table);
        if (!statement) {
            return tl::unexpected(statement.error());
        }
        const auto *action = std::get_if<Action>(&*statement);
        if (action == nullptr || action->kind != Action::Kind::Continue) {
            rule.statements.push_back(std::move(*statement));
        }
    }
    table->chains[table->chainIndex.find(chainName)->second].rules.push_back(std::move(rule));
    return {};
}

Result Reader::readObject(const QJsonObject &object)
{
    const auto key = object.begin().key().toStdString();
    const auto value = object.begin().value().toObject();
    if (key == "table") {
        return readTable(value);
    }
    if (key == "chain") {
        return readChain(value);
    }
    return {};
}

tl::expected<std::vector<Table>, ParseError> Reader::read(std::string_view json)
{
    if (json.size() > longestInput) {
        return error("longer than 64 MiB");
    }
    QJsonParseError problem;
    const auto document =
        QJsonDocument::fromJson(QByteArray::fromRawData(json.data(), static_cast<qsizetype>(json.size())), &problem);
    if (problem.error != QJsonParseError::NoError) {
        return tl::unexpected(ParseError{problem.errorString().toStdString(), {}, problem.offset});
    }
    const auto root = document.object().value(QLatin1String("nftables"));
    if (!root.isArray()) {
        return error("no list \"nftables\"");
    }
    const auto objects = root.toArray();
    // Sets may name chains and rules may name sets: tables and chains first, then sets, then rules.
    for (int pass = 0; pass < 3; ++pass) {
        for (qsizetype i = 0; i < objects.size(); ++i) {
            const auto object = objects[i].toObject();
            m_path = "nftables[" + std::to_string(i) + ']';
            if (object.size() != 1) {
                return error("no object with one name");
            }
            const auto key = object.begin().key();
            const auto value = object.begin().value().toObject();
            Result result;
            if (pass == 0) {
                result = readObject(object);
            } else if (pass == 1 && (key == QLatin1String("set") || key == QLatin1String("map"))) {
                result = readSet(value, key == QLatin1String("map"));
            } else if (pass == 2 && key == QLatin1String("rule")) {
                result = readRule(value);
            }
            if (!result) {
                return tl::unexpected(result.error());
            }
        }
    }
    return std::move(m_tables);
}

} // namespace

tl::expected<std::vector<Table>, ParseError> readNftJson(std::string_view json) { return Reader{}.read(json); }

} // namespace bothways::filter
