// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/address.h"

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

/// ARP requests (RFC 826) and neighbour solicitations (RFC 4861) over a packet socket. No Qt: the helper with rights does just
/// this.
namespace bothways::probe {

struct NeighbourQuestion {
    std::string device;
    net::IpAddress target;
    int requests = 3;
    std::int64_t waitNs = 0; ///< after the last request, so that a second owner is heard too
};

/// What did not work; the numbers are part of the helper's protocol.
enum class NeighbourStep : std::uint8_t { None, Interface, Socket, HardwareAddress, NotEthernet, Bind, Send };

struct HeardNeighbour {
    net::MacAddress mac;
    std::int64_t rttNs = 0;
    std::int64_t atNs = 0; ///< since 1970-01-01 00:00 UTC
};
struct NeighbourOutcome {
    NeighbourStep step = NeighbourStep::None;
    int error = 0; ///< errno where a step has one
    int sent = 0;
    std::vector<HeardNeighbour> answers; ///< empty where they were handed over while they came
};

/// Sees each answer as it comes.
using NeighbourSink = std::function<void(const HeardNeighbour &)>;

/// Blocks; asks `stop` at least every 50 ms whether to end. Needs CAP_NET_RAW.
NeighbourOutcome askNeighbour(const NeighbourQuestion &question, const std::function<bool()> &stop,
                              const NeighbourSink &sink = {});

} // namespace bothways::probe
