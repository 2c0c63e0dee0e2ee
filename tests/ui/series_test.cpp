// SPDX-License-Identifier: GPL-3.0-or-later
#include "catch.h"
#include "charts/series.h"

#include <algorithm>

using bothways::ui::RttSample;
using bothways::ui::SampleSeries;

TEST_CASE("one spike and one loss in a hundred thousand samples survive the reduction", "[series]")
{
    SampleSeries series;
    for (int i = 0; i < 100'000; ++i) {
        series.append({.atMs = i, .rttMs = i == 54'321 ? 740.0 : 1.0});
    }
    series.append({.atMs = 100'000, .rttMs = {}});
    const auto columns = series.reduce(0, 100'000, 300);
    REQUIRE(columns.size() == 300);
    CHECK(std::count_if(columns.begin(), columns.end(), [](const auto &column) { return column.maximum == 740.0; }) == 1);
    int lost = 0;
    int answered = 0;
    for (const auto &column : columns) {
        lost += column.lost;
        answered += column.answered;
        CHECK(column.minimum == 1.0);
    }
    CHECK(lost == 1);
    CHECK(answered == 100'000);
}

TEST_CASE("a range shows only its own samples", "[series]")
{
    SampleSeries series;
    for (int i = 0; i < 100; ++i) {
        series.append({.atMs = i * 10, .rttMs = i});
    }
    const auto summary = series.summary(100, 190);
    CHECK(summary.sent == 10);
    CHECK(summary.lost == 0);
    CHECK(*summary.averageMs == Approx(14.5));
    CHECK(series.reduce(100, 100, 10).empty());
    CHECK(series.reduce(0, 10, 0).empty());
}

TEST_CASE("loss of a single sample is a whole loss", "[series]")
{
    SampleSeries series;
    series.append({.atMs = 5, .rttMs = {}});
    const auto summary = series.summary(0, 10);
    CHECK(summary.sent == 1);
    CHECK(summary.lost == 1);
    CHECK_FALSE(summary.averageMs.has_value());
}

TEST_CASE("time never runs backwards and old samples make room", "[series]")
{
    SampleSeries series;
    series.append({.atMs = 100, .rttMs = 1.0});
    series.append({.atMs = 50, .rttMs = 2.0});
    CHECK(series.lastMs() == 100);
    for (std::size_t i = 0; i < SampleSeries::capacity + 10; ++i) {
        series.append({.atMs = static_cast<std::int64_t>(200 + i), .rttMs = 1.0});
    }
    CHECK(series.size() <= SampleSeries::capacity);
    CHECK(series.lastMs() == static_cast<std::int64_t>(200 + SampleSeries::capacity + 9));
}
