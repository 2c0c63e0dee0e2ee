// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "evidence/probes.h"
#include "probe/echo_cookie.h"

#include <functional>
#include <optional>
#include <vector>

/// Which answer belongs to which request. Pure: every time comes from the caller.
namespace bothways::probe {

class EchoLedger {
public:
    using Sink = std::function<void(const evidence::EchoSample &)>;

    EchoLedger(const net::IpAddress &target, qint64 timeoutNs, Sink sink);

    /// Sequence number on the wire of the next request; it wraps at 16 bits, samples count on.
    std::uint16_t nextSequence() const;
    int nextIndex() const { return static_cast<int>(m_entries.size()); }

    /// The next request goes out; every other call about it comes after this one.
    void sent(qint64 monotonicNs, qint64 realtimeNs, const QDateTime &at);
    /// The send call for request `index` failed.
    void sendFailed(int index, int errorNumber);
    /// The kernel's transmit stamp: the request has left towards the driver.
    void left(int index, qint64 realtimeNs);

    struct Answer {
        std::uint16_t sequence = 0;
        EchoCookie::Match cookie;
        net::IpAddress sender;
    };
    struct Reply : Answer {
        qint64 monotonicNs = 0;
        std::optional<qint64> realtimeNs; ///< the kernel's receive stamp
        std::optional<int> ttl;
    };
    void reply(const Reply &reply);

    struct Error : Answer {
        evidence::EchoOutcome outcome = evidence::EchoOutcome::Unreachable;
        std::optional<int> type; ///< ICMP; none for an error of our own socket
        std::optional<int> code;
        int errorNumber = 0;
    };
    void error(const Error &error);

    /// Requests whose timeout has passed become Silence. An answer that still comes is kept, flagged late.
    void expire(qint64 nowNs);
    std::optional<qint64> nextExpiry() const;

    bool settled() const { return m_open == 0; }
    /// Until when it pays to listen on: requests without a transmit stamp wait in the kernel for the neighbour's address, which
    /// it gives up about 3 s after the first (3 requests, 1 s apart). Nothing when every request has left or has its verdict.
    std::optional<qint64> neighbourVerdictBy() const;

    /// Unsettled requests become Cancelled.
    void cancel();

    int duplicates() const { return m_duplicates; }
    int foreign() const { return m_foreign; }
    /// The end: the samples in order of sending.
    std::vector<evidence::EchoSample> finish();

private:
    struct Entry {
        evidence::EchoSample sample;
        qint64 sentNs = 0;
        qint64 sentRealtimeNs = 0;
        std::optional<qint64> leftNs;
        bool settled = false;
    };
    Entry *find(const Answer &answer);
    void settle(Entry &entry);
    void keepReply(Entry &entry, const Reply &reply) const;

    net::IpAddress m_target;
    qint64 m_timeoutNs;
    Sink m_sink;
    std::vector<Entry> m_entries;
    std::size_t m_firstOpen = 0; ///< everything before it is settled
    int m_open = 0;
    int m_duplicates = 0;
    int m_foreign = 0;
    bool m_neighbourUnresolved = false;
};

} // namespace bothways::probe
