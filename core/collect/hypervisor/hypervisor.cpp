// SPDX-License-Identifier: GPL-3.0-or-later
#include "collect/hypervisor/hypervisor.h"

namespace bothways::collect {

using evidence::Access;
using evidence::Reading;

namespace {

/// What `parse` makes of the script's output.
template <typename T, typename Parse>
Reading<T> parsed(const Reading<QByteArray> &output, evidence::GuestChannel channel, const Parse &parse)
{
    if (!output.isRead()) {
        return Reading<T>::missing(output.access, output.source, output.problem);
    }
    auto value = parse(output.value, channel);
    return value ? Reading<T>::read(std::move(*value), output.source)
                 : Reading<T>::missing(Access::Failed, output.source, value.error().message);
}

} // namespace

guest::System Hypervisor::systemOf(const evidence::Vm & /*vm*/) const { return guest::System::Linux; }

Reading<evidence::Guest> Hypervisor::readGuest(const evidence::Vm &vm, const std::vector<net::IpAddress> &hostAddresses,
                                               const GuestCall &call)
{
    const auto system = systemOf(vm);
    return parsed<evidence::Guest>(runInGuest(vm, system, guest::script(system, hostAddresses), call), channel(),
                                   guest::parseReport);
}

Reading<evidence::NodeSnapshot> Hypervisor::readGuestAgain(const evidence::Vm &vm, const GuestCall &call)
{
    const auto system = systemOf(vm);
    return parsed<evidence::NodeSnapshot>(runInGuest(vm, system, guest::snapshotScript(system), call), channel(),
                                          guest::parseSnapshot);
}

} // namespace bothways::collect
