// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "collect/route_question.h"
#include "evidence/node.h"

#include <vector>

namespace bothways::collect {

/// Every table, IPv4 then IPv6, without the kernel's cached clones.
evidence::Reading<std::vector<evidence::Route>> readRoutes();
evidence::Reading<evidence::RouteAnswer> askRoute(const RouteQuestion &question);

} // namespace bothways::collect
