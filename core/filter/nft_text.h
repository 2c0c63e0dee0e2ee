// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include <QJsonObject>
#include <QJsonValue>

/// nft JSON back into the text that `nft list ruleset` prints. Source: libnftables-json(5), nft(8).
namespace bothways::filter {

std::string expressionText(const QJsonValue &expression);
std::string statementText(const QJsonObject &statement);
/// The whole rule, comment included, without its handle.
std::string ruleText(const QJsonObject &rule);

} // namespace bothways::filter
