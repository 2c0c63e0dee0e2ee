// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace bothways::session {

/// How much a diagnosis captures at most. What is out of bounds is brought within them when a run begins (bounded()).
struct CaptureLimits {
    int bytes = 512;         ///< of a packet: its headers, and those that an ICMP error quotes. In the VM at most 256 are kept
    int points = 16;         ///< interfaces of this host
    int followed = 4096;     ///< requests of the two, each with its answers
    int guestPackets = 4000; ///< in the VM
    int guestSeconds = 60;   ///< in the VM; on this host as long as the run
    bool operator==(const CaptureLimits &) const = default;
};

} // namespace bothways::session
