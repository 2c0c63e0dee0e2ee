// SPDX-License-Identifier: GPL-3.0-or-later
#include "remedy/draft.h"

#include "remedy/quote.h"
#include "words/text.h"

namespace bothways::remedy {

Remedy draft(const Request &request, facts::Where where)
{
    Remedy remedy;
    remedy.id = request.id;
    remedy.cause = request.cause.id;
    remedy.variant = request.cause.variant;
    remedy.where = where;
    remedy.verify = pingVerify(request.given);
    if (const auto *object = objectOf<facts::RuleObject>(request)) {
        remedy.owner = text(object->rule.owner);
    }
    return remedy;
}

bool isMachine(facts::Where where) { return where == facts::Where::Host || where == facts::Where::Guest; }

QStringList pingVerify(const facts::Case &given, net::Family family)
{
    const auto &scene = given.scene;
    const bool six = family == net::Family::v6;
    auto address = six ? scene.vmAddress6 : scene.vmAddress;
    if (!address && scene.vmAddress && scene.vmAddress->family() == family) {
        address = scene.vmAddress;
    }
    if (!address) {
        return {};
    }
    if (given.evidence.tool.platform.startsWith(QLatin1String("Windows"))) {
        // ping.exe exits 0 for "unreachable" too; TTL= is printed for replies only, in every language.
        return {QStringLiteral("ping -n 3 -w 1000 %1 | find \"TTL=\"").arg(quoteCmd(addressText(*address)))};
    }
    QStringList words{QStringLiteral("ping"), QStringLiteral("-n"), QStringLiteral("-c"),
                      QStringLiteral("3"),    QStringLiteral("-W"), QStringLiteral("1")};
    const auto &source = six && scene.hostAddress6 ? scene.hostAddress6 : scene.hostAddress;
    if (given.evidence.target.hostAddressGiven && source && source->family() == address->family()) {
        words << QStringLiteral("-I") << addressText(*source);
    } else if (address->isLinkLocal() && address->isV6() && !scene.interface.isEmpty()) {
        words << QStringLiteral("-I") << scene.interface;
    }
    words << addressText(*address);
    return {bashCommand(words)};
}

QString mark(const Request &request, const QString &place)
{
    const auto &evidence = request.given.evidence;
    QString text = QStringLiteral("bothways-") + name(request.id);
    if (evidence.started.isValid()) {
        text += u'-' + evidence.started.toUTC().toString(QStringLiteral("yyyyMMddHHmmss"));
    }
    return text + u'-' + place;
}

const evidence::NodeFacts *factsOf(const evidence::Evidence &evidence, facts::Where where)
{
    if (where == facts::Where::Host) {
        return evidence.host.isRead() ? &evidence.host.value : nullptr;
    }
    if (where == facts::Where::Guest) {
        return evidence.guest.isRead() ? &evidence.guest.value.facts : nullptr;
    }
    return nullptr;
}

QString addressText(const net::IpAddress &address) { return text(address.toString()); }

QString hostPrefix(const net::IpAddress &address) { return text(address.toString()) + u'/' + QString::number(address.width()); }

} // namespace bothways::remedy
