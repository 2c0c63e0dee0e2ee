// SPDX-License-Identifier: GPL-3.0-or-later
#include "filter/nft/nft_map.h"

#include <algorithm>
#include <array>

namespace bothways::filter {

tl::expected<Action, std::string> readVerdict(const QJsonValue &verdict, const Table &table)
{
    static constexpr std::array<std::pair<std::string_view, Action::Kind>, 6> plain{{
        {"accept", Action::Kind::Accept},
        {"drop", Action::Kind::Drop},
        {"reject", Action::Kind::Reject},
        {"queue", Action::Kind::Queue},
        {"continue", Action::Kind::Continue},
        {"return", Action::Kind::Return},
    }};
    const auto object = verdict.toObject();
    const auto name = object.size() == 1 ? object.begin().key().toStdString() : std::string{};
    const auto found = std::find_if(plain.begin(), plain.end(), [&name](const auto &each) { return each.first == name; });
    if (found != plain.end()) {
        return Action{found->second};
    }
    if (name != "jump" && name != "goto") {
        return tl::unexpected("\"" + name + "\" is no verdict");
    }
    const auto target = textAt(object.begin().value().toObject(), "target");
    const auto chain = table.chainIndex.find(target);
    if (chain == table.chainIndex.end()) {
        return tl::unexpected("a jump to \"" + target + "\", which is no chain of this table");
    }
    return Action{name == "jump" ? Action::Kind::Jump : Action::Kind::Goto, chain->second};
}

tl::expected<NamedSet, std::string> readVerdictMap(const QJsonArray &pairs, const std::vector<ValueType> &types,
                                                   const Table &table)
{
    Elements elements(types.size());
    std::vector<Action> actions;
    for (const auto &each : pairs) {
        const auto pair = each.toArray();
        if (pair.size() != 2) {
            return tl::unexpected(std::string("an element of a verdict map is no pair"));
        }
        const auto action = readVerdict(pair[1], table);
        if (!action) {
            return tl::unexpected(action.error());
        }
        if (addElement(elements, pair[0], types)) {
            actions.push_back(*action);
        } else {
            elements.setIncomplete();
        }
    }
    elements.finish();
    NamedSet map;
    map.types = types;
    map.elements = std::make_shared<const Elements>(std::move(elements));
    map.actions = std::make_shared<const std::vector<Action>>(std::move(actions));
    return map;
}

NamedSet readValueMap(const QJsonArray &pairs, const std::vector<ValueType> &keys, const std::vector<ValueType> &values)
{
    Elements elements(keys.size());
    std::vector<Word> words;
    bool single = values.size() == 1;
    for (const auto &each : pairs) {
        const auto pair = each.toArray();
        if (pair.size() != 2 || !addElement(elements, pair[0], keys)) {
            elements.setIncomplete();
            continue;
        }
        const auto value = single ? readInterval(pair[1], values.front()) : std::nullopt;
        single = value && value->first == value->last;
        words.push_back(single ? value->first : Word{});
    }
    elements.finish();
    NamedSet map;
    map.types = keys;
    map.elements = std::make_shared<const Elements>(std::move(elements));
    map.values = single ? std::make_shared<const std::vector<Word>>(std::move(words)) : nullptr;
    return map;
}

} // namespace bothways::filter
