// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "facts/case.h"
#include "facts/fates.h"
#include "shown/terms.h"

#include <QString>

#include <optional>
#include <vector>

/// Journeys of packets over the points of capture, as drawings made from the evidence: which stations stand in which column, what
/// was seen at each, when, and where the packet was lost. Pure, values only; whoever paints it only paints.
namespace bothways::shown {

/// A column. From left to right: the host, the points on the way, the VM; behind them the points beside the way.
struct TimelineStation {
    enum class Kind {
        End,    ///< who asked, who was asked: nothing was captured there
        Point,  ///< on the way
        Beside, ///< not on the way: nothing of the two should be seen there
    };
    Kind kind = Kind::Point;
    QString name;    ///< of the interface; translated for the host and the VM
    QString caption; ///< translated: what it is; for an end its address
    QString doubt;   ///< translated: why a frame may have passed unseen; empty where none can
};

struct TimelineSighting {
    int station = 0;    ///< index into Timeline::stations
    qint64 sinceNs = 0; ///< since the first sighting of the journey
    QString words;      ///< translated: all that is known of the frame there
};

/// One frame on its way: a row of the drawing. Sent again, it is another.
struct TimelinePass {
    evidence::Leg leg = evidence::Leg::Request;
    bool rightwards = true;
    QString word;  ///< translated: "request"
    int from = -1; ///< station that it comes from; -1: none of them, or not known
    int to = -1;   ///< station that it came to in the end, though not seen there; -1: none, or not known
    std::vector<TimelineSighting> sightings; ///< in the order of travel, those beside the way last; may be empty
};

/// Where it was lost: a cross in the row of `pass`.
struct TimelineLoss {
    int pass = 0;
    int from = 0;        ///< station
    int to = -1;         ///< station; -1: a machine that is none of them
    bool certain = true; ///< false: there or behind it, no point tells more
    QString words;       ///< translated, short: "request lost"
};

struct Timeline {
    std::vector<TimelineStation> stations;
    std::vector<TimelinePass> passes;
    std::optional<TimelineLoss> loss;
    QString sentence; ///< translated: what became of it
    int leftOut = 0;  ///< sightings that the drawing has no room for
};

/// Journeys of one kind and way with one fate.
struct JourneyLine {
    evidence::JourneyKind kind = evidence::JourneyKind::Echo;
    facts::Way way = facts::Way::Other;
    facts::JourneyEnd end = facts::JourneyEnd::Open;
    int count = 0;
    QString name;      ///< translated: "ICMP echo, host to VM"
    QString fate;      ///< translated: "10 of 10 lost between vnet0 and VM"
    Timeline timeline; ///< of the first
};

QString describe(const JourneyLine &group); ///< translated: name and fate

/// How far a point of capture can be believed.
struct PointLine {
    QString name;
    QString caption; ///< translated: what it is
    bool opened = false;
    bool whole = false; ///< what is not in it did not pass
    qint64 frames = 0;
    qint64 dropped = 0;
    QString problem;
};
QString describe(const PointLine &point); ///< translated: one clause without the name

struct Journeys {
    evidence::Access access = evidence::Access::NotTried;
    QString problem;                 ///< why nothing was captured, or not all the time
    std::vector<JourneyLine> groups; ///< echo between host and VM first, what was lost before the rest; bounded
    std::vector<PointLine> points;
    qint64 groupsLeftOut = 0;
    qint64 journeysLeftOut = 0; ///< that the capture had no room for
};
Journeys journeysOf(const facts::Case &given);

/// "answered", translated.
QString word(facts::JourneyEnd end);
Mood moodOf(facts::JourneyEnd end);
/// "9 \u00b5s", three significant figures, translated.
QString duration(qint64 nanoseconds);

} // namespace bothways::shown
