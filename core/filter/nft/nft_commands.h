// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <deque>
#include <list>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include <tl/expected.hpp>

#include <QJsonArray>
#include <QJsonObject>

/// Commands of libnftables-json(5), "COMMAND OBJECTS", and of nft(8): add, insert, create, replace, delete, destroy, flush,
/// rename.
namespace bothways::filter {

/// A table, chain, rule, set, ... as libnftables-json(5) writes it.
struct NftObject {
    std::string kind;
    QJsonObject value;
    qsizetype origin = 0; ///< which command made it, or where its text begins
};

/// What commands leave behind.
class NftState {
public:
    /// Empty: done; else what is wrong: nft would refuse it, or it is not known.
    std::string apply(const std::string &command, NftObject object);
    /// A list has it: no command.
    void append(NftObject object) { insert(std::move(object)); }
    /// There is nothing but what the commands make.
    void setWhole() { m_first = false; }
    /// Behind its flags stands whatever else the table has.
    void amendTable(const QJsonObject &table, const QJsonArray &flags);
    bool isWhole() const { return m_whole; }
    /// Every table began empty here: whatever else there is stands beside them.
    bool areTablesWhole() const;
    const NftObject *find(const std::string &kind, const QJsonObject &value) const;
    /// Tables and chains that rules name and nobody made are there too, where the ruleset is not whole.
    std::vector<NftObject> objects() const;

private:
    using Objects = std::list<NftObject>;
    using Rules = std::deque<NftObject>;

    void insert(NftObject object);
    std::string add(NftObject object, bool create);
    std::string addElements(const QJsonObject &element, bool remove);
    std::string place(NftObject rule, bool before);
    std::string replace(NftObject rule);
    std::string remove(const NftObject &object);
    std::string flush(const NftObject &object);
    std::string rename(const QJsonObject &chain);
    void removeTable(const std::string &table);
    std::string change(const std::string &command, NftObject object);
    /// Of commands that look at so many things. False: they are more than anybody has.
    bool mayLookAt(std::size_t things);
    Rules::iterator named(Rules &rules, const QJsonObject &rule);

    Objects m_objects;
    std::unordered_map<std::string, Objects::iterator> m_index;
    std::vector<std::string> m_order; ///< of the chains that have rules
    std::unordered_map<std::string, Rules> m_rules;
    std::unordered_map<std::string, QJsonArray> m_elements;
    std::set<std::string> m_fresh; ///< tables that began empty
    std::size_t m_looked = 0;
    bool m_first = true;
    bool m_whole = true;
};

/// What the commands leave behind, as a list of the ruleset has it.
struct Applied {
    std::vector<NftObject> objects;
    bool whole = true; ///< false: they change a ruleset that is not given
};

/// A list of a ruleset comes out as it is. An error: a command that nft would refuse, or that is not known, with its place.
tl::expected<Applied, std::pair<std::string, qsizetype>> applyCommands(const QJsonArray &objects);

} // namespace bothways::filter
