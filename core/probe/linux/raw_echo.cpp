// SPDX-License-Identifier: GPL-3.0-or-later
#include "probe/linux/raw_echo.h"

#include "probe/linux/socket/new_token.h"

#include <algorithm>
#include <cerrno>

namespace bothways::probe {

namespace {

// A read of one step is bounded, so that a flood of answers cannot keep requests from their turn.
constexpr int readsAtOnce = 256;
// The kernel gives a neighbour up about 3 s after the first request, and only then says so.
constexpr Nanoseconds neighbourVerdictNs = 3'500'000'000;

} // namespace

tl::expected<RawEcho, IcmpProblem> RawEcho::open(const RawEchoQuestion &question)
{
    auto socket = IcmpSocket::open(IcmpRung::RawSocket, question.plan);
    if (!socket) {
        return tl::unexpected(socket.error());
    }
    return RawEcho(std::move(*socket), question);
}

RawEcho::RawEcho(IcmpSocket socket, const RawEchoQuestion &question)
    : m_socket(std::move(socket)), m_question(question), m_cookie(newToken(), question.payloadBytes), m_nextSendNs(monotonicNs())
{}

bool RawEcho::step(const EchoNewsSink &sink)
{
    m_socket.clearError(); // else poll() returns at once until somebody fetches it
    hear(sink);
    const auto now = monotonicNs();
    if (m_sent < m_question.count && now >= m_nextSendNs) {
        send(now, sink);
        m_nextSendNs += m_question.intervalNs;
        m_endNs = now + std::max(m_question.timeoutNs, neighbourVerdictNs);
    }
    return m_sent < m_question.count || now < m_endNs;
}

Nanoseconds RawEcho::nextNs() const { return m_sent < m_question.count ? m_nextSendNs : m_endNs; }

void RawEcho::send(Nanoseconds now, const EchoNewsSink &sink)
{
    EchoNews news;
    news.index = m_sent++;
    news.monotonicNs = now;
    news.realtimeNs = realtimeNs();
    sink(news);
    const auto sequence = static_cast<std::uint16_t>(m_sent);
    const auto payload = m_cookie.payload(news.index);
    news.error = m_socket.send(news.index, sequence, payload);
    if (news.error != 0 && news.error != EPERM) {
        // Perhaps the error of an older packet that came in just now: once more tells.
        hearReports(sink);
        m_socket.clearError();
        news.error = m_socket.send(news.index, sequence, payload);
    }
    if (news.error != 0) {
        news.event = EchoEvent::Failed;
        sink(news);
        hearReports(sink);
        m_socket.restartStamps();
    }
}

// Stamps and errors first: a reply is measured from the stamp of its request.
void RawEcho::hear(const EchoNewsSink &sink)
{
    hearReports(sink);
    for (int i = 0; i < readsAtOnce; ++i) {
        const auto reply = m_socket.receive();
        if (!reply) {
            return;
        }
        hearReports(sink);
        const auto index = indexOf(reply->echo, true);
        if (!index) {
            ++m_foreign;
            continue;
        }
        EchoNews news;
        news.event = EchoEvent::Reply;
        news.index = *index;
        news.monotonicNs = reply->monotonicNs;
        news.realtimeNs = reply->realtimeNs.value_or(0);
        news.sender = reply->sender;
        news.ttl = reply->ttl;
        sink(news);
    }
}

void RawEcho::hearReports(const EchoNewsSink &sink)
{
    for (int i = 0; i < readsAtOnce; ++i) {
        const auto report = m_socket.report();
        if (!report) {
            return;
        }
        EchoNews news;
        if (const auto *left = std::get_if<IcmpSocket::Left>(&*report)) {
            news.event = EchoEvent::Left;
            news.index = left->index;
            news.realtimeNs = left->realtimeNs;
            sink(news);
        } else if (const auto *refused = std::get_if<IcmpSocket::Refused>(&*report)) {
            const auto index = indexOf(refused->echo, false);
            if (!index) {
                continue; // about somebody else's packet
            }
            news.event = EchoEvent::Refused;
            news.index = *index;
            news.sender = refused->sender;
            news.icmp = refused->icmp;
            news.type = refused->type;
            news.code = refused->code;
            news.error = refused->errorNumber;
            sink(news);
        }
    }
}

std::optional<int> RawEcho::indexOf(const net::IcmpEcho &echo, bool whole) const
{
    const auto match = m_cookie.match(echo.payload, whole);
    const int index = echo.sequence - 1;
    const bool ours = match.ours && index >= 0 && index < m_sent && match.index.value_or(index) == index;
    return ours ? std::optional(index) : std::nullopt;
}

} // namespace bothways::probe
