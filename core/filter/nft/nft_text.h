// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

#include <QJsonObject>
#include <QJsonValue>

/// nft JSON back into the text that `nft -s list ruleset` prints: without what the counters count. Source: nftables 1.0.6,
/// src/expression.c, src/statement.c.
namespace bothways::filter {

std::string expressionText(const QJsonValue &expression);
/// `family` is the table's: a reject that is the family's own is written short.
std::string statementText(const QJsonValue &statement, std::string_view family);
/// The rule's comment as it stands behind the statements; empty if there is none.
std::string commentText(const QJsonObject &rule);

/// A name that nft's grammar takes where a family, table or chain is named (src/scanner.l, `string`). Others exist in the kernel,
/// but no nft command can name them.
bool isNftIdentifier(std::string_view name);

} // namespace bothways::filter
