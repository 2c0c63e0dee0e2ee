// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "filter/model/model.h"
#include "filter/nft/nft_value.h"

#include <string>

#include <tl/expected.hpp>

#include <QJsonArray>
#include <QJsonValue>

/// What nft's maps lead to.
namespace bothways::filter {

/// A verdict or a jump; an error where the chain is none of the table's.
tl::expected<Action, std::string> readVerdict(const QJsonValue &verdict, const Table &table);
/// The elements and actions of a verdict map. An element that is not understood leaves it incomplete.
tl::expected<NamedSet, std::string> readVerdictMap(const QJsonArray &pairs, const std::vector<ValueType> &types,
                                                   const Table &table);
/// The same of a map to addresses, marks, names of objects: values are kept where they are single numbers.
NamedSet readValueMap(const QJsonArray &pairs, const std::vector<ValueType> &keys, const std::vector<ValueType> &values);

} // namespace bothways::filter
