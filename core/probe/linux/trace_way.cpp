// SPDX-License-Identifier: GPL-3.0-or-later
#include "probe/linux/trace_way.h"

#include "probe/icmp_outcome.h"
#include "probe/linux/echo_socket.h"
#include "probe/linux/socket/error_text.h"
#include "probe/linux/socket/kernel_clock.h"
#include "probe/linux/socket/new_token.h"
#include "probe/linux/socket/socket_message.h"
#include "words/text.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <deque>

#include <net/if.h>
#include <netinet/in.h>

namespace bothways::probe {

using evidence::EchoOutcome;

namespace {

constexpr int payloadBytes = 32;
constexpr int usualUdpPort = 33434; // traceroute(8)
constexpr int usualTcpPort = 80;

bool isOurs(const std::vector<net::IpAddress> &own, const net::IpAddress &address)
{
    return std::find(own.begin(), own.end(), address) != own.end();
}

class IcmpWay : public TraceWay {
public:
    IcmpWay(IcmpSocket socket, const TracePlan &plan, evidence::ProbeMethod method)
        : m_socket(std::move(socket))
        , m_target(plan.target)
        , m_method(method)
        , m_own(localAddresses())
        , m_cookie(newToken(), payloadBytes)
    {}

    int send(int ttl) override
    {
        m_socket.setTtl(ttl);
        m_socket.clearError();
        // The second request of a hop is told from the first by nothing: whichever is answered answers for both.
        return m_socket.send(ttl, static_cast<std::uint16_t>(ttl), m_cookie.payload(ttl));
    }

    std::optional<TraceAnswer> hear() override
    {
        while (const auto report = m_socket.report()) {
            const auto *refused = std::get_if<IcmpSocket::Refused>(&*report);
            if (refused == nullptr || !m_cookie.match(refused->echo.payload, false).ours) {
                continue;
            }
            TraceAnswer answer{refused->echo.sequence, {}, refused->sender, refused->type, refused->code, refused->errorNumber};
            if (refused->icmp) {
                answer.outcome = outcomeOfIcmp(m_target.family(), refused->type, refused->code, isOurs(m_own, refused->sender));
            } else {
                answer = {refused->echo.sequence, outcomeOfLocalError(refused->errorNumber), {}, {}, {}, refused->errorNumber};
            }
            return answer;
        }
        while (const auto reply = m_socket.receive()) {
            if (m_cookie.match(reply->echo.payload, true).ours && reply->sender == m_target) {
                return TraceAnswer{reply->echo.sequence, EchoOutcome::Reply, reply->sender, {}, {}, 0};
            }
        }
        return std::nullopt;
    }

    std::vector<pollfd> waiting() const override
    {
        m_socket.clearError(); // else poll() returns at once until somebody fetches it
        return {{m_socket.descriptor(), POLLIN, 0}};
    }
    evidence::ProbeMethod method() const override { return m_method; }
    unsigned scope() const override { return m_socket.scope(); }

private:
    IcmpSocket m_socket;
    net::IpAddress m_target;
    evidence::ProbeMethod m_method;
    std::vector<net::IpAddress> m_own;
    EchoCookie m_cookie;
};

class PortWay : public TraceWay {
public:
    explicit PortWay(const TracePlan &plan) : m_plan(plan), m_own(localAddresses()), m_buffer(4096)
    {
        m_scope = plan.interface.isEmpty() ? 0 : ::if_nametoindex(plan.interface.toUtf8().constData());
        if (m_plan.port == 0) {
            m_plan.port = isTcp() ? usualTcpPort : usualUdpPort;
        }
    }

    int send(int ttl) override
    {
        Descriptor socket(
            ::socket(familyOf(m_plan.target), (isTcp() ? SOCK_STREAM : SOCK_DGRAM) | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
        const int on = 1;
        const bool v4 = m_plan.target.isV4();
        const int level = v4 ? IPPROTO_IP : IPPROTO_IPV6;
        if (!socket.isOpen() || ::setsockopt(socket.get(), level, v4 ? IP_TTL : IPV6_UNICAST_HOPS, &ttl, sizeof ttl) != 0 ||
            ::setsockopt(socket.get(), level, v4 ? IP_RECVERR : IPV6_RECVERR, &on, sizeof on) != 0) {
            return errno;
        }
        if (m_plan.source) {
            const auto from = toSocketAddress(*m_plan.source, 0, m_scope);
            if (::bind(socket.get(), from.data(), from.size) != 0) {
                return errno;
            }
        }
        const linger reset{1, 0}; // a connection that comes about is not wanted
        ::setsockopt(socket.get(), SOL_SOCKET, SO_LINGER, &reset, sizeof reset);
        const auto to = toSocketAddress(m_plan.target, m_plan.port + (isTcp() ? 0 : ttl - 1), m_scope);
        int error = ::connect(socket.get(), to.data(), to.size) == 0 ? 0 : errno;
        if (error == 0 && !isTcp()) {
            const std::array<char, payloadBytes> payload{};
            error = ::send(socket.get(), payload.data(), payload.size(), MSG_DONTWAIT | MSG_NOSIGNAL) < 0 ? errno : 0;
        }
        if (error == 0 && isTcp()) {
            m_heard.push_back({ttl, EchoOutcome::Reply, m_plan.target, {}, {}, 0});
        }
        if (error != 0 && error != EINPROGRESS) {
            return error;
        }
        m_sockets.emplace_back(ttl, std::move(socket));
        return 0;
    }

    std::optional<TraceAnswer> hear() override
    {
        for (auto entry = m_sockets.begin(); m_heard.empty() && entry != m_sockets.end();) {
            const auto answer = answerOf(entry->first, entry->second.get());
            if (answer) {
                m_heard.push_back(*answer);
                entry = m_sockets.erase(entry);
            } else {
                ++entry;
            }
        }
        if (m_heard.empty()) {
            return std::nullopt;
        }
        const auto first = m_heard.front();
        m_heard.pop_front();
        return first;
    }

    std::vector<pollfd> waiting() const override
    {
        std::vector<pollfd> items;
        for (const auto &[ttl, socket] : m_sockets) {
            items.push_back({socket.get(), static_cast<short>(isTcp() ? POLLOUT : POLLIN), 0});
        }
        return items;
    }
    evidence::ProbeMethod method() const override
    {
        return isTcp() ? evidence::ProbeMethod::TcpSocket : evidence::ProbeMethod::UdpSocket;
    }
    unsigned scope() const override { return m_scope; }
    int port() const override { return m_plan.port; }

private:
    bool isTcp() const { return m_plan.protocol == evidence::ProbeProtocol::Tcp; }

    std::optional<TraceAnswer> answerOf(int ttl, int socket)
    {
        if (const auto message = receiveMessage(socket, MSG_ERRQUEUE, m_buffer); message && message->error) {
            return refused(ttl, *message);
        }
        pollfd item{socket, static_cast<short>(isTcp() ? POLLOUT : POLLIN), 0};
        if (::poll(&item, 1, 0) <= 0) {
            return std::nullopt;
        }
        int error = 0;
        socklen_t size = sizeof error;
        ::getsockopt(socket, SOL_SOCKET, SO_ERROR, &error, &size);
        // TCP: connected or reset, which is the target's word either way. UDP: a datagram came back.
        if (error == 0 || error == ECONNREFUSED) {
            return TraceAnswer{ttl, EchoOutcome::Reply, m_plan.target, {}, {}, error};
        }
        return TraceAnswer{ttl, outcomeOfLocalError(error), {}, {}, {}, error};
    }

    TraceAnswer refused(int ttl, const SocketMessage &message) const
    {
        const auto &error = *message.error;
        if (!message.isIcmpError()) {
            const auto number = static_cast<int>(error.ee_errno);
            return {ttl, outcomeOfLocalError(number), {}, {}, {}, number};
        }
        const auto sender = message.offender.value_or(net::IpAddress());
        TraceAnswer answer{ttl,
                           outcomeOfIcmp(m_plan.target.family(), error.ee_type, error.ee_code, isOurs(m_own, sender)),
                           sender,
                           int{error.ee_type},
                           int{error.ee_code},
                           static_cast<int>(error.ee_errno)};
        // "No such port" is how the target answers a datagram.
        const int noPort = m_plan.target.isV4() ? 3 : 4;
        const int unreachable =
            m_plan.target.isV4() ? int{net::icmp::destinationUnreachable} : int{net::icmpv6::destinationUnreachable};
        if (sender == m_plan.target && answer.icmpType == unreachable && answer.icmpCode == noPort) {
            answer.outcome = EchoOutcome::Reply;
        }
        return answer;
    }

    TracePlan m_plan;
    std::vector<net::IpAddress> m_own;
    unsigned m_scope = 0;
    std::vector<std::pair<int, Descriptor>> m_sockets;
    std::deque<TraceAnswer> m_heard;
    std::vector<std::uint8_t> m_buffer;
};

} // namespace

tl::expected<std::unique_ptr<TraceWay>, SocketProblem> icmpWay(const TracePlan &plan)
{
    EchoPlan echo;
    echo.target = plan.target;
    echo.source = plan.source;
    echo.interface = plan.interface;
    auto opened = openEitherRung(echo);
    if (!opened) {
        return tl::unexpected(opened.error());
    }
    return std::make_unique<IcmpWay>(std::move(opened->socket), plan, opened->method);
}

std::unique_ptr<TraceWay> portWay(const TracePlan &plan) { return std::make_unique<PortWay>(plan); }

} // namespace bothways::probe
