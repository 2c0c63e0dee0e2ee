// SPDX-License-Identifier: GPL-3.0-or-later
#include "privilege/helper.h"

#include "evidence/utc.h"
#include "probe/echo_ledger.h"
#include "probe/linux/echo_socket.h"
#include "probe/linux/neighbour/neighbour_probe.h"
#include "probe/linux/socket/error_text.h"
#include "probe/linux/socket/kernel_clock.h"
#include "words/text.h"

#include <QCoreApplication>
#include <QFileInfo>

#include <algorithm>
#include <array>

#include <net/if.h>

namespace bothways::privilege {

using evidence::Access;
using evidence::Reading;
using std::chrono::milliseconds;

using probe::EchoLedger;
using probe::Nanoseconds;

namespace {

using Clock = std::chrono::steady_clock;

constexpr milliseconds slice{50};
constexpr milliseconds sendPatience{2000};
constexpr qsizetype largestDump = qsizetype{32} * 1024 * 1024;

/// Pieces of one dump as they come.
class Dump {
public:
    /// False where the piece is too much or comes after the last.
    bool add(const RulesPart &part)
    {
        if (m_complete || m_text.size() + static_cast<qsizetype>(part.text.size()) > largestDump) {
            return false;
        }
        m_text.append(reinterpret_cast<const char *>(part.text.data()), static_cast<qsizetype>(part.text.size()));
        m_access = part.access;
        m_error = part.error;
        m_complete = part.last;
        return true;
    }

    Reading<QByteArray> reading(const QString &source) const
    {
        if (!m_complete) {
            return Reading<QByteArray>::missing(Access::Failed, source, outOfTurn().message);
        }
        switch (m_access) {
        case RulesAccess::Read:
            return Reading<QByteArray>::read(m_text, source);
        case RulesAccess::Absent:
            return Reading<QByteArray>::missing(Access::Absent, source, {});
        case RulesAccess::Denied:
            return Reading<QByteArray>::missing(Access::Denied, source,
                                                translate("privilege", "The helper's rights do not reach it: %1.").arg(words()));
        default:
            return Reading<QByteArray>::missing(Access::Failed, source,
                                                translate("privilege", "The helper could not read it: %1.").arg(words()));
        }
    }

private:
    QString words() const { return m_text.isEmpty() ? probe::errorText(m_error) : QString::fromUtf8(m_text.left(512)); }

    QByteArray m_text;
    RulesAccess m_access = RulesAccess::Failed;
    int m_error = 0;
    bool m_complete = false;
};

// What happened in time may be told a little later.
constexpr Nanoseconds tellingNs = 100'000'000;
constexpr milliseconds tick{25};
constexpr milliseconds patience{8000}; // the kernel may take 3.5 s to say that it finds no neighbour

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

Problem outOfTime() { return {Access::TimedOut, translate("privilege", "The helper did not answer in time.")}; }

Problem outOfTurn()
{
    return {Access::Failed, translate("privilege", "The helper answered something that was not asked; it was ended.")};
}

QString Helper::installed()
{
    const QFileInfo file(QCoreApplication::applicationDirPath() + QStringLiteral("/bothways-helper"));
    return file.isFile() && file.isExecutable() ? file.absoluteFilePath() : QString();
}

tl::expected<std::unique_ptr<Helper>, Problem> Helper::start(const Launch &how, milliseconds deadline,
                                                             const std::stop_token &stop)
{
    auto link = launch(how);
    if (!link) {
        return tl::unexpected(Problem{Access::Failed, translate("privilege", "The helper %1 could not be started: %2.")
                                                          .arg(text(how.program), probe::errorText(link.error()))});
    }
    auto helper = greet(std::move(*link), deadline, stop);
    if (helper) {
        (*helper)->m_launch = how;
    }
    return helper;
}

tl::expected<std::shared_ptr<Helper>, Problem> Helper::another(milliseconds deadline, const std::stop_token &stop)
{
    const std::scoped_lock lock(m_otherMutex);
    if (m_other && !m_other->problem()) {
        return m_other;
    }
    if (!m_launch) {
        return tl::unexpected(Problem{Access::Failed, translate("privilege", "It is not known how this helper was started.")});
    }
    auto started = start(*m_launch, deadline, stop);
    if (!started) {
        return tl::unexpected(started.error());
    }
    m_other = std::move(*started);
    return m_other;
}

tl::expected<std::unique_ptr<Helper>, Problem> Helper::greet(std::unique_ptr<Link> link, milliseconds deadline,
                                                             const std::stop_token &stop)
{
    std::unique_ptr<Helper> helper(new Helper(std::move(link)));
    const auto greeted = helper->converse(Hello{}, deadline, stop, [&helper](Reply &reply) -> tl::expected<bool, Problem> {
        const auto *welcome = std::get_if<Welcome>(&reply);
        if (welcome == nullptr) {
            return tl::unexpected(outOfTurn());
        }
        helper->m_abilities = *welcome;
        return true;
    });
    if (!greeted) {
        return tl::unexpected(greeted.error());
    }
    return helper;
}

Helper::Helper(std::unique_ptr<Link> link) : m_link(std::move(link)) {}

Helper::~Helper() = default;

std::optional<Problem> Helper::problem()
{
    const std::lock_guard lock(m_mutex);
    return m_broken;
}

tl::expected<RulesText, Problem> Helper::rules(milliseconds deadline, const std::stop_token &stop)
{
    std::array<Dump, 3> dumps;
    const auto done = converse(ReadRules{}, deadline, stop, [&dumps](Reply &reply) -> tl::expected<bool, Problem> {
        if (const auto *part = std::get_if<RulesPart>(&reply)) {
            if (!dumps.at(static_cast<std::size_t>(part->kind)).add(*part)) {
                return tl::unexpected(outOfTurn());
            }
            return false;
        }
        if (std::holds_alternative<Done>(reply)) {
            return true;
        }
        return tl::unexpected(outOfTurn());
    });
    if (!done) {
        return tl::unexpected(done.error());
    }
    return RulesText{dumps[0].reading(QStringLiteral("bothways-helper: libnftables list ruleset")),
                     dumps[1].reading(QStringLiteral("bothways-helper: /proc/net/ip_tables_names")),
                     dumps[2].reading(QStringLiteral("bothways-helper: /proc/net/ip6_tables_names"))};
}

Reading<evidence::NeighbourProbe> Helper::neighbour(const net::IpAddress &target, const QString &interface, int requests,
                                                    milliseconds wait, const std::stop_token &stop)
{
    constexpr std::size_t mostAnswers = 1000;
    const AskNeighbour question{interface.toStdString(), target,
                                static_cast<std::uint8_t>(std::clamp(requests, 1, int{mostNeighbourRequests})),
                                static_cast<std::uint16_t>(std::clamp<qint64>(wait.count(), 0, longestNeighbourWaitMs))};
    probe::NeighbourOutcome outcome;
    const auto take = [&outcome](Reply &reply) -> tl::expected<bool, Problem> {
        if (const auto *answer = std::get_if<NeighbourAnswer>(&reply);
            answer != nullptr && outcome.answers.size() < mostAnswers) {
            const qint64 now = QDateTime::currentMSecsSinceEpoch() * 1'000'000;
            outcome.answers.push_back({answer->mac, answer->rttNs, now});
            return false;
        }
        if (const auto *end = std::get_if<NeighbourEnd>(&reply)) {
            constexpr auto lastStep = static_cast<std::uint8_t>(probe::NeighbourStep::Send);
            outcome.step = static_cast<probe::NeighbourStep>(std::min(end->step, lastStep));
            outcome.error = end->error;
            outcome.sent = end->sent;
            return true;
        }
        return tl::unexpected(outOfTurn());
    };
    constexpr milliseconds between{250};
    const auto done = converse(question, wait + between * question.requests + milliseconds(3000), stop, take);
    if (!done && outcome.answers.empty()) {
        const auto source = target.isV4() ? QStringLiteral("ARP request") : QStringLiteral("neighbour solicitation");
        return Reading<evidence::NeighbourProbe>::missing(done.error().access, source, done.error().message);
    }
    outcome.sent = std::max(outcome.sent, outcome.answers.empty() ? 0 : 1); // an answer was asked for
    return probe::neighbourReading(target, interface, outcome);
}

Reading<evidence::Conntrack> Helper::conntrack(milliseconds deadline, const std::stop_token &stop)
{
    const auto source = QStringLiteral("bothways-helper: ctnetlink");
    evidence::Conntrack conntrack;
    const auto done = converse(ReadConntrack{}, deadline, stop, [&conntrack](Reply &reply) -> tl::expected<bool, Problem> {
        const auto *numbers = std::get_if<ConntrackNumbers>(&reply);
        if (numbers == nullptr) {
            return tl::unexpected(outOfTurn());
        }
        conntrack = {numbers->count, numbers->most, numbers->drop, numbers->earlyDrop, numbers->insertFailed};
        return true;
    });
    return done ? Reading<evidence::Conntrack>::read(conntrack, source)
                : Reading<evidence::Conntrack>::missing(done.error().access, source, done.error().message);
}

tl::expected<std::uint32_t, Problem> Helper::ask(const Request &request)
{
    if (m_broken) {
        return tl::unexpected(*m_broken);
    }
    if (m_link->send(encode(++m_lastToken, request), sendPatience) == Link::State::Closed) {
        return tl::unexpected(breakOff(gone()));
    }
    return m_lastToken;
}

tl::expected<std::optional<Taken<Reply>>, Problem> Helper::hear(milliseconds wait)
{
    if (m_broken) {
        return tl::unexpected(*m_broken);
    }
    for (bool waited = false;; waited = true) {
        auto taken = takeReply(Bytes(m_input).subspan(m_taken));
        if (!taken) {
            return tl::unexpected(
                breakOff({Access::Failed, translate("privilege", "The helper said what no helper says (%1); it was ended.")
                                              .arg(QLatin1String(taken.error().text()))}));
        }
        if (*taken) {
            m_taken += (*taken)->size;
            if ((*taken)->token != 0 && (*taken)->token <= m_abandoned) {
                continue;
            }
            return std::optional<Taken<Reply>>(std::move(**taken));
        }
        m_input.erase(m_input.begin(), m_input.begin() + static_cast<std::ptrdiff_t>(m_taken));
        m_taken = 0;
        if (waited) {
            return std::nullopt;
        }
        std::array<std::uint8_t, 65536> room; // NOLINT(cppcoreguidelines-pro-type-member-init): only what was filled is read
        std::size_t count = 0;
        if (m_link->receive(room, count, wait) == Link::State::Closed) {
            return tl::unexpected(breakOff(gone()));
        }
        m_input.insert(m_input.end(), room.begin(), room.begin() + static_cast<std::ptrdiff_t>(count));
    }
}

tl::expected<void, Problem> Helper::converse(const Request &request, milliseconds deadline, const std::stop_token &stop,
                                             const Taker &taker)
{
    const std::lock_guard lock(m_mutex);
    const auto end = Clock::now() + deadline;
    const auto token = ask(request);
    if (!token) {
        return tl::unexpected(token.error());
    }
    while (!stop.stop_requested()) {
        auto heard = hear(slice);
        if (!heard) {
            return tl::unexpected(heard.error());
        }
        if (*heard) {
            auto &message = **heard;
            if (const auto *failure = std::get_if<Failure>(&message.body)) {
                return tl::unexpected(refused(*failure));
            }
            auto last = message.token == *token ? taker(message.body) : tl::unexpected(outOfTurn());
            if (!last) {
                return tl::unexpected(breakOff(last.error()));
            }
            if (*last) {
                return {};
            }
        }
        if (Clock::now() >= end) {
            // What still comes would be taken for an answer to something else.
            return tl::unexpected(breakOff(outOfTime()));
        }
    }
    m_abandoned = *token;
    return tl::unexpected(Problem{Access::NotTried, translate("privilege", "Stopped before the helper had answered.")});
}

Problem Helper::breakOff(Problem problem)
{
    m_broken = problem;
    m_link.reset();
    return problem;
}

Problem Helper::gone()
{
    const auto ending = m_link->ending();
    if (!ending.ended) {
        return {Access::Failed, translate("privilege", "The helper does not listen any more; it was ended.")};
    }
    if (ending.signal != 0) {
        return {Access::Failed, translate("privilege", "The helper was ended by signal %1.").arg(ending.signal)};
    }
    constexpr int notShut = 3;
    constexpr int dismissed = 126;     // pkexec(1): the dialog
    constexpr int notAuthorised = 127; // or nobody was there to ask
    if (ending.exitCode == notShut) {
        return {Access::Failed,
                translate("privilege", "The helper could not give up the rights that it does not need, so it did not begin.")};
    }
    if (ending.exitCode == dismissed) {
        return {Access::Denied,
                translate("privilege", "The rights for the helper were not granted: the question for the password was closed.")};
    }
    if (ending.exitCode == notAuthorised) {
        return {Access::Denied,
                translate("privilege", "The rights for the helper were not granted: this user may not have them, or "
                                       "nothing here can ask for the password.")};
    }
    return {Access::Failed, translate("privilege", "The helper ended with status %1.").arg(ending.exitCode)};
}

Problem Helper::refused(const Failure &failure)
{
    auto words = QString::fromUtf8(failure.text.data(), static_cast<qsizetype>(failure.text.size()));
    if (failure.error != 0) {
        words += QStringLiteral(": ") + probe::errorText(failure.error);
    }
    return {failure.reason == Refusal::NotAllowed ? Access::Denied : Access::Failed,
            translate("privilege", "The helper refused: %1.").arg(words)};
}

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
