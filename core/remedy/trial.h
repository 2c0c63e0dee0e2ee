// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "remedy/remedy.h"
#include "way/way.h"

#include <vector>

/// Every remedy is tried before it is shown: what it changes is changed in thought, and the way of the packets walked again.
/// Pure.
namespace bothways::remedy {

/// What is worth showing, tried: each that mends all pings that do not pass, else the fewest that do it together, one after the
/// other as the steps of one plan, then those that mend some, then what the model cannot decide. What leaves every ping as dead
/// as it is, is not among them.
std::vector<Remedy> tried(std::vector<Remedy> proposed, const facts::Case &given);

} // namespace bothways::remedy
