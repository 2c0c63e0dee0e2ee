// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "evidence/echo_outcome.h"
#include "evidence/path.h"
#include "evidence/reading.h"
#include "net/address.h"

#include <QString>

#include <optional>
#include <vector>

/// What active measurement saw. Durations are nanoseconds on a monotonic clock or between kernel stamps.
namespace bothways::evidence {

/// Whose clock stamped a request and its reply: the kernel both, the kernel the reply only, this program, ping(8).
enum class Stamps { None, Kernel, KernelReceive, User, PingProgram };
template <>
struct Words<Stamps> {
    static constexpr Word<Stamps> all[] = {{Stamps::None, ""},
                                           {Stamps::Kernel, "kernel"},
                                           {Stamps::KernelReceive, "kernel-rx"},
                                           {Stamps::User, "user"},
                                           {Stamps::PingProgram, "ping-program"}};
};

struct EchoSample {
    int sequence = 0;
    QDateTime sentAt; ///< UTC, for the record only; never used for rttNs
    EchoOutcome outcome = EchoOutcome::Silence;
    std::optional<qint64> rttNs;     ///< best stamps available, see stamps
    std::optional<qint64> userRttNs; ///< the same by user-space clock, for comparison
    Stamps stamps = Stamps::None;
    std::optional<net::IpAddress> sender; ///< who sent the reply or the error
    std::optional<int> ttl;               ///< of the reply
    std::optional<int> icmpType;
    std::optional<int> icmpCode;
    int errorNumber = 0; ///< Linux errno, 0 if none
    bool late = false;   ///< answered after its timeout; counted as lost

    template <typename Self, typename Visitor>
    static void fields(Self &self, Visitor &visit)
    {
        visit("sequence", self.sequence);
        visit("sent_at", self.sentAt);
        visit("outcome", self.outcome);
        visit("rtt_ns", self.rttNs);
        visit("user_rtt_ns", self.userRttNs);
        visit("stamps", self.stamps);
        visit("sender", self.sender);
        visit("ttl", self.ttl);
        visit("icmp_type", self.icmpType);
        visit("icmp_code", self.icmpCode);
        visit("error_number", self.errorNumber);
        visit("late", self.late);
    }
    bool operator==(const EchoSample &) const = default;
};

/// What a series of echo requests is for. Main is what the user would type.
enum class EchoPurpose { None, Main, OtherSource, V6, Gateway, Guest, Live };
template <>
struct Words<EchoPurpose> {
    static constexpr Word<EchoPurpose> all[] = {
        {EchoPurpose::None, ""},    {EchoPurpose::Main, "main"},       {EchoPurpose::OtherSource, "other-source"},
        {EchoPurpose::V6, "v6"},    {EchoPurpose::Gateway, "gateway"}, {EchoPurpose::Guest, "guest"},
        {EchoPurpose::Live, "live"}};
};

struct EchoSeries {
    EchoPurpose purpose = EchoPurpose::None;
    net::IpAddress target;
    std::optional<net::IpAddress> source; ///< source address actually used, where known
    QString interface;
    ProbeMethod method = ProbeMethod::None;
    int payloadBytes = 0;
    std::vector<EchoSample> samples;
    int duplicates = 0; ///< further replies to a sequence already answered
    int foreign = 0;    ///< replies with our identifier that match no request of ours, or from another sender

    int sent() const { return static_cast<int>(samples.size()); }
    int received() const
    {
        int count = 0;
        for (const auto &sample : samples) {
            count += sample.outcome == EchoOutcome::Reply && !sample.late ? 1 : 0;
        }
        return count;
    }

    template <typename Self, typename Visitor>
    static void fields(Self &self, Visitor &visit)
    {
        visit("purpose", self.purpose);
        visit("target", self.target);
        visit("source", self.source);
        visit("interface", self.interface);
        visit("method", self.method);
        visit("payload_bytes", self.payloadBytes);
        visit("samples", self.samples);
        visit("duplicates", self.duplicates);
        visit("foreign", self.foreign);
    }
    bool operator==(const EchoSeries &) const = default;
};

/// The samples, each with its time. The guest's ping prints none: it sends one request a second, and the reading says when.
inline std::vector<EchoSample> timed(const Reading<EchoSeries> &reading)
{
    auto samples = reading.value.samples;
    auto at = reading.at;
    for (auto &sample : samples) {
        if (!sample.sentAt.isValid()) {
            sample.sentAt = at;
        }
        at = at.addSecs(1);
    }
    return samples;
}

struct NeighbourAnswer {
    net::MacAddress mac;
    qint64 rttNs = 0;
    QDateTime at;

    template <typename Self, typename Visitor>
    static void fields(Self &self, Visitor &visit)
    {
        visit("mac", self.mac);
        visit("rtt_ns", self.rttNs);
        visit("at", self.at);
    }
    bool operator==(const NeighbourAnswer &) const = default;
};

/// ARP request (RFC 826) or neighbour solicitation (RFC 4861): every answer is kept, so that two owners show.
struct NeighbourProbe {
    net::IpAddress target;
    QString interface;
    int requestsSent = 0;
    std::vector<NeighbourAnswer> answers;

    template <typename Self, typename Visitor>
    static void fields(Self &self, Visitor &visit)
    {
        visit("target", self.target);
        visit("interface", self.interface);
        visit("requests_sent", self.requestsSent);
        visit("answers", self.answers);
    }
    bool operator==(const NeighbourProbe &) const = default;
};

enum class PortOutcome {
    Open,        ///< TCP SYN-ACK, or a UDP datagram came back
    Refused,     ///< RST or ICMP port unreachable: the address is alive
    Silent,      ///< nothing within the timeout
    Unreachable, ///< EHOSTUNREACH / ENETUNREACH
    Denied,      ///< EACCES / EPERM from our own machine
    Failed,      ///< any other errno
    Cancelled,
};
template <>
struct Words<PortOutcome> {
    static constexpr Word<PortOutcome> all[] = {{PortOutcome::Open, "open"},          {PortOutcome::Refused, "refused"},
                                                {PortOutcome::Silent, "silent"},      {PortOutcome::Unreachable, "unreachable"},
                                                {PortOutcome::Denied, "denied"},      {PortOutcome::Failed, "failed"},
                                                {PortOutcome::Cancelled, "cancelled"}};
};

struct PortProbe {
    ProbeProtocol protocol = ProbeProtocol::None;
    net::IpAddress target;
    int port = 0;
    PortOutcome outcome = PortOutcome::Silent;
    int errorNumber = 0;
    std::optional<qint64> rttNs; ///< connect() to its answer, user-space clock

    template <typename Self, typename Visitor>
    static void fields(Self &self, Visitor &visit)
    {
        visit("protocol", self.protocol);
        visit("target", self.target);
        visit("port", self.port);
        visit("outcome", self.outcome);
        visit("error_number", self.errorNumber);
        visit("rtt_ns", self.rttNs);
    }
    bool operator==(const PortProbe &) const = default;
};

struct Probes {
    std::vector<Reading<EchoSeries>> echoes; ///< host -> VM; the main one is what the user would type
    std::vector<Reading<NeighbourProbe>> neighbours;
    std::vector<Reading<PortProbe>> ports;
    std::vector<Reading<PathTrace>> traces;
    std::vector<Reading<PathMtu>> pathMtus;

    template <typename Self, typename Visitor>
    static void fields(Self &self, Visitor &visit)
    {
        visit("echoes", self.echoes);
        visit("neighbours", self.neighbours);
        visit("ports", self.ports);
        visit("traces", self.traces);
        visit("path_mtus", self.pathMtus);
    }
    bool operator==(const Probes &) const = default;
};

} // namespace bothways::evidence
