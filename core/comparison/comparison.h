// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "conclusion/conclusion.h"

#include <QDateTime>
#include <QString>
#include <QStringList>

#include <optional>
#include <vector>

/// Two sessions beside each other. Pure. What could not be read in one of them cannot be compared: it is never called unchanged,
/// and never removed.
namespace bothways::comparison {

enum class Change { Added, Removed, Changed, Moved };

struct Difference {
    Change change = Change::Changed;
    QString what;   ///< of what: a check, a chain, a route's destination
    QString before; ///< empty where it was not there
    QString after;
};

inline constexpr std::size_t mostDifferences = 200; ///< of one part; the others are counted

/// One kind of fact of one machine.
struct ComparedPart {
    QString id;    ///< "host_routes"; never translated
    QString title; ///< translated
    std::vector<Difference> differences;
    int leftOut = 0; ///< differences there was no room for
    int same = 0;    ///< facts that are as they were
    QString cannot;  ///< translated: why it cannot be compared; empty where it was
    QString note;    ///< translated: what to know when reading it
};

enum class Tendency {
    CannotTell,         ///< not measured in one of them
    TooFew,             ///< even the clearest difference of so few samples could be chance
    NotDistinguishable, ///< what there is may well be chance, or is no more than ordinary noise
    Better,
    Worse,
};

/// One value measured twice, each time by several samples.
struct MeasuredTwice {
    QString id;     ///< "icmp_host_to_vm_loss", "icmp_host_to_vm_rtt"
    QString title;  ///< translated
    QString before; ///< translated: value and how many samples
    QString after;
    Tendency tendency = Tendency::CannotTell;
    std::optional<double> probability; ///< two-sided: a difference as large as this where both are alike
    std::optional<double> effect;      ///< RTT: in how many of all pairs the later is greater, less the opposite; -1..1
    QString sentence;                  ///< translated: what follows, and by which test
};

struct ScoreTwice {
    QString title; ///< translated: a dimension
    QString id;
    std::optional<int> before; ///< empty: not measured
    std::optional<int> after;
};

struct ComparedSession {
    QString target; ///< "db7: 10.0.0.1 ⇄ 10.0.0.10"
    QString host;   ///< name of the machine that measured
    QDateTime started;
    diagnosis::Status status = diagnosis::Status::Unexplained; ///< of the verdict
    QString headline;
    std::optional<int> score;
};

struct Comparison {
    ComparedSession before;
    ComparedSession after;
    bool sameTarget = true;
    QStringList cautions; ///< translated, whole sentences: what makes it doubtful. The first one tells of another VM or host
    bool verdictChanged = false;
    std::vector<ComparedPart> parts;
    std::vector<MeasuredTwice> measured;
    std::vector<ScoreTwice> dimensions;
    std::optional<int> scoreBefore; ///< over what was measured both times
    std::optional<int> scoreAfter;

    bool differs() const;
};

Comparison compare(const conclusion::Conclusion &before, const conclusion::Conclusion &after);

} // namespace bothways::comparison
