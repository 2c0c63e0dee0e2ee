// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "filter/model/model.h"

namespace bothways::filter {

/// A rule in its place; `rule` -1 is the policy of the chain.
struct Place {
    const Table *table = nullptr;
    const Chain *chain = nullptr;
    const Chain *base = nullptr;
    std::int64_t rule = -1;
};

/// What a person and a command need to find it.
RuleRef reference(const Place &place);

} // namespace bothways::filter
