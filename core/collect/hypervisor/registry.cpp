// SPDX-License-Identifier: GPL-3.0-or-later
#include "collect/hypervisor/registry.h"

#include "collect/hypervisor/libvirt.h"

namespace bothways::collect {

std::vector<std::unique_ptr<Hypervisor>> registry(const QString &connection)
{
    std::vector<std::unique_ptr<Hypervisor>> all;
    all.push_back(std::make_unique<libvirt::Libvirt>(connection.isEmpty() ? QStringLiteral("qemu:///system") : connection));
    return all;
}

} // namespace bothways::collect
