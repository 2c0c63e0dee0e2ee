// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "collect/linux/rulesets.h"
#include "evidence/node.h"

#include <optional>
#include <vector>

/// Which programs own filter rules on this machine.
namespace bothways::collect {

/// ufw is "running" where its configuration enables it and its chains are loaded here; settings "enabled" (yes, no) and
/// "chains" (present, missing, unknown without rights to list rules). Docker and libvirt show by their links and chains.
evidence::Reading<std::vector<evidence::FirewallManager>> readManagers(const Rulesets &rulesets,
                                                                       const std::vector<evidence::Link> &links,
                                                                       const std::optional<evidence::FirewallManager> &firewalld);

} // namespace bothways::collect
