// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

/// Round-trip samples over time and their reduction to the pixels there are. Pure; no Qt Charts.
namespace bothways::ui {

struct RttSample {
    std::int64_t atMs = 0;         ///< milliseconds since the epoch, for the axis only
    std::optional<double> rttMs{}; ///< empty: lost
};

/// What one pixel column shows. A spike of a single sample is its `maximum`; a single loss counts in `lost`.
struct Column {
    double minimum = 0;
    double maximum = 0;
    int answered = 0;
    int lost = 0;
};

class SampleSeries {
public:
    /// A day at ten samples a second. Older ones make room in blocks.
    static constexpr std::size_t capacity = 864'000;

    void append(const RttSample &sample); ///< times out of order are clamped to the latest
    void clear() { m_samples.clear(); }
    bool isEmpty() const { return m_samples.empty(); }
    std::size_t size() const { return m_samples.size(); }
    std::int64_t firstMs() const { return m_samples.empty() ? 0 : m_samples.front().atMs; }
    std::int64_t lastMs() const { return m_samples.empty() ? 0 : m_samples.back().atMs; }

    /// Samples with fromMs <= time <= toMs in `pixels` equal columns.
    std::vector<Column> reduce(std::int64_t fromMs, std::int64_t toMs, int pixels) const;

    struct Summary {
        int sent = 0;
        int lost = 0;
        std::optional<double> averageMs;
    };
    Summary summary(std::int64_t fromMs, std::int64_t toMs) const;

private:
    std::vector<RttSample> m_samples;
};

} // namespace bothways::ui
