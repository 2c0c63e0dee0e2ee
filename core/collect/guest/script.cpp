// SPDX-License-Identifier: GPL-3.0-or-later
#include "collect/guest/script.h"

#include "collect/guest/linux_script.h"
#include "collect/guest/windows_script.h"
namespace bothways::collect::guest {
namespace {

// More would stretch the run without telling more: a host has one address towards a VM, two with IPv6.
constexpr std::size_t maximumHosts = 4;

/// Only what IpAddress prints gets into a script: digits, a-f, dots and colons.
std::vector<QByteArray> pingable(const std::vector<net::IpAddress> &hostAddresses)
{
    std::vector<QByteArray> result;
    for (const auto &address : hostAddresses) {
        const bool needsScope = address.isV6() && address.isLinkLocal();
        if (!needsScope && !address.isUnspecified() && !address.isMulticast() && !address.isBroadcast() &&
            result.size() < maximumHosts) {
            result.push_back(QByteArray::fromStdString(address.toString()));
        }
    }
    return result;
}

QByteArray joined(const std::vector<QByteArray> &parts, const char *before, const char *between, const char *after)
{
    QByteArray result = before;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        result += (i == 0 ? QByteArray() : QByteArray(between)) + parts[i];
    }
    return result + after;
}

} // namespace

QByteArray script(System system, const std::vector<net::IpAddress> &hostAddresses)
{
    const auto hosts = pingable(hostAddresses);
    if (system == System::Windows) {
        const QByteArray list = hosts.empty() ? QByteArray("$hosts = @()\n") : joined(hosts, "$hosts = @('", "', '", "')\n");
        return QByteArray(windowsFunctions) + list + windowsReport;
    }
    return QByteArray(linuxFunctions) + joined(hosts, "hosts='", " ", "'\n") + linuxReport;
}

QByteArray snapshotScript(System system)
{
    return system == System::Windows ? QByteArray(windowsFunctions) + windowsSnapshot
                                     : QByteArray(linuxFunctions) + linuxSnapshot;
}

} // namespace bothways::collect::guest
