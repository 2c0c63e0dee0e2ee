// SPDX-License-Identifier: GPL-3.0-or-later
// The journey of a packet: its list, its drawing, the page that shows them, and captures that are added to a session.
#include "catch.h"
#include "models/journey_model.h"
#include "pages/page.h"
#include "person.h"
#include "support.h"
#include "widgets/timeline_view.h"

#include <QAbstractItemModelTester>
#include <QClipboard>
#include <QDragEnterEvent>
#include <QFile>
#include <QHelpEvent>
#include <QLabel>
#include <QListView>
#include <QMimeData>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QToolTip>

#include <atomic>
#include <thread>

using namespace Qt::Literals::StringLiterals;
using namespace bothways::ui;
using namespace bothways::ui::test;
namespace evidence = bothways::evidence;
namespace facts = bothways::facts;
namespace net = bothways::net;
namespace session = bothways::session;
namespace shown = bothways::shown;
using evidence::Leg;

namespace {

const auto capture = QStringLiteral(BOTHWAYS_CAPTURES "/ethernet.pcap"); // of 10.9.0.1 and 10.9.0.10

evidence::CapturePoint point(const QString &name, evidence::PointRole role, int distance)
{
    evidence::CapturePoint result;
    result.name = name;
    result.role = role;
    result.distance = distance;
    result.opened = true;
    result.frames = 20;
    result.toNs = 1'700'000'100'000'000'000; // long before the probes of the case
    return result;
}

evidence::Journey echo(const char *asker, const char *asked, int sequence, const std::vector<std::pair<int, Leg>> &seen)
{
    evidence::Journey result;
    result.asker = *net::IpAddress::parse(asker);
    result.asked = *net::IpAddress::parse(asked);
    result.sequence = sequence;
    for (const auto &[where, leg] : seen) {
        evidence::Sighting sighting;
        sighting.point = where;
        sighting.leg = leg;
        sighting.timeNs =
            1'700'000'000'000'000'000 + sequence * 1'000'000'000LL + static_cast<qint64>(result.sightings.size()) * 9'000;
        sighting.destinationMac = net::MacAddress::parse("52:54:00:77:aa:07");
        result.sightings.push_back(sighting);
    }
    return result;
}

/// Requests enter vnet0 and nothing comes back; the VM's own ping is answered.
evidence::Evidence captured(const QString &port = u"vnet0"_s)
{
    auto result = guestDropsEcho();
    evidence::Captures captures;
    captures.points = {point(u"virbr0"_s, evidence::PointRole::Bridge, 10), point(port, evidence::PointRole::Port, 20)};
    captures.points[1].dropped = 2;
    for (int i = 1; i <= 10; ++i) {
        captures.journeys.push_back(echo("192.168.122.1", "192.168.122.77", i, {{0, Leg::Request}, {1, Leg::Request}}));
    }
    captures.journeys.push_back(
        echo("192.168.122.77", "192.168.122.1", 20, {{1, Leg::Request}, {0, Leg::Request}, {0, Leg::Reply}, {1, Leg::Reply}}));
    result.captures = evidence::Reading<evidence::Captures>::read(captures, u"libpcap"_s);
    return result;
}

/// The pair that the recorded capture is of.
evidence::Evidence ofTheRecording()
{
    auto result = guestDropsEcho();
    result.target.hostAddress = net::IpAddress::parse("10.9.0.1");
    result.target.vmAddress = net::IpAddress::parse("10.9.0.10");
    result.probes.echoes.clear();
    return result;
}

Engine engineFor(evidence::Evidence result)
{
    auto engine = engineGiving(guestDropsEcho());
    engine.run = [result = std::move(result)](const session::Plan &, const std::stop_token &,
                                              const session::EventSink &) -> tl::expected<evidence::Evidence, session::Error> {
        return result;
    };
    return engine;
}

void drop(QWidget *window, const QStringList &paths)
{
    QMimeData data;
    QList<QUrl> urls;
    for (const auto &path : paths) {
        urls << QUrl::fromLocalFile(path);
    }
    data.setUrls(urls);
    QDragEnterEvent enter({100, 100}, Qt::CopyAction, &data, Qt::LeftButton, {});
    QApplication::sendEvent(window, &enter);
    if (enter.isAccepted()) {
        QDropEvent event({100, 100}, Qt::CopyAction, &data, Qt::LeftButton, {});
        QApplication::sendEvent(window, &event);
    }
}

shown::Timeline lostTimeline() { return shown::journeysOf(facts::Case(captured())).groups.front().timeline; }

} // namespace

TEST_CASE("the list of journeys keeps the order of the report and says each fate in words", "[journeys]")
{
    application();
    JourneyModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    CHECK(model.rowCount() == 0);
    const auto journeys = shown::journeysOf(facts::Case(captured()));
    model.setGroups(journeys.groups);
    REQUIRE(model.rowCount() == 2);
    CHECK(model.index(0).data().toString() == u"ICMP echo, host to VM");
    CHECK(model.index(0).data(JourneyModel::FateRole).toString().startsWith(u"10 of 10 without an answer"));
    CHECK(model.index(0).data(JourneyModel::StateRole).toInt() == static_cast<int>(style::State::Failed));
    CHECK(model.index(0).data(Qt::AccessibleTextRole).toString().contains(u"10 of 10"));
    CHECK(model.index(1).data(JourneyModel::StateRole).toInt() == static_cast<int>(style::State::Passed));
    CHECK(model.group(model.index(1)) != nullptr);
    CHECK(model.group({}) == nullptr);
    model.setGroups({});
    CHECK(model.rowCount() == 0);
}

TEST_CASE("every mark of the drawing is read by keys and by the pointer", "[journeys]")
{
    application();
    TimelineView view;
    view.resize(600, 200);
    view.setTimeline(lostTimeline());
    CHECK(view.accessibleDescription() == view.timeline().sentence);
    const QSignalSpy described(&view, &TimelineView::described);
    view.show();
    REQUIRE(QTest::qWaitForWindowActive(&view));
    view.setFocus();
    REQUIRE(waitFor([&] { return view.hasFocus(); }));
    CHECK(view.accessibleDescription().contains(u"request at virbr0"));
    QTest::keyClick(&view, Qt::Key_Right);
    CHECK(view.accessibleDescription().contains(u"request at vnet0"));
    CHECK(view.accessibleDescription().contains(u"9 µs after the first"));
    CHECK(view.accessibleDescription().contains(u"52:54:00:77:aa:07"));
    QTest::keyClick(&view, Qt::Key_End); // the loss
    CHECK(view.accessibleDescription() == view.timeline().sentence);
    QTest::keyClick(&view, Qt::Key_Home);
    CHECK(view.accessibleDescription().contains(u"request at virbr0"));
    QTest::mouseMove(&view, view.placeOf(0, 1));
    CHECK(waitFor([&] { return view.accessibleDescription().contains(u"request at vnet0"); }));
    CHECK(described.size() >= 5);
}

TEST_CASE("from row to row with the arrow keys", "[journeys]")
{
    application();
    TimelineView view;
    view.resize(600, 200);
    view.setTimeline(shown::journeysOf(facts::Case(captured())).groups[1].timeline);
    view.show();
    REQUIRE(QTest::qWaitForWindowActive(&view));
    view.setFocus();
    REQUIRE(waitFor([&] { return view.hasFocus(); }));
    CHECK(view.accessibleDescription().contains(u"request at vnet0"));
    QTest::keyClick(&view, Qt::Key_Down);
    CHECK(view.accessibleDescription().contains(u"answer at vnet0"));
    QTest::keyClick(&view, Qt::Key_Left);
    CHECK(view.accessibleDescription().contains(u"answer at virbr0"));
    QTest::keyClick(&view, Qt::Key_Up);
    CHECK(view.accessibleDescription().contains(u"request at virbr0"));
    QTest::keyClick(&view, Qt::Key_Up);
    CHECK(view.accessibleDescription().contains(u"request at virbr0"));
}

TEST_CASE("the name of a point is never markup in its tip", "[journeys]")
{
    application();
    TimelineView view;
    view.resize(600, 200);
    view.setTimeline(shown::journeysOf(facts::Case(captured(u"<b>v</b>"_s))).groups.front().timeline);
    view.show();
    REQUIRE(QTest::qWaitForWindowExposed(&view));
    const auto tipAt = [&](QPoint place) {
        QHelpEvent help(QEvent::ToolTip, place, view.mapToGlobal(place));
        QApplication::sendEvent(&view, &help);
        return QToolTip::text();
    };
    const auto place = view.placeOf(0, 1);
    CHECK(tipAt(place).contains(u"&lt;b&gt;v"));
    CHECK(tipAt({place.x(), 4}).contains(u"&lt;b&gt;v"));
    CHECK(tipAt({place.x(), 4}).contains(u"frames dropped by the capture: 2"));
}

TEST_CASE("a drawing of many stations keeps its least width, an empty one is nothing", "[journeys]")
{
    application();
    TimelineView view;
    CHECK(view.sizeHint().height() < 100);
    view.setTimeline(lostTimeline());
    CHECK(view.sizeHint().height() > 60);
    CHECK(view.minimumSizeHint().width() > 4 * 50);
    view.resize(40, 20); // smaller than it may be: nothing may fail
    view.show();
    REQUIRE(QTest::qWaitForWindowExposed(&view));
    CHECK_FALSE(view.grab().isNull());
    view.setTimeline({});
    CHECK_FALSE(view.grab().isNull());
    CHECK(view.placeOf(0, 0) == QPoint(-1, -1));
}

TEST_CASE("the page opens on where the packet dies, and turns to the reasons and back", "[journeys]")
{
    Wizard wizard(engineFor(captured()));
    wizard.diagnose();
    wizard.window->show(ChapterId::Diagnosis);
    REQUIRE(wizard.find<QWidget>("timeline")->isVisible());
    const auto *list = wizard.find<QListView>("journeyList");
    CHECK(list->currentIndex().row() == 0);
    CHECK(wizard.textOf("journeySentence").contains(u"vnet0"));
    CHECK(wizard.textOf("journeyPoints").contains(u"✓ virbr0"));
    CHECK(wizard.textOf("journeyPoints").contains(u"! vnet0"));
    CHECK(wizard.textOf("journeyPoints").contains(u"dropped by the capture: 2"));
    CHECK_FALSE(wizard.find<QWidget>("matrix")->isVisible());
    wizard.click("turnReasons");
    CHECK(wizard.find<QWidget>("matrix")->isVisible());
    wizard.click("turnJourneys");
    REQUIRE(wizard.find<QWidget>("timeline")->isVisible());
    wizard.find<QListView>("journeyList")->setCurrentIndex(list->model()->index(1, 0));
    CHECK(wizard.textOf("journeySentence").contains(u"192.168.122.77"));
    const auto *timeline = wizard.find<TimelineView>("timeline");
    CHECK(timeline->timeline().passes.size() == 2);
    QTest::qWait(20);
    CHECK(timeline->visibleRegion().boundingRect().height() >= timeline->sizeHint().height()); // both rows are in sight
}

TEST_CASE("without a capture the page says what to do", "[journeys]")
{
    auto evidence = guestDropsEcho();
    const char *expected = "Nothing was captured.";
    SECTION("an old session") {}
    SECTION("no right")
    {
        evidence.captures =
            evidence::Reading<evidence::Captures>::missing(evidence::Access::Denied, u"libpcap"_s, u"no right to capture"_s);
        expected = "Nothing was captured: no right to capture.";
    }
    SECTION("nothing seen")
    {
        evidence.captures = evidence::Reading<evidence::Captures>::read({}, u"libpcap"_s);
        expected = "No packet between this host and the VM was captured.";
    }
    Wizard wizard(engineFor(evidence));
    wizard.window->show(ChapterId::Diagnosis);
    wizard.click("turnJourneys");
    CHECK(wizard.textOf("journeysEmpty").contains(u"when the evidence has been read"));
    CHECK_FALSE(wizard.find<QWidget>("addCapture")->isVisible());
    wizard.click("turnReasons");
    wizard.diagnose();
    CHECK(wizard.find<QWidget>("matrix")->isVisible()); // nothing was lost that could be shown
    wizard.click("turnJourneys");
    CHECK(wizard.textOf("journeysEmpty").startsWith(QString::fromUtf8(expected)));
    CHECK(wizard.textOf("journeysEmpty").contains(u"capture"));
    CHECK(wizard.find<QWidget>("addCapture")->isVisible());
    CHECK_FALSE(wizard.find<QWidget>("journeyList")->isVisible());
}

TEST_CASE("a capture file is added by the button and what was there stays", "[journeys]")
{
    auto before = captured();
    before.target = ofTheRecording().target;
    Wizard wizard(engineFor(before));
    wizard.diagnose();
    wizard.window->show(ChapterId::Diagnosis);
    wizard.click("turnJourneys");
    wizard.files.path = capture;
    wizard.click("addCapture");
    REQUIRE(waitFor([&] { return wizard.controller->evidence()->captures.value.points.size() == 3; }));
    REQUIRE(waitFor([&] { return !wizard.controller->isRunning(); }));
    const auto &captures = wizard.controller->evidence()->captures.value;
    CHECK(captures.points[0].name == u"virbr0");
    CHECK(captures.points[2].name == u"ethernet.pcap");
    CHECK_FALSE(captures.points[2].live);
    CHECK(captures.journeys.size() > 11);
    CHECK(wizard.textOf("journeyPoints").contains(u"ethernet.pcap"));
    CHECK_FALSE(wizard.controller->isRecorded());
}

TEST_CASE("captures dropped on the window are added; what is no capture is told and loses nothing", "[journeys]")
{
    Wizard wizard(engineFor(ofTheRecording()));
    drop(wizard.window, {capture});
    CHECK(wizard.textOf("problem").contains(u"no evidence yet"));
    wizard.diagnose();
    drop(wizard.window, {capture});
    REQUIRE(waitFor([&] { return wizard.controller->evidence()->captures.isRead() && !wizard.controller->isRunning(); }));
    CHECK(wizard.window->current() == ChapterId::Diagnosis);
    const auto added = wizard.controller->evidence();
    CHECK(added->captures.value.points.size() == 1);
    CHECK_FALSE(wizard.controller->journeys()->groups.empty());

    const QTemporaryDir folder;
    const auto path = folder.filePath(u"notes.pcap"_s);
    QFile file(path);
    REQUIRE(file.open(QIODevice::WriteOnly));
    file.write("these are my notes, and no capture at all, although they are called one");
    file.close();
    drop(wizard.window, {capture, path});
    REQUIRE(waitFor([&] { return wizard.textOf("problem").contains(u"notes.pcap"); }));
    REQUIRE(waitFor([&] { return !wizard.controller->isRunning(); }));
    CHECK(wizard.controller->evidence() == added);
    // Something else among them is not taken at all.
    drop(wizard.window, {capture, u"/tmp/notes.txt"_s});
    CHECK_FALSE(wizard.controller->isRunning());
}

TEST_CASE("adding a capture to a session leaves it a recording, and Cancel leaves it as it was", "[journeys]")
{
    Wizard wizard(engineFor(ofTheRecording()));
    wizard.diagnose();
    const auto before = wizard.controller->evidence();
    const auto headline = wizard.controller->conclusion()->diagnosis.headline;
    wizard.controller->addCaptures({capture});
    CHECK(wizard.controller->isRunning());
    wizard.controller->cancel();
    REQUIRE(waitFor([&] { return !wizard.controller->isRunning(); }));
    CHECK(wizard.textOf("problem") == u"Stopped. The capture was not added.");
    CHECK(wizard.controller->evidence() == before);
    CHECK(wizard.controller->conclusion()->diagnosis.headline == headline);
}

TEST_CASE("while the capture listens the page shows what to run in the VM, and goes on when asked to", "[journeys]")
{
    auto engine = engineFor(guestDropsEcho());
    auto listened = std::make_shared<std::atomic<bool>>(false);
    engine.run = [listened](const session::Plan &plan, const std::stop_token &stop,
                            const session::EventSink &sink) -> tl::expected<evidence::Evidence, session::Error> {
        CHECK(plan.listen.count() == 20);
        sink(session::StageChanged{session::Stage::Listening, u"192.168.122.1"_s});
        while (!stop.stop_requested() && !plan.listenNoMore.stop_requested()) {
            std::this_thread::sleep_for(std::chrono::milliseconds(2));
        }
        *listened = !stop.stop_requested();
        return guestDropsEcho();
    };
    Wizard wizard(engine);
    wizard.controller->choose(u"db7"_s);
    wizard.window->show(ChapterId::Symptom);
    const Person person(*wizard.window);
    CHECK_FALSE(wizard.find<QWidget>("askVm")->isVisible());
    for (int run = 0; run < 2; ++run) { // each run can be told to go on
        *listened = false;
        wizard.controller->runAll();
        REQUIRE(waitFor([&] { return wizard.find<QWidget>("askVm")->isVisible(); }));
        person.click(u"askLinuxCopy"_s);
        CHECK(QApplication::clipboard()->text() == u"ping -c 4 -s 91 192.168.122.1");
        person.click(u"askWindowsCopy"_s);
        CHECK(QApplication::clipboard()->text() == u"ping -n 4 -l 91 192.168.122.1");
        CHECK(wizard.find<QWidget>("icmpVmToHost")->accessibleName().contains(u"waiting"));
        person.click(u"stopListening"_s);
        REQUIRE(waitFor([&] { return !wizard.controller->isRunning(); }));
        CHECK(*listened);
        CHECK_FALSE(wizard.find<QWidget>("askVm")->isVisible());
    }
    // Cancel ends it, too, and what is shown while it stops is no command.
    wizard.controller->runAll();
    REQUIRE(waitFor([&] { return wizard.find<QWidget>("askVm")->isVisible(); }));
    wizard.controller->cancel();
    CHECK_FALSE(wizard.find<QWidget>("askVm")->isVisible());
    REQUIRE(waitFor([&] { return !wizard.controller->isRunning(); }));
}
