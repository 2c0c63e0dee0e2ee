// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "capture/flows.h"
#include "capture/frame.h"
#include "capture/questions.h"

#include <array>

namespace bothways::capture {

/// An address pair, or an address in a VLAN, to its place in a list of bounded length. Open addressing; nothing is ever removed.
class PlaceTable {
public:
    static constexpr std::uint32_t none = UINT32_MAX;
    explicit PlaceTable(std::size_t most);
    /// `same(place)` says whether the element at that place is the one. `none`: it is not there, and can be added with insert().
    template <typename Same>
    std::uint32_t find(std::uint64_t hash, const Same &same) const
    {
        for (auto slot = hash & m_mask; m_slots[slot] != 0; slot = (slot + 1) & m_mask) {
            if (same(m_slots[slot] - 1)) {
                return m_slots[slot] - 1;
            }
        }
        return none;
    }
    void insert(std::uint64_t hash, std::uint32_t place);

private:
    std::vector<std::uint32_t> m_slots; ///< place + 1
    std::uint64_t m_mask = 0;
};

/// Reads frames in the order of a capture and counts. Memory is bounded whatever comes,
/// and nothing of a frame is kept.
class FlowCounter {
public:
    explicit FlowCounter(const FlowLimits &limits = {});
    void add(const Frame &frame);
    /// Ends the count: what still waits is silent or open. Nothing may be added afterwards.
    Flows finish();

private:
    /// Where the packets from one address to another are counted.
    struct Place {
        Pair *pair = nullptr;            ///< null: there was no room
        std::size_t way = 0;             ///< of the pair
        std::uint32_t owner = noOwner;   ///< the way of the packet, for a question
        std::uint32_t reverse = noOwner; ///< the way back
    };
    static constexpr std::uint32_t noOwner = UINT32_MAX;

    void countLink(const net::Layers &layers, const Frame &frame);
    void countNetwork(const net::Layers &layers);
    void countPair(const Place &place, const net::LinkHeader &link, std::uint32_t length);
    Place placeOf(const net::IpAddress &from, const net::IpAddress &to);
    void arp(const net::Layers &layers);
    void icmp(const net::Layers &layers, const Place &place);
    void echo(const net::Layers &layers, const net::IcmpEcho &echo, const Place &place);
    void error(const net::Quotation &quotation, const net::IpAddress &reporter);
    void noteError(const net::Quotation &quotation, const net::IpAddress &reporter);
    void solicit(const net::Layers &layers, const net::NeighbourMessage &message);
    void advertise(const net::Layers &layers, const net::NeighbourMessage &message);
    void tcp(const net::Layers &layers, const Place &place);

    std::uint32_t neighbourOf(const net::IpAddress &address, std::uint32_t vlan);
    void claim(const net::IpAddress &address, std::uint32_t vlan, const net::MacAddress &mac);
    void resolve(Question kind, const net::IpAddress &asker, const net::IpAddress &asked, std::uint32_t vlan);
    void resolved(Question kind, const net::IpAddress &asker, const net::IpAddress &asked, std::uint32_t vlan);

    /// All counts that a question belongs to; null where there is none.
    std::array<Exchanges *, 2> countsOf(Question kind, std::uint32_t owner);
    void addTo(Question kind, std::uint32_t owner, std::uint64_t Exchanges::*counter);
    void ask(const QuestionKey &key, std::uint32_t owner, std::uint32_t fingerprint);
    void answer(Asked &asked, Fate fate);
    void measure(const Asked &asked);
    void endOld();

    FlowLimits m_limits;
    Flows m_flows;
    Questions m_questions;
    PlaceTable m_pairs;
    PlaceTable m_neighbours;
    std::vector<std::uint64_t> m_vlans;
    std::size_t m_spreads = 0;
    std::int64_t m_now = 0;
    std::int64_t m_before = std::numeric_limits<std::int64_t>::min();
};

} // namespace bothways::capture
