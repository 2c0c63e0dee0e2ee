// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "capture/frame.h"
#include "capture/journey_packet.h"
#include "capture/mac_uses.h"

#include <cstdint>
#include <optional>
#include <unordered_map>
#include <vector>

namespace bothways::capture {

/// Whose packets are followed. Others are followed as long as there is room, because behind a NAT one of them may turn out to be
/// theirs, and are left out at the end.
struct Interest {
    std::vector<net::IpAddress> addresses;
    std::vector<net::MacAddress> macs;
    bool isEverybody() const { return addresses.empty() && macs.empty(); }
};

struct JourneyLimits {
    std::size_t journeys = 4096; ///< of interest
    std::size_t others = 1024;   ///< of nobody's interest so far
    std::size_t sightings = 32;  ///< of one journey: a packet in a loop is seen again and again
    std::size_t uses = 512;
};

/// Follows each echo, TCP handshake, datagram, ARP request and neighbour solicitation over all points. A packet is known again by
/// what it is (addresses, identifier, sequence, ports), and behind a NAT by what it carries: the echo's payload and sequence, the
/// SYN's sequence number, the datagram's payload, beside one address that stayed. VLAN tags play no part in it.
///
/// Frames of one point come in order; points need not be in step (an interface is read for a while, then the next; files come one
/// after another). Memory is bounded whatever comes, and nothing of a frame is kept. One thread.
class JourneyFollower {
public:
    explicit JourneyFollower(Interest interest, const JourneyLimits &limits = {});

    /// For what becomes known late, the address of a VM for one. What was left out until then stays so.
    void addInterest(const Interest &more);

    /// `point`: index into the captures' points, which the caller keeps.
    void add(const Frame &frame, int point);

    /// How much later (nanoseconds) than the other points saw it this frame says it is, if it is part of an echo that is known by
    /// addresses and numbers alone, whatever the time. Tells how far the clock of the machine of interest is off, where the frame
    /// is from a capture of its own.
    struct Apart {
        std::int64_t time = 0;
        bool leaving = false; ///< it came from that machine, so that the others saw it later; else they saw it before
    };
    std::optional<Apart> compare(const Frame &frame) const;

    struct Tally {
        std::int64_t frames = 0;
        std::int64_t malformed = 0;
        std::int64_t badChecksums = 0;
        std::int64_t firstNs = 0;
        std::int64_t lastNs = 0;
    };
    /// Of a point; zeros where nothing was seen.
    Tally tally(int point) const;

    /// The journeys and uses of interest, without points. May be asked at any time; what is added later is in the next answer.
    evidence::Captures result() const;

    /// How many questions of that kind and size (bytes of the IP packet; 0: any) were seen; for those who wait for one.
    std::size_t count(evidence::JourneyKind kind, int bytes) const;

private:
    struct KeyHash {
        std::size_t operator()(const JourneyKey &key) const;
    };
    struct Entry {
        evidence::Journey journey;
        std::uint64_t fingerprint = 0; ///< of what it carries; 0: nothing that tells it from others
        std::uint32_t initial = 0;     ///< TCP: sequence number of the SYN
        std::int64_t lastNs = 0;
        bool ofInterest = false;
    };
    void note(Passage seen);
    Entry *known(const Passage &seen);
    Entry *byContent(const Passage &seen);
    /// ARP and ND: every request is a journey of its own, and its answer the nearest one's in time.
    void noteResolution(const Passage &seen);
    Entry *firstUnanswered(const Passage &seen, const std::vector<std::uint32_t> &places);
    Entry *make(const Passage &seen);
    void attach(Entry &entry, const Passage &seen);
    bool concerns(const evidence::Sighting &sighting) const;
    bool concerns(const net::IpAddress &address) const;
    void tallyFrame(const Frame &frame, const net::Layers &layers, int point);

    Interest m_interest;
    JourneyLimits m_limits;
    std::vector<Entry> m_entries;
    std::unordered_map<JourneyKey, std::vector<std::uint32_t>, KeyHash> m_byKey; ///< newest last; more than one for ARP and ND
    std::unordered_map<std::uint64_t, std::vector<std::uint32_t>> m_byContent;
    MacUses m_uses;
    std::vector<Tally> m_tallies;
    std::size_t m_others = 0;
    std::size_t m_ours = 0;
    std::int64_t m_leftOut = 0;
};

} // namespace bothways::capture
