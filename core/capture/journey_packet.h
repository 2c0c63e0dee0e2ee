// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "capture/frame.h"
#include "evidence/capture.h"
#include "net/layers.h"

#include <cstdint>
#include <optional>

namespace bothways::capture {

/// Names a question, seen from who asks; its answer is looked up under the same key.
struct JourneyKey {
    evidence::JourneyKind kind = evidence::JourneyKind::Echo;
    net::IpAddress asker;
    net::IpAddress asked;
    std::uint32_t number = 0; ///< identifier and sequence, or both ports; 0 for ARP and ND
    bool operator==(const JourneyKey &) const = default;
};
/// The key with asker and asked in each other's place.
JourneyKey turned(const JourneyKey &key);

/// One packet at one point, as far as following it goes.
struct Passage {
    JourneyKey key;
    /// Only what was seen before tells which of the two asked: a datagram, or an error that quotes a segment. The key and the leg
    /// are for the case that the source did.
    bool undirected = false;
    evidence::Sighting sighting;
    std::uint64_t fingerprint = 0; ///< of what it carries, equal in question and answer; 0: nothing that tells it from others
    std::uint32_t initial = 0;     ///< TCP: sequence number of the SYN that this is or answers
    int bytes = 0;                 ///< of the IP packet
};

/// Nothing for packets that are part of no exchange which is followed.
std::optional<Passage> passageOf(const net::Layers &layers, const Frame &frame, int point);

/// False for an ICMP message that was captured whole and whose checksum is wrong (RFC 792, RFC 4443).
bool isSoundIcmp(const net::Layers &layers, const Frame &frame);

} // namespace bothways::capture
