// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "probe/echo_cookie.h"
#include "probe/linux/socket/icmp_socket.h"

#include <functional>

/// Echo requests over a raw socket, for somebody who keeps the ledger elsewhere: sends on time, and tells what happened to each.
/// No Qt: the helper with rights does just this.
namespace bothways::probe {

struct RawEchoQuestion {
    IcmpPlan plan;
    int count = 10; ///< at most 65535: a sequence number means one request
    Nanoseconds intervalNs = 200'000'000;
    Nanoseconds timeoutNs = 1'000'000'000;
    int payloadBytes = 56;
};

/// One thing that happened to a request; the numbers are part of the helper's protocol.
enum class EchoEvent : std::uint8_t {
    Sent,   ///< before anything else about this request
    Failed, ///< the send call
    Left,   ///< the kernel handed it to the driver
    Reply,
    Refused ///< an error about it came
};
struct EchoNews {
    EchoEvent event = EchoEvent::Sent;
    int index = 0;               ///< of the request, from 0
    Nanoseconds monotonicNs = 0; ///< when it was sent, or the reply read
    Nanoseconds realtimeNs = 0;  ///< the kernel's stamp where it has one (0: none); for Sent the clock's
    net::IpAddress sender;       ///< of a reply or an error
    std::optional<int> ttl;      ///< of a reply
    bool icmp = false;           ///< Refused: by an ICMP error, else by our own socket
    int type = 0;
    int code = 0;
    int error = 0; ///< errno of Failed and Refused
};
using EchoNewsSink = std::function<void(const EchoNews &)>;

class RawEcho {
public:
    static tl::expected<RawEcho, IcmpProblem> open(const RawEchoQuestion &question);

    int descriptor() const { return m_socket.descriptor(); }
    /// Does what is due now and tells it; never blocks. False when nothing more is waited for.
    bool step(const EchoNewsSink &sink);
    /// When the next step is due where the descriptor does not become readable before.
    Nanoseconds nextNs() const;

    int sent() const { return m_sent; }
    int foreign() const { return m_foreign; } ///< replies with our identifier that are to none of our requests

private:
    RawEcho(IcmpSocket socket, const RawEchoQuestion &question);
    void send(Nanoseconds now, const EchoNewsSink &sink);
    void hear(const EchoNewsSink &sink);
    void hearReports(const EchoNewsSink &sink);
    /// The request that an answer is to.
    std::optional<int> indexOf(const net::IcmpEcho &echo, bool whole) const;

    IcmpSocket m_socket;
    RawEchoQuestion m_question;
    EchoCookie m_cookie;
    Nanoseconds m_nextSendNs;
    Nanoseconds m_endNs = 0; ///< once all are sent
    int m_sent = 0;
    int m_foreign = 0;
};

} // namespace bothways::probe
