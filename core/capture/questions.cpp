// SPDX-License-Identifier: GPL-3.0-or-later
#include "capture/questions.h"

#include <bit>
#include <cstring>

namespace bothways::capture {

namespace {

constexpr int mostMoves = 8;

std::uint64_t word(const net::IpAddress &address, std::size_t at)
{
    std::uint64_t value = 0;
    std::memcpy(&value, address.bytes().data() + at, sizeof value);
    return value;
}

/// The finaliser of MurmurHash3.
std::uint64_t mixed(std::uint64_t value)
{
    value ^= value >> 33U;
    value *= 0xff51afd7ed558ccdU;
    value ^= value >> 33U;
    value *= 0xc4ceb9fe1a85ec53U;
    return value ^ value >> 33U;
}

} // namespace

std::uint64_t hashOf(const net::IpAddress &a, const net::IpAddress &b, std::uint64_t seed)
{
    auto hash = mixed(seed ^ word(a, 0)) * 31U + word(b, 0);
    if (a.isV6()) {
        hash = mixed(hash ^ word(a, 8)) * 31U + word(b, 8);
    }
    return mixed(hash);
}

Questions::Questions(std::size_t capacity)
    : m_capacity(capacity), m_mask(std::bit_ceil(capacity) - 1), m_buckets(std::bit_ceil(capacity))
{
    m_nodes.reserve(m_mask + 1); // pages are taken when they are written to
}

std::size_t Questions::bucketOf(const QuestionKey &key) const
{
    const auto seed = static_cast<std::uint64_t>(key.number) << 8U | static_cast<std::uint64_t>(key.kind);
    return static_cast<std::size_t>(hashOf(key.asker, key.asked, seed)) & (m_buckets.size() - 1);
}

Questions::Node *Questions::lookUp(const QuestionKey &key)
{
    auto serial = m_buckets[bucketOf(key)];
    while (isIn(serial)) {
        auto &node = at(serial);
        if (node.used && node.asked.key == key) {
            return &node;
        }
        // Only ever older: a serial of long ago that has come round must not lead in circles.
        if (static_cast<std::uint32_t>(m_end) - node.next <= static_cast<std::uint32_t>(m_end) - serial) {
            return nullptr;
        }
        serial = node.next;
    }
    return nullptr;
}

Asked *Questions::find(const QuestionKey &key)
{
    auto *node = lookUp(key);
    return node == nullptr ? nullptr : &node->asked;
}

void Questions::remove(const QuestionKey &key)
{
    if (auto *node = lookUp(key)) {
        node->used = false;
    }
}

void Questions::append(const Asked &asked, std::int64_t since)
{
    const auto index = static_cast<std::size_t>(m_end & m_mask);
    if (index >= m_nodes.size()) {
        m_nodes.resize(index + 1);
    }
    auto &bucket = m_buckets[bucketOf(asked.key)];
    m_nodes[index] = {asked, since, bucket, true};
    bucket = static_cast<std::uint32_t>(m_end);
    ++m_end;
}

std::optional<Questions::Ended> Questions::takeEnded(std::int64_t now)
{
    int moved = 0;
    while (m_begin != m_end) {
        const auto &oldest = at(static_cast<std::uint32_t>(m_begin));
        if (!oldest.used) {
            ++m_begin;
            continue;
        }
        const bool isFull = m_end - m_begin == m_capacity;
        const bool mayCome = oldest.asked.fate == Fate::Waiting && now - oldest.asked.last <= patience;
        const bool isTired = moved == mostMoves;
        if (!isFull && (now - oldest.since <= repetitionTime || (mayCome && isTired))) {
            return std::nullopt;
        }
        ++m_begin;
        if (oldest.asked.fate != Fate::Waiting) {
            continue; // it has had its answer
        }
        const auto asked = oldest.asked;
        if (!mayCome || isTired) {
            return Ended{asked, mayCome};
        }
        append(asked, now); // goes on waiting, but not in the way of answered ones: a small table is a quick one
        ++moved;
    }
    return std::nullopt;
}

void Questions::add(const Asked &asked) { append(asked, asked.last); }

std::vector<const Asked *> Questions::rest() const
{
    std::vector<const Asked *> all;
    for (auto serial = m_begin; serial != m_end; ++serial) {
        const auto &node = m_nodes[serial & m_mask];
        if (node.used) {
            all.push_back(&node.asked);
        }
    }
    return all;
}

} // namespace bothways::capture
