// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "evidence/evidence.h"
#include "session/session.h"

#include <optional>
#include <vector>

/// From what the user typed to what it means here. Pure but for readHostView().
namespace bothways::session {

/// What this host knows of itself that a target is resolved with.
struct HostView {
    std::vector<evidence::Link> links;
    std::vector<evidence::InterfaceAddress> addresses;
};

/// Read from it.
HostView readHostView(world::World &world);

/// The VM meant by a name, a UUID or an address, and its interface; null where none is.
struct Match {
    const evidence::Vm *vm = nullptr;
    const evidence::VmInterface *nic = nullptr;
};
Match findVm(const evidence::Inventory &inventory, const QString &requested, const std::optional<net::IpAddress> &address,
             const HostView &host);

/// Fills the target from the plan, the inventory and the guest's own report. The interface is the one that should carry
/// the traffic (given, the VM's bridge, or the one whose subnet holds the VM), not the one the route table happens to name.
evidence::Target resolve(const Plan &plan, const evidence::Inventory &inventory, const HostView &host,
                         const evidence::Guest *guest);

/// Further addresses of this host from which the VM can be pinged, to tell a fault of the source from a fault of the VM.
std::vector<net::IpAddress> otherSources(const evidence::Target &target, const HostView &host,
                                         const std::optional<net::IpAddress> &sourceInUse);

} // namespace bothways::session
