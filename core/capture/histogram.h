// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <limits>

namespace bothways::capture {

/// Smallest, largest, sum and number of durations, in nanoseconds.
struct Extent {
    std::uint64_t count = 0;
    std::int64_t least = std::numeric_limits<std::int64_t>::max();
    std::int64_t most = 0;
    std::int64_t sum = 0;

    void add(std::int64_t value)
    {
        ++count;
        least = std::min(least, value);
        most = std::max(most, value);
        sum += value;
    }
    std::int64_t average() const { return count == 0 ? 0 : sum / static_cast<std::int64_t>(count); }
};

/// How durations from 64 ns to 137 s are spread, in constant memory (4 KB): thirty-two steps to each doubling, so that a quantile
/// is off by at most 1.6 % (the way of HdrHistogram).
class Histogram {
public:
    void add(std::int64_t nanoseconds)
    {
        ++m_counts[indexOf(nanoseconds)];
        ++m_count;
    }
    std::uint64_t count() const { return m_count; }

    /// The duration that `share` (0 to 1) of all do not exceed: the middle of its step. 0 if there is none.
    std::int64_t quantile(double share) const
    {
        const auto wanted =
            std::max<std::uint64_t>(1, static_cast<std::uint64_t>(share * static_cast<double>(m_count) + 0.999999));
        std::uint64_t seen = 0;
        for (std::size_t i = 0; i < m_counts.size(); ++i) {
            seen += m_counts[i];
            if (seen >= wanted) {
                return middleOf(i);
            }
        }
        return 0;
    }

private:
    static constexpr unsigned unitBits = 6; // 64 ns
    static constexpr unsigned stepBits = 5;
    static constexpr std::size_t steps = 1U << stepBits;
    static constexpr unsigned doublings = 26;
    static constexpr std::size_t size = steps * (doublings + 1);

    static std::size_t indexOf(std::int64_t nanoseconds)
    {
        const auto units = static_cast<std::uint64_t>(std::max<std::int64_t>(nanoseconds, 0)) >> unitBits;
        if (units < steps) {
            return static_cast<std::size_t>(units);
        }
        const auto shift = static_cast<unsigned>(std::bit_width(units)) - stepBits - 1;
        return std::min(size - 1, steps * (shift + 1) + static_cast<std::size_t>((units >> shift) - steps));
    }
    static std::int64_t middleOf(std::size_t index)
    {
        if (index < steps) {
            return static_cast<std::int64_t>((index << unitBits) + (1U << (unitBits - 1U)));
        }
        const auto shift = static_cast<unsigned>(index / steps - 1);
        const auto low = static_cast<std::uint64_t>(steps + index % steps) << shift;
        return static_cast<std::int64_t>((low << unitBits) + (std::uint64_t{1} << (shift + unitBits - 1U)));
    }

    std::array<std::uint32_t, size> m_counts{};
    std::uint64_t m_count = 0;
};

} // namespace bothways::capture
