// SPDX-License-Identifier: GPL-3.0-or-later
#include "checks/chapters.h"
#include "checks/echo_filter.h"
#include "checks/outcomes.h"
#include "facts/counters.h"

/// POL-1 to POL-3: would the filters of both ends let the echo pass? Sources: nft(8), iptables(8), facts.md 0.4 (state
/// asymmetry).
namespace bothways::checks {

using namespace facts;
using namespace Qt::Literals::StringLiterals;

namespace {

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

/// The other way round: the VM's own ping of the host.
Direction hostInRequest()
{
    return {Where::Host,
            outcome::hostInputDropsRequest,
            outcome::hostInputPassesRequest,
            nullptr,
            translate("checks", "The host's filter stops the VM's echo request: %1"),
            translate("checks", "The host's filter lets the VM's echo request in."),
            {}};
}

Direction hostOutReply()
{
    return {Where::Host,
            outcome::hostOutputDropsReply,
            nullptr,
            nullptr,
            translate("checks", "The host's filter stops the host's own echo reply to the VM: %1"),
            {},
            {}};
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
    const auto round = ask(context.host, echo->atHost(true), echo->request(true));
    const auto &out = round.request;
    const auto &in = round.reply;
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
    const auto echo6 = v6Matters(context) ? echoOf(context, true) : std::nullopt;
    if (echo6) {
        judgeV6(finding, context, Where::Host, ask(context.host, echo6->atHost(true), echo6->request(true)));
    }
    conclude(finding, context.host, round);
    return finding;
}

Finding pol2(const Context &context)
{
    Finding finding;
    const auto echo = echoOf(context, false);
    const auto echo6 = echoOf(context, true);
    if (!echo && !echo6) {
        say(finding, Status::Skipped, translate("checks", "The host's packet filter could not be asked."), noAddresses());
        return finding;
    }
    if (!context.evidence.host.isRead()) {
        say(finding, Status::Unknown, translate("checks", "The host was not read."), whyNot(context.evidence.host));
        return finding;
    }
    const bool proven = context.scene.backward == Fate::Works;
    say(finding, Status::Pass,
        hasNone(context.host) ? translate("checks", "The host has no packet filter.")
                              : translate("checks", "The host's packet filter lets the VM's echo request in and the reply out."));
    const auto &first = echo ? *echo : *echo6;
    const auto round = ask(context.host, first.atHost(false), first.request(false));
    judge(finding, context.host, round.reply, hostOutReply(), proven);
    judge(finding, context.host, round.request, hostInRequest(), proven);
    const auto round6 = echo && echo6 ? ask(context.host, echo6->atHost(false), echo6->request(false)) : Round{};
    const auto *stopped6 = round6.request.fate == Passage::Fate::Stopped ? &round6.request : &round6.reply;
    if (finding.status == Status::Pass && stopped6->fate == Passage::Fate::Stopped) {
        const auto object = objectOf(Where::Host, *stopped6, stopped6->stoppers.front());
        say(finding, Status::Warn,
            translate("checks", "IPv4 echo passes; the VM's IPv6 echo does not: %1").arg(statement(object)));
        show(finding, context.host.sources.join(u", "_s), describe(object), context.host.at);
    }
    conclude(finding, context.host, round);
    return finding;
}

Finding pol3(const Context &context)
{
    Finding finding;
    const auto &scene = context.scene;
    if (!scene.guest) {
        say(finding, Status::Unknown, translate("checks", "The guest's packet filter could not be read."),
            together(whyNot(context.evidence.guest), howToReadGuest()));
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
    const auto round = ask(context.guest, echo->atGuest(false), echo->request(true));
    const auto &in = round.request;
    const auto &out = round.reply;
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
    const auto echo6 = v6Matters(context) ? echoOf(context, true) : std::nullopt;
    if (echo6) {
        judgeV6(finding, context, Where::Guest, ask(context.guest, echo6->atGuest(false), echo6->request(true)));
    }
    conclude(finding, context.guest, round);
    return finding;
}

} // namespace bothways::checks
