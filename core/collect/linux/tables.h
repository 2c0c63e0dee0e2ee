// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "evidence/node.h"

#include <vector>

/// The tables of the calling thread's network namespace that only readHost() asks for.
namespace bothways::collect {

/// Every table, IPv4 then IPv6, without the kernel's cached clones.
evidence::Reading<std::vector<evidence::Route>> readRoutes();
evidence::Reading<std::vector<evidence::PolicyRule>> readPolicyRules();
/// Entries of bridges' tables; not the unicast filters of network cards.
evidence::Reading<std::vector<evidence::FdbEntry>> readFdb();

} // namespace bothways::collect
