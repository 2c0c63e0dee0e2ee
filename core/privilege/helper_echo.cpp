// SPDX-License-Identifier: GPL-3.0-or-later
#include "privilege/helper.h"

#include "evidence/utc.h"
#include "probe/echo_ledger.h"
#include "probe/linux/echo_socket.h"
#include "probe/linux/kernel_clock.h"

#include <algorithm>

#include <net/if.h>

namespace bothways::privilege {

using probe::EchoLedger;
using probe::Nanoseconds;
using std::chrono::milliseconds;

namespace {

// What happened in time may be told a little later.
constexpr Nanoseconds tellingNs = 100'000'000;
constexpr milliseconds tick{25};
constexpr milliseconds patience{8000}; // the kernel may take 3.5 s to say that it finds no neighbour

using Clock = std::chrono::steady_clock;

AskEcho questionOf(const probe::EchoPlan &plan)
{
    const auto within = [](auto value, int least, int most) {
        return static_cast<std::uint16_t>(std::clamp<qint64>(value, least, most));
    };
    AskEcho question;
    question.target = plan.target;
    question.source = plan.source;
    question.device = plan.interface.toStdString();
    question.count = within(plan.count, 1, mostEchoRequests);
    question.intervalMs = within(plan.interval.count(), shortestEchoIntervalMs, longestEchoWaitMs);
    question.timeoutMs = within(plan.timeout.count(), 1, longestEchoWaitMs);
    question.payloadBytes = within(plan.payloadBytes, 0, largestEchoPayload);
    return question;
}

/// One series, from what the helper tells of it.
class HeardSeries {
public:
    HeardSeries(const AskEcho &question, std::uint32_t token, const probe::SampleSink &sink)
        : m_question(question)
        , m_token(token)
        , m_own(probe::localAddresses())
        , m_ledger(question.target, Nanoseconds{question.timeoutMs} * 1'000'000, sink)
    {}

    /// False where no helper says that here.
    bool take(const Taken<Reply> &message)
    {
        if (m_stopping == message.token) { // Done, or a refusal where the series had ended by itself: its end came before
            m_stopping.reset();
            return m_end.has_value();
        }
        if (message.token != m_token || m_end) {
            return false;
        }
        if (const auto *heard = std::get_if<EchoHeard>(&message.body)) {
            return take(*heard);
        }
        if (const auto *end = std::get_if<EchoEnd>(&message.body)) {
            constexpr auto lastStep = static_cast<std::uint8_t>(probe::IcmpStep::Source);
            m_end = *end;
            m_problem = {static_cast<probe::IcmpStep>(std::min(end->step, lastStep)), end->error};
            return true;
        }
        const auto *failure = std::get_if<Failure>(&message.body);
        if (failure != nullptr) {
            m_refusal = *failure;
            m_end = EchoEnd{};
        }
        return failure != nullptr;
    }

    bool goesOn() const { return !m_end || m_stopping; }
    void expire() { m_ledger.expire(probe::monotonicNs() - tellingNs); }
    bool canBeStopped() const { return !m_end && !m_stopping; }
    /// Nothing more is to be learnt.
    bool isOver() const
    {
        const auto now = probe::monotonicNs();
        return m_ledger.nextIndex() >= m_question.count && m_ledger.settled() &&
               now >= m_ledger.neighbourVerdictBy().value_or(now);
    }
    void stopping(std::uint32_t token) { m_stopping = token; }

    bool hasSamples() const { return m_ledger.nextIndex() > 0; }
    const std::optional<Failure> &refusal() const { return m_refusal; }
    const probe::IcmpProblem &problem() const { return m_problem; }

    evidence::EchoSeries finish()
    {
        m_ledger.cancel();
        evidence::EchoSeries series;
        series.method = evidence::ProbeMethod::HelperRawSocket;
        series.source = probe::sourceTowards(m_question.target, m_question.source, ::if_nametoindex(m_question.device.c_str()));
        series.samples = m_ledger.finish();
        series.duplicates = m_ledger.duplicates();
        series.foreign = m_ledger.foreign() + static_cast<int>(std::min(m_end.value_or(EchoEnd{}).foreign, mostForeign));
        return series;
    }

private:
    static constexpr std::uint32_t mostForeign = 1'000'000;

    bool take(const EchoHeard &heard)
    {
        if (heard.monotonicNs > probe::monotonicNs()) {
            return false; // it is one clock
        }
        if (heard.event == EchoEvent::Sent) {
            if (heard.index != m_ledger.nextIndex() || heard.index >= m_question.count) {
                return false;
            }
            m_ledger.sent(heard.monotonicNs, heard.realtimeNs, evidence::utc(heard.realtimeNs / 1'000'000));
            return true;
        }
        if (heard.index >= m_ledger.nextIndex()) {
            return false;
        }
        switch (heard.event) {
        case EchoEvent::Failed:
            m_ledger.sendFailed(heard.index, heard.error);
            break;
        case EchoEvent::Left:
            m_ledger.left(heard.index, heard.realtimeNs);
            break;
        case EchoEvent::Reply:
            takeReply(heard);
            break;
        default:
            takeError(heard);
        }
        return true;
    }

    static void identify(EchoLedger::Answer &answer, const EchoHeard &heard)
    {
        answer.sequence = static_cast<std::uint16_t>(heard.index + 1);
        answer.cookie = {true, heard.index};
        answer.sender = heard.sender;
    }
    void takeReply(const EchoHeard &heard)
    {
        EchoLedger::Reply reply;
        identify(reply, heard);
        reply.monotonicNs = heard.monotonicNs;
        if (heard.realtimeNs > 0) {
            reply.realtimeNs = heard.realtimeNs;
        }
        reply.ttl = heard.hopLimit;
        m_ledger.reply(reply);
    }
    void takeError(const EchoHeard &heard)
    {
        probe::IcmpSocket::Refused refused;
        refused.icmp = heard.icmp;
        refused.sender = heard.sender;
        refused.type = heard.type;
        refused.code = heard.code;
        refused.errorNumber = heard.error;
        auto error = probe::errorOf(refused, m_question.target.family(), m_own);
        identify(error, heard);
        m_ledger.error(error);
    }

    const AskEcho &m_question;
    std::uint32_t m_token;
    std::optional<std::uint32_t> m_stopping; ///< token of the Stop that is not answered yet
    std::optional<EchoEnd> m_end;
    std::optional<Failure> m_refusal;
    probe::IcmpProblem m_problem;
    std::vector<net::IpAddress> m_own;
    EchoLedger m_ledger;
};

} // namespace

tl::expected<evidence::EchoSeries, probe::SocketProblem> Helper::echo(const probe::EchoPlan &plan, const std::stop_token &stop,
                                                                      const probe::SampleSink &sink)
{
    const std::lock_guard lock(m_mutex);
    const auto question = questionOf(plan);
    auto asked = ask(question);
    if (!asked) {
        return tl::unexpected(probe::SocketProblem{asked.error().message, true});
    }
    HeardSeries series(question, *asked, sink);
    const auto token = *asked;
    const auto latest = Clock::now() + milliseconds(int{question.count} * question.intervalMs + question.timeoutMs) + patience;
    std::optional<Problem> broken;
    while (!broken && series.goesOn()) {
        const auto heard = hear(tick);
        if (!heard) {
            broken = heard.error();
        } else if (*heard && !series.take(**heard)) {
            broken = breakOff(outOfTurn());
        } else if (Clock::now() >= latest) {
            broken = breakOff(outOfTime());
        }
        series.expire();
        if (!broken && series.canBeStopped() && (series.isOver() || stop.stop_requested())) {
            asked = ask(Stop{token});
            if (asked) {
                series.stopping(*asked);
            } else {
                broken = asked.error();
            }
        }
    }
    if (series.refusal()) {
        return tl::unexpected(probe::SocketProblem{refused(*series.refusal()).message, true});
    }
    if (series.problem().step != probe::IcmpStep::None) {
        return tl::unexpected(probe::problemOf(probe::IcmpRung::RawSocket, series.problem(), plan));
    }
    // What was measured until the helper broke off stands; whoever asks it next hears why it did.
    if (broken && !series.hasSamples()) {
        return tl::unexpected(probe::SocketProblem{broken->message, true});
    }
    return series.finish();
}

} // namespace bothways::privilege
