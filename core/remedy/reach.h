// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "facts/case.h"
#include "remedy/remedy.h"

/// How far a command on this host may reach on one VM's account. What the VM says of itself is a claim: on it alone nothing here
/// is changed, and never what other machines need. Private to core/remedy.
namespace bothways::remedy {

/// True where each address that the commands name is the VM's, as this host or the user knows it, or the host's own, and no
/// network is taken away but one within the VM's link. Commands elsewhere than on the host reach nobody here.
bool isWithinReach(const Remedy &remedy, const facts::Case &given);

} // namespace bothways::remedy
