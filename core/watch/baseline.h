// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <vector>

/// What is usual, learnt from earlier buckets. Pure.
namespace bothways::watch {

/// What is compared, bucket by bucket.
enum class Measure : std::size_t {
    IcmpLoss,    ///< share, 0..1
    IcmpRtt,     ///< median of the bucket, ms
    TcpFailures, ///< share, 0..1
    TcpRtt,      ///< median of the bucket, ms
};
inline constexpr std::size_t measures = 4;
template <typename T>
using PerMeasure = std::array<T, measures>;

/// Median of the buckets, and the median of their distances from it (MAD): a few bad buckets among many move neither.
struct Norm {
    std::size_t buckets = 0;
    double median = 0;
    double deviation = 0;
};

inline constexpr std::size_t leastBuckets = 6; ///< half an hour; with fewer it is still learning

/// Empty while there are too few.
std::optional<Norm> normOf(std::vector<double> values);
/// The largest value that is still usual: five standard deviations (1.4826 MAD each), but never so near that ordinary noise of a
/// quiet link stands out: 2 percentage points of loss, a quarter of the time and 0.2 ms.
double limitOf(const Norm &norm, Measure measure);

} // namespace bothways::watch
