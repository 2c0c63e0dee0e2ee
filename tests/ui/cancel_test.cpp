// SPDX-License-Identifier: GPL-3.0-or-later
// Cancel on every page: it ends what is going on, and what was found before stands as it stood.
#include "catch.h"
#include "person.h"
#include "support.h"
#include "wizard/contents.h"

#include <QLabel>
#include <QListView>
#include <QTest>

#include <thread>

using namespace Qt::Literals::StringLiterals;
using namespace bothways::ui;
using namespace bothways::ui::test;
namespace evidence = bothways::evidence;
namespace session = bothways::session;

namespace {

/// Each run goes on until it is cancelled and has read nothing by then.
Engine lastingOnly()
{
    auto engine = engineGiving(guestDropsEcho());
    engine.run = [](const session::Plan &, const std::stop_token &stop,
                    const session::EventSink &) -> tl::expected<evidence::Evidence, session::Error> {
        while (!stop.stop_requested()) {
            std::this_thread::sleep_for(std::chrono::milliseconds(2));
        }
        evidence::Evidence nothing;
        nothing.target = guestDropsEcho().target;
        nothing.interrupted = true;
        return nothing;
    };
    return engine;
}

/// The first run ends at once.
Engine engineThatLasts() { return engineInTurn(engineGiving(guestDropsEcho()), lastingOnly().run); }

/// A person who opens every file dialog and then thinks better of it.
class Hesitant : public FileChooser {
public:
    int asked = 0;
    void open(QWidget *, const QString &, const QString &, const Chosen &) override { ++asked; }
    void save(QWidget *, const QString &, const QString &, const QString &, const Chosen &) override { ++asked; }
};

} // namespace

TEST_CASE("Cancel on each page ends the run and loses nothing", "[cancel]")
{
    Wizard wizard(engineThatLasts());
    const Person person(*wizard.window);
    wizard.diagnose();
    const auto found = wizard.controller->conclusion();
    const auto read = wizard.controller->evidence();
    bool byKey = false;
    for (const auto &chapter : chapters()) {
        wizard.window->show(chapter.id);
        INFO("chapter " << chapter.title);
        if (chapter.id == ChapterId::Report) { // another thread writes the preview
            REQUIRE(waitFor([&] { return !person.text(u"reportPreview"_s).isEmpty(); }));
        }
        const QString before = person.read();
        const QString title = wizard.window->windowTitle();
        person.press(Qt::Key_F5);
        REQUIRE(waitFor([&] { return wizard.controller->isRunning() && person.text(u"runAll"_s) == u"Cancel"; }));
        if (byKey) {
            person.press(Qt::Key_Escape);
        } else {
            person.click(u"runAll"_s);
        }
        byKey = !byKey;
        REQUIRE(waitFor([&] { return !wizard.controller->isRunning(); }));
        CHECK(person.text(u"runAll"_s) == u"Run all");
        CHECK(person.text(u"problem"_s) == u"Stopped. What is shown is what the run before found.");
        CHECK(waitFor([&] { return person.read() == before; }));
        CHECK(wizard.window->windowTitle() == title);
        CHECK(wizard.controller->evidence() == read);
        CHECK(wizard.controller->conclusion()->diagnosis.headline == found->diagnosis.headline);
        CHECK(wizard.controller->conclusion()->remedies.size() == found->remedies.size());
        person.click(u"dismissProblem"_s);
    }
}

TEST_CASE("Run again that is cancelled holds no choice for a later run", "[cancel]")
{
    // The second one lasts, the third does not.
    Wizard wizard(
        engineInTurn(engineGiving(guestDropsEcho()), engineInTurn(lastingOnly(), engineGiving(guestDropsEcho()).run).run));
    const Person person(*wizard.window);
    wizard.diagnose();
    wizard.window->show(ChapterId::Policy);
    const auto *list = wizard.find<QListView>("pagePolicyList");
    const int worst = list->currentIndex().row();
    const auto last = list->model()->index(list->model()->rowCount() - 1, 0);
    REQUIRE(worst != last.row());
    list->selectionModel()->setCurrentIndex(last, QItemSelectionModel::ClearAndSelect);
    person.click(u"pagePolicyAgain"_s);
    REQUIRE(waitFor([&] { return wizard.controller->isRunning(); }));
    person.press(Qt::Key_Escape);
    REQUIRE(waitFor([&] { return !wizard.controller->isRunning(); }));
    CHECK(list->currentIndex() == last);
    const auto before = wizard.controller->conclusion();
    person.click(u"runAll"_s);
    REQUIRE(waitFor([&] { return wizard.controller->conclusion() != before && !wizard.controller->isRunning(); }));
    CHECK(list->currentIndex().row() == worst);
}

TEST_CASE("Check again that is cancelled compares nothing", "[cancel]")
{
    Wizard wizard(engineThatLasts());
    const Person person(*wizard.window);
    wizard.diagnose();
    wizard.window->show(ChapterId::Fix);
    const QString before = person.read();
    person.click(u"checkAgain"_s);
    REQUIRE(waitFor([&] { return wizard.controller->isRunning(); }));
    CHECK(person.text(u"pageFixLead"_s) == u"The evidence is still being read.");
    person.press(Qt::Key_Escape);
    REQUIRE(waitFor([&] { return !wizard.controller->isRunning(); }));
    CHECK_FALSE(person.sees(u"comparison"_s));
    CHECK(waitFor([&] { return person.read() == before; }));
}

TEST_CASE("a check again that cannot measure keeps what was found and compares nothing", "[cancel]")
{
    Wizard wizard(
        engineInTurn(engineGiving(guestDropsEcho()),
                     [](const session::Plan &, const std::stop_token &,
                        const session::EventSink &) -> tl::expected<evidence::Evidence, session::Error> {
                         return tl::make_unexpected(session::Error{session::ErrorKind::CouldNotMeasure, u"The VM is gone."_s});
                     }));
    const Person person(*wizard.window);
    wizard.diagnose();
    wizard.window->show(ChapterId::Fix);
    const QString before = person.read();
    person.click(u"checkAgain"_s);
    REQUIRE(waitFor([&] { return person.sees(u"problem"_s) && !wizard.controller->isRunning(); }));
    CHECK(person.text(u"problem"_s) == u"The VM is gone.");
    CHECK_FALSE(person.sees(u"comparison"_s));
    CHECK(waitFor([&] { return person.read() == before; }));
}

TEST_CASE("a dialog that is cancelled changes nothing", "[cancel]")
{
    application();
    Hesitant files;
    WizardProgram program(engineGiving(guestDropsEcho()), files, {.session = {}, .language = u"en"_s});
    auto &window = program.window();
    const Person person(window);
    program.controller().choose(u"db7"_s);
    program.controller().runAll();
    REQUIRE(waitFor([&] { return program.controller().conclusion() != nullptr; }));
    const auto found = program.controller().conclusion();

    window.show(ChapterId::Start);
    person.click(u"openSession"_s);
    window.show(ChapterId::Report);
    for (const auto *kind : {"exportHtml", "exportMarkdown", "exportJson", "exportSession"}) {
        person.click(QLatin1String(kind));
    }
    CHECK(files.asked == 5);
    CHECK(person.text(u"exportNote"_s).isEmpty());

    window.show(ChapterId::Symptom);
    person.click(u"pasteAnswer"_s);
    REQUIRE(waitFor([&] { return person.sees(u"pasteDialog"_s); }));
    person.type(u"guestAnswer"_s, u"half an answer"_s);
    person.click(u"guestAnswerCancel"_s);
    REQUIRE(waitFor([&] { return !person.sees(u"pasteDialog"_s); }));
    CHECK(program.controller().conclusion() == found);
    CHECK_FALSE(program.controller().isRunning());
    window.close();
}
