// SPDX-License-Identifier: GPL-3.0-or-later
// Runs inside the VM lab's namespaces, where channel_vm_test starts it: what collect sees of libvirt and of the guest, as a
// session's JSON on standard output. Usage: channel_probe HOST-ADDRESS
#include "collect/guest/report.h"
#include "collect/hypervisor/hypervisor.h"
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
        const auto script = collect::guest::script(collect::guest::System::Linux, {*hostAddress});
        const auto output = libvirt.runInGuest(vm, script, std::chrono::seconds(20), {});
        if (!output.isRead()) {
            evidence.guest = evidence::Reading<evidence::Guest>::missing(output.access, output.source, output.problem);
            continue;
        }
        auto guest = collect::guest::parseReport(output.value, libvirt.channel());
        if (!guest) {
            evidence.guest =
                evidence::Reading<evidence::Guest>::missing(evidence::Access::Failed, output.source, guest.error().message);
            continue;
        }
        const auto snapshot =
            libvirt.runInGuest(vm, collect::guest::snapshotScript(collect::guest::System::Linux), std::chrono::seconds(20), {});
        if (auto after = collect::guest::parseSnapshot(snapshot.value, libvirt.channel())) {
            guest->after = evidence::Reading<evidence::NodeSnapshot>::read(std::move(*after), snapshot.source);
        }
        evidence.guest = evidence::Reading<evidence::Guest>::read(std::move(*guest), output.source);
    }
    const auto json = evidence::toJson(evidence);
    std::fwrite(json.constData(), 1, static_cast<std::size_t>(json.size()), stdout);
    return 0;
}
