// SPDX-License-Identifier: GPL-3.0-or-later
#include "remedy/windows_remedy.h"

#include "remedy/quote.h"
#include "words/text.h"

namespace bothways::remedy {

bool isWindowsGuest(const Request &request)
{
    const auto *guest = factsOf(request.given.evidence, facts::Where::Guest);
    return guest != nullptr && guest->os == evidence::Os::Windows && request.cause.id == diagnosis::CauseClass::GuestFirewall;
}

Remedies allowEchoOnWindows(const Request &request)
{
    const auto &scene = request.given.scene;
    const bool six = request.cause.variant == diagnosis::Variant::GuestIcmpv6Dropped;
    const auto &host = six ? scene.hostAddress6 : scene.hostAddress;
    const bool fits = request.id == (six ? diagnosis::RemedyId::R07 : diagnosis::RemedyId::R05);
    if (!fits || !host || request.cause.variant == diagnosis::Variant::GuestOutputDropsReply) {
        return {};
    }
    const QString name = quotePowerShell(mark(request, QStringLiteral("echo")));

    Remedy exact = draft(request, facts::Where::Guest);
    exact.shell = Shell::PowerShell;
    exact.persistent = true;
    exact.title = translate("remedies", "Let this host's echo requests through the Windows firewall of the VM");
    exact.changes =
        translate("remedies", "Adds one inbound rule for echo requests from %1 alone, in every profile.").arg(addressText(*host));
    exact.commands << QStringLiteral("New-NetFirewallRule -Name %1 -DisplayName %2 -Direction Inbound -Action Allow -Protocol %3 "
                                     "-IcmpType %4 -RemoteAddress %5 -Profile Any")
                          .arg(name, quotePowerShell(QStringLiteral("Bothways: echo requests from the host")),
                               six ? QStringLiteral("ICMPv6") : QStringLiteral("ICMPv4"),
                               six ? QStringLiteral("128") : QStringLiteral("8"), quotePowerShell(addressText(*host)));
    exact.undo << QStringLiteral("Remove-NetFirewallRule -Name %1").arg(name);
    exact.verify = pingVerify(request.given, host->family());
    Remedies remedies{exact};
    if (!six) {
        // Were this shipped rule on, any source could ping the VM: since it cannot be pinged, the rule is off, and turning it
        // off again is what it was before.
        Remedy shipped = draft(request, facts::Where::Guest);
        shipped.shell = Shell::PowerShell;
        shipped.persistent = true;
        shipped.risk = Risk::Medium;
        shipped.title = translate("remedies", "Turn on the echo rule that Windows ships");
        shipped.changes = translate("remedies", "Opens the VM to echo requests from every source, in every profile.");
        shipped.commands << QStringLiteral("Enable-NetFirewallRule -Name vm-monitoring-icmpv4");
        shipped.undo << QStringLiteral("Disable-NetFirewallRule -Name vm-monitoring-icmpv4");
        remedies.push_back(shipped);
    }
    return remedies;
}

} // namespace bothways::remedy
