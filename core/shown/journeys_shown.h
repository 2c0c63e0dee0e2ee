// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shown/journey_timeline.h"

#include <QString>

#include <cstddef>
#include <vector>

/// How much of the journeys a report shows; the session file keeps them all.
namespace bothways::shown {

inline constexpr std::size_t mostJourneyRows = 12;
inline constexpr std::size_t mostDecisive = 2;
inline constexpr std::size_t mostPointRows = 16;

/// Names and sentences of journeys come from outside: never longer than a few lines.
QString shortened(const QString &text);
/// The groups that are drawn: what was lost between host and VM, else the first.
std::vector<const JourneyLine *> decisive(const Journeys &journeys);
std::vector<PointLine> shownPoints(const Journeys &journeys);
/// Why there is no journey to show, and whether nothing passed or nobody looked; translated, empty where there is one.
QString whyNone(const Journeys &journeys);
/// Packets that the capture had no room to follow; translated, empty where there are none.
QString notFollowed(const Journeys &journeys);
QString pointsHeading(); ///< of the points of capture, translated
/// What is not in the report, and why nothing was captured; translated, may be empty.
QString notShown(const Journeys &journeys);

} // namespace bothways::shown
