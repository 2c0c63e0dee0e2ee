// SPDX-License-Identifier: GPL-3.0-or-later
#include "probe/linux/rights_probe.h"

#include "probe/linux/ping_program.h"
#include "probe/linux/socket/descriptor.h"

#include <QFile>

#include <array>

#include <linux/capability.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace bothways::probe {

namespace {

// The C library has no wrapper, libcap is not worth a dependency for one bit; capget(2).
bool hasCapability(unsigned number)
{
    __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
    std::array<__user_cap_data_struct, _LINUX_CAPABILITY_U32S_3> data{};
    if (::syscall(SYS_capget, &header, data.data()) != 0) {
        return false;
    }
    return (data.at(number / 32).effective >> (number % 32) & 1U) != 0;
}

// Opening sends nothing, and it asks the kernel about this very network namespace.
bool opens(int type) { return Descriptor(::socket(AF_INET, type | SOCK_CLOEXEC, IPPROTO_ICMP)).isOpen(); }

} // namespace

evidence::Reading<evidence::Rights> rights()
{
    evidence::Rights rights;
    rights.effectiveUser = ::geteuid();
    rights.rawSockets = opens(SOCK_RAW);
    rights.administration = hasCapability(CAP_NET_ADMIN);
    rights.pingSocket = opens(SOCK_DGRAM);
    rights.pingProgram = !pingProgram().empty();
    QFile range(QStringLiteral("/proc/sys/net/ipv4/ping_group_range"));
    if (range.open(QIODevice::ReadOnly)) {
        rights.pingGroupRange = QString::fromLatin1(range.read(64)).simplified();
    }
    return evidence::Reading<evidence::Rights>::read(std::move(rights),
                                                     QStringLiteral("capget, socket, net.ipv4.ping_group_range"));
}

} // namespace bothways::probe
