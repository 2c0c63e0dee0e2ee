// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <vector>

/// Round-trip samples over time and their reduction to the pixels there are. Pure; no Qt Charts.
namespace bothways::ui {

enum class Direction { HostToVm, VmToHost };

struct RttSample {
    std::int64_t atMs = 0;         ///< milliseconds since the epoch, for the axis only
    std::optional<double> rttMs{}; ///< empty: lost
};

/// What some samples in a row come to. A spike of a single sample is its `maximum`; a single loss counts in `lost`.
struct Column {
    double minimum = 0;
    double maximum = 0;
    double sum = 0;
    double squares = 0;
    int answered = 0;
    int lost = 0;

    int sent() const { return answered + lost; }
    std::optional<double> average() const;
    /// Standard deviation as ping prints it (mdev); empty where fewer than two were answered.
    std::optional<double> deviation() const;
    void add(double rttMs); ///< NaN: lost
    void add(const Column &other);
};

/// Samples in the order of time, in chunks of fixed size with what each block of them comes to, so that any range is summed
/// up without a look at every sample. 17.3 bytes a sample.
class SampleSeries {
public:
    /// A day at ten samples a second. With one more, the oldest goes.
    static constexpr std::size_t capacity = 864'000;

    SampleSeries();
    /// A copy shares the full chunks, which nobody changes any more, so it costs one chunk: for another thread, or a picture.
    SampleSeries(const SampleSeries &other);
    SampleSeries &operator=(const SampleSeries &other);
    ~SampleSeries();

    void append(const RttSample &sample); ///< times out of order are clamped to the latest; not a number is lost
    void clear();
    bool isEmpty() const { return size() == 0; }
    std::size_t size() const { return m_end - m_begin; }
    RttSample at(std::size_t index) const; ///< 0 is the oldest
    std::int64_t firstMs() const { return isEmpty() ? 0 : timeAt(m_begin); }
    std::int64_t lastMs() const { return isEmpty() ? 0 : timeAt(m_end - 1); }
    /// How many are older than `atMs`.
    std::size_t countBefore(std::int64_t atMs) const { return lowerBound(atMs, m_begin, m_end) - m_begin; }

    /// Samples with fromMs <= time <= toMs in `pixels` equal columns.
    std::vector<Column> reduce(std::int64_t fromMs, std::int64_t toMs, int pixels) const;
    /// All of them in one.
    Column summary(std::int64_t fromMs, std::int64_t toMs) const;

private:
    struct Chunk;

    std::int64_t timeAt(std::size_t place) const;
    std::size_t lowerBound(std::int64_t atMs, std::size_t first, std::size_t last) const;
    Column between(std::size_t first, std::size_t last) const;

    std::deque<std::shared_ptr<Chunk>> m_chunks;
    // Places in the chunks held, counted from the beginning of the first one.
    std::size_t m_begin = 0;
    std::size_t m_end = 0;
};

} // namespace bothways::ui
