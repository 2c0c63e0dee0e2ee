// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "watch/baseline.h"
#include "watch/record.h"

#include <QString>

#include <bitset>
#include <deque>
#include <optional>
#include <vector>

namespace bothways::watch {

inline constexpr qint64 bucketMs = 300'000;         ///< five minutes, from full five minutes on
inline constexpr std::size_t mostBuckets = 2016;    ///< a week; older ones are forgotten
inline constexpr std::size_t baselineBuckets = 288; ///< the last day teaches what is usual
inline constexpr int leastCounted = 10;             ///< a bucket with fewer samples of a kind teaches nothing and is not judged
inline constexpr std::size_t mostEvents = 1000;     ///< the latest are kept

/// What came of the samples of one kind.
struct Tally {
    int counted = 0; ///< answered or failed
    int failed = 0;
    int refused = 0;     ///< by ports that were never open: not counted
    int notMeasured = 0; ///< not counted
    std::optional<qint64> leastNs;
    std::optional<qint64> medianNs;
    std::optional<qint64> p95Ns;
    std::optional<qint64> mostNs;
    std::optional<double> failedShare() const
    {
        return counted == 0 ? std::nullopt : std::optional<double>(static_cast<double>(failed) / counted);
    }
    bool operator==(const Tally &) const = default;
};

enum class Fit {
    Nothing,  ///< too few samples
    Learning, ///< too few earlier buckets
    Usual,
    Unusual,
};

struct Bucket {
    qint64 startMs = 0;
    Tally icmp;
    Tally tcp;
    PerMeasure<Fit> fit{}; ///< against what was learnt before it; Nothing while it is open
    bool operator==(const Bucket &) const = default;
};
/// The value that is compared; empty where the bucket holds too few samples.
std::optional<double> valueOf(const Bucket &bucket, Measure measure);

enum class What { Started, Stopped, Raised, Cleared, Unusual, Diagnosed };

struct Event {
    qint64 atMs = 0;
    What what = What::Started;
    Measure measure = Measure::IcmpLoss; ///< Raised, Cleared: IcmpLoss or TcpFailures; Unusual: any
    double value = 0;                    ///< of the measure
    double limit = 0;                    ///< Raised: the threshold; Unusual: the largest usual value
    int counted = 0;                     ///< samples behind it
    QString text;                        ///< Started: the target; Diagnosed: the headline. Not translated
    QString file;                        ///< Diagnosed
    bool operator==(const Event &) const = default;
};

struct Alert {
    bool raised = false;
    qint64 sinceMs = 0; ///< raised or cleared; 0: neither yet
    int counted = 0;    ///< in the window
    int failed = 0;
    bool operator==(const Alert &) const = default;
};

/// What follows from the records, one after another. Constant memory but for the samples of one bucket, at most mostDurations of
/// a kind.
class Monitor {
public:
    /// The events that this record brought about.
    std::vector<Event> take(const Record &record);

    const std::optional<Begin> &begun() const { return m_begun; }
    const std::deque<Bucket> &buckets() const { return m_buckets; } ///< closed ones, oldest first
    std::optional<Bucket> open() const;                             ///< as far as it is known
    PerMeasure<std::optional<Norm>> baseline() const;
    const Alert &alert(Kind kind) const { return side(kind).alert; }
    const std::deque<Event> &events() const { return m_events; } ///< oldest first
    const std::optional<Sample> &last(Kind kind) const { return side(kind).last; }
    Tally total(Kind kind) const { return side(kind).total; } ///< since the last Begin, without durations
    int raised() const { return m_raised; }                   ///< since the last Begin

private:
    struct Side {
        std::deque<bool> window; ///< true: failed
        int failedInWindow = 0;
        Alert alert;
        int relapses = 0;                  ///< raised again soon after it was cleared, one after another
        std::optional<qint64> calmSinceMs; ///< while raised: few failures from here on
        Tally open;
        Tally total;
        std::vector<qint64> durations; ///< of the open bucket
        std::optional<Sample> last;
    };
    const Side &side(Kind kind) const { return m_sides[static_cast<std::size_t>(kind)]; }
    Side &side(Kind kind) { return m_sides[static_cast<std::size_t>(kind)]; }

    void handle(const Begin &begin);
    void handle(const Sample &sample);
    void handle(const Diagnosed &diagnosed);
    void handle(const End &end);
    void tell(Event event);
    void moveTo(qint64 atMs);
    void closeBucket();
    void judge(Bucket &bucket);
    void decide(Side &side, const Sample &sample, bool failed);

    std::optional<Begin> m_begun;
    std::array<Side, 2> m_sides;
    std::bitset<65536> m_openPorts; ///< those that answered once
    std::optional<qint64> m_openStart;
    std::deque<Bucket> m_buckets;
    std::deque<Event> m_events;
    std::vector<Event> m_fresh;
    int m_raised = 0;
};

inline constexpr std::size_t mostDurations = 200'000;

} // namespace bothways::watch
