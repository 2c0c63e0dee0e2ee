// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "filter/model.h"

#include <QJsonObject>

/// nft JSON expressions into what the walk evaluates. Everything returns nothing where it does not understand.
namespace bothways::filter {

/// The left side: one field or a concatenation of them.
std::optional<std::vector<Field>> readFields(const QJsonValue &expression);
std::vector<Type> typesOf(const std::vector<Field> &fields);
/// The "type" of a named set or map: a name or a list of names.
std::vector<Type> readSetType(const QJsonValue &type);
/// Adds one element ("elem" wrappers with time-outs and comments allowed).
bool addElement(Elements &elements, const QJsonValue &value, const std::vector<Type> &types);
/// The right side of a comparison other than a reference: a scalar, list of flags, set, prefix, range.
std::optional<Elements> readElements(const QJsonValue &right, const std::vector<Type> &types);
/// A match statement; anything not understood becomes UnknownMatch with its text.
Statement readMatch(const QJsonObject &match, const Table &table);
/// A "mangle" statement.
Statement readMangle(const QJsonObject &mangle, const std::string &text);

} // namespace bothways::filter
