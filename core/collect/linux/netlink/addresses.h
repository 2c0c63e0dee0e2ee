// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "evidence/node.h"

#include <vector>

namespace bothways::collect {

evidence::Reading<std::vector<evidence::InterfaceAddress>> readAddresses();
evidence::Reading<std::vector<evidence::Neighbour>> readNeighbours();
/// Entries of bridges' tables; not the unicast filters of network cards.
evidence::Reading<std::vector<evidence::FdbEntry>> readFdb();

} // namespace bothways::collect
