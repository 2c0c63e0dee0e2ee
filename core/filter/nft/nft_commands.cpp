// SPDX-License-Identifier: GPL-3.0-or-later
#include "filter/nft/nft_commands.h"

#include "filter/nft/nft_value.h"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include <QJsonObject>

namespace bothways::filter {
namespace {

struct Object {
    std::string kind;
    QJsonObject value;
};

std::string nameIn(const Object &object) { return textAt(object.value, "name"); }

bool sameTable(const Object &a, const QJsonObject &b)
{
    return textAt(a.value, "family") == textAt(b, "family") &&
           (a.kind == "table" ? nameIn(a) : textAt(a.value, "table")) ==
               textAt(b, b.contains(QLatin1String("table")) ? "table" : "name");
}

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

class State {
public:
    /// Empty: done; else what is wrong.
    std::string apply(const std::string &command, const QJsonObject &argument);
    void append(Object object) { m_objects.push_back(std::move(object)); }
    QJsonArray list() const;
    bool isWhole() const { return m_whole; }

private:
    using Objects = std::vector<Object>;

    Objects::iterator find(const Object &object);
    Objects::iterator findRule(const QJsonObject &rule);
    std::string add(Object object, bool create);
    std::string addElements(const QJsonObject &element, bool remove);
    std::string place(Object rule, bool before);
    std::string remove(const Object &object);
    std::string flush(const Object &object);
    std::string rename(const QJsonObject &chain);
    bool inChain(const Object &each, const QJsonObject &rule) const
    {
        return each.kind == "rule" && sameTable(each, rule) && textAt(each.value, "chain") == textAt(rule, "chain");
    }

    Objects m_objects;
    bool m_first = true;
    bool m_whole = true;
};

State::Objects::iterator State::find(const Object &object)
{
    return std::find_if(m_objects.begin(), m_objects.end(), [&](const Object &each) {
        return each.kind == object.kind && sameTable(each, object.value) && nameIn(each) == nameIn(object);
    });
}

/// The rule that "handle" or "index" names; the end where it names none.
State::Objects::iterator State::findRule(const QJsonObject &rule)
{
    const auto handle = rule[QLatin1String("handle")];
    auto left = rule[QLatin1String("index")].toInteger(-1);
    if (!handle.isDouble() && left < 0) {
        return m_objects.end();
    }
    return std::find_if(m_objects.begin(), m_objects.end(), [&](const Object &each) {
        if (!inChain(each, rule)) {
            return false;
        }
        return handle.isDouble() ? each.value[QLatin1String("handle")] == handle : left-- == 0;
    });
}

std::string State::place(Object rule, bool before)
{
    const bool named = rule.value.contains(QLatin1String("handle")) || rule.value.contains(QLatin1String("index"));
    auto at = findRule(rule.value);
    if (named && at == m_objects.end()) {
        return "no rule of this chain has the handle or index that is named";
    }
    if (!named && before) {
        at = std::find_if(m_objects.begin(), m_objects.end(), [&](const Object &each) { return inChain(each, rule.value); });
    }
    const bool behind = named && !before;
    rule.value.remove(QStringLiteral("handle"));
    rule.value.remove(QStringLiteral("index"));
    m_objects.insert(behind ? std::next(at) : at, std::move(rule));
    return {};
}

std::string State::addElements(const QJsonObject &element, bool remove)
{
    const auto set = std::find_if(m_objects.begin(), m_objects.end(), [&](const Object &each) {
        return (each.kind == "set" || each.kind == "map") && sameTable(each, element) && nameIn(each) == textAt(element, "name");
    });
    if (set == m_objects.end()) {
        return "elements of a set that is not there";
    }
    auto all = asList(set->value[QLatin1String("elem")]);
    for (const auto &each : asList(element[QLatin1String("elem")])) {
        if (!remove) {
            all.append(each);
            continue;
        }
        const auto found = std::find(all.begin(), all.end(), each);
        if (found == all.end()) {
            return "an element to delete that is not in the set";
        }
        all.erase(found);
    }
    set->value.insert(QStringLiteral("elem"), all);
    return {};
}

std::string State::add(Object object, bool create)
{
    if (object.kind == "rule") {
        return place(std::move(object), false);
    }
    if (object.kind == "element") {
        return addElements(object.value, false);
    }
    const auto found = find(object);
    if (found == m_objects.end()) {
        m_objects.push_back(std::move(object));
        return {};
    }
    if (create) {
        return "it is there already";
    }
    return object.kind == "table" || object.kind == "chain" ? std::string{} : "what is there already is added once more";
}

std::string State::remove(const Object &object)
{
    if (object.kind == "element") {
        return addElements(object.value, true);
    }
    const auto found = object.kind == "rule" ? findRule(object.value) : find(object);
    if (found == m_objects.end()) {
        return "nothing of the kind is there to delete";
    }
    const auto gone = found->value;
    const auto kind = found->kind;
    m_objects.erase(found);
    if (kind == "table") {
        std::erase_if(m_objects, [&gone](const Object &each) { return each.kind != "metainfo" && sameTable(each, gone); });
    }
    return {};
}

std::string State::flush(const Object &object)
{
    if (object.kind == "ruleset") {
        const auto family = textAt(object.value, "family");
        std::erase_if(m_objects, [&](const Object &each) {
            return each.kind != "metainfo" && (family.empty() || textAt(each.value, "family") == family);
        });
        return {};
    }
    if (object.kind == "table") {
        std::erase_if(m_objects, [&](const Object &each) { return each.kind == "rule" && sameTable(each, object.value); });
        return {};
    }
    if (object.kind == "chain") {
        std::erase_if(m_objects, [&](const Object &each) {
            return each.kind == "rule" && sameTable(each, object.value) && textAt(each.value, "chain") == nameIn(object);
        });
        return {};
    }
    const auto found = find(object);
    if (found == m_objects.end()) {
        return "nothing of the kind is there to flush";
    }
    found->value.remove(QStringLiteral("elem"));
    return {};
}

std::string State::rename(const QJsonObject &chain)
{
    const auto found = find({"chain", chain});
    const auto from = chain[QLatin1String("name")].toString();
    const auto to = chain[QLatin1String("newname")].toString();
    if (found == m_objects.end() || to.isEmpty()) {
        return "no chain that could be renamed so";
    }
    found->value.insert(QStringLiteral("name"), to);
    for (auto &each : m_objects) {
        if (each.kind == "metainfo" || each.kind == "table" || !sameTable(each, chain)) {
            continue;
        }
        each.value = renamed(each.value, from, to).toObject();
        if (each.kind == "rule" && each.value[QLatin1String("chain")].toString() == from) {
            each.value.insert(QStringLiteral("chain"), to);
        }
    }
    return {};
}

std::string State::apply(const std::string &command, const QJsonObject &argument)
{
    if (command == "list" || command == "reset") {
        return {}; // they show
    }
    if (argument.size() != 1) {
        return "a command without one object";
    }
    const Object object{argument.begin().key().toStdString(), argument.begin().value().toObject()};
    const bool flushesAll = command == "flush" && object.kind == "ruleset" && object.value.isEmpty();
    if (m_first && !flushesAll) {
        m_whole = false;
    }
    m_first = false;
    if (flushesAll) {
        m_whole = true;
        std::erase_if(m_objects, [](const Object &each) { return each.kind != "metainfo"; });
        return {};
    }
    if (command == "add" || command == "create") {
        return add(object, command == "create");
    }
    if (command == "insert") {
        return place(object, true);
    }
    if (command == "replace") {
        const auto found = object.kind == "rule" ? findRule(object.value) : m_objects.end();
        if (found == m_objects.end()) {
            return "no rule of this chain has the handle that is named";
        }
        found->value = object.value;
        return {};
    }
    if (command == "delete" || command == "destroy") {
        const auto problem = remove(object);
        return command == "destroy" ? std::string{} : problem;
    }
    return command == "flush" ? flush(object) : command == "rename" ? rename(object.value) : "a command that is not known";
}

QJsonArray State::list() const
{
    QJsonArray all;
    for (const auto &each : m_objects) {
        all.append(QJsonObject{{QString::fromStdString(each.kind), each.value}});
    }
    return all;
}

bool isCommand(const std::string &key)
{
    static constexpr std::array<std::string_view, 10> commands{"add",     "insert", "create", "replace", "delete",
                                                               "destroy", "flush",  "rename", "list",    "reset"};
    return std::find(commands.begin(), commands.end(), key) != commands.end();
}

} // namespace

tl::expected<Applied, std::pair<std::string, qsizetype>> applyCommands(const QJsonArray &objects)
{
    const auto command = [](const QJsonObject &object) {
        return object.size() == 1 && isCommand(object.begin().key().toStdString());
    };
    if (std::none_of(objects.begin(), objects.end(), [&](const QJsonValue &each) { return command(each.toObject()); })) {
        return Applied{objects, true};
    }
    State state;
    for (qsizetype i = 0; i < objects.size(); ++i) {
        const auto object = objects[i].toObject();
        if (object.size() != 1) {
            return tl::unexpected(std::pair(std::string("no object with one name"), i));
        }
        const auto key = object.begin().key().toStdString();
        const auto value = object.begin().value().toObject();
        if (!isCommand(key)) {
            state.append({key, value});
        } else if (auto problem = state.apply(key, value); !problem.empty()) {
            return tl::unexpected(std::pair(std::move(problem), i));
        }
    }
    return Applied{state.list(), state.isWhole()};
}

} // namespace bothways::filter
