// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>

namespace bothways::lab {

struct Flood {
    std::uint64_t perSecond = 100'000;
    int seconds = 1;
    std::uint64_t malformedEach = 0; ///< each so manieth frame is cut within its IPv4 header; 0: none
};
struct Flooded {
    std::uint64_t sent = 0;
    std::uint64_t pairs = 0; ///< echo requests, each followed by its reply
    std::uint64_t malformed = 0;
    double seconds = 0;
};

/// Sends echo requests and their replies out of an interface of the calling thread's network namespace, in bursts of a
/// millisecond: from and to machines that are not there, so that nobody answers. Throws where it cannot.
Flooded flood(const std::string &device, const Flood &how);

} // namespace bothways::lab
