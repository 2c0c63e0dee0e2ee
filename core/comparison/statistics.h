// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <vector>

/// Whether two samples differ by more than chance. Pure.
namespace bothways::comparison {

struct RankTest {
    double probability = 1; ///< two-sided
    double effect = 0;      ///< rank-biserial correlation, -1..1: positive where the second sample is greater
    double least = 1;       ///< the smallest probability that samples of these sizes could give
};
/// Mann-Whitney U. Exact, ties included, up to fifty values together; beyond, the normal approximation with the correction for
/// ties. Empty where a sample is empty.
std::optional<RankTest> mannWhitney(const std::vector<double> &first, const std::vector<double> &second);

struct ShareTest {
    double probability = 1;
    double least = 1;
};
/// Fisher's exact test of two shares, two-sided. Empty where one has no samples.
std::optional<ShareTest> fisher(int hits, int of, int hits2, int of2);

struct Interval {
    double low = 0;
    double high = 1;
};
/// Wilson's 95 % interval of a share; the whole of 0..1 without samples.
Interval wilson(int hits, int of);

double median(std::vector<double> values); ///< of one value at least

} // namespace bothways::comparison
