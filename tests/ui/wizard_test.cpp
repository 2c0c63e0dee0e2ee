// SPDX-License-Identifier: GPL-3.0-or-later
#include "catch.h"
#include "evidence/session_file.h"
#include "report/writers.h"
#include "support.h"
#include "widgets/code_block.h"
#include "widgets/matrix_view.h"
#include "wizard/contents.h"

#include <QClipboard>
#include <QFile>
#include <QLabel>
#include <QListView>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <atomic>
#include <thread>

using namespace Qt::Literals::StringLiterals;
using namespace bothways::ui;
using namespace bothways::ui::test;
namespace checks = bothways::checks;
namespace evidence = bothways::evidence;

TEST_CASE("three clicks lead from the start to a verdict", "[wizard]")
{
    const Wizard wizard(engineGiving(guestDropsEcho()));
    REQUIRE(waitFor([&] { return wizard.find<QPushButton>("diagnoseVm")->isEnabled(); }));
    wizard.click("diagnoseVm");
    CHECK(wizard.window->current() == ChapterId::Symptom);
    REQUIRE(waitFor([&] { return wizard.controller->conclusion() != nullptr; }));
    CHECK(wizard.textOf("pageSymptomTitle") == u"One-way: the VM reaches this host, this host does not reach the VM");
    wizard.window->show(ChapterId::Diagnosis);
    CHECK(wizard.textOf("pageDiagnosisTitle") == wizard.controller->conclusion()->diagnosis.headline);
    CHECK(wizard.find<QListView>("causeList")->model()->rowCount() > 0);
}

TEST_CASE("every page is reached with Next and back again", "[wizard]")
{
    Wizard wizard(engineGiving(guestDropsEcho()));
    wizard.diagnose();
    const int last = static_cast<int>(chapters().size()) - 1;
    for (int row = 0; row < last; ++row) {
        CHECK(wizard.window->current() == chapters()[static_cast<std::size_t>(row)].id);
        wizard.click("next");
    }
    CHECK(wizard.window->current() == ChapterId::Report);
    CHECK_FALSE(wizard.find<QPushButton>("next")->isEnabled());
    for (int row = last; row > 0; --row) {
        wizard.click("back");
    }
    CHECK(wizard.window->current() == ChapterId::Start);
    CHECK(wizard.controller->conclusion() != nullptr);
}

TEST_CASE("the symptom table says both directions", "[wizard]")
{
    Wizard wizard(engineGiving(guestDropsEcho()));
    wizard.diagnose();
    wizard.window->show(ChapterId::Symptom);
    CHECK(wizard.find<QWidget>("icmpVmToHost")->accessibleName().contains(u"10 of 10"));
    CHECK(wizard.find<QWidget>("icmpHostToVm")->accessibleName().contains(u"0 of 10"));
}

TEST_CASE("Copy puts exactly the remedy's commands on the clipboard", "[wizard]")
{
    Wizard wizard(engineGiving(guestDropsEcho()));
    wizard.diagnose();
    wizard.window->show(ChapterId::Fix);
    const auto &remedies = wizard.controller->conclusion()->remedies;
    REQUIRE_FALSE(remedies.empty());
    wizard.click("remedy1DoCopy");
    CHECK(QApplication::clipboard()->text() == remedies.front().commands.join(u'\n'));
    wizard.click("remedy1UndoCopy");
    CHECK(QApplication::clipboard()->text() == remedies.front().undo.join(u'\n'));
    wizard.click("remedy1VerifyCopy");
    CHECK(QApplication::clipboard()->text() == remedies.front().verify.join(u'\n'));
    CHECK(wizard.find<QPlainTextEdit>("remedy1DoText")->toPlainText() == remedies.front().commands.join(u'\n'));
}

TEST_CASE("what mends is saved as scripts, and the page says where", "[wizard]")
{
    Wizard wizard(engineGiving(guestDropsEcho()));
    wizard.diagnose();
    wizard.window->show(ChapterId::Fix);
    const QTemporaryDir folder;
    wizard.files.path = folder.filePath(u"fix"_s);
    wizard.click("saveScript");
    const auto scripts = bothways::report::scriptsOf(*wizard.controller->conclusion());
    REQUIRE_FALSE(scripts.empty());
    for (const auto &script : scripts) {
        QFile file(wizard.files.path + u'/' + script.name);
        REQUIRE(file.open(QIODevice::ReadOnly));
        CHECK(file.readAll() == script.text);
    }
}

TEST_CASE("Check again puts before and after side by side", "[wizard]")
{
    auto engine = engineGiving(guestDropsEcho());
    const auto broken = engine.run;
    const auto whole = engineGiving(mended()).run;
    auto runs = std::make_shared<std::atomic<int>>(0);
    engine.run = [=](const bothways::session::Plan &plan, const std::stop_token &stop, const bothways::session::EventSink &sink) {
        return ++*runs == 1 ? broken(plan, stop, sink) : whole(plan, stop, sink);
    };
    Wizard wizard(engine);
    wizard.diagnose();
    wizard.window->show(ChapterId::Fix);
    CHECK_FALSE(wizard.find<QWidget>("comparison")->isVisible());
    wizard.click("checkAgain");
    REQUIRE(waitFor([&] { return wizard.controller->before() && !wizard.controller->isRunning(); }));
    CHECK(wizard.controller->conclusion()->diagnosis.status == bothways::diagnosis::Status::NoFault);
    CHECK(wizard.find<QWidget>("comparison")->isVisible());
    CHECK(wizard.textOf("pageFixTitle") == u"Nothing to mend");
}

TEST_CASE("Cancel ends a run, keeps what was measured and leaves the window alive", "[wizard]")
{
    auto engine = engineGiving(guestDropsEcho());
    auto started = std::make_shared<std::atomic<bool>>(false);
    engine.run = [started](const bothways::session::Plan &, const std::stop_token &stop,
                           const bothways::session::EventSink &) -> tl::expected<evidence::Evidence, bothways::session::Error> {
        *started = true;
        while (!stop.stop_requested()) {
            std::this_thread::sleep_for(std::chrono::milliseconds(5));
        }
        auto partial = guestDropsEcho();
        partial.interrupted = true;
        partial.finished = {};
        return partial;
    };
    Wizard wizard(engine);
    wizard.controller->choose(u"db7"_s);
    wizard.click("runAll");
    REQUIRE(waitFor([&] { return started->load(); }));
    CHECK(wizard.find<QPushButton>("runAll")->text() == u"Cancel");
    wizard.click("runAll");
    REQUIRE(waitFor([&] { return !wizard.controller->isRunning(); }));
    REQUIRE(wizard.controller->evidence());
    CHECK(wizard.controller->evidence()->interrupted);
    CHECK(wizard.find<QPushButton>("runAll")->text() == u"Run all");
}

TEST_CASE("closing the window in the middle of a run stops it", "[wizard]")
{
    auto engine = engineGiving(guestDropsEcho());
    auto ended = std::make_shared<std::atomic<bool>>(false);
    engine.run = [ended](const bothways::session::Plan &, const std::stop_token &stop,
                         const bothways::session::EventSink &) -> tl::expected<evidence::Evidence, bothways::session::Error> {
        while (!stop.stop_requested()) {
            std::this_thread::sleep_for(std::chrono::milliseconds(5));
        }
        *ended = true;
        return guestDropsEcho();
    };
    {
        const Wizard wizard(engine);
        wizard.controller->choose(u"db7"_s);
        wizard.controller->runAll();
        wizard.window->close();
    }
    CHECK(*ended);
}

TEST_CASE("a run that cannot measure says why and can be repeated", "[wizard]")
{
    auto engine = engineGiving(guestDropsEcho());
    engine.run = [](const bothways::session::Plan &, const std::stop_token &,
                    const bothways::session::EventSink &) -> tl::expected<evidence::Evidence, bothways::session::Error> {
        return tl::make_unexpected(
            bothways::session::Error{bothways::session::ErrorKind::CouldNotMeasure, u"There is no VM <b>db7</b>."_s});
    };
    Wizard wizard(engine);
    wizard.controller->choose(u"db7"_s);
    wizard.controller->runAll();
    REQUIRE(waitFor([&] { return !wizard.controller->isRunning() && wizard.find<QLabel>("problem")->isVisible(); }));
    CHECK(wizard.textOf("problem") == u"There is no VM <b>db7</b>.");
    CHECK(wizard.find<QLabel>("problem")->textFormat() == Qt::PlainText);
    CHECK(wizard.find<QPushButton>("runAll")->isEnabled());
}

TEST_CASE("a session file is opened, replayed and written again without loss", "[wizard]")
{
    const QTemporaryDir directory;
    const auto path = directory.filePath(u"case.bothways"_s);
    REQUIRE(evidence::save(guestDropsEcho(), path));
    Wizard wizard(engineGiving(mended()));
    wizard.files.path = path;
    wizard.click("openSession");
    REQUIRE(waitFor([&] { return wizard.controller->conclusion() != nullptr; }));
    CHECK(wizard.controller->isRecorded());
    CHECK_FALSE(wizard.find<QPushButton>("runAll")->isEnabled());
    CHECK(wizard.window->current() == ChapterId::Symptom);

    wizard.window->show(ChapterId::Report);
    wizard.files.path = directory.filePath(u"again.bothways"_s);
    wizard.click("exportSession");
    REQUIRE(waitFor([&] { return QFile::exists(wizard.files.path); }));
    REQUIRE(waitFor([&] { return !wizard.textOf("exportNote").isEmpty(); }));
    CHECK(*evidence::load(wizard.files.path) == *evidence::load(path));
    for (const auto *kind : {"Html", "Markdown", "Json"}) {
        wizard.files.path = directory.filePath(u"report."_s + QString::fromLatin1(kind));
        wizard.click((std::string("export") + kind).c_str());
        CHECK(waitFor([&] { return QFile(wizard.files.path).size() > 100; }));
    }
}

TEST_CASE("a file that is no session is refused in words", "[wizard]")
{
    const QTemporaryDir directory;
    const auto path = directory.filePath(u"broken.bothways"_s);
    QFile file(path);
    REQUIRE(file.open(QIODevice::WriteOnly));
    file.write("{\"format\": [[[[");
    file.close();
    Wizard wizard(engineGiving(mended()));
    wizard.controller->openSession(path);
    REQUIRE(waitFor([&] { return wizard.find<QLabel>("problem")->isVisible(); }));
    CHECK_FALSE(wizard.textOf("problem").isEmpty());
    CHECK(wizard.controller->evidence() == nullptr);
}

TEST_CASE("a report that cannot be written says so", "[wizard]")
{
    Wizard wizard(engineGiving(guestDropsEcho()));
    wizard.diagnose();
    wizard.window->show(ChapterId::Report);
    wizard.files.path = u"/proc/no/such/place.html"_s;
    wizard.click("exportHtml");
    CHECK(waitFor([&] { return wizard.find<QLabel>("problem")->isVisible(); }));
}

TEST_CASE("a skipped chapter says what will be missing", "[wizard]")
{
    Wizard wizard(engineGiving(guestDropsEcho()));
    wizard.window->show(ChapterId::Network);
    wizard.click("skip");
    CHECK(wizard.window->current() == ChapterId::Transport);
    CHECK(wizard.textOf("skipNote").contains(u"NET-7"));
}

TEST_CASE("a check is run again where it is read, and stays chosen", "[wizard]")
{
    Wizard wizard(engineGiving(guestDropsEcho()));
    wizard.diagnose();
    wizard.window->show(ChapterId::Policy);
    const auto *list = wizard.find<QListView>("pagePolicyList");
    const int last = list->model()->rowCount() - 1;
    REQUIRE(list->currentIndex().row() != last); // the worst one was chosen for the person
    list->selectionModel()->setCurrentIndex(list->model()->index(last, 0), QItemSelectionModel::ClearAndSelect);
    const auto before = wizard.controller->conclusion();
    wizard.click("pagePolicyAgain");
    REQUIRE(waitFor([&] { return wizard.controller->conclusion() != before && !wizard.controller->isRunning(); }));
    CHECK(wizard.window->current() == ChapterId::Policy);
    CHECK(list->currentIndex().row() == last);
}

TEST_CASE("a reason, and a cell of the matrix, lead to their check", "[wizard]")
{
    Wizard wizard(engineGiving(guestDropsEcho()));
    wizard.diagnose();
    const Person person(*wizard.window);
    wizard.window->show(ChapterId::Diagnosis);
    person.click(u"turnReasons"_s);
    const auto links = wizard.window->findChildren<QPushButton *>(QRegularExpression(u"^reason_"_s));
    REQUIRE(links.size() > 1);
    const QString id = links.constLast()->text();
    REQUIRE(checks::find(id) != nullptr);
    person.click(u"reason_"_s + id);
    CHECK(wizard.window->current() == idOf(checks::find(id)->chapter));
    CHECK(person.read().contains(id));
    CHECK(person.read().contains(checks::question(*checks::find(id))));

    wizard.window->show(ChapterId::Diagnosis);
    auto *matrix = wizard.window->findChild<MatrixView *>();
    const QSignalSpy entered(matrix, &MatrixView::activated);
    matrix->setFocus();
    QTest::keyClick(matrix, Qt::Key_End);
    QTest::keyClick(matrix, Qt::Key_Return);
    REQUIRE(entered.size() == 1);
    CHECK(entered.first().first().toString() == QLatin1StringView(checks::table().back().id));
    CHECK(wizard.window->current() == ChapterId::Policy);
}

TEST_CASE("the evidence of a check can be searched", "[wizard]")
{
    Wizard wizard(engineGiving(guestDropsEcho()));
    wizard.diagnose();
    wizard.window->show(ChapterId::Policy);
    auto *evidence = wizard.find<QPlainTextEdit>("pagePolicyEvidence");
    REQUIRE_FALSE(evidence->toPlainText().isEmpty());
    const QString word = evidence->toPlainText().section(u' ', 1, 1).left(4);
    QTest::keyClicks(wizard.find<QWidget>("pagePolicySearch"), word);
    CHECK_FALSE(evidence->extraSelections().isEmpty());
}

TEST_CASE("names from outside are shown as text, never read as markup", "[wizard]")
{
    const QString hostile = u"<b>db7</b><img src=x onerror=alert(1)>\u202e"_s;
    Wizard wizard(engineGiving(guestDropsEcho(hostile)));
    wizard.diagnose(hostile);
    CHECK(wizard.find<QLabel>("targetName")->textFormat() == Qt::PlainText);
    CHECK(wizard.find<QLabel>("targetName")->accessibleName() == hostile);
    for (int row = 0; row < static_cast<int>(chapters().size()); ++row) {
        wizard.window->show(chapters()[static_cast<std::size_t>(row)].id);
        for (const auto *label : wizard.window->findChildren<QLabel *>()) {
            INFO(label->objectName().toStdString() << ": " << label->text().toStdString());
            CHECK((label->pixmap().isNull() ? label->textFormat() == Qt::PlainText : true));
            CHECK_FALSE(label->toolTip().contains(u"<img"));
        }
    }
}

TEST_CASE("the language changes at once and back", "[wizard]")
{
    Wizard wizard(engineGiving(guestDropsEcho()));
    wizard.diagnose();
    const QString english = wizard.textOf("pageSymptomTitle");
    if (!QFile::exists(u":/i18n/bothways_zh_CN.qm"_s)) {
        FAIL("the translation is not compiled in");
    }
    wizard.language->set(u"zh_CN"_s);
    CHECK(wizard.language->current() == u"zh_CN");
    CHECK(QCoreApplication::translate("QPlatformTheme", "Cancel") == u"取消");
    wizard.language->set(u"en"_s);
    CHECK(wizard.textOf("pageSymptomTitle") == english);
    CHECK(wizard.find<QPushButton>("next")->text() == u"Next");
}
