// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/address.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace bothways::capture {

/// What is sent in the hope of an answer.
enum class Question : std::uint8_t { Echo, Handshake, Arp, Neighbour };

/// Names one question, seen from who asks. An answer is looked up under the key of its question.
struct QuestionKey {
    net::IpAddress asker;
    net::IpAddress asked;
    std::uint32_t number = 0; ///< echo: identifier and sequence; handshake: ports; ARP, neighbour: VLAN
    Question kind = Question::Echo;
    bool operator==(const QuestionKey &) const = default;
};

enum class Fate : std::uint8_t {
    Waiting,
    Answered,
    Refused,  ///< TCP reset
    Rejected, ///< an ICMP error came for it
};

struct Asked {
    QuestionKey key;
    std::int64_t last = 0;         ///< when it was asked the last time; nanoseconds since 1970
    std::uint32_t fingerprint = 0; ///< tells a copy or a repetition from a new question under an old key
    std::uint32_t owner = 0;       ///< for whoever counts
    Fate fate = Fate::Waiting;
};

/// The questions that may still be answered, in bounded memory: at most `capacity` of them. One is forgotten about a minute after
/// it was last asked, one that was answered after two seconds; where more come than there is room for, answered ones go first,
/// then old ones.
class Questions {
public:
    static constexpr std::int64_t patience = 60'000'000'000;      ///< nanoseconds
    static constexpr std::int64_t repetitionTime = 2'000'000'000; ///< within which a second answer is recognised

    explicit Questions(std::size_t capacity);
    Asked *find(const QuestionKey &key);
    /// A question that is not in it yet.
    void add(const Asked &asked);
    /// Gone without an answer, because its time had passed, or (`early`) for lack of room. Call until it gives nothing, before
    /// add().
    struct Ended {
        Asked asked;
        bool early = false;
    };
    std::optional<Ended> takeEnded(std::int64_t now);
    /// All that are left, oldest first; they stay.
    std::vector<const Asked *> rest() const;
    void remove(const QuestionKey &key);

private:
    struct Node {
        Asked asked;
        std::int64_t since = 0; ///< has its place in the ring
        std::uint32_t next = 0; ///< in its chain: the serial of an older one
        bool used = false;
    };
    std::size_t bucketOf(const QuestionKey &key) const;
    Node *lookUp(const QuestionKey &key);
    void append(const Asked &asked, std::int64_t since);
    /// A chain is in the order of serials, newest first. So where it comes to one that has left the ring it ends, and what leaves
    /// the ring need not be taken out of its chain, where its neighbours have long left the caches.
    bool isIn(std::uint32_t serial) const
    {
        const auto age = static_cast<std::uint32_t>(m_end) - serial; // also where serials of 32 bits have come round
        return age >= 1 && age <= m_end - m_begin;
    }
    /// The place of the serial that ends in these bits.
    Node &at(std::uint32_t serial) { return m_nodes[(m_end - (static_cast<std::uint32_t>(m_end) - serial)) & m_mask]; }

    std::size_t m_capacity;
    std::uint64_t m_mask;                 ///< places in the ring, less one: the next power of two, for a division is slow
    std::vector<Node> m_nodes;            ///< a ring: in the order of asking
    std::vector<std::uint32_t> m_buckets; ///< the newest serial of each chain
    std::uint64_t m_begin = 1;            ///< serials; 0 is in no ring
    std::uint64_t m_end = 1;
};

/// Spreads the bits of two addresses.
std::uint64_t hashOf(const net::IpAddress &a, const net::IpAddress &b, std::uint64_t seed);

} // namespace bothways::capture
