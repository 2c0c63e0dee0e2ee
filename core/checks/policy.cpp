// SPDX-License-Identifier: GPL-3.0-or-later
#include "checks/build.h"
#include "checks/chapters.h"
#include "checks/counters.h"
#include "checks/outcomes.h"
#include "checks/rules.h"

#include <QSet>

/// POL: would the filters of both ends let the echo pass? Sources: nft(8), iptables(8), facts.md 0.4 (state asymmetry).
namespace bothways::checks {

using namespace Qt::Literals::StringLiterals;
using filter::CtState;
using filter::Hook;
using filter::Packet;

namespace {

/// The echo request and its reply between two addresses, as each end's hooks see them.
struct Echo {
    net::IpAddress host;
    net::IpAddress vm;
    QString hostInterface;
    QString guestInterface;
    std::optional<net::MacAddress> hostMac;
    std::optional<net::MacAddress> vmMac;
    bool v6 = false;

    Packet packet(bool request) const
    {
        Packet packet;
        packet.source = request ? host : vm;
        packet.destination = request ? vm : host;
        packet.protocol = v6 ? 58 : 1;
        packet.icmpType = v6 ? (request ? 128 : 129) : (request ? 8 : 0);
        packet.icmpCode = 0;
        packet.length = v6 ? 104 : 84;
        packet.sourceMac = request ? hostMac : vmMac;
        packet.destinationMac = request ? vmMac : hostMac;
        packet.ct = request ? CtState::New : CtState::Established;
        return packet;
    }
    Packet arriving(bool request, const QString &interface) const
    {
        auto result = packet(request);
        result.inputInterface = interface.toStdString();
        result.interfacesKnown = !interface.isEmpty();
        return result;
    }
    Packet leaving(bool request, const QString &interface) const
    {
        auto result = packet(request);
        result.outputInterface = interface.toStdString();
        result.interfacesKnown = !interface.isEmpty();
        return result;
    }
    std::vector<Leg> outOf(bool request, const QString &interface) const
    {
        return {{Hook::Output, leaving(request, interface)}, {Hook::Postrouting, leaving(request, interface)}};
    }
    std::vector<Leg> into(bool request, const QString &interface) const
    {
        return {{Hook::Prerouting, arriving(request, interface)}, {Hook::Input, arriving(request, interface)}};
    }
};

std::optional<Echo> echoOf(const Context &context, bool v6)
{
    const auto &scene = context.scene;
    const auto &target = context.evidence.target;
    const auto host = v6 ? (scene.v6 && scene.v6->source ? scene.v6->source : target.hostAddress6) : scene.hostAddress;
    const auto vm = v6 ? (scene.v6 ? std::optional(scene.v6->target) : target.vmAddress6) : scene.vmAddress;
    if (!host || !vm) {
        return std::nullopt;
    }
    Echo echo{*host, *vm, scene.interface, scene.guestInterface, std::nullopt, scene.vmMac, vm->isV6()};
    if (const auto *link = scene.hostLink(scene.interface)) {
        echo.hostMac = link->mac;
    }
    return echo;
}

/// One direction through one machine's filter, and what to call its results.
struct Direction {
    Where where = Where::Host;
    const char *drops = nullptr;
    const char *passes = nullptr;
    const char *counted = nullptr;
    QString dropText; ///< %1: the rule
    QString passText;
    QString countText; ///< %1: how many
};

RuleObject objectOf(Where where, const Passage &passage, const filter::RuleRef &rule)
{
    return RuleObject{where, rule, passage.hook, passage.packet};
}

/// An accept ends its base chain, so one remedy before the first blocker there does away with those behind it too.
QString baseChainOf(const filter::RuleRef &rule)
{
    const auto &chain = rule.jumpedFrom.empty() ? rule.chain : rule.jumpedFrom;
    return QString::fromStdString(rule.backend + ' ' + rule.flavour + ' ' + rule.family + ' ' + rule.table + ' ' + chain);
}

/// Writes one direction down. `proven` means that live replies already showed that nothing stops it.
void judge(Finding &finding, const Rules &rules, const Passage &passage, const Direction &direction, bool proven)
{
    if (passage.fate == Passage::Fate::Stopped) {
        QSet<QString> blocked;
        for (const auto &rule : passage.stoppers) {
            const auto object = objectOf(direction.where, passage, rule);
            show(finding, rules.sources.join(u", "_s), describe(object), rules.at);
            const bool first = !blocked.contains(baseChainOf(rule));
            blocked.insert(baseChainOf(rule));
            if (!proven && first) {
                observe(finding, direction.drops, Basis::Configuration, direction.dropText.arg(statement(object)), object);
            }
        }
        finding.status = proven ? Status::Warn : Status::Fail;
        finding.summary = proven
                              ? translate("checks", "By its rules the filter stops the echo, yet replies came: the rules "
                                                    "changed in between, or were read on another machine.")
                              : direction.dropText.arg(statement(objectOf(direction.where, passage, passage.stoppers.front())));
        return;
    }
    if (passage.fate == Passage::Fate::Passes) {
        observe(finding, direction.passes, Basis::Configuration, direction.passText);
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

/// A rule that counted as many packets as requests were sent is a second witness, independent of our reading of the rules.
void count(Finding &finding, const Rules &before, const Rules &after, const Passage &passage, const Direction &direction,
           int requests)
{
    if (passage.fate != Passage::Fate::Stopped || requests <= 0) {
        return;
    }
    const auto packets = grown(before, after, passage);
    if (packets && *packets >= requests) {
        const auto object = objectOf(direction.where, passage, passage.stoppers.front());
        observe(finding, direction.counted, Basis::Counter, direction.countText.arg(*packets), object);
        show(finding, translate("checks", "rule counter before and after"), locate(object) + u": +%1"_s.arg(*packets), after.at);
    }
}

Direction hostOut()
{
    return {Where::Host,
            outcome::hostOutputDrops,
            outcome::hostOutputPasses,
            outcome::hostOutputCounted,
            translate("checks", "The host's own filter stops the echo request on its way out: %1"),
            translate("checks", "The host's filter lets the echo request out."),
            translate("checks", "The counter of the host's rule grew by %1 while the requests were sent.")};
}

Direction hostIn()
{
    return {Where::Host,
            outcome::hostInputDrops,
            outcome::hostInputPasses,
            outcome::hostInputCounted,
            translate("checks", "The host's own filter stops the VM's echo reply: %1"),
            translate("checks", "The host's filter lets the echo reply in."),
            translate("checks", "The counter of the host's rule grew by %1 while the replies were due.")};
}

Direction guestIn(bool otherSource)
{
    return {Where::Guest,
            otherSource ? outcome::guestOtherSourceOnly : outcome::guestInputDrops,
            outcome::guestInputPasses,
            outcome::guestInputCounted,
            otherSource ? translate("checks", "The guest's filter lets other sources in but stops this host's echo request: %1")
                        : translate("checks", "The guest's filter stops the echo request: %1"),
            translate("checks", "The guest's filter lets the echo request in."),
            translate("checks", "The counter of the guest's rule grew by %1 while the requests were sent.")};
}

Direction guestOut()
{
    return {Where::Guest,
            outcome::guestOutputDrops,
            outcome::guestOutputPasses,
            outcome::guestOutputCounted,
            translate("checks", "The guest's filter stops the guest's own echo reply: %1"),
            translate("checks", "The guest's filter lets the echo reply out."),
            translate("checks", "The counter of the guest's rule grew by %1 while the replies were due.")};
}

int requestsSent(const Context &context) { return context.scene.main ? decided(*context.scene.main) : 0; }

/// IPv6 counts only where IPv4 works: else one rule for both families would be told as two faults.
bool v6Matters(const Context &context) { return context.scene.forward == Fate::Works && fateOf(context.scene.v6) == Fate::Fails; }

void judgeV6(Finding &finding, const Context &context, Where where)
{
    const auto echo = echoOf(context, true);
    if (!v6Matters(context) || !echo) {
        return;
    }
    const bool host = where == Where::Host;
    const auto &rules = host ? context.host : context.guest;
    const auto &interface = host ? echo->hostInterface : echo->guestInterface;
    for (const bool request : {true, false}) {
        const bool outward = request == host;
        const auto passage = pass(rules, outward ? echo->outOf(request, interface) : echo->into(request, interface));
        if (passage.fate != Passage::Fate::Stopped) {
            continue;
        }
        const auto object = objectOf(where, passage, passage.stoppers.front());
        const auto sentence = (host ? translate("checks", "The host's filter stops IPv6 echo: %1")
                                    : translate("checks", "The guest's filter stops IPv6 echo: %1"))
                                  .arg(statement(object));
        say(finding, Status::Fail, sentence);
        show(finding, rules.sources.join(u", "_s), describe(object), rules.at);
        observe(finding, host ? outcome::hostIcmpv6Drops : outcome::guestIcmpv6Drops, Basis::Configuration, sentence, object);
        return;
    }
}

/// Where in the guest's stack the requests ended, by its own counters across the probes (facts.md LAB-3).
void readTrail(Finding &finding, const Context &context)
{
    const auto trail = echoTrail(context.scene);
    if (!trail) {
        return;
    }
    const auto &counters = context.scene.guest->after.value.counters;
    const int sent = requestsSent(context);
    show(finding, counters.source, describe(*trail), counters.at);
    if (trail->requests == 0 && trail->received && *trail->received >= sent) {
        observe(finding, outcome::requestNotDelivered, Basis::Counter,
                translate("checks", "Packets reached the guest's IP layer, but no echo request got past its filter."));
    } else if (trail->requests >= sent && trail->replies && *trail->replies == 0) {
        observe(finding, outcome::requestUnanswered, Basis::Counter,
                translate("checks", "The guest's kernel counted the requests and made no reply."));
    } else if (trail->replies && *trail->replies >= sent) {
        observe(finding, outcome::replyMade, Basis::Counter,
                translate("checks", "The guest's kernel made the replies; they were lost after that."));
    }
}

/// Everything was looked at, and there is not one base chain.
bool hasNone(const Rules &rules) { return rules.read && rules.ruleset.isEmpty(); }

/// What a result rests on: how much was asked where it passes, what is missing where it fails.
void conclude(Finding &finding, const Rules &rules)
{
    if (finding.status == Status::Pass && rules.read) {
        const auto source = rules.sources.isEmpty() ? translate("checks", "the kernel") : rules.sources.join(u", "_s);
        show(finding, source, translate("checks", "rules asked: %1").arg(rules.ruleset.ruleCount()), rules.at);
    }
    if (finding.status == Status::Fail && !rules.problems.isEmpty()) {
        finding.reason = rules.problems.mid(0, maximumNames).join(u' ');
    }
}

QString noAddresses()
{
    return translate("checks", "The addresses of both ends are needed, and one is not known: give the VM's address.");
}

} // namespace

Finding pol1(const Context &context)
{
    Finding finding;
    const auto echo = echoOf(context, false);
    if (!echo) {
        say(finding, Status::Skipped, translate("checks", "The host's packet filter could not be asked."), noAddresses());
        return finding;
    }
    if (!context.evidence.host.isRead()) {
        say(finding, Status::Unknown, translate("checks", "The host was not read."), whyNot(context.evidence.host));
        return finding;
    }
    const bool proven = context.scene.forward == Fate::Works;
    say(finding, Status::Pass,
        hasNone(context.host) ? translate("checks", "The host has no packet filter.")
                              : translate("checks", "The host's packet filter lets the echo request out and the reply in."));
    const auto out = pass(context.host, echo->outOf(true, echo->hostInterface));
    const auto in = pass(context.host, echo->into(false, echo->hostInterface));
    judge(finding, context.host, in, hostIn(), proven);
    judge(finding, context.host, out, hostOut(), proven);
    const auto &earlier = context.evidence.hostBefore;
    const bool stopped = out.fate == Passage::Fate::Stopped || in.fate == Passage::Fate::Stopped;
    if (!proven && stopped && earlier.isRead() && !earlier.value.rulesets.empty()) {
        const auto before = readRules(earlier.value.rulesets);
        const int sent = requestsSent(context);
        count(finding, before, context.host, out, hostOut(), sent);
        count(finding, before, context.host, in, hostIn(), sent);
    }
    judgeV6(finding, context, Where::Host);
    conclude(finding, context.host);
    return finding;
}

Finding pol3(const Context &context)
{
    Finding finding;
    const auto &scene = context.scene;
    if (!scene.guest) {
        say(finding, Status::Unknown, translate("checks", "The guest's packet filter could not be read."),
            whyNot(context.evidence.guest) + u' ' + howToReadGuest());
        return finding;
    }
    const auto echo = echoOf(context, false);
    if (!echo) {
        say(finding, Status::Skipped, translate("checks", "The guest's packet filter could not be asked."), noAddresses());
        return finding;
    }
    const bool proven = scene.forward == Fate::Works;
    say(finding, Status::Pass,
        hasNone(context.guest) ? translate("checks", "The guest has no packet filter.")
                               : translate("checks", "The guest's packet filter lets the echo request in and its reply out."));
    const auto in = pass(context.guest, echo->into(true, echo->guestInterface));
    const auto out = pass(context.guest, echo->outOf(false, echo->guestInterface));
    const bool otherSource =
        in.fate == Passage::Fate::Stopped && passesFromNamedSource(context.guest, scene.guest->facts.rulesets, in);
    judge(finding, context.guest, out, guestOut(), proven);
    judge(finding, context.guest, in, guestIn(otherSource), proven);
    const bool stopped = out.fate == Passage::Fate::Stopped || in.fate == Passage::Fate::Stopped;
    if (!proven && stopped && scene.guest->after.isRead() && !scene.guest->after.value.rulesets.empty()) {
        const auto after = readRules(scene.guest->after.value.rulesets);
        const int sent = requestsSent(context);
        count(finding, context.guest, after, in, guestIn(otherSource), sent);
        count(finding, context.guest, after, out, guestOut(), sent);
    }
    readTrail(finding, context);
    judgeV6(finding, context, Where::Guest);
    conclude(finding, context.guest);
    return finding;
}

} // namespace bothways::checks
