// SPDX-License-Identifier: GPL-3.0-or-later
#include "catch.h"
#include "watch/monitor.h"
#include "watch/words.h"

#include <algorithm>

using namespace bothways::watch;

namespace {

constexpr qint64 noon = 1'764'158'400'000; ///< a full five minutes

/// Feeds a monitor a sample a second.
struct Feed {
    Monitor monitor;
    std::vector<Event> events;
    std::vector<Record> records;
    qint64 now = noon;

    explicit Feed(Settings settings = {}) { take(Begin{noon, false, 1000, settings, QStringLiteral("vm")}); }
    void take(const Record &record)
    {
        records.push_back(record);
        for (auto &event : monitor.take(record)) {
            events.push_back(std::move(event));
        }
    }
    void icmp(Outcome outcome, int count = 1, qint64 rttNs = 400'000)
    {
        for (int i = 0; i < count; ++i, now += 1000) {
            take(Sample{now, Kind::Icmp, 0, outcome, outcome == Outcome::Answered ? std::optional<qint64>(rttNs) : std::nullopt});
        }
    }
    void tcp(int port, Outcome outcome, int count = 1)
    {
        for (int i = 0; i < count; ++i, now += 1000) {
            take(Sample{now, Kind::Tcp, port, outcome, {}});
        }
    }
    auto told(What what) const
    {
        return std::count_if(events.begin(), events.end(), [what](const Event &event) { return event.what == what; });
    }
};

} // namespace

TEST_CASE("samples fall into five minutes with exact quantiles", "[watch]")
{
    Feed feed;
    for (int i = 1; i <= 100; ++i) {
        feed.icmp(Outcome::Answered, 1, i * 1000);
    }
    feed.icmp(Outcome::Failed, 2);
    feed.icmp(Outcome::NotMeasured, 3);
    CHECK(feed.monitor.buckets().empty());
    const auto open = feed.monitor.open();
    REQUIRE(open.has_value());
    CHECK(open->startMs == noon);
    CHECK(open->icmp.counted == 102);
    CHECK(open->icmp.failed == 2);
    CHECK(open->icmp.notMeasured == 3);
    CHECK(open->icmp.leastNs == 1000);
    CHECK(open->icmp.medianNs == 50'000);
    CHECK(open->icmp.p95Ns == 95'000);
    CHECK(open->icmp.mostNs == 100'000);

    feed.now = noon + bucketMs - 1;
    feed.icmp(Outcome::Answered);
    feed.now = noon + bucketMs;
    feed.icmp(Outcome::Answered);
    REQUIRE(feed.monitor.buckets().size() == 1);
    CHECK(feed.monitor.buckets().front().icmp.counted == 103);
    CHECK(feed.monitor.open()->startMs == noon + bucketMs);
    CHECK(feed.monitor.open()->icmp.counted == 1);
}

TEST_CASE("an alert on ICMP: below nine in ten, not at nine in ten, and cleared at half the loss", "[watch]")
{
    Feed feed;
    feed.icmp(Outcome::Answered, 18);
    feed.icmp(Outcome::Failed, 2); // 18 of 20: exactly 90 %
    CHECK(feed.told(What::Raised) == 0);
    feed.icmp(Outcome::Failed);
    REQUIRE(feed.told(What::Raised) == 1);
    CHECK(feed.events.back().measure == Measure::IcmpLoss);
    CHECK(feed.events.back().value == Approx(3.0 / 20));
    CHECK(feed.events.back().counted == 20);
    CHECK(feed.monitor.alert(Kind::Icmp).raised);
    feed.icmp(Outcome::Failed, 30); // it rings once
    CHECK(feed.told(What::Raised) == 1);
    feed.icmp(Outcome::Answered, 18); // 2 of 20 lost: below the threshold, but not half of it
    CHECK(feed.told(What::Cleared) == 0);
    feed.icmp(Outcome::Answered);
    CHECK(feed.told(What::Cleared) == 1);
    CHECK_FALSE(feed.monitor.alert(Kind::Icmp).raised);
    CHECK(feed.monitor.raised() == 1);
}

TEST_CASE("no alert from too few samples, nor from what could not be measured", "[watch]")
{
    Feed feed;
    feed.icmp(Outcome::Failed, 9);
    CHECK(feed.told(What::Raised) == 0);
    feed.icmp(Outcome::NotMeasured, 500);
    CHECK(feed.told(What::Raised) == 0);
    feed.icmp(Outcome::Failed);
    CHECK(feed.told(What::Raised) == 1);
}

TEST_CASE("an alert on TCP: more than one handshake in twenty", "[watch]")
{
    Feed feed;
    feed.tcp(22, Outcome::Answered, 19);
    feed.tcp(22, Outcome::Failed); // exactly 5 %
    CHECK(feed.told(What::Raised) == 0);
    feed.tcp(22, Outcome::Failed);
    REQUIRE(feed.told(What::Raised) == 1);
    CHECK(feed.events.back().measure == Measure::TcpFailures);
    CHECK_FALSE(feed.monitor.alert(Kind::Icmp).raised);
}

TEST_CASE("a port that was never open is no failing service; one that was, is", "[watch]")
{
    Feed feed;
    feed.tcp(80, Outcome::Refused, 50);
    CHECK(feed.monitor.total(Kind::Tcp).refused == 50);
    CHECK(feed.monitor.total(Kind::Tcp).counted == 0);
    CHECK(feed.told(What::Raised) == 0);
    feed.tcp(22, Outcome::Answered, 10);
    feed.tcp(22, Outcome::Refused, 2);
    CHECK(feed.told(What::Raised) == 1);
}

TEST_CASE("the thresholds of a run are its own, and the next one begins with an empty window", "[watch]")
{
    Feed strict({1000, 0, 5, 5});
    strict.icmp(Outcome::Answered, 4);
    strict.icmp(Outcome::Failed);
    CHECK(strict.told(What::Raised) == 1);
    strict.icmp(Outcome::Answered, 4);
    CHECK(strict.told(What::Cleared) == 0);
    strict.icmp(Outcome::Answered);
    CHECK(strict.told(What::Cleared) == 1);

    Feed feed;
    feed.icmp(Outcome::Failed, 9);
    feed.take(Begin{feed.now, false, 1000, {}, QStringLiteral("vm")});
    feed.icmp(Outcome::Failed, 9);
    CHECK(feed.told(What::Raised) == 0);
    feed.take(Begin{feed.now, true, 1000, {}, QStringLiteral("vm")}); // only the file is another one
    feed.icmp(Outcome::Failed);
    CHECK(feed.told(What::Raised) == 1);
}

TEST_CASE("a bucket is held against what was learnt before it", "[watch]")
{
    Feed feed;
    const auto bucketOf = [&](qint64 rttNs, int lost) {
        const qint64 start = feed.now;
        feed.icmp(Outcome::Answered, 200 - lost, rttNs);
        feed.icmp(Outcome::Failed, lost);
        feed.now = start + bucketMs;
    };
    const auto at = [](Measure measure) { return static_cast<std::size_t>(measure); };
    for (int i = 0; i < 8; ++i) {
        bucketOf(400'000 + i * 10'000, 0);
    }
    bucketOf(5'000'000, 0);
    bucketOf(430'000, 8);
    bucketOf(430'000, 0);
    const auto &buckets = feed.monitor.buckets();
    REQUIRE(buckets.size() == 10);
    CHECK(buckets[5].fit[at(Measure::IcmpRtt)] == Fit::Learning);
    CHECK(buckets[6].fit[at(Measure::IcmpRtt)] == Fit::Usual);
    CHECK(buckets[8].fit[at(Measure::IcmpRtt)] == Fit::Unusual);
    CHECK(buckets[8].fit[at(Measure::IcmpLoss)] == Fit::Usual);
    CHECK(buckets[9].fit[at(Measure::IcmpRtt)] == Fit::Usual);
    CHECK(buckets[9].fit[at(Measure::IcmpLoss)] == Fit::Unusual);
    CHECK(buckets[9].fit[at(Measure::TcpRtt)] == Fit::Nothing);
    CHECK(feed.told(What::Unusual) == 2);
    CHECK(feed.monitor.baseline()[at(Measure::IcmpRtt)]->buckets == 10);
}

TEST_CASE("replay through the file gives the same buckets, alerts and events", "[watch]")
{
    Feed feed;
    for (int i = 0; i < 4000; ++i) {
        const bool bad = i % 1000 > 800 && i % 3 != 0;
        feed.icmp(bad ? Outcome::Failed : Outcome::Answered, 1, 300'000 + (i * 7919) % 100'000);
        feed.tcp(22, bad ? Outcome::Refused : Outcome::Answered);
    }
    feed.take(Diagnosed{feed.now, QStringLiteral("a.bothways"), QStringLiteral("why")});
    feed.take(End{feed.now});
    QByteArray bytes;
    for (const auto &record : feed.records) {
        bytes += encode(record);
    }
    Monitor replayed;
    SeriesReader reader;
    reader.feed(bytes, [&](const Record &record) { replayed.take(record); });
    CHECK(feed.told(What::Raised) > 2);
    CHECK(replayed.buckets() == feed.monitor.buckets());
    CHECK(replayed.open() == feed.monitor.open());
    CHECK(replayed.events() == feed.monitor.events());
    CHECK(replayed.alert(Kind::Icmp) == feed.monitor.alert(Kind::Icmp));
    CHECK(replayed.alert(Kind::Tcp) == feed.monitor.alert(Kind::Tcp));
    CHECK(replayed.raised() == feed.monitor.raised());
}

TEST_CASE("years of records keep a week of buckets and a thousand events", "[watch]")
{
    Feed feed;
    for (std::size_t i = 0; i < mostBuckets + 100; ++i) {
        feed.icmp(Outcome::Answered);
        feed.now += bucketMs - 1000;
    }
    CHECK(feed.monitor.buckets().size() == mostBuckets);
    for (std::size_t i = 0; i < mostEvents + 10; ++i) {
        feed.take(End{feed.now});
    }
    CHECK(feed.monitor.events().size() == mostEvents);
}

TEST_CASE("events are told in whole sentences", "[watch]")
{
    Feed feed;
    feed.icmp(Outcome::Failed, 10);
    CHECK(sentence(feed.events.front()) == QLatin1String("Watching vm."));
    CHECK(sentence(feed.events.back()) == QLatin1String("Alert: ICMP loss 100 % of the last 10, more than 10 %."));
}

TEST_CASE("a loss that hovers for hours rings a few times, and one that comes back after hours rings again", "[watch]")
{
    Feed feed;
    unsigned state = 1;
    const auto lossy = [&](int seconds, unsigned percent) {
        for (int i = 0; i < seconds; ++i) {
            state = state * 1'664'525U + 1'013'904'223U;
            feed.icmp((state >> 16) % 100 < percent ? Outcome::Failed : Outcome::Answered);
        }
    };
    lossy(3600, 20);
    CHECK(feed.told(What::Raised) >= 1);
    CHECK(feed.told(What::Raised) <= 4);
    lossy(3600, 0);
    CHECK(feed.told(What::Cleared) == feed.told(What::Raised));
    const auto before = feed.told(What::Raised);
    lossy(60, 100);
    CHECK(feed.told(What::Raised) == before + 1);
    lossy(60, 0);
    CHECK(feed.told(What::Cleared) == before + 1); // a first one is cleared at once
}
