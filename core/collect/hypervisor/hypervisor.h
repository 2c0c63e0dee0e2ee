// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "evidence/vm.h"

#include <QByteArray>
#include <QString>

#include <chrono>
#include <memory>
#include <stop_token>
#include <vector>

namespace bothways::collect {

/// One hypervisor behind one interface; found by registry(). Functions block and may be called from any one thread at a time.
class Hypervisor {
public:
    virtual ~Hypervisor() = default;
    virtual QString id() const = 0; ///< "libvirt"
    /// Domains, their interfaces and addresses, and virtual networks. Absent: this hypervisor is not installed here.
    virtual evidence::Reading<evidence::Inventory> inventory(std::stop_token stop) = 0;
    /// Runs a fixed script inside the VM, out of band, and gives its standard output (bounded to 16 MiB).
    virtual evidence::Reading<QByteArray> runInGuest(const evidence::Vm &vm, const QByteArray &script,
                                                     std::chrono::milliseconds deadline, std::stop_token stop) = 0;
    /// Name of the channel runInGuest uses, e.g. "qemu-guest-agent".
    virtual QString channel() const = 0;
};

/// Every hypervisor this build knows. `connection` overrides the default (libvirt: a URI); empty for the default.
std::vector<std::unique_ptr<Hypervisor>> registry(const QString &connection = {});

} // namespace bothways::collect
