// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <chrono>
#include <ctime>

namespace bothways::probe {

inline qint64 nanoseconds(const timespec &time) { return qint64{time.tv_sec} * 1'000'000'000 + time.tv_nsec; }
inline qint64 nanoseconds(std::chrono::nanoseconds time) { return time.count(); }

inline qint64 clockNs(clockid_t clock)
{
    timespec now{};
    ::clock_gettime(clock, &now);
    return nanoseconds(now);
}

/// For every duration.
inline qint64 monotonicNs() { return clockNs(CLOCK_MONOTONIC); }
/// Only to set against the kernel's packet stamps, which are on this clock.
inline qint64 realtimeNs() { return clockNs(CLOCK_REALTIME); }

/// A stop request is seen within this time.
inline constexpr qint64 sliceNs = 50'000'000;

} // namespace bothways::probe
