// SPDX-License-Identifier: GPL-3.0-or-later
#include "checks/finding/echo_filter.h"

#include "checks/finding/outcomes.h"

#include <QSet>

namespace bothways::checks {

using namespace facts;
using namespace Qt::Literals::StringLiterals;
using filter::Packet;
using Role = filter::Machine::Role;

namespace {

/// An accept ends its base chain, so one remedy before the first blocker there does away with those behind it too.
QString baseChainOf(const filter::RuleRef &rule)
{
    const auto &chain = rule.jumpedFrom.empty() ? rule.chain : rule.jumpedFrom;
    return QString::fromStdString(rule.backend + ' ' + rule.flavour + ' ' + rule.family + ' ' + rule.table + ' ' + chain);
}

filter::BridgeNetfilter bridgingOf(const evidence::NodeFacts &facts)
{
    const auto on = [&](const QString &name) { return facts.sysctls.isRead() && facts.sysctls.value.value(name) == u"1"_s; };
    return {on(u"net.bridge.bridge-nf-call-iptables"_s), on(u"net.bridge.bridge-nf-call-ip6tables"_s)};
}

} // namespace

Packet Echo::request(bool fromHost) const
{
    Packet packet;
    packet.source = fromHost ? host : vm;
    packet.destination = fromHost ? vm : host;
    const bool v6 = vm.isV6();
    packet.protocol = v6 ? 58 : 1;
    packet.icmpType = v6 ? 128 : 8;
    packet.icmpCode = 0;
    packet.length = v6 ? 104 : 84;
    packet.sourceMac = fromHost ? hostMac : vmMac;
    packet.destinationMac = fromHost ? vmMac : hostMac;
    return packet;
}

End Echo::atHost(bool sends) const
{
    return {sends ? Role::Sender : Role::Receiver, hostInterface, hostPort, bridging, hostNode};
}

End Echo::atGuest(bool sends) const { return {sends ? Role::Sender : Role::Receiver, guestInterface, {}, {}, guestNode}; }

std::optional<Echo> echoOf(const Case &given, bool v6)
{
    const auto &scene = given.scene;
    const auto &host = v6 ? scene.hostAddress6 : scene.hostAddress;
    const auto &vm = v6 ? scene.vmAddress6 : scene.vmAddress;
    if (!host || !vm) {
        return std::nullopt;
    }
    const auto port = scene.isPortOfHome(scene.vmPort) ? scene.vmPort : QString();
    Echo echo{*host, *vm, scene.interface, port, scene.guestInterface, std::nullopt, scene.vmMac, {}};
    if (const auto *link = scene.homeLink()) {
        echo.hostMac = link->mac;
    }
    if (given.evidence.host.isRead()) {
        echo.bridging = bridgingOf(given.evidence.host.value);
        echo.hostNode = &given.evidence.host.value;
    }
    echo.guestNode = scene.guest != nullptr ? &scene.guest->facts : nullptr;
    return echo;
}

RuleObject objectOf(Where where, const Passage &passage, const filter::RuleRef &rule)
{
    return RuleObject{where, rule, passage.hook, passage.packet};
}

void judge(Finding &finding, const Rules &rules, const Passage &passage, const Direction &direction, bool proven)
{
    if (passage.fate == Passage::Fate::Stopped) {
        QSet<QString> blocked;
        for (const auto &rule : passage.stoppers) {
            const auto object = objectOf(direction.where, passage, rule);
            show(finding, rules.sources.join(u", "_s), describe(object), rules.at);
            const bool first = !blocked.contains(baseChainOf(rule));
            blocked.insert(baseChainOf(rule));
            if (!proven && first && direction.drops) {
                observe(finding, *direction.drops, Basis::Configuration, direction.dropText.arg(statement(object)), object);
            }
        }
        if (!passage.stopperCertain) {
            show(finding, rules.sources.join(u", "_s),
                 translate("checks", "It is stopped in any case; another rule may do it earlier, which depends on something that "
                                     "could not be evaluated."),
                 rules.at);
        }
        finding.status = proven ? Status::Warn : Status::Fail;
        finding.summary = proven
                              ? translate("checks", "By its rules the filter stops the echo, yet replies came: the rules "
                                                    "changed in between, or were read on another machine.")
                              : direction.dropText.arg(statement(objectOf(direction.where, passage, passage.stoppers.front())));
        return;
    }
    if (passage.fate == Passage::Fate::Passes) {
        if (direction.passes) {
            observe(finding, *direction.passes, Basis::Configuration, direction.passText);
        }
        return;
    }
    if (finding.status != Status::Fail && finding.status != Status::Warn) {
        finding.status = Status::Unknown;
        finding.summary = direction.where == Where::Host
                              ? translate("checks", "Whether the host's packet filter lets the echo pass is not known.")
                              : translate("checks", "Whether the guest's packet filter lets the echo pass is not known.");
        finding.reason = passage.open.mid(0, maximumNames).join(u' ');
    }
}

bool hasNone(const Rules &rules) { return rules.read && rules.ruleset.isEmpty(); }

void conclude(Finding &finding, const Rules &rules, const Round &round)
{
    if (finding.status == Status::Pass && rules.read) {
        const auto source = rules.sources.isEmpty() ? translate("checks", "the kernel") : rules.sources.join(u", "_s);
        show(finding, source, translate("checks", "rules asked: %1").arg(rules.ruleset.ruleCount()), rules.at);
    }
    auto assumed = round.request.assumed + round.reply.assumed;
    assumed.removeDuplicates();
    if (!assumed.isEmpty()) {
        show(finding, rules.sources.join(u", "_s), translate("checks", "taken for not used up: %1").arg(few(assumed)), rules.at);
    }
    if (finding.status == Status::Fail && !rules.problems.isEmpty()) {
        finding.reason = rules.problems.mid(0, maximumNames).join(u' ');
    }
}

bool v6Matters(const Case &given) { return given.scene.forward == Fate::Works && fateOf(given.scene.v6) == Fate::Fails; }

void judgeV6(Finding &finding, const Case &given, Where where, const Round &round)
{
    const bool host = where == Where::Host;
    const auto &rules = host ? given.hostRules : given.guestRules;
    for (const auto *passage : {&round.request, &round.reply}) {
        if (passage->fate != Passage::Fate::Stopped) {
            continue;
        }
        const auto object = objectOf(where, *passage, passage->stoppers.front());
        const auto sentence = (host ? translate("checks", "The host's filter stops IPv6 echo: %1")
                                    : translate("checks", "The guest's filter stops IPv6 echo: %1"))
                                  .arg(statement(object));
        say(finding, Status::Fail, sentence);
        show(finding, rules.sources.join(u", "_s), describe(object), rules.at);
        observe(finding, host ? Outcome::HostIcmpv6Drops : Outcome::GuestIcmpv6Drops, Basis::Configuration, sentence, object);
        return;
    }
}

QString noAddresses()
{
    return translate("checks", "The addresses of both ends are needed, and one is not known: give the VM's address.");
}

} // namespace bothways::checks
