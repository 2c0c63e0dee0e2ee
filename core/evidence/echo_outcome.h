// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "evidence/worded.h"

namespace bothways::evidence {

/// What became of one packet that asks for an answer.
enum class EchoOutcome {
    Reply,
    Silence,             ///< nothing came back within the timeout
    Unreachable,         ///< ICMP destination unreachable, see icmpCode and sender
    Prohibited,          ///< ICMP administratively prohibited (3/9, 3/10, 3/13; v6 1/1, 1/5, 1/6)
    TimeExceeded,        ///< TTL ran out on the way
    TooBig,              ///< fragmentation needed / packet too big, or local EMSGSIZE
    NeighbourUnresolved, ///< our own kernel: ARP or ND gave no answer (EHOSTUNREACH from ourselves)
    NoRoute,             ///< our own kernel: ENETUNREACH, or an unreachable/blackhole route
    SendDenied,          ///< our own packet filter: EPERM on send
    SendFailed,          ///< any other error on send, see errorNumber
    Cancelled,           ///< sent, but the run was stopped before its timeout
};
template <>
struct Words<EchoOutcome> {
    static constexpr Word<EchoOutcome> all[] = {{EchoOutcome::Reply, "reply"},
                                                {EchoOutcome::Silence, "silence"},
                                                {EchoOutcome::Unreachable, "unreachable"},
                                                {EchoOutcome::Prohibited, "prohibited"},
                                                {EchoOutcome::TimeExceeded, "time-exceeded"},
                                                {EchoOutcome::TooBig, "too-big"},
                                                {EchoOutcome::NeighbourUnresolved, "neighbour-unresolved"},
                                                {EchoOutcome::NoRoute, "no-route"},
                                                {EchoOutcome::SendDenied, "send-denied"},
                                                {EchoOutcome::SendFailed, "send-failed"},
                                                {EchoOutcome::Cancelled, "cancelled"}};
};

} // namespace bothways::evidence
