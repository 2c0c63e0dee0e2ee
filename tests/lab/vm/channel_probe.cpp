// SPDX-License-Identifier: GPL-3.0-or-later
// Runs inside the VM lab's namespaces, where channel_vm_test starts it: what collect sees of libvirt and of the guest, as a
// session's JSON on standard output. Usage: channel_probe HOST-ADDRESS
#include "collect/hypervisor/registry.h"
#include "evidence/session_file.h"

#include <QCoreApplication>

#include <cstdio>

using namespace bothways;

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    const auto hostAddress = net::IpAddress::parse(argc > 1 ? argv[1] : "");
    const auto hypervisors = collect::registry();
    auto &libvirt = *hypervisors.front();
    evidence::Evidence evidence;
    evidence.inventory = libvirt.inventory({});
    for (const auto &vm : evidence.inventory.value.vms) {
        const collect::GuestCall call{{}, std::chrono::seconds(20), {}};
        evidence.guest = libvirt.readGuest(vm, {*hostAddress}, call);
        if (evidence.guest.isRead()) {
            evidence.guest.value.after = libvirt.readGuestAgain(vm, call);
        }
    }
    const auto json = evidence::toJson(evidence);
    std::fwrite(json.constData(), 1, static_cast<std::size_t>(json.size()), stdout);
    return 0;
}
