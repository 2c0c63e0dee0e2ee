// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/series.h"

#include <algorithm>
#include <iterator>

namespace bothways::ui {

namespace {

bool earlier(const RttSample &sample, std::int64_t atMs) { return sample.atMs < atMs; }

} // namespace

void SampleSeries::append(const RttSample &sample)
{
    if (m_samples.size() >= capacity) {
        m_samples.erase(m_samples.begin(), std::next(m_samples.begin(), capacity / 16));
    }
    m_samples.push_back(sample);
    if (m_samples.size() > 1) {
        const auto before = m_samples[m_samples.size() - 2].atMs;
        m_samples.back().atMs = std::max(before, sample.atMs);
    }
}

std::vector<Column> SampleSeries::reduce(std::int64_t fromMs, std::int64_t toMs, int pixels) const
{
    if (pixels <= 0 || toMs <= fromMs) {
        return {};
    }
    std::vector<Column> columns(static_cast<std::size_t>(pixels));
    const double scale = static_cast<double>(pixels) / static_cast<double>(toMs - fromMs);
    for (auto sample = std::lower_bound(m_samples.begin(), m_samples.end(), fromMs, earlier);
         sample != m_samples.end() && sample->atMs <= toMs; ++sample) {
        const auto position = static_cast<int>(static_cast<double>(sample->atMs - fromMs) * scale);
        auto &column = columns[static_cast<std::size_t>(std::clamp(position, 0, pixels - 1))];
        if (!sample->rttMs) {
            ++column.lost;
            continue;
        }
        column.minimum = column.answered == 0 ? *sample->rttMs : std::min(column.minimum, *sample->rttMs);
        column.maximum = column.answered == 0 ? *sample->rttMs : std::max(column.maximum, *sample->rttMs);
        ++column.answered;
    }
    return columns;
}

SampleSeries::Summary SampleSeries::summary(std::int64_t fromMs, std::int64_t toMs) const
{
    Summary result;
    double sum = 0;
    for (auto sample = std::lower_bound(m_samples.begin(), m_samples.end(), fromMs, earlier);
         sample != m_samples.end() && sample->atMs <= toMs; ++sample) {
        ++result.sent;
        result.lost += sample->rttMs ? 0 : 1;
        sum += sample->rttMs.value_or(0);
    }
    if (result.sent > result.lost) {
        result.averageMs = sum / (result.sent - result.lost);
    }
    return result;
}

} // namespace bothways::ui
