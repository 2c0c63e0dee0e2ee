// SPDX-License-Identifier: GPL-3.0-or-later
#include "catch.h"

#include "capture/histogram.h"

#include <cmath>
#include <vector>

using bothways::capture::Histogram;

TEST_CASE("a quantile is off by no more than a step", "[histogram]")
{
    std::vector<std::int64_t> values;
    Histogram histogram;
    std::uint64_t state = 7; // fixed: a failure must come back
    for (int i = 0; i < 20000; ++i) {
        state = state * 6364136223846793005U + 1442695040888963407U;
        const auto exponent = 7.0 + static_cast<double>(state >> 40U) / static_cast<double>(1U << 24U) * 29.0;
        values.push_back(static_cast<std::int64_t>(std::exp2(exponent)));
        histogram.add(values.back());
    }
    std::sort(values.begin(), values.end());
    for (const double share : {0.0, 0.01, 0.5, 0.95, 0.99, 1.0}) {
        const auto rank = std::max(1.0, std::ceil(share * static_cast<double>(values.size())));
        const auto exact = static_cast<double>(values[static_cast<std::size_t>(rank) - 1]);
        CHECK(std::abs(static_cast<double>(histogram.quantile(share)) - exact) <= std::max(32.0, exact * 0.0157));
    }
}

TEST_CASE("an empty histogram, and values beyond its ends", "[histogram]")
{
    Histogram histogram;
    CHECK(histogram.quantile(0.5) == 0);
    histogram.add(-5);
    CHECK(histogram.quantile(1) == 32);
    histogram.add(std::numeric_limits<std::int64_t>::max());
    CHECK(histogram.quantile(1) > 100'000'000'000);
    CHECK(histogram.count() == 2);
}
