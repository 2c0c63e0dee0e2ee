// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "probe/linux/socket/icmp_socket.h"
#include "probe/linux/trace.h"
#include "probe/plan.h"

#include <memory>
#include <vector>

#include <poll.h>

/// How a trace's packets go out and what comes back of them, for each protocol.
namespace bothways::probe {

/// What became of the packet with that TTL. Reply: the target itself answered.
struct TraceAnswer {
    int ttl = 0;
    evidence::EchoOutcome outcome = evidence::EchoOutcome::Silence;
    std::optional<net::IpAddress> sender;
    std::optional<int> icmpType;
    std::optional<int> icmpCode;
    int errorNumber = 0;
};

class TraceWay {
public:
    TraceWay() = default;
    virtual ~TraceWay() = default;
    TraceWay(const TraceWay &) = delete;
    TraceWay &operator=(const TraceWay &) = delete;
    TraceWay(TraceWay &&) = delete;
    TraceWay &operator=(TraceWay &&) = delete;

    /// Gives 0 or an errno of our own machine. At most twice for a TTL.
    virtual int send(int ttl) = 0;
    /// The next answer, if one is waiting.
    virtual std::optional<TraceAnswer> hear() = 0;
    /// What to wait for; what poll() found is heard before the next call.
    virtual std::vector<pollfd> waiting() const = 0;
    virtual evidence::ProbeMethod method() const = 0;
    virtual unsigned scope() const = 0;
    virtual int port() const { return 0; }
};

tl::expected<std::unique_ptr<TraceWay>, SocketProblem> icmpWay(const TracePlan &plan);
/// UDP and TCP: a socket for each packet, whose own errors tell whose fate they are (IP_RECVERR; TCP since Linux 5.9).
std::unique_ptr<TraceWay> portWay(const TracePlan &plan);

} // namespace bothways::probe
