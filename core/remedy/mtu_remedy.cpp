// SPDX-License-Identifier: GPL-3.0-or-later
// R25: the MTU of interfaces.
#include "remedy/mtu_remedy.h"

#include "remedy/quote.h"
#include "words/text.h"

namespace bothways::remedy {
namespace {

constexpr int leastMtu = 1280; // RFC 8200: IPv6 needs it
constexpr int mostMtu = 65535;

QString setMtu(const QString &interface, int mtu)
{
    return bashCommand({QStringLiteral("ip"), QStringLiteral("link"), QStringLiteral("set"), QStringLiteral("dev"), interface,
                        QStringLiteral("mtu"), QString::number(mtu)});
}

/// A ping that fills a packet of `size` bytes to its end. `whole`: it must not be fragmented.
QStringList sizedPing(const facts::Case &given, int size, bool whole)
{
    const auto &scene = given.scene;
    const auto address = scene.vmAddress ? scene.vmAddress : scene.vmAddress6;
    if (!address) {
        return {};
    }
    const int payload = size - (address->isV4() ? 28 : 48);
    QStringList words{QStringLiteral("ping"), QStringLiteral("-n"), QStringLiteral("-c"), QStringLiteral("3"),
                      QStringLiteral("-W"),   QStringLiteral("1"),  QStringLiteral("-s"), QString::number(payload)};
    if (whole) {
        words << QStringLiteral("-M") << QStringLiteral("do");
    }
    if (given.evidence.target.hostAddressGiven && scene.hostAddress && scene.hostAddress->family() == address->family()) {
        words << QStringLiteral("-I") << addressText(*scene.hostAddress);
    }
    words << addressText(*address);
    return {bashCommand(words)};
}

bool isSane(int mtu) { return mtu >= leastMtu && mtu <= mostMtu; }

/// The narrow end takes what the host sends.
Remedy widen(const Request &request, const facts::MtuObject &object)
{
    Remedy remedy = draft(request, object.where);
    remedy.title = object.where == facts::Where::Guest ? translate("remedies", "Give the VM's interface the MTU of the host")
                                                       : translate("remedies", "Give the VM's port the MTU of the host");
    remedy.changes = translate("remedies", "Sets the MTU of %1 from %2 to %3. Until reboot.")
                         .arg(object.interface)
                         .arg(object.mtu)
                         .arg(object.wanted);
    remedy.risk = Risk::Low;
    remedy.commands << setMtu(object.interface, object.wanted);
    remedy.undo << setMtu(object.interface, object.mtu);
    remedy.verify = sizedPing(request.given, object.wanted, true);
    return remedy;
}

/// The host sends the VM no more than arrives: larger data is cut into fragments, and TCP agrees on less. A route of the VM's
/// own, as what a VM takes or lets through is no reason to change how this host speaks with others.
Remedies narrow(const Request &request, const QString &interface, int from, int to)
{
    const auto &scene = request.given.scene;
    const auto address = scene.vmAddress ? scene.vmAddress : scene.vmAddress6;
    const auto *answer = scene.route;
    const bool taken = answer != nullptr && answer->matched && answer->matched->length() == answer->matched->address().width();
    const bool elsewhere = answer != nullptr && answer->error == 0 && answer->interface != interface;
    if (!address || taken || elsewhere) {
        return {};
    }
    QStringList words{hostPrefix(*address)};
    if (answer != nullptr && answer->gateway) {
        words << QStringLiteral("via") << addressText(*answer->gateway);
    }
    words << QStringLiteral("dev") << interface;
    const auto limited = words + QStringList{QStringLiteral("mtu"), QString::number(to)};
    const auto program = address->isV6() ? QStringLiteral("ip -6 route ") : QStringLiteral("ip route ");
    Remedy remedy = draft(request, facts::Where::Host);
    remedy.title = translate("remedies", "Send the VM no larger packets than arrive");
    remedy.changes = translate("remedies", "Adds a route to %1 alone over %2 with an MTU of %3 instead of %4. Until reboot.")
                         .arg(addressText(*address), interface)
                         .arg(to)
                         .arg(from);
    remedy.commands << program + QStringLiteral("add ") + bashCommand(limited);
    remedy.undo << program + QStringLiteral("del ") + bashCommand(words);
    remedy.verify = sizedPing(request.given, from, false);
    return {remedy};
}

} // namespace

Remedies alignMtu(const Request &request)
{
    const auto *found = objectOf<facts::MtuObject>(request);
    if (found == nullptr) {
        return {};
    }
    const auto &object = *found;
    if (object.interface.isEmpty() || !isSane(object.mtu) || !isSane(object.wanted) || object.mtu == object.wanted) {
        return {};
    }
    if (object.where == facts::Where::Host && object.wanted < object.mtu) {
        return narrow(request, object.interface, object.mtu, object.wanted);
    }
    Remedies remedies{widen(request, object)};
    const auto &host = request.given.scene.interface;
    if (object.where == facts::Where::Guest && !host.isEmpty() && object.wanted > object.mtu) {
        for (auto &own : narrow(request, host, object.wanted, object.mtu)) {
            remedies.push_back(std::move(own));
        }
    }
    return remedies;
}

} // namespace bothways::remedy
