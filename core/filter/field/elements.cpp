// SPDX-License-Identifier: GPL-3.0-or-later
#include "filter/field/elements.h"

#include <algorithm>
#include <numeric>

namespace bothways::filter {
namespace {

/// Whether a value of which only some bits are known lies in the interval.
Truth contains(const Interval &interval, const Evaluated &value)
{
    if (value.certain == Word{}) {
        return Truth::Unknown;
    }
    const auto least = value.value & value.certain;
    const auto most = least | ~value.certain;
    const bool point = interval.first == interval.last;
    if (most < interval.first || interval.last < least || (point && (interval.first & value.certain) != least)) {
        return Truth::No;
    }
    return value.present && interval.contains(least) && interval.contains(most) ? Truth::Yes : Truth::Unknown;
}

bool isSurelyThere(const Evaluated &value) { return value.state == Evaluated::State::Known || value.present; }

} // namespace

Truth operator!(Truth truth)
{
    if (truth == Truth::Unknown) {
        return truth;
    }
    return truth == Truth::Yes ? Truth::No : Truth::Yes;
}

void Elements::add(const std::vector<Interval> &parts, bool mayFail)
{
    m_parts.insert(m_parts.end(), parts.begin(), parts.end());
    if (mayFail) {
        m_mayFail.push_back(static_cast<std::uint32_t>(m_count));
    }
    m_owners.push_back(static_cast<std::uint32_t>(m_count++));
}

void Elements::addCatchAll(bool mayFail)
{
    if (mayFail) {
        m_mayFail.push_back(static_cast<std::uint32_t>(m_count));
    }
    m_catchAll = static_cast<std::int64_t>(m_count++);
}

void Elements::finish()
{
    std::vector<std::uint32_t> order(m_owners.size());
    std::iota(order.begin(), order.end(), 0U);
    std::stable_sort(order.begin(), order.end(),
                     [this](std::uint32_t a, std::uint32_t b) { return m_parts[a * m_width] < m_parts[b * m_width]; });
    std::vector<Interval> parts;
    std::vector<std::uint32_t> owners;
    parts.reserve(m_parts.size());
    owners.reserve(m_owners.size());
    m_reach.reserve(m_owners.size());
    Word reach;
    for (const auto row : order) {
        const auto from = m_parts.begin() + static_cast<std::ptrdiff_t>(row * m_width);
        parts.insert(parts.end(), from, from + static_cast<std::ptrdiff_t>(m_width));
        owners.push_back(m_owners[row]);
        reach = std::max(reach, from->last);
        m_reach.push_back(reach);
    }
    m_parts = std::move(parts);
    m_owners = std::move(owners);
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
        const auto &interval = m_parts[row * m_width + part];
        if (values[part].state == Evaluated::State::Unknown) {
            const auto inside = contains(interval, values[part]);
            if (inside == Truth::No) {
                return inside;
            }
            truth = inside == Truth::Unknown ? inside : truth;
        } else if (!interval.contains(values[part].value)) {
            return Truth::No;
        }
    }
    return truth;
}

Elements::Hit Elements::hit(Truth truth, std::int64_t element) const
{
    const bool mayFail = std::binary_search(m_mayFail.begin(), m_mayFail.end(), static_cast<std::uint32_t>(element));
    return {mayFail ? Truth::Unknown : truth, element};
}

/// How many rows begin at the value or before it.
std::size_t Elements::rowsUpTo(const Word &value) const
{
    std::size_t low = 0;
    std::size_t high = m_reach.size();
    while (low < high) {
        const auto middle = low + (high - low) / 2;
        if (m_parts[middle * m_width].first <= value) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

/// All values known.
Elements::Hit Elements::findRow(const std::vector<Evaluated> &values) const
{
    const auto &first = values[0].value;
    for (auto row = rowsUpTo(first); row > 0 && first <= m_reach[row - 1]; --row) {
        if (holds(row - 1, values) == Truth::Yes) {
            return hit(Truth::Yes, m_owners[row - 1]);
        }
    }
    if (m_incomplete) {
        return {Truth::Unknown, -1};
    }
    return m_catchAll >= 0 ? hit(Truth::Yes, m_catchAll) : Hit{};
}

Elements::Hit Elements::find(const Word &value) const
{
    for (auto row = rowsUpTo(value); row > 0 && value <= m_reach[row - 1]; --row) {
        if (m_parts[row - 1].contains(value)) {
            return hit(Truth::Yes, m_owners[row - 1]);
        }
    }
    if (m_incomplete) {
        return {Truth::Unknown, -1};
    }
    return m_catchAll >= 0 ? hit(Truth::Yes, m_catchAll) : Hit{};
}

std::vector<Elements::Hit> Elements::candidates(const std::vector<Evaluated> &values) const
{
    if (std::all_of(values.begin(), values.end(), [](const Evaluated &each) { return each.state == Evaluated::State::Known; })) {
        const auto found = findRow(values);
        return found.truth == Truth::No ? std::vector<Hit>{} : std::vector{found};
    }
    std::vector<Hit> hits;
    for (std::size_t row = 0; row < m_owners.size(); ++row) {
        const auto truth = holds(row, values);
        if (truth != Truth::No) {
            hits.push_back(hit(truth, m_owners[row]));
        }
        if (truth == Truth::Yes) {
            return hits;
        }
    }
    if (m_incomplete) {
        hits.push_back({Truth::Unknown, -1});
    }
    if (m_catchAll >= 0) {
        const bool sure = !m_incomplete && std::all_of(values.begin(), values.end(), isSurelyThere);
        hits.push_back(hit(sure ? Truth::Yes : Truth::Unknown, m_catchAll));
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
