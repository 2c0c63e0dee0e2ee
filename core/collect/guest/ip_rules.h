// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "collect/guest/ip_text.h"

/// Reader of `ip rule`. Pure and total.
namespace bothways::collect::guest {

/// `ip -4|-6 rule show`
Parsed<std::vector<evidence::PolicyRule>> parseIpRules(QStringView text, net::Family family, const TableNames &names);

} // namespace bothways::collect::guest
