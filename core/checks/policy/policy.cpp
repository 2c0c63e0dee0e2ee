// SPDX-License-Identifier: GPL-3.0-or-later
#include "checks/policy/policy.h"

#include "checks/finding/echo_filter.h"
#include "checks/finding/outcomes.h"
#include "facts/counters.h"

/// POL-1 to POL-3: would the filters of both ends let the echo pass? Sources: nft(8), iptables(8). A rule for
/// established connections lets the answers to the VM pass, and no request to it.
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
        observe(finding, *direction.counted, Basis::Counter, direction.countText.arg(*packets), object);
        show(finding, translate("checks", "rule counter before and after"), locate(object) + u": +%1"_s.arg(*packets), after.at);
    }
}

Direction hostOut()
{
    return {Where::Host,
            Outcome::HostOutputDrops,
            Outcome::HostOutputPasses,
            Outcome::HostOutputCounted,
            translate("checks", "The host's own filter stops the echo request on its way out: %1"),
            translate("checks", "The host's filter lets the echo request out."),
            translate("checks", "The counter of the host's rule grew by %1 while the requests were sent.")};
}

Direction hostIn()
{
    return {Where::Host,
            Outcome::HostInputDrops,
            Outcome::HostInputPasses,
            Outcome::HostInputCounted,
            translate("checks", "The host's own filter stops the VM's echo reply: %1"),
            translate("checks", "The host's filter lets the echo reply in."),
            translate("checks", "The counter of the host's rule grew by %1 while the replies were due.")};
}

/// The other way round: the VM's own ping of the host.
Direction hostInRequest()
{
    return {Where::Host,
            Outcome::HostInputDropsRequest,
            Outcome::HostInputPassesRequest,
            std::nullopt,
            translate("checks", "The host's filter stops the VM's echo request: %1"),
            translate("checks", "The host's filter lets the VM's echo request in."),
            {}};
}

Direction hostOutReply()
{
    return {Where::Host,
            Outcome::HostOutputDropsReply,
            std::nullopt,
            std::nullopt,
            translate("checks", "The host's filter stops the host's own echo reply to the VM: %1"),
            {},
            {}};
}

Direction guestIn(bool otherSource)
{
    return {Where::Guest,
            otherSource ? Outcome::GuestOtherSourceOnly : Outcome::GuestInputDrops,
            Outcome::GuestInputPasses,
            Outcome::GuestInputCounted,
            otherSource ? translate("checks", "The guest's filter lets other sources in but stops this host's echo request: %1")
                        : translate("checks", "The guest's filter stops the echo request: %1"),
            translate("checks", "The guest's filter lets the echo request in."),
            translate("checks", "The counter of the guest's rule grew by %1 while the requests were sent.")};
}

Direction guestOut()
{
    return {Where::Guest,
            Outcome::GuestOutputDrops,
            Outcome::GuestOutputPasses,
            Outcome::GuestOutputCounted,
            translate("checks", "The guest's filter stops the guest's own echo reply: %1"),
            translate("checks", "The guest's filter lets the echo reply out."),
            translate("checks", "The counter of the guest's rule grew by %1 while the replies were due.")};
}

int requestsSent(const Case &given) { return given.scene.main ? decided(*given.scene.main) : 0; }

/// Where in the guest's stack the requests ended, by its own counters across the probes.
void readTrail(Finding &finding, const Case &given)
{
    const auto trail = echoTrail(given.scene);
    if (!trail) {
        return;
    }
    const auto &counters = given.scene.guest->after.value.counters;
    const int sent = requestsSent(given);
    show(finding, counters.source, describe(*trail), counters.at);
    if (trail->requests == 0 && trail->received && *trail->received >= sent) {
        observe(finding, Outcome::RequestNotDelivered, Basis::Counter,
                translate("checks", "Packets reached the guest's IP layer, but no echo request got past its filter."));
    } else if (trail->requests >= sent && trail->replies && *trail->replies == 0) {
        observe(finding, Outcome::RequestUnanswered, Basis::Counter,
                translate("checks", "The guest's kernel counted the requests and made no reply."));
    } else if (trail->replies && *trail->replies >= sent) {
        observe(finding, Outcome::ReplyMade, Basis::Counter,
                translate("checks", "The guest's kernel made the replies; they were lost after that."));
    }
}

/// The kernel refused to send, and one rule alone could not be evaluated: then it is that one.
void nameRefuser(Finding &finding, const Case &given, const Passage &out)
{
    const auto *main = given.scene.main;
    const bool refused = main != nullptr && facts::hasOnly(*main, evidence::EchoOutcome::SendDenied);
    const bool alone = out.fate == Passage::Fate::Open && !out.undecided.empty() && given.hostRules.read &&
                       std::all_of(out.undecided.begin(), out.undecided.end(), [&](const filter::RuleRef &rule) {
                           return rule.table == out.undecided.front().table && rule.chain == out.undecided.front().chain &&
                                  rule.position == out.undecided.front().position;
                       });
    const bool full = given.evidence.host.value.conntrack.isRead() &&
                      given.evidence.host.value.conntrack.value.count >= given.evidence.host.value.conntrack.value.max;
    if (!refused || !alone || full) {
        return;
    }
    const auto object = objectOf(Where::Host, out, out.undecided.front());
    const auto sentence =
        translate("checks", "The kernel refuses to send, and of its rules only this one could not be evaluated: %1")
            .arg(statement(object));
    say(finding, Status::Fail, sentence);
    show(finding, given.hostRules.sources.join(u", "_s), describe(object), given.hostRules.at);
    observe(finding, Outcome::HostOutputDrops, Basis::LiveProbe, sentence, object);
}

} // namespace

Finding pol1(const Case &given)
{
    Finding finding;
    const auto echo = echoOf(given, false);
    if (!echo) {
        say(finding, Status::Skipped, translate("checks", "The host's packet filter could not be asked."), noAddresses());
        return finding;
    }
    if (!given.evidence.host.isRead()) {
        say(finding, Status::Unknown, translate("checks", "The host was not read."), whyNot(given.evidence.host));
        return finding;
    }
    const bool proven = given.scene.forward == Fate::Works;
    say(finding, Status::Pass,
        hasNone(given.hostRules) ? translate("checks", "The host has no packet filter.")
                                 : translate("checks", "The host's packet filter lets the echo request out and the reply in."));
    const auto round = ask(given.hostRules, echo->atHost(true), echo->request(true));
    const auto &out = round.request;
    const auto &in = round.reply;
    nameRefuser(finding, given, out);
    judge(finding, given.hostRules, in, hostIn(), proven);
    judge(finding, given.hostRules, out, hostOut(), proven);
    const auto &earlier = given.evidence.hostBefore;
    const bool stopped = out.fate == Passage::Fate::Stopped || in.fate == Passage::Fate::Stopped;
    if (!proven && stopped && earlier.isRead() && !earlier.value.rulesets.empty()) {
        const int sent = requestsSent(given);
        count(finding, given.hostRulesBefore, given.hostRules, out, hostOut(), sent);
        count(finding, given.hostRulesBefore, given.hostRules, in, hostIn(), sent);
    }
    const auto echo6 = v6Matters(given) ? echoOf(given, true) : std::nullopt;
    if (echo6) {
        judgeV6(finding, given, Where::Host, ask(given.hostRules, echo6->atHost(true), echo6->request(true)));
    }
    conclude(finding, given.hostRules, round);
    return finding;
}

Finding pol2(const Case &given)
{
    Finding finding;
    const auto echo = echoOf(given, false);
    const auto echo6 = echoOf(given, true);
    if (!echo && !echo6) {
        say(finding, Status::Skipped, translate("checks", "The host's packet filter could not be asked."), noAddresses());
        return finding;
    }
    if (!given.evidence.host.isRead()) {
        say(finding, Status::Unknown, translate("checks", "The host was not read."), whyNot(given.evidence.host));
        return finding;
    }
    const bool proven = given.scene.backward == Fate::Works;
    say(finding, Status::Pass,
        hasNone(given.hostRules)
            ? translate("checks", "The host has no packet filter.")
            : translate("checks", "The host's packet filter lets the VM's echo request in and the reply out."));
    const auto &first = echo ? *echo : *echo6;
    const auto round = ask(given.hostRules, first.atHost(false), first.request(false));
    judge(finding, given.hostRules, round.reply, hostOutReply(), proven);
    judge(finding, given.hostRules, round.request, hostInRequest(), proven);
    const auto round6 = echo && echo6 ? ask(given.hostRules, echo6->atHost(false), echo6->request(false)) : Round{};
    const auto *stopped6 = round6.request.fate == Passage::Fate::Stopped ? &round6.request : &round6.reply;
    if (finding.status == Status::Pass && stopped6->fate == Passage::Fate::Stopped) {
        const auto object = objectOf(Where::Host, *stopped6, stopped6->stoppers.front());
        say(finding, Status::Warn,
            translate("checks", "IPv4 echo passes; the VM's IPv6 echo does not: %1").arg(statement(object)));
        show(finding, given.hostRules.sources.join(u", "_s), describe(object), given.hostRules.at);
    }
    conclude(finding, given.hostRules, round);
    return finding;
}

Finding pol3(const Case &given)
{
    Finding finding;
    const auto &scene = given.scene;
    if (!scene.guest) {
        say(finding, Status::Unknown, translate("checks", "The guest's packet filter could not be read."),
            together(whyNot(given.evidence.guest), howToReadGuest()));
        return finding;
    }
    const auto echo = echoOf(given, false);
    if (!echo) {
        say(finding, Status::Skipped, translate("checks", "The guest's packet filter could not be asked."), noAddresses());
        return finding;
    }
    const bool proven = scene.forward == Fate::Works;
    say(finding, Status::Pass,
        hasNone(given.guestRules) ? translate("checks", "The guest has no packet filter.")
                                  : translate("checks", "The guest's packet filter lets the echo request in and its reply out."));
    const auto round = ask(given.guestRules, echo->atGuest(false), echo->request(true));
    const auto &in = round.request;
    const auto &out = round.reply;
    const bool otherSource =
        in.fate == Passage::Fate::Stopped && passesFromNamedSource(given.guestRules, scene.guest->facts.rulesets, in);
    judge(finding, given.guestRules, out, guestOut(), proven);
    judge(finding, given.guestRules, in, guestIn(otherSource), proven);
    const bool stopped = out.fate == Passage::Fate::Stopped || in.fate == Passage::Fate::Stopped;
    if (!proven && stopped && scene.guest->after.isRead() && !scene.guest->after.value.rulesets.empty()) {
        const int sent = requestsSent(given);
        count(finding, given.guestRules, given.guestRulesAfter, in, guestIn(otherSource), sent);
        count(finding, given.guestRules, given.guestRulesAfter, out, guestOut(), sent);
    }
    readTrail(finding, given);
    const auto echo6 = v6Matters(given) ? echoOf(given, true) : std::nullopt;
    if (echo6) {
        judgeV6(finding, given, Where::Guest, ask(given.guestRules, echo6->atGuest(false), echo6->request(true)));
    }
    conclude(finding, given.guestRules, round);
    return finding;
}

} // namespace bothways::checks
