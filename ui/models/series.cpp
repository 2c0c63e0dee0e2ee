// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/series.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace bothways::ui {

namespace {

constexpr std::size_t blockSize = 32;
constexpr std::size_t chunkSize = 4096;
static_assert(chunkSize % blockSize == 0);

constexpr double noReply = std::numeric_limits<double>::quiet_NaN();

} // namespace

std::optional<double> Column::average() const
{
    return answered == 0 ? std::optional<double>() : std::clamp(sum / answered, minimum, maximum);
}

std::optional<double> Column::deviation() const
{
    if (answered < 2) {
        return {};
    }
    const double mean = sum / answered;
    return std::sqrt(std::max(0.0, squares / answered - mean * mean));
}

void Column::add(double rttMs)
{
    if (std::isnan(rttMs)) {
        ++lost;
        return;
    }
    minimum = answered == 0 ? rttMs : std::min(minimum, rttMs);
    maximum = answered == 0 ? rttMs : std::max(maximum, rttMs);
    sum += rttMs;
    squares += rttMs * rttMs;
    ++answered;
}

void Column::add(const Column &other)
{
    if (other.answered > 0) {
        minimum = answered == 0 ? other.minimum : std::min(minimum, other.minimum);
        maximum = answered == 0 ? other.maximum : std::max(maximum, other.maximum);
    }
    sum += other.sum;
    squares += other.squares;
    answered += other.answered;
    lost += other.lost;
}

struct SampleSeries::Chunk {
    std::array<std::int64_t, chunkSize> times{};
    std::array<double, chunkSize> rtts{};
    std::array<Column, chunkSize / blockSize> blocks{};
    Column all;
};

SampleSeries::SampleSeries() = default;
SampleSeries::~SampleSeries() = default;

SampleSeries::SampleSeries(const SampleSeries &other) : m_chunks(other.m_chunks), m_begin(other.m_begin), m_end(other.m_end)
{
    if (m_end % chunkSize != 0) {
        m_chunks.back() = std::make_shared<Chunk>(*m_chunks.back());
    }
}

SampleSeries &SampleSeries::operator=(const SampleSeries &other)
{
    SampleSeries copy(other);
    m_chunks.swap(copy.m_chunks);
    m_begin = copy.m_begin;
    m_end = copy.m_end;
    return *this;
}

std::int64_t SampleSeries::timeAt(std::size_t place) const { return m_chunks[place / chunkSize]->times[place % chunkSize]; }

RttSample SampleSeries::at(std::size_t index) const
{
    const auto place = m_begin + index;
    const double rtt = m_chunks[place / chunkSize]->rtts[place % chunkSize];
    return {.atMs = timeAt(place), .rttMs = std::isnan(rtt) ? std::optional<double>() : rtt};
}

void SampleSeries::append(const RttSample &sample)
{
    const auto atMs = isEmpty() ? sample.atMs : std::max(lastMs(), sample.atMs);
    if (m_end == m_chunks.size() * chunkSize) {
        m_chunks.push_back(std::make_shared<Chunk>());
    }
    auto &chunk = *m_chunks.back();
    const auto place = m_end % chunkSize;
    const double rtt = sample.rttMs && std::isfinite(*sample.rttMs) ? *sample.rttMs : noReply;
    chunk.times[place] = atMs;
    chunk.rtts[place] = rtt;
    chunk.blocks[place / blockSize].add(rtt);
    chunk.all.add(rtt);
    ++m_end;
    if (size() > capacity) {
        ++m_begin;
        if (m_begin == chunkSize) {
            m_chunks.pop_front();
            m_begin -= chunkSize;
            m_end -= chunkSize;
        }
    }
}

void SampleSeries::clear()
{
    m_chunks.clear();
    m_begin = 0;
    m_end = 0;
}

/// The first place whose time is not before `atMs`. What is looked for is mostly near `first`, so the steps grow from there.
std::size_t SampleSeries::lowerBound(std::int64_t atMs, std::size_t first, std::size_t last) const
{
    std::size_t step = 1;
    while (first < last && timeAt(first) < atMs) {
        const auto next = std::min(last, first + step);
        if (next == last || timeAt(next) >= atMs) {
            auto low = first + 1;
            auto high = next;
            while (low < high) {
                const auto middle = low + (high - low) / 2;
                if (timeAt(middle) < atMs) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            return low;
        }
        first = next;
        step *= 2;
    }
    return first;
}

Column SampleSeries::between(std::size_t first, std::size_t last) const
{
    Column result;
    while (first < last) {
        const auto &chunk = *m_chunks[first / chunkSize];
        const auto place = first % chunkSize;
        if (place == 0 && last - first >= chunkSize) {
            result.add(chunk.all);
            first += chunkSize;
        } else if (place % blockSize == 0 && last - first >= blockSize) {
            result.add(chunk.blocks[place / blockSize]);
            first += blockSize;
        } else {
            result.add(chunk.rtts[place]);
            ++first;
        }
    }
    return result;
}

std::vector<Column> SampleSeries::reduce(std::int64_t fromMs, std::int64_t toMs, int pixels) const
{
    if (pixels <= 0 || toMs <= fromMs) {
        return {};
    }
    std::vector<Column> columns(static_cast<std::size_t>(pixels));
    const double scale = static_cast<double>(pixels) / static_cast<double>(toMs - fromMs);
    const auto columnOf = [&](std::int64_t atMs) {
        const auto position = static_cast<std::int64_t>(static_cast<double>(atMs - fromMs) * scale);
        return std::min<std::int64_t>(position, pixels - 1);
    };
    auto place = lowerBound(fromMs, m_begin, m_end);
    const auto end = toMs == std::numeric_limits<std::int64_t>::max() ? m_end : lowerBound(toMs + 1, place, m_end);
    while (place < end) {
        // Where the next column begins follows from its number but for the rounding, which the one formula above decides.
        const auto column = columnOf(timeAt(place));
        auto boundary = fromMs + static_cast<std::int64_t>(static_cast<double>(column + 1) / scale);
        while (columnOf(boundary) > column) {
            --boundary;
        }
        while (boundary < toMs && columnOf(boundary + 1) == column) {
            ++boundary;
        }
        const auto next = column == pixels - 1 ? end : lowerBound(boundary + 1, place, end);
        columns[static_cast<std::size_t>(column)] = between(place, next);
        place = next;
    }
    return columns;
}

Column SampleSeries::summary(std::int64_t fromMs, std::int64_t toMs) const
{
    const auto first = lowerBound(fromMs, m_begin, m_end);
    return between(first, lowerBound(toMs + 1, first, m_end));
}

} // namespace bothways::ui
