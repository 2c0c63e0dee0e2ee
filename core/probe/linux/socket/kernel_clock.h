// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <ctime>

namespace bothways::probe {

using Nanoseconds = long long; ///< what Qt calls qint64

inline Nanoseconds nanoseconds(const timespec &time) { return Nanoseconds{time.tv_sec} * 1'000'000'000 + time.tv_nsec; }
inline Nanoseconds nanoseconds(std::chrono::nanoseconds time) { return time.count(); }

inline Nanoseconds clockNs(clockid_t clock)
{
    timespec now{};
    ::clock_gettime(clock, &now);
    return nanoseconds(now);
}

/// For every duration.
inline Nanoseconds monotonicNs() { return clockNs(CLOCK_MONOTONIC); }
/// Only to set against the kernel's packet stamps, which are on this clock.
inline Nanoseconds realtimeNs() { return clockNs(CLOCK_REALTIME); }

/// A stop request is seen within this time.
inline constexpr Nanoseconds sliceNs = 50'000'000;

} // namespace bothways::probe
