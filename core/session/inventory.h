// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "collect/hypervisor/hypervisor.h"
#include "evidence/evidence.h"

#include <memory>
#include <stop_token>
#include <vector>

namespace bothways::session {

/// What all of them know, asked one after another. Read where one answers; those that are here and fail are then named in its
/// `problem`. Where none answers it says why each did not.
evidence::Reading<evidence::Inventory> inventoryOf(const std::vector<std::unique_ptr<collect::Hypervisor>> &hypervisors,
                                                   const std::stop_token &stop);

/// The same of what each gave, in their order. Pure.
evidence::Reading<evidence::Inventory> merged(std::vector<evidence::Reading<evidence::Inventory>> inventories);

} // namespace bothways::session
