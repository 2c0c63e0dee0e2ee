// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/time_window.h"

#include <algorithm>
#include <cmath>

namespace bothways::ui {

namespace {

constexpr std::int64_t shortestAtFirstMs = 4000; ///< the first samples would be drawn wide apart otherwise

std::int64_t scaled(std::int64_t lengthMs, double factor)
{
    const auto length = std::llround(static_cast<double>(lengthMs) * factor);
    return std::clamp<std::int64_t>(length, TimeWindow::shortestMs, TimeWindow::longestMs);
}

} // namespace

void TimeWindow::reset()
{
    m_length = usualMs;
    m_following = true;
}

void TimeWindow::adjust(const Extent &extent)
{
    if (!m_following) {
        return;
    }
    m_to = std::max(extent.lastMs, extent.firstMs + std::min(m_length, shortestAtFirstMs));
    m_from = std::max(extent.firstMs, m_to - m_length);
}

void TimeWindow::zoom(double factor, std::int64_t aroundMs, const Extent &extent)
{
    const auto length = scaled(lengthMs(), factor);
    const double share = static_cast<double>(aroundMs - m_from) / static_cast<double>(lengthMs());
    m_from = aroundMs - std::llround(share * static_cast<double>(length));
    m_to = m_from + length;
    m_following = false;
    keepWithin(extent);
}

void TimeWindow::zoom(double factor, const Extent &extent)
{
    if (!m_following) {
        zoom(factor, m_from + lengthMs() / 2, extent);
        return;
    }
    // What is shown, not what would be: at the beginning there is less than the whole length.
    m_length = scaled(factor < 1 ? lengthMs() : m_length, factor);
    m_length = std::min(m_length, std::max(usualMs, extent.lastMs - extent.firstMs));
    adjust(extent);
}

void TimeWindow::pan(std::int64_t byMs, const Extent &extent)
{
    m_following = false;
    m_from += byMs;
    m_to += byMs;
    keepWithin(extent);
}

void TimeWindow::show(std::int64_t fromMs, std::int64_t toMs)
{
    m_following = false;
    m_from = fromMs;
    m_to = std::max(toMs, fromMs + shortestMs);
    m_length = std::min(lengthMs(), longestMs);
}

void TimeWindow::keepWithin(const Extent &extent)
{
    const auto whole = std::max(extent.lastMs - extent.firstMs, shortestAtFirstMs);
    const auto length = std::min(lengthMs(), whole);
    m_from = std::clamp(m_from, extent.firstMs, extent.firstMs + whole - length);
    m_to = m_from + length;
    m_length = length;
}

} // namespace bothways::ui
