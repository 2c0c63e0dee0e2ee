// SPDX-License-Identifier: GPL-3.0-or-later
#include "capture/journeys.h"

#include "capture/questions.h"

#include <algorithm>
#include <cstdlib>

namespace bothways::capture {

using evidence::JourneyKind;
using evidence::Leg;

namespace {

constexpr std::int64_t millisecond = 1'000'000;
/// After it the same numbers name another packet: a ping's sequence has come round, a port is used again.
constexpr std::int64_t reuseTime = 60'000 * millisecond;
/// Within it two points see the same packet, where nothing but the time can tell: a host needs far less, but its clock is read
/// for each interface by itself.
constexpr std::int64_t sameMoment = 200 * millisecond;
/// Of requests that come one upon the other each gets its own answer, in their order, if it comes so soon.
constexpr std::int64_t promptAnswer = 150 * millisecond;
/// An answer that comes later belongs to nothing.
constexpr std::int64_t resolutionTime = 3'000 * millisecond;
constexpr std::size_t mostOfOneKey = 64;
constexpr std::size_t mostPoints = 256;

bool hasSeen(const evidence::Journey &journey, const evidence::Sighting &sighting)
{
    return std::any_of(journey.sightings.begin(), journey.sightings.end(),
                       [&](const auto &earlier) { return earlier.point == sighting.point && earlier.leg == sighting.leg; });
}

void remember(std::vector<std::uint32_t> &places, std::uint32_t place)
{
    if (places.empty() || places.back() != place) {
        places.push_back(place);
    }
    if (places.size() > mostOfOneKey) {
        places.erase(places.begin());
    }
}

/// What is worth a second sighting of the same leg at the same point: another hop of a loop, another owner's answer, an error.
bool isNew(const evidence::Journey &journey, const evidence::Sighting &sighting)
{
    return std::none_of(journey.sightings.begin(), journey.sightings.end(), [&](const auto &earlier) {
        return earlier.point == sighting.point && earlier.leg == sighting.leg && earlier.ttl == sighting.ttl &&
               earlier.sourceMac == sighting.sourceMac && earlier.source == sighting.source;
    });
}

} // namespace

std::size_t JourneyFollower::KeyHash::operator()(const JourneyKey &key) const
{
    return hashOf(key.asker, key.asked, std::uint64_t{key.number} << 8U | static_cast<std::uint64_t>(key.kind));
}

JourneyFollower::JourneyFollower(Interest interest, const JourneyLimits &limits)
    : m_interest(std::move(interest)), m_limits(limits), m_uses(limits.uses)
{}

void JourneyFollower::addInterest(const Interest &more)
{
    const auto add = [](auto &known, const auto &further) {
        for (const auto &each : further) {
            if (std::find(known.begin(), known.end(), each) == known.end()) {
                known.push_back(each);
            }
        }
    };
    add(m_interest.addresses, more.addresses);
    add(m_interest.macs, more.macs);
    for (auto &entry : m_entries) {
        const auto &sightings = entry.journey.sightings;
        if (!entry.ofInterest &&
            std::any_of(sightings.begin(), sightings.end(), [this](const auto &each) { return concerns(each); })) {
            entry.ofInterest = true;
            --m_others;
            ++m_ours;
        }
    }
}

void JourneyFollower::add(const Frame &frame, int point)
{
    const auto layers = net::decodeLayers(frame.linkType, frame.bytes, frame.originalLength);
    tallyFrame(frame, layers, point);
    m_uses.add(layers, frame, point);
    if (auto passage = passageOf(layers, frame, point)) {
        note(std::move(*passage));
    }
}

void JourneyFollower::tallyFrame(const Frame &frame, const net::Layers &layers, int point)
{
    if (point < 0 || static_cast<std::size_t>(point) >= mostPoints) {
        return;
    }
    if (m_tallies.size() <= static_cast<std::size_t>(point)) {
        m_tallies.resize(static_cast<std::size_t>(point) + 1);
    }
    auto &tally = m_tallies[static_cast<std::size_t>(point)];
    tally.firstNs = tally.frames == 0 ? frame.time : std::min(tally.firstNs, frame.time);
    tally.lastNs = std::max(tally.lastNs, frame.time);
    ++tally.frames;
    tally.malformed += layers.trouble == net::Trouble::Malformed ? 1 : 0;
    tally.badChecksums += isSoundIcmp(layers, frame) ? 0 : 1;
}

void JourneyFollower::note(Passage seen)
{
    if (seen.key.kind == JourneyKind::Arp || seen.key.kind == JourneyKind::Nd) {
        noteResolution(seen);
        return;
    }
    if (seen.undirected && !m_byKey.contains(seen.key) && m_byKey.contains(turned(seen.key))) {
        seen.key = turned(seen.key);
        seen.sighting.leg = seen.sighting.leg == Leg::Request ? Leg::Reply : seen.sighting.leg;
        seen.sighting.quotesReply = seen.sighting.leg == Leg::Error;
    }
    auto *entry = known(seen);
    // An error about a packet that nobody saw tells nothing of its way, and a reset may end a connection that was open.
    if (entry == nullptr && (seen.sighting.leg == Leg::Error || seen.sighting.leg == Leg::Refusal)) {
        return;
    }
    if (entry == nullptr) {
        entry = byContent(seen);
    }
    if (entry == nullptr) {
        entry = make(seen);
    }
    if (entry == nullptr) {
        return;
    }
    // By these addresses and numbers it is known from now on, too.
    remember(m_byKey[seen.key], static_cast<std::uint32_t>(entry - m_entries.data()));
    attach(*entry, seen);
}

JourneyFollower::Entry *JourneyFollower::known(const Passage &seen)
{
    const auto found = m_byKey.find(seen.key);
    if (found == m_byKey.end()) {
        return nullptr;
    }
    for (auto it = found->second.rbegin(); it != found->second.rend(); ++it) {
        auto &entry = m_entries[*it];
        const bool inTime = std::abs(seen.sighting.timeNs - entry.lastNs) < reuseTime;
        const bool same = seen.key.kind != JourneyKind::Tcp || seen.sighting.leg == Leg::Error || entry.initial == seen.initial;
        if (inTime && same) {
            return &entry;
        }
    }
    return nullptr;
}

JourneyFollower::Entry *JourneyFollower::byContent(const Passage &seen)
{
    if (seen.fingerprint == 0) {
        return nullptr;
    }
    const auto found = m_byContent.find(seen.fingerprint);
    if (found == m_byContent.end()) {
        return nullptr;
    }
    Entry *match = nullptr;
    for (const auto place : found->second) {
        auto &entry = m_entries[place];
        const auto &journey = entry.journey;
        const bool oneStayed = journey.asker == seen.key.asker || journey.asked == seen.key.asked;
        // Where it was seen already, under other addresses, it is another packet that carries the same.
        if (journey.kind == seen.key.kind && oneStayed && !hasSeen(journey, seen.sighting) &&
            std::abs(seen.sighting.timeNs - entry.lastNs) < 10 * sameMoment) {
            if (match != nullptr) {
                return nullptr; // two could be it
            }
            match = &entry;
        }
    }
    return match;
}

JourneyFollower::Entry *JourneyFollower::firstUnanswered(const Passage &seen, const std::vector<std::uint32_t> &places)
{
    for (const auto place : places) {
        auto &entry = m_entries[place];
        const auto apart = seen.sighting.timeNs - entry.journey.sightings.front().timeNs;
        if (apart >= 0 && apart < promptAnswer && isNew(entry.journey, seen.sighting)) {
            return &entry;
        }
    }
    return nullptr;
}

void JourneyFollower::noteResolution(const Passage &seen)
{
    const bool request = seen.sighting.leg == Leg::Request;
    const auto found = m_byKey.find(seen.key);
    Entry *nearest = nullptr;
    std::int64_t best = request ? sameMoment : resolutionTime;
    if (!request && found != m_byKey.end()) {
        nearest = firstUnanswered(seen, found->second);
        best = nearest != nullptr ? 0 : best;
    }
    for (std::size_t i = 0; found != m_byKey.end() && i < found->second.size(); ++i) {
        auto &entry = m_entries[found->second[i]];
        const auto &sightings = entry.journey.sightings;
        const auto apart = seen.sighting.timeNs - sightings.front().timeNs;
        const bool fits = request ? !hasSeen(entry.journey, seen.sighting) : apart > -sameMoment;
        if (fits && std::abs(apart) < best) {
            best = std::abs(apart);
            nearest = &entry;
        }
    }
    if (nearest == nullptr) {
        if (!request) {
            return;
        }
        nearest = make(seen);
        if (nearest == nullptr) {
            return;
        }
        remember(m_byKey[seen.key], static_cast<std::uint32_t>(m_entries.size() - 1));
    }
    attach(*nearest, seen);
}

JourneyFollower::Entry *JourneyFollower::make(const Passage &seen)
{
    const bool ours = concerns(seen.sighting) || concerns(seen.key.asker) || concerns(seen.key.asked);
    if (ours ? m_ours >= m_limits.journeys : m_others >= m_limits.others) {
        ++m_leftOut;
        return nullptr;
    }
    ++(ours ? m_ours : m_others);
    Entry entry;
    entry.ofInterest = ours;
    entry.fingerprint = seen.fingerprint;
    entry.initial = seen.initial;
    entry.lastNs = seen.sighting.timeNs;
    entry.journey.kind = seen.key.kind;
    entry.journey.asker = seen.key.asker;
    entry.journey.asked = seen.key.asked;
    entry.journey.id = static_cast<int>(seen.key.number >> 16U);
    entry.journey.sequence = static_cast<int>(seen.key.number & 0xffffU);
    if (seen.key.kind == JourneyKind::Arp || seen.key.kind == JourneyKind::Nd) {
        const auto found = m_byKey.find(seen.key);
        const auto before = found == m_byKey.end() || found->second.empty() ? nullptr : &m_entries[found->second.back()];
        entry.journey.sequence = before == nullptr ? 1 : before->journey.sequence + 1;
    }
    m_entries.push_back(std::move(entry));
    if (seen.fingerprint != 0) {
        remember(m_byContent[seen.fingerprint], static_cast<std::uint32_t>(m_entries.size() - 1));
    }
    return &m_entries.back();
}

void JourneyFollower::attach(Entry &entry, const Passage &seen)
{
    auto &journey = entry.journey;
    entry.lastNs = std::max<std::int64_t>(entry.lastNs, seen.sighting.timeNs);
    if (seen.sighting.leg == Leg::Request && (journey.bytes == 0 || seen.sighting.timeNs < journey.sightings.front().timeNs)) {
        // Its first sighting names it, whichever point was read first.
        journey.bytes = seen.bytes;
        journey.asker = seen.key.asker;
        journey.asked = seen.key.asked;
    }
    const bool again = seen.key.kind == JourneyKind::Tcp || seen.key.kind == JourneyKind::Udp ? hasSeen(journey, seen.sighting)
                                                                                              : !isNew(journey, seen.sighting);
    if (again || journey.sightings.size() >= m_limits.sightings) {
        return;
    }
    if (!entry.ofInterest && concerns(seen.sighting)) {
        entry.ofInterest = true;
        --m_others;
        ++m_ours;
    }
    const auto place = std::upper_bound(journey.sightings.begin(), journey.sightings.end(), seen.sighting,
                                        [](const auto &one, const auto &other) { return one.timeNs < other.timeNs; });
    journey.sightings.insert(place, seen.sighting);
}

bool JourneyFollower::concerns(const net::IpAddress &address) const
{
    return m_interest.isEverybody() ||
           std::find(m_interest.addresses.begin(), m_interest.addresses.end(), address) != m_interest.addresses.end();
}

bool JourneyFollower::concerns(const evidence::Sighting &sighting) const
{
    const auto isOne = [this](const std::optional<net::MacAddress> &mac) {
        return mac && std::find(m_interest.macs.begin(), m_interest.macs.end(), *mac) != m_interest.macs.end();
    };
    return (sighting.source && concerns(*sighting.source)) || (sighting.destination && concerns(*sighting.destination)) ||
           isOne(sighting.sourceMac) || isOne(sighting.destinationMac);
}

std::optional<JourneyFollower::Apart> JourneyFollower::compare(const Frame &frame) const
{
    const auto layers = net::decodeLayers(frame.linkType, frame.bytes, frame.originalLength);
    const auto passage = passageOf(layers, frame, -1);
    if (!passage || passage->key.kind != JourneyKind::Echo || passage->sighting.leg == Leg::Error) {
        return std::nullopt;
    }
    const auto found = m_byKey.find(passage->key);
    if (found == m_byKey.end() || found->second.empty()) {
        return std::nullopt;
    }
    const bool leaving = concerns(layers.ip.source);
    std::optional<std::int64_t> nearest;
    for (const auto &sighting : m_entries[found->second.back()].journey.sightings) {
        if (sighting.leg == passage->sighting.leg) {
            const std::int64_t time = sighting.timeNs;
            nearest = !nearest ? time : leaving ? std::min(*nearest, time) : std::max(*nearest, time);
        }
    }
    return nearest ? std::optional(Apart{frame.time - *nearest, leaving}) : std::nullopt;
}

JourneyFollower::Tally JourneyFollower::tally(int point) const
{
    const auto place = static_cast<std::size_t>(std::max(point, 0));
    return point >= 0 && place < m_tallies.size() ? m_tallies[place] : Tally();
}

evidence::Captures JourneyFollower::result() const
{
    evidence::Captures captures;
    for (const auto &entry : m_entries) {
        if (entry.ofInterest && !entry.journey.sightings.empty()) {
            captures.journeys.push_back(entry.journey);
        }
    }
    std::stable_sort(captures.journeys.begin(), captures.journeys.end(), [](const auto &one, const auto &other) {
        return one.sightings.front().timeNs < other.sightings.front().timeNs;
    });
    for (const auto &use : m_uses.all()) {
        const bool ofInterest = (use.address && concerns(*use.address)) ||
                                std::find(m_interest.macs.begin(), m_interest.macs.end(), use.mac) != m_interest.macs.end();
        if (ofInterest || m_interest.isEverybody()) {
            captures.uses.push_back(use);
        }
    }
    captures.leftOut = m_leftOut;
    return captures;
}

std::size_t JourneyFollower::count(evidence::JourneyKind kind, int bytes) const
{
    return static_cast<std::size_t>(std::count_if(m_entries.begin(), m_entries.end(), [&](const Entry &entry) {
        return entry.journey.kind == kind && (bytes == 0 || entry.journey.bytes == bytes);
    }));
}

} // namespace bothways::capture
