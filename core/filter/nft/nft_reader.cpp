// SPDX-License-Identifier: GPL-3.0-or-later
#include "filter/nft/nft_reader.h"

#include "filter/nft/nft_commands.h"
#include "filter/nft/nft_field.h"
#include "filter/nft/nft_map.h"
#include "filter/nft/nft_statement.h"
#include "filter/nft/nft_text.h"
#include "net/json_bound.h"

#include <algorithm>
#include <array>

#include <QJsonArray>
#include <QJsonDocument>

namespace bothways::filter {
namespace {

using Result = tl::expected<void, ParseError>;

constexpr std::size_t mostTables = 10'000;

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

class Reader {
public:
    Result readAll(const std::vector<NftObject> &objects);
    std::vector<Table> &tables() { return m_tables; }

private:
    Result readObject(const NftObject &object, int pass);
    Result readTable(const QJsonObject &object);
    Result readChain(const QJsonObject &object);
    Result readSet(const QJsonObject &object, bool map);
    Result readCondition(const QJsonObject &object, bool limit);
    Result readRule(const QJsonObject &object);
    Table *find(const QJsonObject &object);
    tl::unexpected<ParseError> error(std::string message) const
    {
        return tl::unexpected(ParseError{std::move(message), {}, m_origin});
    }

    std::vector<Table> m_tables;
    std::map<std::pair<std::string, std::string>, std::size_t> m_index;
    std::map<const Table *, NamedConditions> m_conditions;
    std::size_t m_rules = 0;
    std::int64_t m_origin = -1;
};

Table *Reader::find(const QJsonObject &object)
{
    const auto found = m_index.find({textAt(object, "family"), textAt(object, "table")});
    return found == m_index.end() ? nullptr : &m_tables[found->second];
}

Result Reader::readTable(const QJsonObject &object)
{
    Table table;
    table.backend = "nft";
    table.family = textAt(object, "family");
    table.name = textAt(object, "name");
    table.handle = object[QLatin1String("handle")].toInteger();
    const auto flags = object[QLatin1String("flags")];
    table.dormant = flags.toString() == QLatin1String("dormant") || flags.toArray().contains(QLatin1String("dormant"));
    if (table.family.empty() || table.name.empty()) {
        return error("a table without a family or a name");
    }
    if (m_tables.size() >= mostTables) {
        return error("too many tables");
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
    chain.name = textAt(object, "name");
    chain.handle = object[QLatin1String("handle")].toInteger();
    if (table == nullptr || chain.name.empty()) {
        return error("a chain without a name or outside of any table");
    }
    if (object.contains(QLatin1String("hook"))) {
        const auto hook = hookOf(table->family, textAt(object, "hook"));
        const auto priority = object[QLatin1String("prio")];
        if (!hook || !priority.isDouble()) {
            return error("a base chain with an unknown hook or without a priority");
        }
        chain.base = BaseHook{*hook, priority.toInt(), textAt(object, "type") == "nat", textAt(object, "policy") == "drop"};
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

/// The data types of a set's or map's parts: a name, a list of names, names joined by " . ", or since nft 1.1 an expression.
std::vector<ValueType> readTypes(const QJsonValue &type, std::string_view family)
{
    const auto expression = type.toObject().value(QLatin1String("typeof"));
    if (!expression.isUndefined()) {
        const auto fields = readFields(expression, family);
        return fields ? typesOf(*fields) : std::vector<ValueType>{};
    }
    std::vector<ValueType> types;
    for (const auto &each : asList(type)) {
        for (const auto &name : each.toString().split(QStringLiteral(" . "))) {
            const auto found = valueTypeNamed(name.toStdString());
            if (!found) {
                return {};
            }
            types.push_back(*found);
        }
    }
    return types;
}

/// A limit or quota that every element of the set has: whether it holds while it is not used up.
std::optional<bool> elementCondition(const QJsonObject &set)
{
    for (const auto &each : set[QLatin1String("stmt")].toArray()) {
        const auto statement = each.toObject();
        if (!statement.isEmpty() && isCondition(statement.begin().key())) {
            return !statement.begin().value().toObject().value(QLatin1String("inv")).toBool();
        }
    }
    return std::nullopt;
}

Elements plainSet(const QJsonArray &written, const std::vector<ValueType> &types, bool limited)
{
    Elements elements(types.size());
    for (const auto &element : written) {
        if (!addElement(elements, element, types, limited)) {
            elements.setIncomplete();
        }
    }
    elements.finish();
    return elements;
}

Result Reader::readSet(const QJsonObject &object, bool map)
{
    auto *table = find(object);
    const auto name = textAt(object, "name");
    if (table == nullptr || name.empty()) {
        return error("a set without a name or outside of any table");
    }
    const auto types = readTypes(object[QLatin1String("type")], table->family);
    const auto written = object[QLatin1String("elem")].toArray();
    const auto condition = elementCondition(object);
    if (condition) {
        m_conditions[table].sets.insert_or_assign(name, *condition);
    }
    NamedSet set;
    if (!types.empty() && map && textAt(object, "map") == "verdict") {
        auto read = readVerdictMap(written, types, *table);
        if (!read) {
            return error(read.error());
        }
        set = std::move(*read);
    } else if (!types.empty() && map) {
        set = readValueMap(written, types, readTypes(object[QLatin1String("map")], table->family));
    } else if (!types.empty()) {
        set.types = types;
        set.elements = std::make_shared<const Elements>(plainSet(written, types, condition.has_value()));
    }
    table->sets.insert_or_assign(name, std::move(set));
    return {};
}

Result Reader::readCondition(const QJsonObject &object, bool limit)
{
    auto *table = find(object);
    const auto name = textAt(object, "name");
    if (table == nullptr || name.empty()) {
        return error("a limit or quota without a name or outside of any table");
    }
    auto &known = limit ? m_conditions[table].limits : m_conditions[table].quotas;
    known.insert_or_assign(name, !object[QLatin1String("inv")].toBool());
    return {};
}

Result Reader::readRule(const QJsonObject &object)
{
    auto *table = find(object);
    const auto chainName = textAt(object, "chain");
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
    rule.comment = textAt(object, "comment");
    const StatementReader reader(*table, m_conditions[table]);
    for (const auto &each : expressions.toArray()) {
        const auto written = statementText(each, table->family);
        if (const auto result = reader.read(each, written, rule); !result) {
            return error(result.error());
        }
        rule.text += (rule.text.empty() ? "" : " ") + written;
    }
    if (const auto comment = commentText(object); !comment.empty()) {
        rule.text += (rule.text.empty() ? "" : " ") + comment;
    }
    table->chains[table->chainIndex.find(chainName)->second].rules.push_back(std::move(rule));
    return {};
}

Result Reader::readObject(const NftObject &object, int pass)
{
    const auto &kind = object.kind;
    if (pass == 0) {
        return kind == "table" ? readTable(object.value) : kind == "chain" ? readChain(object.value) : Result{};
    }
    if (pass == 1 && (kind == "set" || kind == "map")) {
        return readSet(object.value, kind == "map");
    }
    if (pass == 1 && (kind == "limit" || kind == "quota")) {
        return readCondition(object.value, kind == "limit");
    }
    return pass == 2 && kind == "rule" ? readRule(object.value) : Result{};
}

/// Sets may name chains and rules may name sets: tables and chains first, then sets, then rules.
Result Reader::readAll(const std::vector<NftObject> &objects)
{
    for (int pass = 0; pass < 3; ++pass) {
        for (const auto &object : objects) {
            m_origin = object.origin;
            if (const auto result = readObject(object, pass); !result) {
                return result;
            }
        }
    }
    return {};
}

/// What nft lists beside tables, chains, rules and sets; rules name it, or it says nothing of packets.
bool isKnownObject(const std::string &kind)
{
    static constexpr std::array<std::string_view, 15> kinds{"metainfo", "table",     "chain",          "rule",     "set",
                                                            "map",      "limit",     "quota",          "counter",  "flowtable",
                                                            "secmark",  "ct helper", "ct expectation", "synproxy", "ct timeout"};
    return std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
}

std::string unknownObject(const std::vector<NftObject> &objects)
{
    for (const auto &each : objects) {
        if (!isKnownObject(each.kind)) {
            return "what \"" + each.kind + "\" says, which is not known here";
        }
    }
    return {};
}

/// `nft -j list tables` names tables and nothing of what is in them.
bool isNamesOnly(const std::vector<NftObject> &objects)
{
    const auto isTable = [](const NftObject &each) { return each.kind == "table"; };
    return std::any_of(objects.begin(), objects.end(), isTable) &&
           std::all_of(objects.begin(), objects.end(),
                       [&](const NftObject &each) { return isTable(each) || each.kind == "metainfo"; });
}

tl::unexpected<ParseError> error(std::string message) { return tl::unexpected(ParseError{std::move(message), {}, -1}); }

std::string pathOf(std::int64_t index) { return "nftables[" + std::to_string(index) + ']'; }

} // namespace

tl::expected<NftTables, ParseError> readNftObjects(const std::vector<NftObject> &objects)
{
    Reader reader;
    if (const auto result = reader.readAll(objects); !result) {
        return tl::unexpected(result.error());
    }
    return NftTables{std::move(reader.tables()), unknownObject(objects)};
}

tl::expected<NftTables, ParseError> readNftJson(std::string_view json)
{
    if (json.size() > longestInput) {
        return error("longer than 64 MiB");
    }
    if (net::boundOf(json) != net::JsonBound::Fits) {
        return error("more values, or more levels of them, than any ruleset has");
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
    const auto applied = applyCommands(root.toArray());
    if (!applied) {
        return tl::unexpected(ParseError{applied.error().first, pathOf(applied.error().second), -1});
    }
    auto read = readNftObjects(applied->objects);
    if (!read) {
        return tl::unexpected(ParseError{read.error().message, pathOf(read.error().position), -1});
    }
    if (!applied->whole) {
        read->missing = "the ruleset that these commands change";
    } else if (isNamesOnly(applied->objects)) {
        read->missing = "what the tables hold, of which only the names are there";
    }
    return read;
}

} // namespace bothways::filter
