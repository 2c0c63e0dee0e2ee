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
/// Of the ports of bridges that filter VLANs, and of those bridges themselves.
evidence::Reading<std::vector<evidence::PortVlans>> readPortVlans();
evidence::Reading<std::vector<evidence::MulticastMember>> readMulticastMembers();
/// XDP programs and the filters of tc. Up to one question for each link that has filters, in each direction.
evidence::Reading<std::vector<evidence::AttachedProgram>> readPrograms();
/// IPsec policies; needs rights.
evidence::Reading<std::vector<evidence::TransformPolicy>> readTransforms();

} // namespace bothways::collect
