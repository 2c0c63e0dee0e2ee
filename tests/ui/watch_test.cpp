// SPDX-License-Identifier: GPL-3.0-or-later
#include "catch.h"
#include "models/watch_models.h"
#include "state/controller.h"
#include "support.h"
#include "wizard/main_window.h"

#include <QAbstractItemModelTester>
#include <QDoubleSpinBox>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>

#include <thread>

using namespace Qt::Literals::StringLiterals;
namespace ui = bothways::ui;
namespace watch = bothways::watch;
namespace session = bothways::session;

namespace {

constexpr auto fatal = QAbstractItemModelTester::FailureReportingMode::Fatal;
constexpr qint64 noon = 1'764'158'400'000;

watch::Bucket bucketAt(qint64 startMs, int failed)
{
    watch::Bucket bucket;
    bucket.startMs = startMs;
    bucket.icmp.counted = 100;
    bucket.icmp.failed = failed;
    bucket.icmp.medianNs = 420'000;
    bucket.fit[0] = failed > 2 ? watch::Fit::Unusual : watch::Fit::Usual;
    return bucket;
}

/// A watch that gives these samples at once, then waits until it is stopped.
ui::Engine engineWatching(const std::vector<watch::Record> &records, session::WatchPlan *asked)
{
    auto engine = ui::test::engineGiving(ui::test::guestDropsEcho());
    engine.watch = [records, asked](const session::WatchPlan &plan, std::stop_token stop,
                                    const session::WatchSink &sink) -> tl::expected<session::Watched, session::Error> {
        *asked = plan;
        session::Watched watched;
        for (const auto &record : records) {
            const auto events = watched.monitor.take(record);
            sink({watched.monitor, record, events, false});
        }
        while (!stop.stop_requested()) {
            std::this_thread::sleep_for(std::chrono::milliseconds(5));
        }
        return watched;
    };
    return engine;
}

} // namespace

TEST_CASE("the table of five minutes: the latest first, one row changes while it goes on", "[models]")
{
    ui::test::application();
    ui::BucketModel model;
    const QAbstractItemModelTester tester(&model, fatal);
    model.setBuckets({}, std::nullopt);
    CHECK(model.rowCount() == 0);
    std::vector<watch::Bucket> closed{bucketAt(noon, 0), bucketAt(noon + watch::bucketMs, 50)};
    model.setBuckets(closed, bucketAt(noon + 2 * watch::bucketMs, 0));
    REQUIRE(model.rowCount() == 3);
    const auto at = [&](int row, int column) { return model.index(row, column).data().toString(); };
    CHECK(at(0, ui::BucketModel::Fit) == u"not over yet");
    CHECK(at(1, ui::BucketModel::Loss) == u"50 %");
    CHECK(at(1, ui::BucketModel::Fit) == u"unusual: ICMP loss");
    CHECK(at(2, ui::BucketModel::Fit) == u"usual");
    CHECK(at(2, ui::BucketModel::Median) == u"0.420 ms");
    CHECK(at(2, ui::BucketModel::Failures) == u"\u2013");
    const QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
    const QSignalSpy changes(&model, &QAbstractItemModel::dataChanged);
    model.setBuckets(closed, bucketAt(noon + 2 * watch::bucketMs, 1));
    CHECK(resets.isEmpty());
    CHECK(changes.size() == 1);
    CHECK(at(0, ui::BucketModel::Loss) == u"1 %");
    closed.push_back(bucketAt(noon + 2 * watch::bucketMs, 1));
    model.setBuckets(closed, bucketAt(noon + 3 * watch::bucketMs, 0));
    CHECK(resets.size() == 1);
    CHECK(model.rowCount() == 4);
}

TEST_CASE("the log of a watch is bounded, and its tool tips cannot be markup", "[models]")
{
    ui::test::application();
    ui::WatchEventModel model;
    const QAbstractItemModelTester tester(&model, fatal);
    watch::Event event;
    event.atMs = noon;
    event.what = watch::What::Diagnosed;
    event.text = u"<img src='http://example.invalid/x'>"_s;
    for (std::size_t i = 0; i < watch::mostEvents + 5; ++i) {
        model.add(event);
    }
    CHECK(model.rowCount() == static_cast<int>(watch::mostEvents));
    CHECK(model.index(0, 1).data().toString().contains(u"<img"));
    CHECK_FALSE(model.index(0, 1).data(Qt::ToolTipRole).toString().contains(u"<img"));
    model.clear();
    CHECK(model.rowCount() == 0);
}

TEST_CASE("the page watches with the thresholds chosen, shows the alert, and stops", "[wizard]")
{
    std::vector<watch::Record> records{watch::Begin{noon, false, 1000, {}, u"db7"_s}};
    for (int i = 0; i < 12; ++i) {
        records.push_back(watch::Sample{noon + i * 1000, watch::Kind::Icmp, 0, watch::Outcome::Failed, {}});
    }
    session::WatchPlan asked;
    const ui::test::Wizard wizard(engineWatching(records, &asked));
    wizard.window->show(ui::ChapterId::Watch);
    auto *toggle = wizard.find<QPushButton>("watchToggle");
    CHECK_FALSE(toggle->isEnabled());
    wizard.controller->choose(u"db7"_s);
    REQUIRE(QTest::qWaitFor([&] { return toggle->isEnabled(); }));
    wizard.find<QDoubleSpinBox>("watchSuccess")->setValue(75);
    wizard.find<QDoubleSpinBox>("watchFailures")->setValue(12.5);
    wizard.find<QDoubleSpinBox>("watchInterval")->setValue(0.5);
    wizard.click("watchToggle");
    const auto *events = wizard.find<QTableView>("watchEvents")->model();
    REQUIRE(QTest::qWaitFor([&] { return events->rowCount() == 2; }));
    CHECK(asked.target.vm == u"db7");
    CHECK(asked.settings.icmpSuccess == 750);
    CHECK(asked.settings.tcpFailures == 125);
    CHECK(asked.interval == std::chrono::milliseconds(500));
    CHECK(asked.headline);
    CHECK(wizard.textOf("pageWatchTitle").contains(u"db7"));
    CHECK(wizard.textOf("pageWatchTitle").startsWith(u"Alert"));
    CHECK(events->index(0, 1).data().toString().startsWith(u"Alert: ICMP loss 100 %"));
    CHECK(wizard.textOf("watchIcmp").contains(u"100 %"));
    CHECK_FALSE(wizard.find<QDoubleSpinBox>("watchSuccess")->isEnabled());
    CHECK(toggle->text() == u"Stop");
    wizard.click("watchToggle");
    REQUIRE(QTest::qWaitFor([&] { return toggle->text() == u"Start"; }));
    CHECK(wizard.textOf("pageWatchTitle") == u"The watch ended; it raised alerts");
}
