// SPDX-License-Identifier: GPL-3.0-or-later
#include "catch.h"
#include "models/series.h"

#include <algorithm>
#include <cmath>
#include <random>

using bothways::ui::Column;
using bothways::ui::RttSample;
using bothways::ui::SampleSeries;

namespace {

/// The reduction as it is defined: a look at every sample.
std::vector<Column> plainly(const std::vector<RttSample> &samples, std::int64_t fromMs, std::int64_t toMs, int pixels)
{
    std::vector<Column> columns(static_cast<std::size_t>(pixels));
    const double scale = static_cast<double>(pixels) / static_cast<double>(toMs - fromMs);
    for (const auto &sample : samples) {
        if (sample.atMs < fromMs || sample.atMs > toMs) {
            continue;
        }
        const auto position = static_cast<int>(static_cast<double>(sample.atMs - fromMs) * scale);
        auto &column = columns[static_cast<std::size_t>(std::clamp(position, 0, pixels - 1))];
        if (!sample.rttMs) {
            ++column.lost;
            continue;
        }
        column.minimum = column.answered == 0 ? *sample.rttMs : std::min(column.minimum, *sample.rttMs);
        column.maximum = column.answered == 0 ? *sample.rttMs : std::max(column.maximum, *sample.rttMs);
        column.sum += *sample.rttMs;
        column.squares += *sample.rttMs * *sample.rttMs;
        ++column.answered;
    }
    return columns;
}

bool near(double a, double b) { return std::abs(a - b) <= 1e-9 * std::max(1.0, std::abs(b)); }

/// Sums may be added up in another order; everything else is the same to the bit.
bool same(const Column &a, const Column &b)
{
    return a.minimum == b.minimum && a.maximum == b.maximum && a.answered == b.answered && a.lost == b.lost &&
           near(a.sum, b.sum) && near(a.squares, b.squares);
}

std::size_t firstDifference(const std::vector<Column> &a, const std::vector<Column> &b)
{
    return static_cast<std::size_t>(std::mismatch(a.begin(), a.end(), b.begin(), b.end(), same).first - a.begin());
}

/// Steps between samples, from several within a millisecond to pauses of hours; losses alone and in rows; spikes.
class Source {
public:
    explicit Source(unsigned seed) : m_random(seed) {}
    RttSample next()
    {
        const int kind = pick(0, 999);
        m_at += kind == 0 ? pick(1, 7'200'000) : kind < 200 ? 0 : pick(1, m_step);
        m_losing = kind % 97 == 3 ? pick(0, 60) : std::max(0, m_losing - 1);
        if (m_losing > 0) {
            return {.atMs = m_at, .rttMs = {}};
        }
        return {.atMs = m_at, .rttMs = kind == 500 ? 1000.0 + pick(0, 9000) : pick(100, 3000) / 1000.0};
    }
    int pick(int low, int high) { return std::uniform_int_distribution(low, high)(m_random); }

private:
    std::mt19937 m_random;
    std::int64_t m_at = 1'764'150'000'000;
    int m_step = std::uniform_int_distribution(1, 400)(m_random);
    int m_losing = 0;
};

} // namespace

TEST_CASE("the reduction is the same as a look at every sample", "[series]")
{
    for (unsigned seed = 1; seed <= 60; ++seed) {
        Source source(seed);
        SampleSeries series;
        std::vector<RttSample> samples;
        const int count = source.pick(0, 1) == 0 ? source.pick(1, 200) : source.pick(3000, 30'000);
        for (int i = 0; i < count; ++i) {
            samples.push_back(source.next());
            series.append(samples.back());
        }
        const auto first = samples.front().atMs;
        const auto span = static_cast<int>(std::min<std::int64_t>(samples.back().atMs - first, 2'000'000'000)) + 1000;
        for (int window = 0; window < 20; ++window) {
            const auto from = first - 500 + source.pick(0, span);
            const auto to = from + 1 + source.pick(0, window % 2 == 0 ? span : 2000);
            const int pixels = source.pick(1, window % 3 == 0 ? 20 : 1500);
            const auto columns = series.reduce(from, to, pixels);
            const auto expected = plainly(samples, from, to, pixels);
            INFO("seed " << seed << ", " << count << " samples, window " << from << " to " << to << ", " << pixels << " pixels");
            REQUIRE(columns.size() == expected.size());
            REQUIRE(firstDifference(columns, expected) == columns.size());
            REQUIRE(same(series.summary(from, to), plainly(samples, from, to, 1).front()));
        }
    }
}

TEST_CASE("one spike and one loss in a hundred thousand samples survive the reduction", "[series]")
{
    for (const int where : {0, 63, 64, 4095, 4096, 54'321, 99'999}) {
        SampleSeries series;
        for (int i = 0; i < 100'000; ++i) {
            series.append({.atMs = i, .rttMs = i == where ? 740.0 : 1.0});
        }
        series.append({.atMs = 100'000, .rttMs = {}});
        const auto columns = series.reduce(0, 100'000, 300);
        REQUIRE(columns.size() == 300);
        CHECK(std::count_if(columns.begin(), columns.end(), [](const auto &column) { return column.maximum == 740.0; }) == 1);
        Column all;
        for (const auto &column : columns) {
            all.add(column);
            CHECK(column.minimum == 1.0);
        }
        CHECK(all.lost == 1);
        CHECK(all.answered == 100'000);
    }
}

TEST_CASE("a range shows only its own samples", "[series]")
{
    SampleSeries series;
    for (int i = 0; i < 100; ++i) {
        series.append({.atMs = i * 10, .rttMs = i});
    }
    const auto summary = series.summary(100, 190);
    CHECK(summary.sent() == 10);
    CHECK(summary.lost == 0);
    CHECK(*summary.average() == Approx(14.5));
    CHECK(*summary.deviation() == Approx(std::sqrt(8.25)));
    CHECK(series.countBefore(100) == 10);
    CHECK(series.countBefore(5000) == 100);
    CHECK(series.reduce(100, 100, 10).empty());
    CHECK(series.reduce(0, 10, 0).empty());
}

TEST_CASE("loss of a single sample is a whole loss", "[series]")
{
    SampleSeries series;
    series.append({.atMs = 5, .rttMs = {}});
    const auto summary = series.summary(0, 10);
    CHECK(summary.sent() == 1);
    CHECK(summary.lost == 1);
    CHECK_FALSE(summary.average().has_value());
    CHECK_FALSE(summary.deviation().has_value());
}

TEST_CASE("time never runs backwards and the oldest sample makes room", "[series]")
{
    SampleSeries series;
    series.append({.atMs = 100, .rttMs = 1.0});
    series.append({.atMs = 50, .rttMs = std::nan("")});
    CHECK(series.lastMs() == 100);
    CHECK_FALSE(series.at(1).rttMs.has_value());
    std::vector<RttSample> samples;
    for (std::size_t i = 0; i < SampleSeries::capacity + 9000; ++i) {
        samples.push_back({.atMs = static_cast<std::int64_t>(200 + i), .rttMs = static_cast<double>(i % 777)});
        series.append(samples.back());
    }
    CHECK(series.size() == SampleSeries::capacity);
    CHECK(series.firstMs() == 9200);
    CHECK(series.lastMs() == samples.back().atMs);
    CHECK(*series.at(0).rttMs == 9000 % 777);
    samples.erase(samples.begin(), samples.begin() + 9000);
    for (const int pixels : {1, 7, 1200}) {
        const auto expected = plainly(samples, 0, series.lastMs(), pixels);
        CHECK(firstDifference(series.reduce(0, series.lastMs(), pixels), expected) == expected.size());
    }
    series.clear();
    CHECK(series.isEmpty());
    CHECK(series.reduce(0, 1000, 10).size() == 10);
}

TEST_CASE("a copy stays as it was while the series goes on", "[series]")
{
    SampleSeries series;
    for (int i = 0; i < 5000; ++i) {
        series.append({.atMs = i, .rttMs = 1.0});
    }
    const SampleSeries copy = series;
    for (int i = 5000; i < 10'000; ++i) {
        series.append({.atMs = i, .rttMs = 2.0});
    }
    CHECK(copy.size() == 5000);
    CHECK(copy.summary(0, 20'000).maximum == 1.0);
    CHECK(copy.reduce(4990, 5010, 1).front().sent() == 10);
    CHECK(series.summary(0, 20'000).maximum == 2.0);
}
