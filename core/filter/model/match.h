// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "filter/model/model.h"

namespace bothways::filter {

/// Whether a comparison holds. An absent field never matches, whatever the operator.
Truth holds(const Match &match, const View &view);
Truth holds(const AnyOf &any, const View &view);
/// The field's value, masked and reckoned with.
Evaluated valueOf(const Field &field, const View &view);
Evaluated valueOf(const Operand &operand, const View &view);
/// The values of the fields, masked; nothing where one of them is absent.
std::optional<std::vector<Evaluated>> valuesOf(const std::vector<Field> &fields, const View &view);
/// How much a match on these fields says about a packet; the highest of a rule is shown as the deciding one.
int specificity(const std::vector<Field> &fields);
/// "ip protocol icmp" for the key of a verdict map that was found.
std::string foundText(const VerdictMap &map, const View &view);

} // namespace bothways::filter
