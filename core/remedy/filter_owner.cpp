// SPDX-License-Identifier: GPL-3.0-or-later
// Rules that a firewall manager owns are better changed through it: its next reload would undo what was done behind its back.
#include "remedy/filter_owner.h"

#include "remedy/quote.h"
#include "words/text.h"

#include <algorithm>

namespace bothways::remedy {
namespace {

bool isOwnedBy(const facts::RuleObject &object, const char *owner, const char *table, const char *chainPrefix)
{
    const auto &rule = object.rule;
    return rule.owner == owner || (rule.owner.empty() && (rule.table == table || rule.chain.rfind(chainPrefix, 0) == 0));
}

const evidence::FirewallManager *manager(const evidence::Evidence &evidence, facts::Where where, QLatin1String name)
{
    const auto *facts = factsOf(evidence, where);
    if (facts == nullptr || !facts->managers.isRead()) {
        return nullptr;
    }
    const auto &managers = facts->managers.value;
    const auto found = std::find_if(managers.begin(), managers.end(), [&](const auto &m) { return m.name == name; });
    return found == managers.end() ? nullptr : &*found;
}

/// The zone that rules over packets from this interface: as firewalld says, else from the chain's name (filter_IN_public_deny).
QString zoneOf(const evidence::FirewallManager *firewalld, const facts::RuleObject &object)
{
    if (firewalld != nullptr) {
        QString byInterface = firewalld->settings.value(QStringLiteral("zone.") + text(object.packet.inputInterface));
        if (!byInterface.isEmpty()) {
            return byInterface;
        }
    }
    const QString prefix = QStringLiteral("filter_IN_");
    QString chain = text(object.rule.chain);
    if (chain.startsWith(prefix) && !chain.startsWith(QStringLiteral("filter_IN_policy_"))) {
        chain = chain.mid(prefix.size());
        for (const auto &part : {"_pre", "_log", "_deny", "_allow", "_post"}) {
            if (chain.endsWith(QLatin1String(part))) {
                chain.chop(static_cast<int>(qstrlen(part)));
                break;
            }
        }
        return chain;
    }
    return firewalld == nullptr ? QString() : firewalld->settings.value(QStringLiteral("default-zone"));
}

bool isEchoRequestIn(const facts::RuleObject &object)
{
    const auto &packet = object.packet;
    return object.hook == filter::Hook::Input && (packet.icmpType == 8 || packet.icmpType == 128);
}

QString firewallCmd(const QString &zone, const QString &option)
{
    return bashCommand({QStringLiteral("firewall-cmd"), QStringLiteral("--zone=") + zone, option});
}

Remedy unblockInZone(const Request &request, const facts::RuleObject &object, const QString &zone)
{
    Remedy remedy = draft(request, object.where);
    remedy.title = translate("remedies", "Take echo-request off the list of ICMP types that the firewalld zone blocks");
    remedy.changes =
        translate("remedies",
                  "Opens zone %1 to echo requests from every source, not only this host. Until firewalld is reloaded.")
            .arg(zone);
    remedy.risk = Risk::Medium;
    remedy.commands << firewallCmd(zone, QStringLiteral("--remove-icmp-block=echo-request"));
    remedy.undo << firewallCmd(zone, QStringLiteral("--add-icmp-block=echo-request"));
    return remedy;
}

} // namespace

Remedies throughFirewalld(const Request &request, const facts::RuleObject &object)
{
    if (!isOwnedBy(object, "firewalld", "firewalld", "filter_IN_") || !isEchoRequestIn(object)) {
        return {};
    }
    const auto *firewalld = manager(request.given.evidence, object.where, QLatin1String("firewalld"));
    const QString zone = zoneOf(firewalld, object);
    if (zone.isEmpty()) {
        return {};
    }
    const bool six = object.packet.protocol == 58;
    // A negative priority puts the rule before the zone's own icmp-blocks and its target (firewalld.richlanguage(5)).
    const QString rule =
        QStringLiteral("rule priority=\"-1\" family=\"%1\" source address=\"%2\" icmp-type name=\"echo-request\" accept")
            .arg(six ? QStringLiteral("ipv6") : QStringLiteral("ipv4"), addressText(object.packet.source));

    Remedies remedies;
    Remedy runtime = draft(request, object.where);
    runtime.title = translate("remedies", "Let this host's echo requests in, through firewalld");
    runtime.changes =
        translate("remedies", "Adds a rich rule for this host alone to zone %1. Until firewalld is reloaded.").arg(zone);
    runtime.commands << firewallCmd(zone, QStringLiteral("--add-rich-rule=") + rule);
    runtime.undo << firewallCmd(zone, QStringLiteral("--remove-rich-rule=") + rule);
    runtime.verify = pingVerify(request.given, object.packet.source.family());
    remedies.push_back(runtime);

    Remedy lasting = runtime;
    lasting.title = translate("remedies", "Let this host's echo requests in, through firewalld, for good");
    lasting.changes =
        translate("remedies", "Adds a rich rule for this host alone to zone %1, now and after every restart.").arg(zone);
    lasting.persistent = true;
    const QString permanent = QStringLiteral("firewall-cmd --permanent ");
    lasting.commands << permanent + bashCommand({QStringLiteral("--zone=") + zone, QStringLiteral("--add-rich-rule=") + rule});
    lasting.undo << permanent + bashCommand({QStringLiteral("--zone=") + zone, QStringLiteral("--remove-rich-rule=") + rule});
    remedies.push_back(lasting);

    if (firewalld != nullptr) {
        const QString blocks = firewalld->settings.value(QStringLiteral("icmp-blocks.") + zone);
        const QString inverted = firewalld->settings.value(QStringLiteral("icmp-block-inversion.") + zone);
        if (blocks.contains(QLatin1String("echo-request")) && inverted != QLatin1String("yes")) {
            remedies.push_back(unblockInZone(request, object, zone));
        }
    }
    return remedies;
}

Remedies throughUfw(const Request &request, const facts::RuleObject &object)
{
    if (!isOwnedBy(object, "ufw", "", "ufw-") || !isEchoRequestIn(object) || object.packet.protocol != 1) {
        return {};
    }
    const QString tag = mark(request, QStringLiteral("before-rules"));
    const QString line =
        QStringLiteral("-A ufw-before-input -s %1 -p icmp --icmp-type echo-request -m comment --comment %2 -j ACCEPT")
            .arg(addressText(object.packet.source), tag);
    Remedy remedy = draft(request, object.where);
    remedy.title = translate("remedies", "Let this host's echo requests in, through ufw, for good");
    remedy.changes = translate(
        "remedies", "Adds a line for this host alone before the first rule of ufw-before-input in /etc/ufw/before.rules "
                    "and reloads ufw.");
    remedy.persistent = true;
    // awk writes a copy and cat puts it back, so that the file keeps its owner and mode.
    remedy.commands << QStringLiteral(
                           "awk -v line=%1 '!done && /^-A ufw-before-input / { print line; done = 1 } { print }' "
                           "/etc/ufw/before.rules > /etc/ufw/before.rules.bothways && "
                           "cat /etc/ufw/before.rules.bothways > /etc/ufw/before.rules && rm -f /etc/ufw/before.rules.bothways")
                           .arg(quoteBash(line))
                    << QStringLiteral("ufw reload");
    remedy.undo << QStringLiteral(
                       "sed '/ --comment %1 /d' /etc/ufw/before.rules > /etc/ufw/before.rules.bothways && "
                       "cat /etc/ufw/before.rules.bothways > /etc/ufw/before.rules && rm -f /etc/ufw/before.rules.bothways")
                       .arg(tag)
                << QStringLiteral("ufw reload");
    return {remedy};
}

} // namespace bothways::remedy
