// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace bothways::kernel {

/// Choices from a seed, alike on every machine.
class Random {
public:
    explicit Random(std::uint64_t seed) : m_engine(seed) {}
    int below(int bound) { return static_cast<int>(m_engine() % static_cast<std::uint64_t>(bound)); }
    bool chance(int percent) { return below(100) < percent; }
    template <typename Choices>
    auto pick(const Choices &choices)
    {
        return choices[static_cast<std::size_t>(below(static_cast<int>(choices.size())))];
    }

private:
    std::mt19937_64 m_engine;
};

using Texts = std::vector<std::string_view>;

} // namespace bothways::kernel
