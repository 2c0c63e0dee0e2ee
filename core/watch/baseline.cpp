// SPDX-License-Identifier: GPL-3.0-or-later
#include "watch/baseline.h"

#include <algorithm>
#include <cmath>

namespace bothways::watch {

namespace {

/// Of an even number, the mean of the two in the middle. `values` is not empty.
double medianOf(std::vector<double> &values)
{
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    if (values.size() % 2 == 1) {
        return *middle;
    }
    return (*middle + *std::max_element(values.begin(), middle)) / 2;
}

} // namespace

std::optional<Norm> normOf(std::vector<double> values)
{
    if (values.size() < leastBuckets) {
        return std::nullopt;
    }
    Norm norm{values.size(), medianOf(values), 0};
    for (auto &value : values) {
        value = std::abs(value - norm.median);
    }
    norm.deviation = medianOf(values);
    return norm;
}

double limitOf(const Norm &norm, Measure measure)
{
    const double spread = 5 * 1.4826 * norm.deviation;
    const bool isShare = measure == Measure::IcmpLoss || measure == Measure::TcpFailures;
    return norm.median + std::max(spread, isShare ? 0.02 : std::max(0.2, norm.median / 4));
}

} // namespace bothways::watch
