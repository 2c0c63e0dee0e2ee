// SPDX-License-Identifier: GPL-3.0-or-later
// R20, R24, R26, R27: kernel settings.
#include "remedy/setting_remedy.h"

#include "remedy/quote.h"
#include "words/text.h"

namespace bothways::remedy {

using diagnosis::RemedyId;

namespace {

const QString &confPrefix()
{
    static const QString prefix = QStringLiteral("net.ipv4.conf.");
    return prefix;
}

/// sysctl(8) reads a dot as a separator, so a name with an interface such as eth0.100 is written with slashes.
QString settingName(const QString &name)
{
    for (const auto &prefix : {confPrefix(), QStringLiteral("net.ipv6.conf.")}) {
        if (!name.startsWith(prefix)) {
            continue;
        }
        const auto last = name.lastIndexOf(u'.');
        const QString interface = name.mid(prefix.size(), last - prefix.size());
        if (interface.contains(u'.')) {
            return QString(prefix).replace(u'.', u'/') + interface + u'/' + name.mid(last + 1);
        }
    }
    return name;
}

QString set(const QString &name, const QString &value)
{
    return bashCommand({QStringLiteral("sysctl"), QStringLiteral("-w"), settingName(name) + u'=' + value});
}

RemedyId idFor(const QString &name)
{
    if (name.contains(QLatin1String("echo_ignore")) || name.contains(QLatin1String("icmp_rate")) ||
        name.endsWith(QLatin1String(".ip_default_ttl"))) {
        return RemedyId::R26;
    }
    if (name.contains(QLatin1String("nf_conntrack"))) {
        return RemedyId::R27;
    }
    if (name.contains(QLatin1String(".neigh.")) || name.contains(QLatin1String(".arp_"))) {
        return RemedyId::R24;
    }
    return RemedyId::R20;
}

QString titleFor(const QString &name, RemedyId id, facts::Where where)
{
    const bool guest = where == facts::Where::Guest;
    if (name.endsWith(QLatin1String(".ip_default_ttl"))) {
        return translate("remedies", "Give packets a TTL that lasts to the VM");
    }
    if (id == RemedyId::R26) {
        return guest ? translate("remedies", "Let the VM's kernel answer echo requests again")
                     : translate("remedies", "Let this host's kernel answer echo requests again");
    }
    if (id == RemedyId::R27) {
        return translate("remedies", "Enlarge the connection table");
    }
    if (id == RemedyId::R24) {
        return translate("remedies", "Correct the kernel's ARP settings");
    }
    return guest ? translate("remedies", "Relax the VM's check of source addresses")
                 : translate("remedies", "Correct this host's check of source addresses");
}

/// The kernel takes the larger of conf.all and conf.IF for rp_filter: lowering one is not enough where the other is higher.
QString strongerCompanion(const evidence::NodeFacts *facts, const facts::SysctlObject &object)
{
    const QString all = QStringLiteral("net.ipv4.conf.all.rp_filter");
    if (facts == nullptr || !facts->sysctls.isRead() || object.name == all ||
        !object.name.endsWith(QLatin1String(".rp_filter"))) {
        return {};
    }
    const auto value = facts->sysctls.value.value(all);
    return value.toInt() > object.wanted.toInt() ? all : QString();
}

/// Writing ip_forward also writes every conf.*.forwarding: those that differed go back one by one.
QStringList forwardingAsBefore(const evidence::NodeFacts *facts, const facts::SysctlObject &object)
{
    QStringList commands;
    if (facts == nullptr || !facts->sysctls.isRead() || object.name != QLatin1String("net.ipv4.ip_forward")) {
        return commands;
    }
    const auto &settings = facts->sysctls.value;
    for (auto it = settings.cbegin(); it != settings.cend(); ++it) {
        if (it.key().startsWith(confPrefix()) && it.key().endsWith(QLatin1String(".forwarding")) && it.value() != object.value) {
            commands << set(it.key(), it.value());
        }
    }
    return commands;
}

} // namespace

Remedies changeSetting(const Request &request)
{
    const auto *setting = objectOf<facts::SysctlObject>(request);
    if (setting == nullptr || idFor(setting->name) != request.id) {
        return {};
    }
    const auto &object = *setting;
    if (!isMachine(object.where) || object.name.isEmpty() || object.value.isEmpty() || object.wanted.isEmpty() ||
        object.value == object.wanted) {
        return {};
    }
    const auto *facts = factsOf(request.given.evidence, object.where);
    Remedy remedy = draft(request, object.where);
    remedy.title = titleFor(object.name, request.id, object.where);
    remedy.changes = translate("remedies", "Sets %1 from %2 to %3. Until reboot.").arg(object.name, object.value, object.wanted);
    remedy.risk = request.id == RemedyId::R26 ? Risk::Low : Risk::Medium;
    remedy.commands << set(object.name, object.wanted);
    remedy.undo << set(object.name, object.value);
    remedy.edits.emplace_back(SettingEdit{object.name, object.wanted});
    const QString companion = strongerCompanion(facts, object);
    if (!companion.isEmpty()) {
        remedy.commands << set(companion, object.wanted);
        remedy.undo.prepend(set(companion, facts->sysctls.value.value(companion)));
        remedy.edits.emplace_back(SettingEdit{companion, object.wanted});
    }
    remedy.undo += forwardingAsBefore(facts, object);
    if (object.name.startsWith(QLatin1String("net.ipv6."))) {
        remedy.verify = pingVerify(request.given, net::Family::v6);
    }
    return {remedy};
}

} // namespace bothways::remedy
