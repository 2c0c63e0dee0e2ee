// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "filter/model/model.h"
#include "filter/nft/nft_value.h"

#include <map>
#include <string>

#include <tl/expected.hpp>

#include <QJsonObject>

/// nft's statements (libnftables-json(5), "STATEMENTS") into what the walk follows.
namespace bothways::filter {

/// What rules name that is neither chain nor set. `true`: holds while it is not used up.
struct NamedConditions {
    std::map<std::string, bool, std::less<>> limits;
    std::map<std::string, bool, std::less<>> quotas;
    std::map<std::string, bool, std::less<>> sets; ///< those of which every element has a limit or quota
};

/// Reads the statements of one table's rules.
class StatementReader {
public:
    StatementReader(const Table &table, const NamedConditions &conditions) : m_table(table), m_conditions(conditions) {}

    /// Adds what the statement amounts to, which is nothing where it does not matter to a verdict. `text` is how nft lists it.
    tl::expected<void, std::string> read(const QJsonValue &statement, const std::string &text, Rule &rule) const;

private:
    using Result = tl::expected<void, std::string>;

    Result readNamed(const QString &name, const QJsonValue &value, const std::string &text, Rule &rule) const;
    bool readCondition(const QString &name, const QJsonValue &value, const std::string &text, Rule &rule) const;
    Result readVmap(const QJsonObject &map, const std::string &text, Rule &rule) const;
    void readMatch(const QJsonObject &match, const std::string &text, Rule &rule) const;
    void readMangle(const QJsonObject &mangle, const std::string &text, Rule &rule) const;
    void assign(Key key, const QJsonValue &value, const std::string &text, Rule &rule) const;
    void readSetUpdate(const QJsonObject &update, const std::string &text, Rule &rule) const;
    void readMeter(const QJsonObject &meter, const std::string &text, Rule &rule) const;
    void readReference(const QString &kind, const QJsonValue &value, const std::string &text, Rule &rule) const;
    void readNat(const QString &kind, const QJsonObject &nat, const std::string &text, Rule &rule) const;
    void readXtables(const QJsonObject &xt, const std::string &text, Rule &rule) const;
    void addKey(const QJsonValue &key, const std::string &text, Rule &rule) const;
    void addLookups(const QJsonValue &value, const std::string &text, Rule &rule) const;
    std::optional<Operand> readMap(const QJsonObject &map) const;
    std::optional<Operand> readOperand(const QJsonValue &value, Type type) const;
    std::optional<Match> lookUp(const QJsonObject &map, const std::string &text) const;

    const Table &m_table;
    const NamedConditions &m_conditions;
};

} // namespace bothways::filter
