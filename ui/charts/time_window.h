// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

namespace bothways::ui {

/// First and last sample there are.
struct Extent {
    std::int64_t firstMs = 0;
    std::int64_t lastMs = 0;
};

/// The part of time that a chart shows. Pure.
class TimeWindow {
public:
    static constexpr std::int64_t usualMs = 5LL * 60 * 1000;
    static constexpr std::int64_t shortestMs = 100;
    static constexpr std::int64_t longestMs = 400LL * 24 * 3600 * 1000;

    std::int64_t fromMs() const { return m_from; }
    std::int64_t toMs() const { return m_to; }
    std::int64_t lengthMs() const { return m_to - m_from; }
    /// Following: the newest sample stays at the right edge. Else the window stands still while samples come in.
    bool isFollowing() const { return m_following; }

    void setFollowing(bool following) { m_following = following; }
    /// The usual length, following.
    void reset();
    /// To be called when there are new samples, and after setFollowing() and reset().
    void adjust(const Extent &extent);
    /// `factor` above 1 shows a longer time. What is at `aroundMs` stays where it is, so the window no longer follows.
    void zoom(double factor, std::int64_t aroundMs, const Extent &extent);
    /// Keys know no place: around the newest sample while following, which goes on, else around the middle.
    void zoom(double factor, const Extent &extent);
    void pan(std::int64_t byMs, const Extent &extent); ///< above 0: towards newer samples
    void show(std::int64_t fromMs, std::int64_t toMs); ///< exactly that, standing still

private:
    void keepWithin(const Extent &extent);

    std::int64_t m_from = 0;
    std::int64_t m_to = usualMs;
    std::int64_t m_length = usualMs; ///< while following; less is shown at the beginning
    bool m_following = true;
};

} // namespace bothways::ui
