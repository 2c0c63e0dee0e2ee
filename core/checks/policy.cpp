// SPDX-License-Identifier: GPL-3.0-or-later
#include "checks/build.h"
#include "checks/chapters.h"
#include "checks/outcomes.h"
#include "checks/rules.h"

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

QString hookText(const Passage &passage)
{
    return QString::fromUtf8(filter::name(passage.hook).data(), static_cast<qsizetype>(filter::name(passage.hook).size()));
}

RuleObject objectOf(Where where, const Passage &passage, const filter::RuleRef &rule)
{
    return RuleObject{where, rule, passage.hook, passage.packet};
}

/// Writes one direction down. `proven` means that live replies already showed that nothing stops it.
void judge(Finding &finding, const Rules &rules, const Passage &passage, const Direction &direction, bool proven)
{
    if (passage.fate == Passage::Fate::Stopped) {
        for (const auto &rule : passage.stoppers) {
            const auto object = objectOf(direction.where, passage, rule);
            show(finding, rules.sources.join(u", "_s), hookText(passage) + u": "_s + describe(object), rules.at);
            if (!proven) {
                observe(finding, direction.drops, Basis::Configuration, direction.dropText.arg(describe(object)), object);
            }
        }
        finding.status = proven ? Status::Warn : Status::Fail;
        finding.summary = proven ? translate("checks", "By its rules the filter stops the echo, yet replies came: the rules "
                                                       "changed in between, or the reading is not of this VM.")
                                 : direction.dropText.arg(describe(objectOf(direction.where, passage, passage.stoppers.front())));
        return;
    }
    if (passage.fate == Passage::Fate::Passes) {
        observe(finding, direction.passes, Basis::Configuration, direction.passText);
        return;
    }
    if (finding.status != Status::Fail && finding.status != Status::Warn) {
        finding.status = Status::Unknown;
        finding.summary = translate("checks", "The packet filter could not be judged to the end.");
        finding.reason = passage.open.join(u' ');
    }
}

void count(Finding &finding, const std::vector<evidence::RulesetDump> &before, const Rules &now, const Rules &after,
           const Passage &passage, const Direction &direction, int requests)
{
    if (passage.fate != Passage::Fate::Stopped || requests <= 0) {
        return;
    }
    const auto earlier = before.empty() ? Rules() : readRules(before);
    const auto packets = before.empty() ? grown(now, after, passage) : grown(earlier, after, passage);
    if (packets && *packets >= requests) {
        observe(finding, direction.counted, Basis::Counter, direction.countText.arg(*packets),
                objectOf(direction.where, passage, passage.stoppers.front()));
        show(finding, translate("checks", "rule counter before and after"), u"+%1"_s.arg(*packets));
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
            translate("checks", "The host's rule counted %1 packets while the requests were sent.")};
}

Direction hostIn()
{
    return {Where::Host,
            outcome::hostInputDrops,
            outcome::hostInputPasses,
            outcome::hostInputCounted,
            translate("checks", "The host's own filter stops the VM's echo reply: %1"),
            translate("checks", "The host's filter lets the echo reply in."),
            translate("checks", "The host's rule counted %1 packets while the replies were due.")};
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
            translate("checks", "The guest's rule counted %1 packets while the requests were sent.")};
}

Direction guestOut()
{
    return {Where::Guest,
            outcome::guestOutputDrops,
            outcome::guestOutputPasses,
            outcome::guestOutputCounted,
            translate("checks", "The guest's filter stops its echo reply: %1"),
            translate("checks", "The guest's filter lets the echo reply out."),
            translate("checks", "The guest's rule counted %1 packets while the replies were due.")};
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
        const auto sentence = translate("checks", "IPv6 echo is stopped by %1").arg(describe(object));
        say(finding, Status::Fail, sentence);
        show(finding, rules.sources.join(u", "_s), describe(object), rules.at);
        observe(finding, host ? outcome::hostIcmpv6Drops : outcome::guestIcmpv6Drops, Basis::Configuration, sentence, object);
        return;
    }
}

std::optional<qint64> delta(const evidence::Reading<QMap<QString, qint64>> &before,
                            const evidence::Reading<QMap<QString, qint64>> &after, const QString &key)
{
    if (!before.isRead() || !after.isRead() || !before.value.contains(key) || !after.value.contains(key)) {
        return std::nullopt;
    }
    return after.value.value(key) - before.value.value(key);
}

/// Where in the guest's stack the requests ended, by its own counters across the probes (facts.md LAB-3).
void readGuestCounters(Finding &finding, const Context &context)
{
    const auto &scene = context.scene;
    const int sent = requestsSent(context);
    if (!scene.guest || !scene.guest->after.isRead() || sent == 0 || scene.forward != Fate::Fails) {
        return;
    }
    const auto &before = scene.guest->facts.counters;
    const auto &after = scene.guest->after.value.counters;
    const auto received = delta(before, after, u"Ip.InReceives"_s);
    const auto echoes = delta(before, after, u"Icmp.InEchos"_s);
    const auto made = delta(before, after, u"Icmp.OutEchoReps"_s);
    if (!echoes) {
        return;
    }
    show(finding, after.source,
         u"Ip.InReceives %1, Icmp.InEchos %2, Icmp.OutEchoReps %3"_s.arg(received ? u"+%1"_s.arg(*received) : u"?"_s)
             .arg(u"+%1"_s.arg(*echoes), made ? u"+%1"_s.arg(*made) : u"?"_s),
         after.at);
    if (*echoes == 0 && received && *received >= sent) {
        observe(finding, outcome::requestNotDelivered, Basis::Counter,
                translate("checks", "The requests reached the guest's IP layer, but none reached its ICMP."));
    } else if (*echoes >= sent && made && *made == 0) {
        observe(finding, outcome::requestUnanswered, Basis::Counter,
                translate("checks", "The requests reached the guest's ICMP, and it made no reply."));
    } else if (made && *made >= sent) {
        observe(finding, outcome::replyMade, Basis::Counter,
                translate("checks", "The guest's ICMP made the replies; they were lost after that."));
    }
}

QString noAddresses()
{
    return translate("checks", "The addresses of both ends are needed: give --vm as an address, or read the guest.");
}

} // namespace

Finding pol1(const Context &context)
{
    Finding finding;
    const auto echo = echoOf(context, false);
    if (!echo) {
        say(finding, Status::Skipped, translate("checks", "The host's filter was not walked."), noAddresses());
        return finding;
    }
    if (!context.evidence.host.isRead()) {
        say(finding, Status::Unknown, translate("checks", "The host was not read."), whyNot(context.evidence.host));
        return finding;
    }
    const bool proven = context.scene.forward == Fate::Works;
    const int sent = requestsSent(context);
    say(finding, Status::Pass, translate("checks", "The host's filter lets the echo request out and the reply in."));
    static const std::vector<evidence::RulesetDump> nothing;
    const auto &before = context.evidence.hostBefore.isRead() ? context.evidence.hostBefore.value.rulesets : nothing;
    const auto out = pass(context.host, echo->outOf(true, echo->hostInterface));
    const auto in = pass(context.host, echo->into(false, echo->hostInterface));
    judge(finding, context.host, in, hostIn(), proven);
    judge(finding, context.host, out, hostOut(), proven);
    if (!proven && !before.empty()) {
        count(finding, before, context.host, context.host, out, hostOut(), sent);
        count(finding, before, context.host, context.host, in, hostIn(), sent);
    }
    judgeV6(finding, context, Where::Host);
    if (finding.status == Status::Pass) {
        show(finding, context.host.sources.join(u", "_s),
             translate("checks", "%n rule(s) walked", nullptr, context.host.ruleset.ruleCount()), context.host.at);
    }
    if (finding.status == Status::Fail && !context.host.problems.isEmpty()) {
        finding.reason = context.host.problems.join(u' ');
    }
    return finding;
}

Finding pol3(const Context &context)
{
    Finding finding;
    const auto &scene = context.scene;
    if (!scene.guest) {
        say(finding, Status::Unknown, translate("checks", "The guest's filter could not be read."),
            whyNot(context.evidence.guest) + u' ' +
                translate("checks", "Install the guest agent, or run the guest script in the VM as root and give its output."));
        return finding;
    }
    const auto echo = echoOf(context, false);
    if (!echo) {
        say(finding, Status::Skipped, translate("checks", "The guest's filter was not walked."), noAddresses());
        return finding;
    }
    const bool proven = scene.forward == Fate::Works;
    const int sent = requestsSent(context);
    const auto &dumps = scene.guest->facts.rulesets;
    say(finding, Status::Pass, translate("checks", "The guest's filter lets the echo request in and its reply out."));
    const auto in = pass(context.guest, echo->into(true, echo->guestInterface));
    const auto out = pass(context.guest, echo->outOf(false, echo->guestInterface));
    const bool otherSource = in.fate == Passage::Fate::Stopped && passesFromNamedSource(context.guest, dumps, in);
    judge(finding, context.guest, out, guestOut(), proven);
    judge(finding, context.guest, in, guestIn(otherSource), proven);
    if (!proven && scene.guest->after.isRead() && !scene.guest->after.value.rulesets.empty()) {
        const auto after = readRules(scene.guest->after.value.rulesets);
        count(finding, {}, context.guest, after, in, guestIn(otherSource), sent);
        count(finding, {}, context.guest, after, out, guestOut(), sent);
    }
    readGuestCounters(finding, context);
    judgeV6(finding, context, Where::Guest);
    if (finding.status == Status::Pass) {
        show(finding, context.guest.sources.join(u", "_s),
             translate("checks", "%n rule(s) walked", nullptr, context.guest.ruleset.ruleCount()), context.guest.at);
    }
    if (finding.status == Status::Fail && !context.guest.problems.isEmpty()) {
        finding.reason = context.guest.problems.join(u' ');
    }
    return finding;
}

} // namespace bothways::checks
