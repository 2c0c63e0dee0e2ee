// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "filter/field/elements.h"

#include <optional>
#include <string>
#include <vector>

#include <QJsonArray>
#include <QJsonObject>
#include <QJsonValue>

/// The right sides of nft's comparisons: values, intervals, the elements of sets. Everything returns nothing where it does not
/// understand.
namespace bothways::filter {

/// What nft writes alone where there is one of it, and else as a list.
inline QJsonArray asList(const QJsonValue &value)
{
    if (value.isArray()) {
        return value.toArray();
    }
    return value.isUndefined() || value.isNull() ? QJsonArray{} : QJsonArray{value};
}

/// Empty where there is no such text.
std::string textAt(const QJsonObject &object, const char *key);

std::vector<ValueType> typesOf(const std::vector<Field> &fields);
/// The data type of a set as nft names it ("ipv4_addr"); nothing where the walk has no such values.
std::optional<ValueType> valueTypeNamed(std::string_view name);
/// Whether elements read as `written` can be compared with the fields.
bool fits(const std::vector<ValueType> &written, const std::vector<Field> &fields);

std::optional<Interval> readPoint(const QJsonValue &value, Type type);
/// A point, prefix, range, or several flags at once.
std::optional<Interval> readInterval(const QJsonValue &value, const ValueType &type);
/// Adds one element, in whatever it is wrapped: time-out, comment, counter, limit. `mayFail`: the whole set has a limit.
bool addElement(Elements &elements, const QJsonValue &value, const std::vector<ValueType> &types, bool mayFail = false);
/// A set, or a single value.
std::optional<Elements> readElements(const QJsonValue &right, const std::vector<ValueType> &types);
/// Whether a statement beside an element keeps it from matching at times.
bool isCondition(const QString &statement);

} // namespace bothways::filter
