// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "evidence/echo_outcome.h"
#include "net/address.h"

#include <QString>

#include <optional>
#include <vector>

/// What was seen of the way to the VM: its hops, and how large a packet it carries.
namespace bothways::evidence {

/// What asked.
enum class ProbeMethod { None, PingSocket, RawSocket, HelperRawSocket, UdpSocket, TcpSocket, PingProgram, GuestPing };
template <>
struct Words<ProbeMethod> {
    static constexpr Word<ProbeMethod> all[] = {{ProbeMethod::None, ""},
                                                {ProbeMethod::PingSocket, "ping-socket"},
                                                {ProbeMethod::RawSocket, "raw-socket"},
                                                {ProbeMethod::HelperRawSocket, "raw-socket (helper)"},
                                                {ProbeMethod::UdpSocket, "udp-socket"},
                                                {ProbeMethod::TcpSocket, "tcp-socket"},
                                                {ProbeMethod::PingProgram, "ping-program"},
                                                {ProbeMethod::GuestPing, "guest-ping"}};
};

/// What the question is made of.
enum class ProbeProtocol { None, Icmp, Udp, Tcp };
template <>
struct Words<ProbeProtocol> {
    static constexpr Word<ProbeProtocol> all[] = {
        {ProbeProtocol::None, ""}, {ProbeProtocol::Icmp, "icmp"}, {ProbeProtocol::Udp, "udp"}, {ProbeProtocol::Tcp, "tcp"}};
};

/// What one TTL brought to light.
struct TraceHop {
    int ttl = 0;
    EchoOutcome outcome = EchoOutcome::Silence; ///< Reply: the target itself answered, in whatever way its protocol has
    std::optional<net::IpAddress> sender;       ///< who answered or complained
    std::optional<qint64> rttNs;                ///< user-space clock
    std::optional<int> icmpType;
    std::optional<int> icmpCode;
    int errorNumber = 0; ///< Linux errno, 0 if none
    int requests = 0;    ///< sent with this TTL

    template <typename Self, typename Visitor>
    static void fields(Self &self, Visitor &visit)
    {
        visit("ttl", self.ttl);
        visit("outcome", self.outcome);
        visit("sender", self.sender);
        visit("rtt_ns", self.rttNs);
        visit("icmp_type", self.icmpType);
        visit("icmp_code", self.icmpCode);
        visit("error_number", self.errorNumber);
        visit("requests", self.requests);
    }
    bool operator==(const TraceHop &) const = default;
};

/// The routers on the way, each named by the packet whose TTL (hop limit) ran out there.
struct PathTrace {
    ProbeProtocol protocol = ProbeProtocol::None;
    net::IpAddress target;
    std::optional<net::IpAddress> source;
    int port = 0; ///< of the target: tcp, and the first of udp; else 0
    ProbeMethod method = ProbeMethod::None;
    std::vector<TraceHop> hops; ///< ascending TTL; ends at the target, at a refusal, at a loop, or at the limit
    bool reached = false;       ///< the target answered
    bool cutShort = false;      ///< deadline or stop came first

    template <typename Self, typename Visitor>
    static void fields(Self &self, Visitor &visit)
    {
        visit("protocol", self.protocol);
        visit("target", self.target);
        visit("source", self.source);
        visit("port", self.port);
        visit("method", self.method);
        visit("hops", self.hops);
        visit("reached", self.reached);
        visit("cut_short", self.cutShort);
    }
    bool operator==(const PathTrace &) const = default;
};

/// "Fragmentation needed" (RFC 792) or "packet too big" (RFC 4443) that was heard.
struct TooBigNotice {
    net::IpAddress sender;
    int mtu = 0;  ///< that the sender asks for: bytes of the IP packet; 0 from an old router
    int size = 0; ///< of the packet complained of

    template <typename Self, typename Visitor>
    static void fields(Self &self, Visitor &visit)
    {
        visit("sender", self.sender);
        visit("mtu", self.mtu);
        visit("size", self.size);
    }
    bool operator==(const TooBigNotice &) const = default;
};

struct SizeLoss {
    int size = 0; ///< bytes of the IP packet
    int sent = 0;
    int answered = 0;

    template <typename Self, typename Visitor>
    static void fields(Self &self, Visitor &visit)
    {
        visit("size", self.size);
        visit("sent", self.sent);
        visit("answered", self.answered);
    }
    bool operator==(const SizeLoss &) const = default;
};

/// How large an echo request may be that must not be fragmented. Sizes are bytes of the whole IP packet, as an MTU counts them.
struct PathMtu {
    net::IpAddress target;
    std::optional<net::IpAddress> source;
    QString interface;    ///< it leaves through; empty if not known
    int interfaceMtu = 0; ///< of that interface; 0 if not known
    ProbeMethod method = ProbeMethod::None;
    int largestAnswered = 0;
    int smallestUnanswered = 0;        ///< larger than largestAnswered; 0: everything that could be sent was answered
    int refusedHere = 0;               ///< smallest size that our own kernel would not send (EMSGSIZE); 0: none was refused
    std::vector<TooBigNotice> notices; ///< one for each sender and MTU
    std::vector<SizeLoss> sizes;       ///< ascending: the same question for a few usual sizes, asked several times
    bool cutShort = false;             ///< deadline or stop came first: the bounds are wider than need be

    template <typename Self, typename Visitor>
    static void fields(Self &self, Visitor &visit)
    {
        visit("target", self.target);
        visit("source", self.source);
        visit("interface", self.interface);
        visit("interface_mtu", self.interfaceMtu);
        visit("method", self.method);
        visit("largest_answered", self.largestAnswered);
        visit("smallest_unanswered", self.smallestUnanswered);
        visit("refused_here", self.refusedHere);
        visit("notices", self.notices);
        visit("sizes", self.sizes);
        visit("cut_short", self.cutShort);
    }
    bool operator==(const PathMtu &) const = default;
};

} // namespace bothways::evidence
