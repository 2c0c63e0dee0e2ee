// SPDX-License-Identifier: GPL-3.0-or-later
#include "comparison/statistics.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <tuple>

namespace bothways::comparison {

namespace {

constexpr std::size_t mostExact = 50;

/// Ranks of all values, ties sharing the mean of theirs, doubled so that they are whole numbers; the first sample's come first.
struct Ranks {
    std::vector<int> doubled;
    double ties = 0; ///< sum of t^3 - t over groups of equal values
};

Ranks ranksOf(const std::vector<double> &first, const std::vector<double> &second)
{
    struct Item {
        double value;
        std::size_t place;
    };
    std::vector<Item> items;
    for (const auto &sample : {first, second}) {
        for (const double value : sample) {
            items.push_back({value, items.size()});
        }
    }
    std::sort(items.begin(), items.end(), [](const Item &a, const Item &b) { return a.value < b.value; });
    Ranks ranks{std::vector<int>(items.size()), 0};
    for (std::size_t i = 0; i < items.size();) {
        std::size_t end = i;
        while (end < items.size() && items[end].value == items[i].value) {
            ++end;
        }
        const auto group = static_cast<double>(end - i);
        ranks.ties += group * group * group - group;
        for (std::size_t k = i; k < end; ++k) {
            ranks.doubled[items[k].place] = static_cast<int>(i + 1 + end);
        }
        i = end;
    }
    return ranks;
}

/// Share of all ways to choose so many of the ranks whose sum is as far from the mean as `sum`, or further; and the same for the
/// furthest sum.
std::pair<double, double> exact(const std::vector<int> &ranks, std::size_t chosen, int sum)
{
    int total = 0;
    for (const int rank : ranks) {
        total += rank;
    }
    // ways[k][s]: how many choices of k ranks have the sum s
    std::vector<std::vector<double>> ways(chosen + 1, std::vector<double>(static_cast<std::size_t>(total) + 1, 0));
    ways[0][0] = 1;
    for (const int rank : ranks) {
        for (std::size_t k = chosen; k > 0; --k) {
            for (int s = total; s >= rank; --s) {
                ways[k][static_cast<std::size_t>(s)] += ways[k - 1][static_cast<std::size_t>(s - rank)];
            }
        }
    }
    const double mean = static_cast<double>(total) * static_cast<double>(chosen) / static_cast<double>(ranks.size());
    const double distance = std::abs(sum - mean) - 1e-9;
    double furthest = 0;
    for (int s = 0; s <= total; ++s) {
        furthest = ways[chosen][static_cast<std::size_t>(s)] > 0 ? std::max(furthest, std::abs(s - mean)) : furthest;
    }
    double all = 0;
    double beyond = 0;
    double least = 0;
    for (int s = 0; s <= total; ++s) {
        const double count = ways[chosen][static_cast<std::size_t>(s)];
        all += count;
        beyond += std::abs(s - mean) >= distance ? count : 0;
        least += std::abs(s - mean) >= furthest - 1e-9 ? count : 0;
    }
    return {beyond / all, least / all};
}

double logFactorial(int n) { return std::lgamma(static_cast<double>(n) + 1); }

double logChoose(int n, int k) { return logFactorial(n) - logFactorial(k) - logFactorial(n - k); }

} // namespace

std::optional<RankTest> mannWhitney(const std::vector<double> &first, const std::vector<double> &second)
{
    if (first.empty() || second.empty()) {
        return std::nullopt;
    }
    const auto ranks = ranksOf(first, second);
    int sum = 0; // of the second sample, doubled
    for (std::size_t i = first.size(); i < ranks.doubled.size(); ++i) {
        sum += ranks.doubled[i];
    }
    const auto n1 = static_cast<double>(first.size());
    const auto n2 = static_cast<double>(second.size());
    const double u = sum / 2.0 - n2 * (n2 + 1) / 2;
    RankTest test;
    test.effect = 2 * u / (n1 * n2) - 1;
    if (ranks.doubled.size() <= mostExact) {
        std::tie(test.probability, test.least) = exact(ranks.doubled, second.size(), sum);
        return test;
    }
    const double n = n1 + n2;
    const double deviation = std::sqrt(n1 * n2 / 12 * (n + 1 - ranks.ties / (n * (n - 1))));
    const double distance = std::max(0.0, std::abs(u - n1 * n2 / 2) - 0.5);
    const auto tail = [deviation](double d) { return deviation > 0 ? std::erfc(d / deviation / std::sqrt(2.0)) : 1.0; };
    test.probability = tail(distance);
    test.least = tail(n1 * n2 / 2 - 0.5);
    return test;
}

std::optional<ShareTest> fisher(int hits, int of, int hits2, int of2)
{
    if (of <= 0 || of2 <= 0 || hits < 0 || hits2 < 0 || hits > of || hits2 > of2) {
        return std::nullopt;
    }
    const int all = hits + hits2;
    const auto chance = [&](int k) { return std::exp(logChoose(of, k) + logChoose(of2, all - k) - logChoose(of + of2, all)); };
    const int low = std::max(0, all - of2);
    const int high = std::min(all, of);
    const double mine = chance(hits);
    ShareTest test{0, 1};
    for (int k = low; k <= high; ++k) {
        const double each = chance(k);
        test.probability += each <= mine * (1 + 1e-7) ? each : 0;
    }
    test.probability = std::min(1.0, test.probability);
    // The clearest that these sizes allow: all of one, none of the other.
    test.least = std::exp(-logChoose(of + of2, of)) * (of == of2 ? 2 : 1);
    return test;
}

Interval wilson(int hits, int of)
{
    if (of <= 0) {
        return {};
    }
    constexpr double z = 1.959964;
    const double n = of;
    const double p = hits / n;
    const double middle = (p + z * z / (2 * n)) / (1 + z * z / n);
    const double half = z / (1 + z * z / n) * std::sqrt(p * (1 - p) / n + z * z / (4 * n * n));
    return {hits == 0 ? 0 : middle - half, hits == of ? 1 : middle + half};
}

double median(std::vector<double> values)
{
    std::sort(values.begin(), values.end());
    const auto half = values.size() / 2;
    return values.size() % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2;
}

} // namespace bothways::comparison
