// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "collect/guest/report.h"
#include "collect/guest/script.h"
#include "collect/hypervisor/guest_login.h"
#include "evidence/evidence.h"

#include <QByteArray>
#include <QString>

#include <chrono>
#include <memory>
#include <optional>
#include <stop_token>
#include <vector>

namespace bothways::collect {

/// What a guest is asked with.
struct GuestCall {
    std::optional<GuestLogin> login;       ///< where the channel asks for one
    std::chrono::milliseconds deadline{0}; ///< from the call
    std::stop_token stop;
};

/// One hypervisor behind one interface. Functions block and may be called from any one thread at a time.
class Hypervisor {
public:
    virtual ~Hypervisor() = default;
    virtual evidence::Worded<evidence::HypervisorId> id() const = 0;
    /// Into its guests.
    virtual evidence::GuestChannel channel() const = 0;
    /// Domains, their interfaces and addresses, and virtual networks. Absent: this hypervisor is not installed here.
    virtual evidence::Reading<evidence::Inventory> inventory(std::stop_token stop) = 0;
    /// What runs in the VM, which decides how its script is written; Linux where the hypervisor does not know.
    virtual guest::System systemOf(const evidence::Vm &vm) const;
    /// Runs a fixed script of that system inside the VM, out of band, and gives its standard output (bounded to 16 MiB).
    virtual evidence::Reading<QByteArray> runInGuest(const evidence::Vm &vm, guest::System system, const QByteArray &script,
                                                     const GuestCall &call) = 0;

    /// The guest's own report, which begins with pings to these addresses of the host.
    virtual evidence::Reading<evidence::Guest> readGuest(const evidence::Vm &vm, const std::vector<net::IpAddress> &hostAddresses,
                                                         const GuestCall &call);
    /// What changes quickly, once more.
    virtual evidence::Reading<evidence::NodeSnapshot> readGuestAgain(const evidence::Vm &vm, const GuestCall &call);
};

} // namespace bothways::collect
