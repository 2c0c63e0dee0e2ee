// SPDX-License-Identifier: GPL-3.0-or-later
#include "probe/linux/port_probe.h"

#include "probe/linux/socket/descriptor.h"
#include "probe/linux/socket/error_text.h"
#include "probe/linux/socket/kernel_clock.h"
#include "probe/linux/socket/socket_address.h"
#include "words/text.h"

#include <algorithm>
#include <array>
#include <cerrno>

#include <poll.h>
#include <sys/socket.h>

namespace bothways::probe {

using evidence::Access;
using evidence::PortOutcome;
using evidence::PortProbe;
using evidence::Reading;

namespace {

PortOutcome outcomeOf(int errorNumber)
{
    switch (errorNumber) {
    case 0:
        return PortOutcome::Open;
    case ECONNREFUSED:
        return PortOutcome::Refused;
    case ETIMEDOUT: // the kernel gave up before we did
        return PortOutcome::Silent;
    case EHOSTUNREACH:
    case ENETUNREACH:
        return PortOutcome::Unreachable;
    case EACCES:
    case EPERM:
        return PortOutcome::Denied;
    default:
        return PortOutcome::Failed;
    }
}

enum class Wait { Ready, TimedOut, Stopped };

Wait waitFor(int socket, short events, qint64 endNs, const std::stop_token &stop)
{
    for (;;) {
        if (stop.stop_requested()) {
            return Wait::Stopped;
        }
        const qint64 now = monotonicNs();
        if (now >= endNs) {
            return Wait::TimedOut;
        }
        const timespec time{0, std::min(endNs - now, sliceNs)};
        pollfd item{socket, events, 0};
        if (::ppoll(&item, 1, &time, nullptr) > 0) {
            return Wait::Ready;
        }
    }
}

int pendingError(int socket)
{
    int error = 0;
    socklen_t size = sizeof error;
    return ::getsockopt(socket, SOL_SOCKET, SO_ERROR, &error, &size) == 0 ? error : errno;
}

/// What both protocols share: the socket, its source, its clock and its result.
class PortRun {
public:
    PortRun(evidence::ProbeProtocol protocol, const net::IpAddress &target, int port, std::chrono::milliseconds timeout)
        : m_timeoutNs(nanoseconds(std::clamp(timeout, std::chrono::milliseconds(1), std::chrono::milliseconds(60'000))))
    {
        m_probe.protocol = protocol;
        m_probe.target = target;
        m_probe.port = port;
    }

    /// Why no probe is possible, or empty.
    QString open(int type, const std::optional<net::IpAddress> &source)
    {
        if (m_probe.port < 1 || m_probe.port > 65535) {
            return translate("probe", "There is no port %1.").arg(m_probe.port);
        }
        m_socket = Descriptor(::socket(familyOf(m_probe.target), type | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
        if (!m_socket.isOpen()) {
            return translate("probe", "The kernel gives no socket: %1.").arg(errorText(errno));
        }
        if (source) {
            const auto from = toSocketAddress(*source);
            if (::bind(m_socket.get(), from.data(), from.size) != 0) {
                return translate("probe", "Cannot use the source address %1: %2.")
                    .arg(text(source->toString()), errorText(errno));
            }
        }
        m_startNs = monotonicNs();
        return {};
    }

    int connect() const
    {
        const auto to = toSocketAddress(m_probe.target, m_probe.port);
        return ::connect(m_socket.get(), to.data(), to.size) == 0 ? 0 : errno;
    }
    int descriptor() const { return m_socket.get(); }
    Wait wait(short events, const std::stop_token &stop) const
    {
        return waitFor(m_socket.get(), events, m_startNs + m_timeoutNs, stop);
    }

    PortProbe answered(int error)
    {
        m_probe.outcome = outcomeOf(error);
        m_probe.errorNumber = error;
        m_probe.rttNs = monotonicNs() - m_startNs;
        return m_probe;
    }
    /// Our own machine refused before anything was sent: there is no time to tell.
    PortProbe refusedHere(int error)
    {
        m_probe.outcome = outcomeOf(error);
        m_probe.errorNumber = error;
        return m_probe;
    }
    PortProbe ended(Wait how)
    {
        m_probe.outcome = how == Wait::Stopped ? PortOutcome::Cancelled : PortOutcome::Silent;
        return m_probe;
    }

private:
    Descriptor m_socket;
    PortProbe m_probe;
    qint64 m_timeoutNs;
    qint64 m_startNs = 0;
};

} // namespace

Reading<PortProbe> tcp(const net::IpAddress &target, int port, std::optional<net::IpAddress> source,
                       std::chrono::milliseconds timeout, const std::stop_token &stop)
{
    const auto origin = QStringLiteral("TCP connect");
    PortRun run(evidence::ProbeProtocol::Tcp, target, port, timeout);
    if (const auto problem = run.open(SOCK_STREAM, source); !problem.isEmpty()) {
        return Reading<PortProbe>::missing(Access::Failed, origin, problem);
    }
    const int error = run.connect();
    if (error == 0) {
        return Reading<PortProbe>::read(run.answered(0), origin);
    }
    if (error != EINPROGRESS) {
        return Reading<PortProbe>::read(run.refusedHere(error), origin);
    }
    const auto waited = run.wait(POLLOUT, stop);
    return Reading<PortProbe>::read(waited == Wait::Ready ? run.answered(pendingError(run.descriptor())) : run.ended(waited),
                                    origin);
}

Reading<PortProbe> udp(const net::IpAddress &target, int port, std::optional<net::IpAddress> source,
                       std::chrono::milliseconds timeout, const std::stop_token &stop)
{
    const auto origin = QStringLiteral("UDP datagram");
    PortRun run(evidence::ProbeProtocol::Udp, target, port, timeout);
    if (const auto problem = run.open(SOCK_DGRAM, source); !problem.isEmpty()) {
        return Reading<PortProbe>::missing(Access::Failed, origin, problem);
    }
    if (const int error = run.connect(); error != 0) {
        return Reading<PortProbe>::read(run.refusedHere(error), origin);
    }
    // A line end: the least that the text protocols of inetd's days answer, and nothing to the others.
    constexpr std::array payload{'\r', '\n'};
    if (::send(run.descriptor(), payload.data(), payload.size(), MSG_DONTWAIT | MSG_NOSIGNAL) < 0) {
        return Reading<PortProbe>::read(run.refusedHere(errno), origin);
    }
    const auto waited = run.wait(POLLIN, stop);
    if (waited != Wait::Ready) {
        return Reading<PortProbe>::read(run.ended(waited), origin);
    }
    std::array<char, 1> byte{};
    const auto got = ::recv(run.descriptor(), byte.data(), byte.size(), MSG_DONTWAIT);
    return Reading<PortProbe>::read(run.answered(got < 0 ? errno : 0), origin);
}

} // namespace bothways::probe
