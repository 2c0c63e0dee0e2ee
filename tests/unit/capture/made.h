// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/address.h"

#include <cstdint>
#include <cstdio>
#include <map>
#include <utility>

/// A capture made from a seed, of which it is known what is in it. Frames are whole, with right checksums of IPv4 and ICMP.
namespace bothways::test {

struct MadePair {
    bool fromHigher = false; ///< who pings and connects: the higher address
    std::uint16_t vlan = 0;  ///< 0: untagged
    std::uint64_t packets = 0;
    std::uint64_t bytes = 0;
    std::uint64_t requests = 0; ///< echo
    std::uint64_t answered = 0;
    std::uint64_t answeredTwice = 0;
    std::uint64_t lost = 0;
    std::uint64_t rejected = 0; ///< an ICMP error quotes the request
    std::int64_t leastDelay = INT64_MAX;
    std::int64_t mostDelay = 0;
    std::int64_t sumOfDelays = 0; ///< nanoseconds
    std::uint64_t connections = 0;
    std::uint64_t accepted = 0;
    std::uint64_t refused = 0;
    std::uint64_t silent = 0; ///< connections; their SYN came twice
    std::uint64_t udp = 0;
};

struct Made {
    std::uint64_t packets = 0;
    std::uint64_t bytes = 0;
    std::uint64_t arpAsked = 0;
    std::uint64_t arpAnswered = 0;
    std::uint64_t arpSilent = 0; ///< asked twice
    std::uint64_t conflicts = 0; ///< addresses with two owners
    std::uint64_t malformed = 0;
    std::map<std::pair<net::IpAddress, net::IpAddress>, MadePair> pairs; ///< lower address first
};

struct MakeOptions {
    std::uint64_t packets = 50'000; ///< at least: what was begun is ended
    std::uint64_t seed = 1;
    std::uint32_t hosts = 40;
};

/// Writes a pcap file (microseconds) and gives what is in it.
Made makeCapture(std::FILE *file, const MakeOptions &options);

} // namespace bothways::test
