// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "conclusion/conclusion.h"

#include <QString>

#include <optional>
#include <vector>

/// Round-trip times over the run, a lane a direction, with what was lost. Pure.
namespace bothways::shown {

struct RttSample {
    double at = 0;            ///< seconds since the first of its lane, or its number where nobody noted the time
    std::optional<double> ms; ///< empty: lost
};

struct RttLane {
    QString title;                  ///< translated: the direction
    QString facts;                  ///< translated: what is known of it as a whole
    bool timed = false;             ///< `at` is a time
    std::vector<RttSample> samples; ///< in order; those whose fate is not known are not in it
    int lost() const;
};

struct RttChart {
    QString sentence; ///< translated
    std::vector<RttLane> lanes;
    bool isEmpty() const; ///< nothing was measured in any direction
};

RttChart rttChartOf(const conclusion::Conclusion &conclusion);

/// Numbers of the pings that were lost: "1-10, 12"; at most so many runs.
QString lostNumbers(const RttLane &lane);

} // namespace bothways::shown
