// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "filter/field/elements.h"

#include <string_view>

#include <QJsonObject>

/// The left sides of nft's comparisons (libnftables-json(5), "EXPRESSIONS").
namespace bothways::filter {

/// A payload, meta, ct, fib, exthdr, ... expression, with arithmetic (&, |, ^, <<, >>) if there is any. `family` is the table's.
/// Nothing where the walk has no such field.
std::optional<Field> readField(const QJsonValue &expression, std::string_view family);
/// One field, or the parts of a concatenation; a part that nobody can tell counts as Opaque if another one can be told.
std::optional<std::vector<Field>> readFields(const QJsonValue &expression, std::string_view family);
/// A mask or another operand: a number, an address, flags by name, as a list or joined by "|".
std::optional<Word> readBits(const QJsonValue &value, Type type);

} // namespace bothways::filter
