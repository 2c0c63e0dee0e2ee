// SPDX-License-Identifier: GPL-3.0-or-later
#include "filter/elements.h"

#include <algorithm>
#include <numeric>

namespace bothways::filter {

Truth operator!(Truth truth)
{
    if (truth == Truth::Unknown) {
        return truth;
    }
    return truth == Truth::Yes ? Truth::No : Truth::Yes;
}

void Elements::add(const std::vector<Interval> &parts)
{
    m_parts.insert(m_parts.end(), parts.begin(), parts.end());
    m_owners.push_back(static_cast<std::uint32_t>(m_count++));
}

void Elements::addCatchAll() { m_catchAll = static_cast<std::int64_t>(m_count++); }

void Elements::finish()
{
    if (m_width != 1) {
        return;
    }
    std::vector<std::uint32_t> order(m_parts.size());
    std::iota(order.begin(), order.end(), 0U);
    std::sort(order.begin(), order.end(), [this](std::uint32_t a, std::uint32_t b) { return m_parts[a] < m_parts[b]; });
    // The kernel refuses overlapping elements; a file somebody edited need not.
    for (std::size_t i = 1; i < order.size(); ++i) {
        if (m_parts[order[i]].first <= m_parts[order[i - 1]].last) {
            return;
        }
    }
    std::vector<Interval> parts(m_parts.size());
    std::vector<std::uint32_t> owners(m_parts.size());
    for (std::size_t i = 0; i < order.size(); ++i) {
        parts[i] = m_parts[order[i]];
        owners[i] = m_owners[order[i]];
    }
    m_parts = std::move(parts);
    m_owners = std::move(owners);
    m_sorted = true;
}

bool Elements::isPoint() const
{
    return m_width == 1 && m_parts.size() == 1 && m_count == 1 && m_parts[0].first == m_parts[0].last;
}

std::optional<Interval> Elements::single() const
{
    const bool alone = m_width == 1 && m_parts.size() == 1 && m_count == 1 && !m_incomplete;
    return alone ? std::optional(m_parts.front()) : std::nullopt;
}

Truth Elements::holds(std::size_t row, const std::vector<Evaluated> &values) const
{
    auto truth = Truth::Yes;
    for (std::size_t part = 0; part < m_width; ++part) {
        if (values[part].state == Evaluated::State::Unknown) {
            truth = Truth::Unknown;
        } else if (!m_parts[row * m_width + part].contains(values[part].value)) {
            return Truth::No;
        }
    }
    return truth;
}

Elements::Hit Elements::find(const Word &value) const
{
    if (m_sorted) {
        const auto after = std::upper_bound(m_parts.begin(), m_parts.end(), value,
                                            [](const Word &word, const Interval &part) { return word < part.first; });
        if (after != m_parts.begin() && std::prev(after)->contains(value)) {
            return {Truth::Yes, m_owners[static_cast<std::size_t>(std::prev(after) - m_parts.begin())]};
        }
    } else {
        const auto found =
            std::find_if(m_parts.begin(), m_parts.end(), [&value](const Interval &part) { return part.contains(value); });
        if (found != m_parts.end()) {
            return {Truth::Yes, m_owners[static_cast<std::size_t>(found - m_parts.begin())]};
        }
    }
    if (m_incomplete) {
        return {Truth::Unknown, -1};
    }
    return m_catchAll >= 0 ? Hit{Truth::Yes, m_catchAll} : Hit{};
}

std::vector<Elements::Hit> Elements::candidates(const std::vector<Evaluated> &values) const
{
    if (m_width == 1 && values[0].state == Evaluated::State::Known) {
        const auto hit = find(values[0].value);
        return hit.truth == Truth::No ? std::vector<Hit>{} : std::vector{hit};
    }
    std::vector<Hit> hits;
    for (std::size_t row = 0; row < m_owners.size(); ++row) {
        const auto truth = holds(row, values);
        if (truth != Truth::No) {
            hits.push_back({truth, m_owners[row]});
        }
        if (truth == Truth::Yes) {
            return hits;
        }
    }
    if (m_incomplete) {
        hits.push_back({Truth::Unknown, -1});
    }
    if (m_catchAll >= 0) {
        hits.push_back({m_incomplete ? Truth::Unknown : Truth::Yes, m_catchAll});
    }
    return hits;
}

Elements::Hit Elements::find(const std::vector<Evaluated> &values) const
{
    const auto hits = candidates(values);
    const auto certain = std::find_if(hits.begin(), hits.end(), [](const Hit &hit) { return hit.truth == Truth::Yes; });
    if (certain != hits.end()) {
        return *certain;
    }
    return hits.empty() ? Hit{} : hits.front();
}

} // namespace bothways::filter
