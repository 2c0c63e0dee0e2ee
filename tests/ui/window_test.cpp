// SPDX-License-Identifier: GPL-3.0-or-later
#include "catch.h"
#include "inspection.h"
#include "pages/start_page.h"
#include "parse_counter.h"
#include "support.h"
#include "wizard/contents.h"

#include <QAbstractItemModelTester>
#include <QDialog>
#include <QSignalSpy>
#include <QTest>

#include <memory>
#include <vector>

using namespace Qt::Literals::StringLiterals;
using namespace bothways::ui;
using namespace bothways::ui::test;

namespace {

QStringList visibleNames(const QWidget &window)
{
    QStringList names;
    for (const auto *widget : window.findChildren<QWidget *>()) {
        if (widget->isVisible() && !widget->objectName().isEmpty() && !widget->objectName().startsWith(QStringLiteral("qt_"))) {
            names << widget->objectName();
        }
    }
    names.sort();
    return names;
}

/// Returns when the results are there in that language, too.
void speak(const Wizard &wizard, const QString &language)
{
    if (wizard.language->current() == language) {
        return;
    }
    const QSignalSpy concluded(wizard.controller, &Controller::concluded);
    wizard.language->set(language);
    REQUIRE(waitFor([&] { return !concluded.isEmpty(); }));
    QTest::qWait(50);
}

template <typename Check>
void onEveryPage(const Wizard &wizard, const Check &check)
{
    for (const auto &chapter : chapters()) {
        wizard.window->show(chapter.id);
        QTest::qWait(20);
        QApplication::sendPostedEvents(); // on a busy machine a layout may still be due
        INFO("chapter " << chapter.title);
        check();
    }
}

/// Every page with nothing to show, with a fault of which both ends were read, and with the recorded case, which has captures; of
/// the page Diagnosis both sides.
template <typename Check>
void onEveryScene(Wizard &wizard, const Check &check)
{
    const auto look = [&](const char *scene) {
        INFO(scene);
        onEveryPage(wizard, check);
        wizard.window->show(ChapterId::Diagnosis);
        for (const auto *side : {"turnReasons", "turnJourneys"}) {
            wizard.click(side);
            QTest::qWait(20);
            INFO(side);
            check();
        }
    };
    look("empty");
    wizard.diagnose();
    look("a fault");
    const QSignalSpy concluded(wizard.controller, &Controller::concluded);
    wizard.controller->openSession(demoPath(u"seed-topology"_s));
    REQUIRE(waitFor([&] { return !concluded.isEmpty() && wizard.controller->isRecorded(); }));
    QTest::qWait(100);
    look("recorded");
}

/// The settings, and the dialog for what the VM said.
template <typename Check>
void onEveryDialog(const Wizard &wizard, const Check &check)
{
    const auto look = [&](const QString &name) {
        REQUIRE(waitFor([&] { return wizard.window->findChild<QDialog *>(name) != nullptr; }));
        auto *dialog = wizard.window->findChild<QDialog *>(name);
        // The offscreen platform leaves the focus where it was when a window only asks for it.
        QT_WARNING_PUSH
        QT_WARNING_DISABLE_DEPRECATED
        QApplication::setActiveWindow(dialog);
        QT_WARNING_POP
        REQUIRE(QTest::qWaitForWindowActive(dialog));
        INFO(name.toStdString());
        check(*dialog);
        dialog->close();
        REQUIRE(waitFor([&] {
            const auto *left = wizard.window->findChild<QDialog *>(name);
            return left == nullptr || !left->isVisible();
        }));
    };
    wizard.click("openSettings");
    look(u"settingsDialog"_s);
    wizard.window->show(ChapterId::Symptom);
    wizard.click("pasteAnswer");
    look(u"pasteDialog"_s);
}

} // namespace

TEST_CASE("every control has a name and can be reached with the keyboard", "[window]")
{
    Wizard wizard(engineGiving(guestDropsEcho()));
    onEveryScene(wizard, [&] { CHECK(whatLacksNameOrKey(*wizard.window) == std::string()); });
    onEveryDialog(wizard, [&](QWidget &dialog) { CHECK(whatLacksNameOrKey(dialog) == std::string()); });
}

TEST_CASE("where the focus is can be seen", "[window]")
{
    Wizard wizard(engineGiving(guestDropsEcho()));
    onEveryScene(wizard, [&] { CHECK(whereFocusIsNotSeen(*wizard.window) == std::string()); });
    onEveryDialog(wizard, [&](QWidget &dialog) { CHECK(whereFocusIsNotSeen(dialog) == std::string()); });
}

TEST_CASE("every model keeps the rules of models while things happen", "[window]")
{
    Wizard wizard(engineGiving(guestDropsEcho()));
    constexpr auto fatal = QAbstractItemModelTester::FailureReportingMode::Fatal;
    std::vector<std::unique_ptr<QAbstractItemModelTester>> testers;
    QStringList kinds;
    for (auto *model : wizard.window->findChildren<QAbstractItemModel *>()) {
        const auto kind = QString::fromLatin1(model->metaObject()->className());
        if (kind.startsWith(u"bothways::")) {
            testers.push_back(std::make_unique<QAbstractItemModelTester>(model, fatal));
            kinds << kind.section(u"::"_s, -1);
        }
    }
    for (const auto *kind :
         {"RailModel", "VmModel", "FindingModel", "CauseModel", "JourneyModel", "BucketModel", "WatchEventModel"}) {
        CHECK(kinds.contains(QLatin1String(kind)));
    }
    onEveryScene(wizard, [] {});
    wizard.language->set(u"zh_CN"_s);
    wizard.controller->choose(u"other"_s);
    QTest::qWait(100);
}

TEST_CASE("the language, and nothing else, is what differs between the two", "[window]")
{
    Wizard wizard(engineGiving(guestDropsEcho()));
    wizard.diagnose();
    QStringList names;
    onEveryPage(wizard, [&] { names << visibleNames(*wizard.window); });
    speak(wizard, QStringLiteral("zh_CN"));
    CHECK(waitFor([&] { return wizard.textOf("pageFixTitle").contains(QChar(0x4FEE)); }));
    QStringList others;
    onEveryPage(wizard, [&] { others << visibleNames(*wizard.window); });
    CHECK(names == others);
}

// Run a second time with QT_SCALE_FACTOR=2 (CMakeLists.txt).
TEST_CASE("nothing is cut at 1024 x 700", "[window]")
{
    const auto *const language = GENERATE("en", "zh_CN");
    INFO(language);
    Wizard wizard(engineGiving(guestDropsEcho()));
    wizard.language->set(QLatin1String(language));
    wizard.window->resize(1024, 700);
    onEveryScene(wizard, [&] {
        CHECK(wizard.window->width() == 1024);
        CHECK(wizard.window->height() == 700);
        CHECK(whatIsCut(*wizard.window) == std::string());
    });
    onEveryDialog(wizard, [&](QWidget &dialog) {
        CHECK(dialog.width() <= 1024);
        CHECK(dialog.height() <= 700);
        CHECK(whatIsCut(dialog) == std::string());
    });
}

TEST_CASE("every page has its object name, title and place in the rail", "[window]")
{
    Wizard wizard(engineGiving(guestDropsEcho()));
    wizard.diagnose();
    const QStringList names{QStringLiteral("pageStart"),       QStringLiteral("pageSymptom"),   QStringLiteral("pageTopology"),
                            QStringLiteral("pagePreparation"), QStringLiteral("pagePhysical"),  QStringLiteral("pageDataLink"),
                            QStringLiteral("pageNetwork"),     QStringLiteral("pageTransport"), QStringLiteral("pagePolicy"),
                            QStringLiteral("pageDiagnosis"),   QStringLiteral("pageFix"),       QStringLiteral("pageWatch"),
                            QStringLiteral("pageReport")};
    REQUIRE(names.size() == static_cast<qsizetype>(chapters().size()));
    int row = 0;
    onEveryPage(wizard, [&] {
        const auto *page = wizard.find<Page>(names.at(row++).toLatin1().constData());
        REQUIRE(page != nullptr);
        INFO(page->objectName().toStdString());
        CHECK(page->isVisible());
        CHECK_FALSE(page->heading().isEmpty());
        CHECK(page->heading().size() < 160);
    });
}

TEST_CASE("each dump of a run's rules is read once for all pages together", "[window]")
{
    const auto evidence = guestDropsEcho();
    const auto dumps = evidence.host.value.rulesets.size() + evidence.hostBefore.value.rulesets.size() +
                       evidence.guest.value.facts.rulesets.size() + evidence.guest.value.after.value.rulesets.size();
    REQUIRE(dumps > 0);
    const auto before = bothways::test::parsedRulesets();
    Wizard wizard(engineGiving(evidence));
    wizard.diagnose();
    int pages = 0;
    onEveryPage(wizard, [&] { ++pages; });
    CHECK(pages == static_cast<int>(chapters().size()));
    CHECK(bothways::test::parsedRulesets() - before == dumps);
}

TEST_CASE("who is quick finds the chapter that he chose, and the others follow", "[window]")
{
    application();
    FixedChooser files;
    WizardProgram program(engineGiving(guestDropsEcho()), files, {.session = {}, .language = u"en"_s});
    const Person person(program.window());
    program.window().show(ChapterId::Report); // before the first frame
    CHECK(person.page() == u"pageReport");
    CHECK(program.window().findChildren<Page *>().size() == 1);
    program.controller().choose(u"db7"_s);
    program.controller().runAll();
    REQUIRE(waitFor([&] { return program.controller().conclusion() != nullptr; }));
    REQUIRE(waitFor([&] { return program.window().findChildren<Page *>().size() == static_cast<qsizetype>(chapters().size()); }));
    CHECK(person.page() == u"pageReport");
    CHECK(program.window().findChild<QWidget *>(u"chartDock"_s) != nullptr);
    program.window().show(ChapterId::Start);
    CHECK(person.page() == u"pageStart");
    program.window().show(ChapterId::Diagnosis);
    CHECK(person.text(u"pageDiagnosisTitle"_s).contains(program.controller().conclusion()->diagnosis.headline));
    program.window().close();
}
