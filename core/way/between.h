// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "way/machine.h"

/// What lies between the two machines, as far as this host shows it: its interface, its bridges, a router. Private to core/way.
namespace bothways::way {

/// The VM's MAC: its own by report or inventory, else the only one that answers for its address.
std::optional<net::MacAddress> macOf(const facts::Scene &scene);
/// The port of the host's own bridge towards the VM; empty where the host's interface is no bridge, or none is known.
QString firstPort(const facts::Scene &scene);

/// One packet from the host to the VM, or back. `bridging`: of the host.
void cross(std::vector<Stage> &stages, const facts::Case &known, const Machine &host, bool toVm, const filter::Packet &packet,
           filter::BridgeNetfilter bridging);

} // namespace bothways::way
