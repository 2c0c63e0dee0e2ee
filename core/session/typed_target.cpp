// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/typed_target.h"

#include "evidence/claim.h"
#include "words/text.h"

#include <QRegularExpression>

namespace bothways::session {

using namespace Qt::Literals::StringLiterals;

namespace {

/// Digits and dots, or two colons: whoever typed it meant no name.
bool looksLikeAddress(const QString &word)
{
    static const QRegularExpression shape(u"^[0-9.]+$|^[0-9a-fA-F:.]*:[0-9a-fA-F:.]*:[0-9a-fA-F:.]*$"_s);
    return shape.match(word).hasMatch();
}

} // namespace

QString unfitTarget(const net::IpAddress &address)
{
    if (evidence::isOfOneMachine(address)) {
        return {};
    }
    if (address.isMulticast() || address.isBroadcast()) {
        return translate("session", "is the address of a group, not of one machine");
    }
    if (address.isUnspecified()) {
        return translate("session", "stands for no address, not for one machine");
    }
    return translate("session", "is this host itself, whatever machine it is typed on");
}

tl::expected<TypedTarget, QString> typedTarget(const QString &word)
{
    TypedTarget target;
    target.vm = word.trimmed();
    const auto percent = target.vm.indexOf(u'%');
    auto bare = target.vm.left(percent < 0 ? target.vm.size() : percent);
    target.address = net::IpAddress::parse(bare.toStdString());
    if (!target.address) {
        if (looksLikeAddress(bare)) {
            return tl::unexpected(translate("session", "is no valid address"));
        }
        return target; // a name, and a name may hold a percent sign
    }
    if (percent >= 0) {
        target.interface = target.vm.mid(percent + 1);
        if (target.interface.isEmpty() || !target.address->isV6()) {
            return tl::unexpected(translate("session", "names no interface behind the percent sign of an IPv6 address"));
        }
    }
    target.vm = bare;
    if (const auto why = unfitTarget(*target.address); !why.isEmpty()) {
        return tl::unexpected(why);
    }
    return target;
}

} // namespace bothways::session
