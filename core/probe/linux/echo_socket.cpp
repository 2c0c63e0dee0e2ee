// SPDX-License-Identifier: GPL-3.0-or-later
#include "probe/linux/echo_socket.h"

#include "probe/echo_ledger.h"
#include "probe/icmp_outcome.h"
#include "probe/linux/socket/error_text.h"
#include "probe/linux/socket/kernel_clock.h"
#include "probe/linux/socket/new_token.h"
#include "words/text.h"

#include <algorithm>
#include <cerrno>
#include <chrono>

#include <poll.h>

namespace bothways::probe {

namespace {

using std::chrono::milliseconds;

// A read of one wake-up is bounded, so that a flood of answers cannot keep requests and the stop from their turn.
constexpr int readsAtOnce = 256;

evidence::ProbeMethod methodOf(IcmpRung rung)
{
    return rung == IcmpRung::PingSocket ? evidence::ProbeMethod::PingSocket : evidence::ProbeMethod::RawSocket;
}

class EchoRun {
public:
    EchoRun(IcmpSocket socket, const EchoPlan &plan, const SampleSink &sink)
        : m_socket(std::move(socket))
        , m_plan(plan)
        , m_own(localAddresses())
        , m_cookie(newToken(), plan.payloadBytes)
        , m_ledger(plan.target, nanoseconds(plan.timeout), sink)
    {}

    evidence::EchoSeries run(const std::stop_token &stop)
    {
        evidence::EchoSeries series;
        series.source = sourceTowards(m_plan.target, m_plan.source, m_socket.scope());
        m_nextSendNs = monotonicNs();
        while (!stop.stop_requested()) {
            hear();
            const qint64 now = monotonicNs();
            if (!allSent() && now >= m_nextSendNs) {
                send();
                m_nextSendNs += nanoseconds(m_plan.interval);
                continue;
            }
            m_ledger.expire(now);
            if (allSent() && m_ledger.settled() && now >= m_ledger.neighbourVerdictBy().value_or(now)) {
                break;
            }
            wait(now);
        }
        hear();
        m_ledger.cancel();
        series.samples = m_ledger.finish();
        series.duplicates = m_ledger.duplicates();
        series.foreign = m_ledger.foreign();
        return series;
    }

private:
    bool allSent() const { return m_ledger.nextIndex() >= m_plan.count; }

    void send()
    {
        const int index = m_ledger.nextIndex();
        const auto sequence = m_ledger.nextSequence();
        const auto payload = m_cookie.payload(index);
        m_socket.clearError();
        m_ledger.sent(monotonicNs(), realtimeNs(), QDateTime::currentDateTimeUtc());
        int error = m_socket.send(index, sequence, payload);
        if (error == 0) {
            return;
        }
        if (error != EPERM) {
            // Perhaps the error of an older packet that came in just now: once more tells.
            hearReports();
            m_socket.clearError();
            error = m_socket.send(index, sequence, payload);
        }
        if (error != 0) {
            m_ledger.sendFailed(index, error);
            hearReports();
            m_socket.restartStamps();
        }
    }

    // Stamps and errors first: a reply is measured from the stamp of its request.
    void hear()
    {
        hearReports();
        for (int i = 0; i < readsAtOnce; ++i) {
            const auto reply = m_socket.receive();
            if (!reply) {
                return;
            }
            hearReports();
            EchoLedger::Reply known;
            known.sequence = reply->echo.sequence;
            known.cookie = m_cookie.match(reply->echo.payload, true);
            known.sender = reply->sender;
            known.monotonicNs = reply->monotonicNs;
            known.realtimeNs = reply->realtimeNs;
            known.ttl = reply->ttl;
            m_ledger.reply(known);
        }
    }

    void hearReports()
    {
        for (int i = 0; i < readsAtOnce; ++i) {
            const auto report = m_socket.report();
            if (!report) {
                return;
            }
            if (const auto *left = std::get_if<IcmpSocket::Left>(&*report)) {
                m_ledger.left(left->index, left->realtimeNs);
            } else if (const auto *refused = std::get_if<IcmpSocket::Refused>(&*report)) {
                m_ledger.error(errorOf(*refused));
            }
        }
    }

    EchoLedger::Error errorOf(const IcmpSocket::Refused &refused) const
    {
        auto error = probe::errorOf(refused, m_plan.target.family(), m_own);
        error.cookie = m_cookie.match(refused.echo.payload, false);
        return error;
    }

    void wait(qint64 now) const
    {
        qint64 until = now + sliceNs;
        if (!allSent()) {
            until = std::min(until, m_nextSendNs);
        }
        until = std::min(until, m_ledger.nextExpiry().value_or(until));
        const qint64 span = std::max<qint64>(until - now, 0);
        const timespec time{span / 1'000'000'000, span % 1'000'000'000};
        pollfd item{m_socket.descriptor(), POLLIN, 0};
        ::ppoll(&item, 1, &time, nullptr);
        if ((item.revents & POLLERR) != 0) {
            m_socket.clearError(); // else poll() returns at once until somebody fetches it
        }
    }

    IcmpSocket m_socket;
    EchoPlan m_plan;
    std::vector<net::IpAddress> m_own;
    EchoCookie m_cookie;
    EchoLedger m_ledger;
    qint64 m_nextSendNs = 0;
};

} // namespace

EchoPlan bounded(EchoPlan plan)
{
    plan.count = std::clamp(plan.count, 1, 100'000);
    plan.interval = std::clamp(plan.interval, milliseconds(1), milliseconds(3'600'000));
    plan.timeout = std::clamp(plan.timeout, milliseconds(1), milliseconds(60'000));
    plan.payloadBytes = std::clamp(plan.payloadBytes, 0, 65'507 - static_cast<int>(net::icmpHeaderSize));
    return plan;
}

IcmpPlan icmpPlan(const EchoPlan &plan) { return {plan.target, plan.source, plan.interface.toStdString()}; }

EchoLedger::Error errorOf(const IcmpSocket::Refused &refused, net::Family family, const std::vector<net::IpAddress> &own)
{
    EchoLedger::Error error;
    error.sequence = refused.echo.sequence;
    error.errorNumber = refused.errorNumber;
    error.sender = refused.sender;
    if (!refused.icmp) {
        error.outcome = outcomeOfLocalError(refused.errorNumber);
        return error;
    }
    const bool fromOurselves = std::find(own.begin(), own.end(), refused.sender) != own.end();
    error.outcome = outcomeOfIcmp(family, refused.type, refused.code, fromOurselves);
    error.type = refused.type;
    error.code = refused.code;
    return error;
}

SocketProblem problemOf(IcmpRung rung, const IcmpProblem &problem, const EchoPlan &plan)
{
    const auto why = errorText(problem.error);
    switch (problem.step) {
    case IcmpStep::Interface:
        return {translate("probe", "A link-local address is only meaningful on an interface, and there is no interface '%1'.")
                    .arg(plan.interface)};
    case IcmpStep::Source:
        return {translate("probe", "Cannot use the source address %1: %2.")
                    .arg(plan.source ? text(plan.source->toString()) : QString(), why)};
    case IcmpStep::Options:
        return {translate("probe", "Cannot set the hop limit or the fragmentation of the requests: %1.").arg(why)};
    default:
        const auto words = rung == IcmpRung::PingSocket
                               ? translate("probe", "The kernel gives no ping socket (net.ipv4.ping_group_range): %1.")
                               : translate("probe", "The kernel gives no raw socket (CAP_NET_RAW): %1.");
        return {words.arg(why), problem.isDenial()};
    }
}

tl::expected<evidence::EchoSeries, SocketProblem> echoOverSocket(IcmpRung rung, const EchoPlan &plan, const std::stop_token &stop,
                                                                 const SampleSink &sink)
{
    auto socket = IcmpSocket::open(rung, icmpPlan(plan));
    if (!socket) {
        return tl::unexpected(problemOf(rung, socket.error(), plan));
    }
    auto series = EchoRun(std::move(*socket), plan, sink).run(stop);
    series.method = methodOf(rung);
    return series;
}

tl::expected<OpenedSocket, SocketProblem> openEitherRung(const EchoPlan &plan)
{
    auto ping = IcmpSocket::open(IcmpRung::PingSocket, icmpPlan(plan));
    if (ping) {
        return OpenedSocket{std::move(*ping), methodOf(IcmpRung::PingSocket)};
    }
    const auto first = problemOf(IcmpRung::PingSocket, ping.error(), plan);
    if (!first.denied) {
        return tl::unexpected(first);
    }
    auto raw = IcmpSocket::open(IcmpRung::RawSocket, icmpPlan(plan));
    if (raw) {
        return OpenedSocket{std::move(*raw), methodOf(IcmpRung::RawSocket)};
    }
    const auto second = problemOf(IcmpRung::RawSocket, raw.error(), plan);
    return tl::unexpected(SocketProblem{first.message + QLatin1Char(' ') + second.message, second.denied});
}

} // namespace bothways::probe
