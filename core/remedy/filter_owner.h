// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "remedy/draft.h"

/// The owner's own way (firewalld, ufw) to let a packet past one of its rules. Private to core/remedy.
namespace bothways::remedy {

/// Empty where the rule is not firewalld's.
Remedies throughFirewalld(const Request &request, const facts::RuleObject &object);
/// Empty where the rule is not ufw's.
Remedies throughUfw(const Request &request, const facts::RuleObject &object);

} // namespace bothways::remedy
