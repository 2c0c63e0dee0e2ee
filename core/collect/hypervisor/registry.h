// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "collect/hypervisor/hypervisor.h"

#include <memory>
#include <vector>

namespace bothways::collect {

/// Every hypervisor that this build knows, one entry each. `connection` overrides the default (libvirt: a URI); empty for the
/// default.
std::vector<std::unique_ptr<Hypervisor>> registry(const QString &connection = {});

} // namespace bothways::collect
