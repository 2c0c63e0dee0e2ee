// SPDX-License-Identifier: GPL-3.0-or-later
// The score on the pages Diagnosis, Fix and Watch, and two sessions beside each other.
#include "catch.h"
#include "evidence/session_file.h"
#include "pages/comparison_dialog.h"
#include "state/controller.h"
#include "support.h"
#include "widgets/labels.h"
#include "widgets/score_panel.h"
#include "wizard/main_window.h"

#include <QFile>
#include <QLabel>
#include <QPushButton>
#include <QStackedWidget>
#include <QTemporaryDir>
#include <QTest>
#include <QTextBrowser>

#include <thread>

using namespace Qt::Literals::StringLiterals;
using namespace bothways::ui;
using namespace bothways::ui::test;
namespace conclusion = bothways::conclusion;
namespace session = bothways::session;

namespace {

/// The first run finds the fault, every later one finds it gone.
Engine engineMending() { return engineInTurn(engineGiving(guestDropsEcho()), engineGiving(mended()).run); }

void checkAgain(const Wizard &wizard)
{
    wizard.window->show(ChapterId::Fix);
    wizard.click("checkAgain");
    REQUIRE(waitFor([&] { return wizard.controller->before() && !wizard.controller->isRunning(); }));
}

ComparisonDialog *dialogOf(const Wizard &wizard)
{
    ComparisonDialog *dialog = nullptr;
    REQUIRE(waitFor([&] {
        dialog = wizard.window->findChild<ComparisonDialog *>(u"comparisonDialog"_s);
        return dialog != nullptr;
    }));
    return dialog;
}

} // namespace

TEST_CASE("the page Diagnosis shows the score, each dimension and what was left out", "[wizard]")
{
    Wizard wizard(engineGiving(guestDropsEcho()));
    wizard.window->show(ChapterId::Diagnosis);
    wizard.click("turnScore");
    wizard.diagnose();
    wizard.window->show(ChapterId::Diagnosis);
    auto *turn = wizard.find<QPushButton>("turnScore");
    CHECK(turn->focusPolicy() != Qt::NoFocus);
    wizard.click("turnScore");
    CHECK(turn->isChecked());
    const auto &assessment = wizard.controller->conclusion()->assessment;
    CHECK(wizard.textOf("score") == u"Score: %1 of 100"_s.arg(*assessment.score()));
    for (const auto &rating : assessment.ratings) {
        const auto name = u"score_"_s + conclusion::name(rating.dimension);
        INFO(name.toStdString());
        const auto *state = wizard.window->findChild<StateLabel *>(name);
        REQUIRE(state != nullptr);
        CHECK(state->state() == scoreState(scoreOf(rating)));
        CHECK(state->accessibleName().contains(conclusion::title(rating.dimension)));
    }
    CHECK(wizard.window->findChild<StateLabel *>(u"score_reachability"_s)->state() == style::State::Failed);
    CHECK(wizard.window->findChild<QLabel *>(u"scoreBefore"_s) == nullptr);
}

TEST_CASE("after Check again the score is there before and after", "[wizard]")
{
    Wizard wizard(engineMending());
    wizard.diagnose();
    checkAgain(wizard);
    CHECK(wizard.window->current() == ChapterId::Fix);
    const auto *then = wizard.find<StateLabel>("before_reachability");
    const auto *now = wizard.find<StateLabel>("after_reachability");
    CHECK(then->state() == style::State::Failed);
    CHECK(now->state() == style::State::Passed);
    CHECK(waitFor([&] { return wizard.find<StateLabel>("after_score")->isVisible(); }));
    wizard.window->show(ChapterId::Diagnosis);
    wizard.click("turnScore");
    CHECK(wizard.textOf("scoreBefore").startsWith(u"Before it was "));
}

TEST_CASE("everything that changed is one click away, and can be saved", "[wizard]")
{
    Wizard wizard(engineMending());
    wizard.diagnose();
    checkAgain(wizard);
    wizard.click("compareBefore");
    auto *dialog = dialogOf(wizard);
    const auto *preview = dialog->findChild<QTextBrowser *>(u"comparisonPreview"_s);
    CHECK(waitFor([&] { return preview->toPlainText().contains(u"The fault is gone"_s); }));
    CHECK(preview->toPlainText().contains(u"icmp type echo-request"_s));
    const QTemporaryDir folder;
    wizard.files.path = folder.filePath(u"comparison.html"_s);
    QTest::mouseClick(dialog->findChild<QPushButton *>(u"saveComparison"_s), Qt::LeftButton);
    const auto *saved = dialog->findChild<QLabel *>(u"comparisonSaved"_s);
    REQUIRE(waitFor([&] { return saved->text().contains(wizard.files.path); }));
    QFile file(wizard.files.path);
    REQUIRE(file.open(QIODevice::ReadOnly));
    CHECK(file.readAll().contains("The fault is gone"));
    QTest::keyClick(dialog, Qt::Key_Escape);
    CHECK(waitFor([&] { return wizard.window->findChild<ComparisonDialog *>(u"comparisonDialog"_s) == nullptr; }));
}

TEST_CASE("the page Report compares with a session from a file, the older one first", "[wizard]")
{
    Wizard wizard(engineGiving(mended()));
    wizard.window->show(ChapterId::Report);
    CHECK_FALSE(wizard.find<QPushButton>("compareSessions")->isEnabled());
    wizard.diagnose();
    wizard.window->show(ChapterId::Report);
    const QTemporaryDir folder;
    auto earlier = guestDropsEcho();
    earlier.started = QDateTime::fromString(u"2020-01-01T00:00:00Z"_s, Qt::ISODate);
    wizard.files.path = folder.filePath(u"earlier.bothways"_s);
    REQUIRE(bothways::evidence::save(earlier, wizard.files.path));
    wizard.click("compareSessions");
    const auto *preview = dialogOf(wizard)->findChild<QTextBrowser *>(u"comparisonPreview"_s);
    CHECK(waitFor([&] { return preview->toPlainText().contains(u"The fault is gone"_s); }));
    CHECK_FALSE(preview->accessibleName().isEmpty());
}

TEST_CASE("a file that is no session is refused with its name", "[wizard]")
{
    Wizard wizard(engineGiving(mended()));
    wizard.diagnose();
    QString said;
    QObject::connect(wizard.controller, &Controller::problem, wizard.window, [&](const QString &sentence) { said = sentence; });
    wizard.controller->compareWith(u"/nonexistent/x.bothways"_s);
    REQUIRE(waitFor([&] { return !said.isEmpty(); }));
    CHECK(said.contains(u"x.bothways"_s));
    CHECK(wizard.window->findChild<ComparisonDialog *>(u"comparisonDialog"_s) == nullptr);
}

TEST_CASE("the page Watch puts the score at an alert beside the one before it", "[wizard]")
{
    auto engine = engineGiving(mended());
    engine.watch = [](const session::WatchPlan &plan, std::stop_token stop,
                      const session::WatchSink &) -> tl::expected<session::Watched, session::Error> {
        plan.headline(guestDropsEcho()); // as at an alert
        while (!stop.stop_requested()) {
            std::this_thread::sleep_for(std::chrono::milliseconds(5));
        }
        return session::Watched{};
    };
    Wizard wizard(engine);
    wizard.diagnose();
    wizard.window->show(ChapterId::Watch);
    const auto *score = wizard.find<QLabel>("watchScore");
    CHECK_FALSE(score->isVisible());
    wizard.click("watchToggle");
    REQUIRE(waitFor([&] { return score->isVisible(); }));
    CHECK(score->text().startsWith(u"Score at the alert: "));
    CHECK(score->text().contains(u"before the watch"));
    wizard.click("watchToggle");
    CHECK(waitFor([&] { return wizard.find<QPushButton>("watchToggle")->text() == u"Start"; }));
}
