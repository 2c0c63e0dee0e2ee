// SPDX-License-Identifier: GPL-3.0-or-later
#include "filter/nft/nft_commands.h"

#include "filter/nft/nft_value.h"

#include <algorithm>
#include <array>

namespace bothways::filter {
namespace {

constexpr char separator = '\0';
constexpr std::size_t mostLooks = 200'000'000;

std::string tableKey(const NftObject &object)
{
    return textAt(object.value, "family") + separator + textAt(object.value, object.kind == "table" ? "name" : "table");
}

std::string chainKey(const QJsonObject &rule, const char *name = "chain")
{
    return textAt(rule, "family") + separator + textAt(rule, "table") + separator + textAt(rule, name);
}

/// Sets and maps share their names.
std::string keyOf(const NftObject &object)
{
    const auto kind = object.kind == "map" ? std::string("set") : object.kind;
    return kind + separator + tableKey(object) + separator + textAt(object.value, "name");
}

bool isSet(const NftObject &object) { return object.kind == "set" || object.kind == "map"; }

/// Names of chains stand in rules as where they belong and where they jump to.
QJsonValue renamed(const QJsonValue &value, const QString &from, const QString &to)
{
    if (value.isArray()) {
        QJsonArray all;
        for (const auto &each : value.toArray()) {
            all.append(renamed(each, from, to));
        }
        return all;
    }
    auto object = value.toObject();
    for (auto each = object.begin(); each != object.end(); ++each) {
        const bool jump = each.key() == QLatin1String("jump") || each.key() == QLatin1String("goto");
        const auto target = each.value().toObject();
        if (jump && target[QLatin1String("target")].toString() == from) {
            each.value() = QJsonObject{{QStringLiteral("target"), to}};
        } else if (each.value().isArray() || each.value().isObject()) {
            each.value() = renamed(each.value(), from, to);
        }
    }
    return value.isObject() ? QJsonValue(object) : value;
}

bool isCommand(const std::string &key)
{
    static constexpr std::array<std::string_view, 10> commands{"add",     "insert", "create", "replace", "delete",
                                                               "destroy", "flush",  "rename", "list",    "reset"};
    return std::find(commands.begin(), commands.end(), key) != commands.end();
}

} // namespace

void NftState::insert(NftObject object)
{
    if (object.kind == "rule") {
        auto key = chainKey(object.value);
        auto &rules = m_rules[key];
        if (rules.empty()) {
            m_order.push_back(std::move(key));
        }
        rules.push_back(std::move(object));
        return;
    }
    auto key = keyOf(object);
    m_objects.push_back(std::move(object));
    m_index.emplace(std::move(key), std::prev(m_objects.end()));
}

const NftObject *NftState::find(const std::string &kind, const QJsonObject &value) const
{
    const auto found = m_index.find(keyOf({kind, value}));
    return found == m_index.end() ? nullptr : &*found->second;
}

/// The rule that "handle" or "index" names; the end where it names none.
NftState::Rules::iterator NftState::named(Rules &rules, const QJsonObject &rule)
{
    const auto handle = rule[QLatin1String("handle")];
    if (handle.isDouble()) {
        return std::find_if(rules.begin(), rules.end(),
                            [&handle](const NftObject &each) { return each.value[QLatin1String("handle")] == handle; });
    }
    const auto index = rule[QLatin1String("index")].toInteger(-1);
    return index < 0 || index >= static_cast<qint64>(rules.size()) ? rules.end() : std::next(rules.begin(), index);
}

std::string NftState::place(NftObject rule, bool before)
{
    auto key = chainKey(rule.value);
    auto &rules = m_rules[key];
    if (rules.empty()) {
        m_order.push_back(std::move(key));
    }
    const bool tells = rule.value.contains(QLatin1String("handle")) || rule.value.contains(QLatin1String("index"));
    if (tells && !mayLookAt(rules.size())) {
        return "more commands than can be followed";
    }
    auto at = tells ? named(rules, rule.value) : before ? rules.begin() : rules.end();
    if (tells && at == rules.end() && m_whole) {
        return "no rule of this chain has the handle or index that is named";
    }
    const bool behind = tells && !before && at != rules.end();
    rule.value.remove(QStringLiteral("handle"));
    rule.value.remove(QStringLiteral("index"));
    rules.insert(behind ? std::next(at) : at, std::move(rule));
    return {};
}

std::string NftState::replace(NftObject rule)
{
    auto &rules = m_rules[chainKey(rule.value)];
    const auto found = named(rules, rule.value);
    if (found != rules.end()) {
        *found = std::move(rule);
        return {};
    }
    return m_whole ? "no rule of this chain has the handle that is named" : "";
}

std::string NftState::addElements(const QJsonObject &element, bool remove)
{
    const auto key = keyOf({"set", element});
    const auto written = asList(element[QLatin1String("elem")]);
    if (m_index.count(key) == 0) {
        return m_whole ? "elements of a set that is not there" : "";
    }
    auto &all = m_elements[key];
    for (const auto &each : written) {
        if (!remove) {
            all.append(each);
            continue;
        }
        const auto found = std::find(all.begin(), all.end(), each);
        if (found != all.end()) {
            all.erase(found);
        } else if (m_whole) {
            return "an element to delete that is not in the set";
        }
    }
    return {};
}

/// What is there already gets what is new in it: a chain's policy, a set's elements.
std::string NftState::add(NftObject object, bool create)
{
    const auto found = m_index.find(keyOf(object));
    const bool there = found != m_index.end();
    if (there && create) {
        return "it is there already";
    }
    if (object.kind == "table" && (m_whole || create) && !there) {
        m_fresh.insert(tableKey(object));
    }
    if (!there) {
        const auto elements = object.value.value(QLatin1String("elem"));
        const bool set = isSet(object) && !elements.isUndefined();
        if (set) {
            object.value.remove(QStringLiteral("elem"));
            m_elements[keyOf(object)] = asList(elements);
        }
        insert(std::move(object));
        return {};
    }
    auto &old = *found->second;
    if (old.kind != object.kind) {
        return "something else has this name";
    }
    const auto policy = object.value.value(QLatin1String("policy"));
    if (object.kind == "chain" && policy.isString() && old.value.contains(QLatin1String("hook"))) {
        old.value.insert(QStringLiteral("policy"), policy);
    } else if (object.kind == "chain" && object.value.contains(QLatin1String("hook")) &&
               !old.value.contains(QLatin1String("hook"))) {
        return "the chain is there already, without a hook";
    }
    return isSet(object) && object.value.contains(QLatin1String("elem")) ? addElements(object.value, false) : std::string{};
}

void NftState::removeTable(const std::string &table)
{
    for (auto each = m_objects.begin(); each != m_objects.end();) {
        if (each->kind != "metainfo" && tableKey(*each) == table) {
            m_elements.erase(keyOf(*each));
            m_index.erase(keyOf(*each));
            each = m_objects.erase(each);
        } else {
            ++each;
        }
    }
    const auto ofTable = [&table](const std::string &chain) { return chain.starts_with(table + separator); };
    std::erase_if(m_rules, [&](const auto &each) { return ofTable(each.first); });
    std::erase_if(m_order, ofTable);
    m_fresh.insert(table);
}

std::string NftState::remove(const NftObject &object)
{
    static const std::string nothing = "nothing of the kind is there to delete";
    if (object.kind == "element") {
        return addElements(object.value, true);
    }
    if (object.kind == "rule") {
        auto &rules = m_rules[chainKey(object.value)];
        const auto found = named(rules, object.value);
        if (found == rules.end()) {
            return m_whole ? nothing : "";
        }
        rules.erase(found);
        return {};
    }
    if (object.value.contains(QLatin1String("handle")) && !object.value.contains(QLatin1String("name"))) {
        const auto handle = object.value[QLatin1String("handle")];
        const auto found = std::find_if(m_objects.begin(), m_objects.end(), [&](const NftObject &each) {
            return each.kind == object.kind && each.value[QLatin1String("handle")] == handle &&
                   (each.kind == "table" || tableKey(each) == tableKey(object)) &&
                   textAt(each.value, "family") == textAt(object.value, "family");
        });
        return found == m_objects.end() ? (m_whole ? nothing : "") : remove(NftObject(*found));
    }
    const auto key = keyOf(object);
    const auto found = m_index.find(key);
    if (object.kind == "table" && (found != m_index.end() || !m_whole)) {
        removeTable(tableKey(object));
        return {};
    }
    if (found == m_index.end()) {
        return m_whole ? nothing : "";
    }
    if (object.kind == "chain") {
        m_rules.erase(chainKey(object.value, "name"));
        std::erase(m_order, chainKey(object.value, "name"));
    }
    m_objects.erase(found->second);
    m_index.erase(found);
    m_elements.erase(key);
    return {};
}

std::string NftState::flush(const NftObject &object)
{
    if (object.kind == "ruleset") {
        const auto family = textAt(object.value, "family");
        std::set<std::string> tables;
        for (const auto &each : m_objects) {
            if (each.kind == "table" && textAt(each.value, "family") == family) {
                tables.insert(tableKey(each));
            }
        }
        std::for_each(tables.begin(), tables.end(), [this](const std::string &each) { removeTable(each); });
        return {};
    }
    if (object.kind == "table") {
        const auto table = tableKey(object) + separator;
        std::erase_if(m_rules, [&](const auto &each) { return each.first.starts_with(table); });
        std::erase_if(m_order, [&](const std::string &each) { return each.starts_with(table); });
        return {};
    }
    if (object.kind == "chain") {
        m_rules.erase(chainKey(object.value, "name"));
        std::erase(m_order, chainKey(object.value, "name"));
        return {};
    }
    if (m_index.count(keyOf(object)) == 0 && m_whole) {
        return "nothing of the kind is there to flush";
    }
    m_elements.erase(keyOf(object));
    return {};
}

std::string NftState::rename(const QJsonObject &chain)
{
    const auto found = m_index.find(keyOf({"chain", chain}));
    const auto from = chain[QLatin1String("name")].toString();
    const auto to = chain[QLatin1String("newname")].toString();
    if (found == m_index.end() || to.isEmpty()) {
        return m_whole || to.isEmpty() ? "no chain that could be renamed so" : "";
    }
    const auto object = found->second;
    m_index.erase(found);
    object->value.insert(QStringLiteral("name"), to);
    if (!m_index.emplace(keyOf(*object), object).second) {
        return "a chain of that name is there already";
    }
    const auto table = tableKey(*object);
    for (auto &each : m_objects) {
        if (isSet(each) && tableKey(each) == table) {
            auto &elements = m_elements[keyOf(each)];
            elements = renamed(elements, from, to).toArray();
        }
    }
    const auto old = chainKey(chain, "name");
    for (auto &[key, rules] : m_rules) {
        for (auto &rule : rules) {
            if (!key.starts_with(table + separator)) {
                break;
            }
            rule.value = renamed(rule.value, from, to).toObject();
            if (key == old) {
                rule.value.insert(QStringLiteral("chain"), to);
            }
        }
    }
    if (auto own = m_rules.extract(old)) {
        own.key() = chainKey(object->value, "name");
        std::replace(m_order.begin(), m_order.end(), old, own.key());
        m_rules.insert(std::move(own));
    }
    return {};
}

bool NftState::mayLookAt(std::size_t things)
{
    m_looked += things;
    return m_looked <= mostLooks;
}

std::string NftState::change(const std::string &command, NftObject object)
{
    const auto rules = object.kind == "rule" ? m_rules.find(chainKey(object.value)) : m_rules.end();
    const auto elements = object.kind == "element" ? m_elements.find(keyOf({"set", object.value})) : m_elements.end();
    const auto inRules = rules == m_rules.end() ? 0 : rules->second.size();
    const auto inSet = elements == m_elements.end() ? 0 : static_cast<std::size_t>(elements->second.size());
    const bool one = object.kind == "rule" || object.kind == "element";
    if (!mayLookAt(one ? inRules + inSet : m_objects.size() + m_order.size())) {
        return "more commands than can be followed";
    }
    if (command == "replace") {
        return object.kind == "rule" ? replace(std::move(object)) : "a command that is not known";
    }
    if (command == "delete" || command == "destroy") {
        const auto problem = remove(object);
        return command == "destroy" ? std::string{} : problem;
    }
    return command == "flush" ? flush(object) : command == "rename" ? rename(object.value) : "a command that is not known";
}

std::string NftState::apply(const std::string &command, NftObject object)
{
    if (command == "list" || (command == "reset" && object.kind != "rules")) {
        return {}; // they show
    }
    const bool flushesAll = command == "flush" && object.kind == "ruleset" && textAt(object.value, "family").empty();
    if (m_first && !flushesAll) {
        m_whole = false;
    }
    m_first = false;
    if (flushesAll) {
        *this = NftState{};
        m_first = false;
        return {};
    }
    if (command == "add" || command == "create") {
        const bool create = command == "create";
        return object.kind == "rule"      ? place(std::move(object), false)
               : object.kind == "element" ? addElements(object.value, false)
                                          : add(std::move(object), create);
    }
    return command == "insert" ? place(std::move(object), true) : change(command, std::move(object));
}

void NftState::amendTable(const QJsonObject &table, const QJsonArray &flags)
{
    const auto found = m_index.find(keyOf({"table", table}));
    if (found != m_index.end()) {
        found->second->value.insert(QStringLiteral("flags"), flags);
    }
}

bool NftState::areTablesWhole() const
{
    return std::all_of(m_objects.begin(), m_objects.end(),
                       [this](const NftObject &each) { return each.kind == "metainfo" || m_fresh.count(tableKey(each)) > 0; }) &&
           std::all_of(m_order.begin(), m_order.end(),
                       [this](const std::string &chain) { return m_fresh.count(chain.substr(0, chain.rfind(separator))) > 0; });
}

std::vector<NftObject> NftState::objects() const
{
    std::vector<NftObject> all;
    for (const auto &each : m_objects) {
        all.push_back(each);
        const auto elements = m_elements.find(isSet(each) ? keyOf(each) : std::string{});
        if (elements != m_elements.end()) {
            all.back().value.insert(QStringLiteral("elem"), elements->second);
        }
    }
    std::set<std::string> tables;
    for (const auto &chain : m_order) {
        const auto rules = m_rules.find(chain);
        if (rules == m_rules.end() || rules->second.empty()) {
            continue;
        }
        const auto &rule = rules->second.front().value;
        const QJsonObject table{{QStringLiteral("family"), rule[QLatin1String("family")]},
                                {QStringLiteral("name"), rule[QLatin1String("table")]}};
        auto own = table;
        own.insert(QStringLiteral("table"), rule[QLatin1String("table")]);
        own.insert(QStringLiteral("name"), rule[QLatin1String("chain")]);
        if (!m_whole && find("table", table) == nullptr && tables.insert(tableKey({"table", table})).second) {
            all.push_back({"table", table, rules->second.front().origin});
        }
        if (!m_whole && find("chain", own) == nullptr) {
            all.push_back({"chain", own, rules->second.front().origin});
        }
        all.insert(all.end(), rules->second.begin(), rules->second.end());
    }
    return all;
}

tl::expected<Applied, std::pair<std::string, qsizetype>> applyCommands(const QJsonArray &objects)
{
    const auto wrong = [](std::string what, qsizetype at) { return tl::unexpected(std::pair(std::move(what), at)); };
    const auto command = [](const QJsonObject &object) {
        return object.size() == 1 && isCommand(object.begin().key().toStdString());
    };
    const bool plain = std::none_of(objects.begin(), objects.end(), [&](const auto &each) { return command(each.toObject()); });
    Applied applied;
    NftState state;
    for (qsizetype i = 0; i < objects.size(); ++i) {
        const auto object = objects[i].toObject();
        if (object.size() != 1) {
            return wrong("no object with one name", i);
        }
        const auto key = object.begin().key().toStdString();
        const auto value = object.begin().value().toObject();
        if (plain) {
            applied.objects.push_back({key, value, i});
        } else if (!isCommand(key)) {
            state.append({key, value, i});
        } else if (value.size() != 1 && key != "list" && key != "reset") {
            return wrong("a command without one object", i);
        } else {
            const auto kind = value.isEmpty() ? std::string{} : value.begin().key().toStdString();
            auto argument = value.isEmpty() ? QJsonObject{} : value.begin().value().toObject();
            if (auto problem = state.apply(key, {kind, std::move(argument), i}); !problem.empty()) {
                return wrong(std::move(problem), i);
            }
        }
    }
    if (!plain) {
        applied = {state.objects(), state.isWhole()};
    }
    return applied;
}

} // namespace bothways::filter
