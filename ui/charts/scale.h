// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/series.h"

#include <QString>

/// Where values and times stand on a chart, and what is written there. Pure; local time.
namespace bothways::ui {

/// From the bottom to the top of the plot, in milliseconds.
struct RttRange {
    double low = 0;
    double high = 1;
    bool logarithmic = false;

    double share(double rttMs) const; ///< 0 at the bottom, 1 at the top
};
/// Round, with some air, so that it does not jump with each sample. Logarithmic: whole decades from 0.01 ms up.
RttRange rttRange(double lowest, double highest, bool logarithmic);

/// Lines across the plot and what is written beside them.
struct RttGrid {
    std::vector<double> values; ///< in milliseconds, from the bottom to the top of the plot
    int decades = 0;            ///< from a line to the next; logarithmic only
    int decimals = -1;          ///< of each value; below 0: as few as there are

    QString text(double value) const; ///< with its unit
};
/// As many lines as labels of this height have room for in a plot of this height, in pixels.
RttGrid rttGrid(const RttRange &range, double plotHeight, double labelHeight);

struct Tick {
    std::int64_t atMs = 0;
    QString text;
};
struct TimeTicks {
    std::int64_t stepMs = 0;
    std::vector<Tick> ticks; ///< at round times of the clock
};
/// At most `most` of them. With their dates where more than a day is shown.
TimeTicks timeTicks(std::int64_t fromMs, std::int64_t toMs, int most);
/// How many times have room below a plot of this width, in pixels.
int mostTimes(double plotWidth);

/// Mean and standard deviation around a place, as ping's avg and mdev, never outside of what was measured.
struct BandPoint {
    std::int64_t atMs = 0;
    double low = 0;
    double high = 0;
    bool measured = false; ///< false: fewer than two replies around it
};
/// A point every few pixels, each over a bit more than its neighbourhood; the same samples give the same points however the
/// window moves.
std::vector<BandPoint> jitterBand(const SampleSeries &series, std::int64_t fromMs, std::int64_t toMs, int pixels);

QString duration(std::int64_t lengthMs); ///< "250 ms", "5 min", "24 h", translated
QString clockTime(std::int64_t atMs);    ///< "2026-11-23 02:00:00"
QString preciseClock(std::int64_t atMs); ///< "2026-11-23 02:00:00.125"

} // namespace bothways::ui
