// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "filter/ruleset.h"
#include "filter/walk/hook_walk.h"
#include "trace.h"

/// What the legacy tables say about traced packets. Sources: net/ipv4/netfilter/ip_tables.c, trace_packet();
/// net/netfilter/nfnetlink_log.c.
namespace bothways::kernel {

/// One matching rule, the end of a chain, or the policy: "TRACE: filter:INPUT:rule:2". The ends bear the number behind the last
/// rule; a rule without conditions is called an end, too, with its own number.
struct LegacyEvent {
    bool v4 = true;
    filter::Hook hook = filter::Hook::Input;
    std::string table;
    std::string chain;
    int position = 0;
    Buffer packet; ///< its first bytes, from the IP header on
};

std::optional<LegacyEvent> parseLegacyEvent(net::Bytes message);

/// A socket that hears them, in the network namespace in which it was made. Both IP families log to it from then on.
class LegacyTrace {
public:
    LegacyTrace();
    std::vector<LegacyEvent> receive(); ///< what has come so far
    bool overrun() const { return m_overrun; }
    void reset() { m_overrun = false; }

private:
    Descriptor m_socket;
    Buffer m_buffer;
    bool m_overrun = false;
};

} // namespace bothways::kernel
