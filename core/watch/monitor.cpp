// SPDX-License-Identifier: GPL-3.0-or-later
#include "watch/monitor.h"

#include <algorithm>
#include <cmath>

namespace bothways::watch {

namespace {

/// The duration that `share` of all do not exceed (nearest rank). `values` is not empty.
qint64 quantile(std::vector<qint64> &values, double share)
{
    const auto rank = static_cast<std::size_t>(std::ceil(share * static_cast<double>(values.size())));
    const auto place = values.begin() + static_cast<std::ptrdiff_t>(std::max<std::size_t>(rank, 1) - 1);
    std::nth_element(values.begin(), place, values.end());
    return *place;
}

Tally withDurations(Tally tally, std::vector<qint64> durations)
{
    if (!durations.empty()) {
        const auto [least, most] = std::minmax_element(durations.begin(), durations.end());
        tally.leastNs = *least;
        tally.mostNs = *most;
        tally.medianNs = quantile(durations, 0.5);
        tally.p95Ns = quantile(durations, 0.95);
    }
    return tally;
}

Measure measureOf(Kind kind) { return kind == Kind::Icmp ? Measure::IcmpLoss : Measure::TcpFailures; }

/// Thousandths of failures above which an alert is raised.
int threshold(const Settings &settings, Kind kind)
{
    return kind == Kind::Icmp ? 1000 - settings.icmpSuccess : settings.tcpFailures;
}

void count(Tally &tally, Outcome outcome, bool failed, bool counts)
{
    tally.counted += counts ? 1 : 0;
    tally.failed += failed ? 1 : 0;
    tally.refused += outcome == Outcome::Refused && !counts ? 1 : 0;
    tally.notMeasured += outcome == Outcome::NotMeasured ? 1 : 0;
}

} // namespace

std::optional<double> valueOf(const Bucket &bucket, Measure measure)
{
    const auto &tally = measure == Measure::IcmpLoss || measure == Measure::IcmpRtt ? bucket.icmp : bucket.tcp;
    if (tally.counted < leastCounted) {
        return std::nullopt;
    }
    if (measure == Measure::IcmpLoss || measure == Measure::TcpFailures) {
        return tally.failedShare();
    }
    return tally.medianNs ? std::optional<double>(static_cast<double>(*tally.medianNs) / 1e6) : std::nullopt;
}

std::vector<Event> Monitor::take(const Record &record)
{
    m_fresh.clear();
    std::visit([this](const auto &each) { handle(each); }, record);
    return m_fresh;
}

std::optional<Bucket> Monitor::open() const
{
    if (!m_openStart) {
        return std::nullopt;
    }
    Bucket bucket;
    bucket.startMs = *m_openStart;
    bucket.icmp = withDurations(side(Kind::Icmp).open, side(Kind::Icmp).durations);
    bucket.tcp = withDurations(side(Kind::Tcp).open, side(Kind::Tcp).durations);
    return bucket;
}

PerMeasure<std::optional<Norm>> Monitor::baseline() const
{
    PerMeasure<std::optional<Norm>> norms;
    for (std::size_t i = 0; i < measures; ++i) {
        std::vector<double> values;
        for (auto bucket = m_buckets.rbegin(); bucket != m_buckets.rend() && values.size() < baselineBuckets; ++bucket) {
            if (const auto value = valueOf(*bucket, static_cast<Measure>(i))) {
                values.push_back(*value);
            }
        }
        norms[i] = normOf(std::move(values));
    }
    return norms;
}

void Monitor::handle(const Begin &begin)
{
    m_begun = begin;
    if (begin.continues) {
        return;
    }
    // Hours may lie between: the last samples of the run before decide nothing now.
    for (auto &each : m_sides) {
        each.window.clear();
        each.failedInWindow = 0;
        each.alert = {};
        each.relapses = 0;
        each.calmSinceMs.reset();
        each.total = {};
        each.last.reset();
    }
    m_raised = 0;
    Event event;
    event.atMs = begin.atMs;
    event.what = What::Started;
    event.text = begin.target;
    tell(std::move(event));
}

void Monitor::handle(const Sample &sample)
{
    moveTo(sample.atMs);
    auto &mine = side(sample.kind);
    mine.last = sample;
    const auto port = static_cast<std::size_t>(std::clamp(sample.port, 0, 65535));
    if (sample.kind == Kind::Tcp && sample.outcome == Outcome::Answered) {
        m_openPorts.set(port);
    }
    const bool failed = sample.outcome == Outcome::Failed || (sample.outcome == Outcome::Refused && m_openPorts.test(port));
    const bool counts = failed || sample.outcome == Outcome::Answered;
    count(mine.open, sample.outcome, failed, counts);
    count(mine.total, sample.outcome, failed, counts);
    if (sample.outcome == Outcome::Answered && sample.rttNs && mine.durations.size() < mostDurations) {
        mine.durations.push_back(*sample.rttNs);
    }
    if (counts) {
        decide(mine, sample, failed);
    }
}

void Monitor::handle(const Diagnosed &diagnosed)
{
    Event event;
    event.atMs = diagnosed.atMs;
    event.what = What::Diagnosed;
    event.text = diagnosed.headline;
    event.file = diagnosed.session;
    tell(std::move(event));
}

void Monitor::handle(const End &end)
{
    Event event;
    event.atMs = end.atMs;
    event.what = What::Stopped;
    tell(std::move(event));
}

void Monitor::tell(Event event)
{
    m_fresh.push_back(event);
    m_events.push_back(std::move(event));
    if (m_events.size() > mostEvents) {
        m_events.pop_front();
    }
}

/// A clock that was set back begins a bucket, too: the order of the records is what counts.
void Monitor::moveTo(qint64 atMs)
{
    const qint64 start = atMs - atMs % bucketMs;
    if (m_openStart != start) {
        if (m_openStart) {
            closeBucket();
        }
        m_openStart = start;
    }
}

void Monitor::closeBucket()
{
    auto bucket = *open();
    judge(bucket);
    m_buckets.push_back(bucket);
    if (m_buckets.size() > mostBuckets) {
        m_buckets.pop_front();
    }
    for (auto &each : m_sides) {
        each.open = {};
        each.durations.clear();
    }
}

void Monitor::judge(Bucket &bucket)
{
    if (bucket.icmp.counted < leastCounted && bucket.tcp.counted < leastCounted) {
        return;
    }
    const auto norms = baseline();
    for (std::size_t i = 0; i < measures; ++i) {
        const auto measure = static_cast<Measure>(i);
        const auto value = valueOf(bucket, measure);
        if (!value) {
            continue;
        }
        if (!norms[i]) {
            bucket.fit[i] = Fit::Learning;
            continue;
        }
        const double limit = limitOf(*norms[i], measure);
        bucket.fit[i] = *value > limit ? Fit::Unusual : Fit::Usual;
        if (bucket.fit[i] == Fit::Unusual) {
            const bool isIcmp = measure == Measure::IcmpLoss || measure == Measure::IcmpRtt;
            tell({bucket.startMs + bucketMs,
                  What::Unusual,
                  measure,
                  *value,
                  limit,
                  isIcmp ? bucket.icmp.counted : bucket.tcp.counted,
                  {},
                  {}});
        }
    }
}

namespace {

constexpr qint64 soonMs = 600'000;

/// How long few failures must last before an alert is cleared that came again and again: it tells of one trouble, not of many.
qint64 calmNeeded(int relapses) { return relapses == 0 ? 0 : std::min<qint64>(60'000LL << std::min(relapses - 1, 10), soonMs); }

} // namespace

/// Raised above the threshold, cleared only at half of it, so that a share that hovers there does not ring all day.
void Monitor::decide(Side &side, const Sample &sample, bool failed)
{
    const auto settings = m_begun ? m_begun->settings : Settings();
    side.window.push_back(failed);
    side.failedInWindow += failed ? 1 : 0;
    while (side.window.size() > static_cast<std::size_t>(settings.window)) {
        side.failedInWindow -= side.window.front() ? 1 : 0;
        side.window.pop_front();
    }
    auto &alert = side.alert;
    alert.counted = static_cast<int>(side.window.size());
    alert.failed = side.failedInWindow;
    if (alert.counted < std::min(settings.least, settings.window)) {
        return;
    }
    const int limit = threshold(settings, sample.kind);
    const bool tooMany = alert.failed * 1000 > limit * alert.counted;
    const bool few = alert.failed * 2000 <= limit * alert.counted;
    side.calmSinceMs = few ? side.calmSinceMs.value_or(sample.atMs) : std::optional<qint64>();
    const bool calm = few && sample.atMs - *side.calmSinceMs >= calmNeeded(side.relapses);
    if (alert.raised ? !calm : !tooMany) {
        return;
    }
    if (!alert.raised) {
        const bool again = alert.sinceMs != 0 && sample.atMs - alert.sinceMs < soonMs;
        side.relapses = again ? side.relapses + 1 : 0;
    }
    alert.raised = !alert.raised;
    alert.sinceMs = sample.atMs;
    m_raised += alert.raised ? 1 : 0;
    tell({sample.atMs,
          alert.raised ? What::Raised : What::Cleared,
          measureOf(sample.kind),
          static_cast<double>(alert.failed) / alert.counted,
          limit / 1000.0,
          alert.counted,
          {},
          {}});
}

} // namespace bothways::watch
