// SPDX-License-Identifier: GPL-3.0-or-later
#include "facts/counters.h"

#include "facts/scene.h"

namespace bothways::facts {

using namespace Qt::Literals::StringLiterals;

namespace {

QString grown(const QString &counter, const std::optional<qint64> &by)
{
    return by ? u"%1 %2%3"_s.arg(counter, *by < 0 ? QString() : u"+"_s).arg(*by) : counter + u" ?"_s;
}

} // namespace

std::optional<qint64> guestGrowth(const Scene &scene, const QString &counter)
{
    if (!scene.guest || !scene.main || decided(*scene.main) == 0 || !scene.guest->after.isRead()) {
        return std::nullopt;
    }
    const auto &before = scene.guest->facts.counters;
    const auto &after = scene.guest->after.value.counters;
    if (!before.isRead() || !after.isRead() || !before.value.contains(counter) || !after.value.contains(counter)) {
        return std::nullopt;
    }
    qint64 growth = 0;
    // A session file may hold any number; the kernel's own never differ by that much.
    return __builtin_sub_overflow(after.value.value(counter), before.value.value(counter), &growth) ? std::nullopt
                                                                                                    : std::optional(growth);
}

std::optional<EchoTrail> echoTrail(const Scene &scene)
{
    const auto requests = guestGrowth(scene, u"Icmp.InEchos"_s);
    if (!requests || scene.forward != Fate::Fails) {
        return std::nullopt;
    }
    return EchoTrail{guestGrowth(scene, u"Ip.InReceives"_s), *requests, guestGrowth(scene, u"Icmp.OutEchoReps"_s)};
}

QString describe(const EchoTrail &trail)
{
    return QStringList{grown(u"Ip.InReceives"_s, trail.received), grown(u"Icmp.InEchos"_s, trail.requests),
                       grown(u"Icmp.OutEchoReps"_s, trail.replies)}
        .join(u", "_s);
}

} // namespace bothways::facts
