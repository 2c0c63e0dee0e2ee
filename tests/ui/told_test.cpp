// SPDX-License-Identifier: GPL-3.0-or-later
// What a person says of the fault: kept with what was measured, and never in its way.
#include "catch.h"
#include "evidence/session_file.h"
#include "person.h"
#include "state/controller.h"
#include "state/file_writer.h"
#include "support.h"
#include "wizard/contents.h"

#include <QClipboard>
#include <QFile>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <atomic>
#include <thread>

using namespace Qt::Literals::StringLiterals;
using namespace bothways::ui;
using namespace bothways::ui::test;
namespace evidence = bothways::evidence;
namespace session = bothways::session;

namespace {

const evidence::Told words{u"this morning <b>after</b> the reboot"_s, u"Docker was installed"_s};

void tell(const Wizard &wizard)
{
    const Person person(*wizard.window);
    wizard.window->show(ChapterId::Symptom);
    person.type(u"toldBegan"_s, words.began);
    person.type(u"toldChanged"_s, words.changed);
}

evidence::Told shown(const Wizard &wizard)
{
    const Person person(*wizard.window);
    wizard.window->show(ChapterId::Symptom);
    return {person.text(u"toldBegan"_s), person.text(u"toldChanged"_s)};
}

/// What a click on the button saves.
QByteArray saved(Wizard &wizard, const QTemporaryDir &directory, const char *button)
{
    wizard.files.path = directory.filePath(QLatin1String(button));
    QFile::remove(wizard.files.path);
    const QSignalSpy written(&wizard.controller->writer(), &FileWriter::written);
    wizard.window->show(ChapterId::Report);
    wizard.click(button);
    REQUIRE(waitFor([&] { return !written.isEmpty(); }));
    QFile file(wizard.files.path);
    REQUIRE(file.open(QIODevice::ReadOnly));
    return file.readAll();
}

evidence::Told toldInSession(Wizard &wizard, const QTemporaryDir &directory)
{
    const auto loaded = evidence::fromBytes(saved(wizard, directory, "exportSession"));
    REQUIRE(loaded);
    return loaded->told;
}

/// Each run goes on until `goOn`.
Engine engineWaitingFor(const std::shared_ptr<std::atomic<bool>> &goOn)
{
    auto engine = engineGiving(guestDropsEcho());
    engine.run = [goOn, run = engine.run](const session::Plan &plan, const std::stop_token &stop,
                                          const session::EventSink &sink) -> tl::expected<evidence::Evidence, session::Error> {
        while (!goOn->load() && !stop.stop_requested()) {
            std::this_thread::sleep_for(std::chrono::milliseconds(2));
        }
        return run(plan, stop, sink);
    };
    return engine;
}

} // namespace

TEST_CASE("what was told reaches the session and every report, and concludes nothing anew", "[told]")
{
    const QTemporaryDir directory;
    Wizard wizard(engineGiving(guestDropsEcho()));
    wizard.diagnose();
    const auto conclusion = wizard.controller->conclusion();
    const QSignalSpy concluded(wizard.controller, &Controller::concluded);
    CHECK(toldInSession(wizard, directory).isEmpty());
    CHECK_FALSE(saved(wizard, directory, "exportHtml").contains("As told"));
    tell(wizard);
    CHECK(wizard.textOf("exportNote").isEmpty()); // what was saved is not what there is now
    CHECK(toldInSession(wizard, directory) == words);
    const auto html = saved(wizard, directory, "exportHtml");
    CHECK(html.contains("As told, not measured: it began “this morning &lt;b&gt;after&lt;/b&gt; the reboot”."));
    CHECK(html.contains("As told, not measured: what was changed before is “Docker was installed”."));
    CHECK(saved(wizard, directory, "exportMarkdown").contains("“Docker was installed”"));
    CHECK(saved(wizard, directory, "exportJson").contains("\"changed\": \"Docker was installed\""));
    const Person person(*wizard.window);
    CHECK(waitFor([&] { return person.text(u"reportPreview"_s).contains(words.changed); }));
    CHECK(concluded.isEmpty());
    CHECK(wizard.controller->conclusion() == conclusion);

    person.click(u"redact"_s);
    CHECK(toldInSession(wizard, directory).isEmpty());
    CHECK_FALSE(saved(wizard, directory, "exportHtml").contains("Docker was installed"));
}

TEST_CASE("what was told is kept over Run all, Check again and the VM's answer, and lost with the target", "[told]")
{
    const QTemporaryDir directory;
    Wizard wizard(engineGiving(guestDropsEcho()));
    wizard.diagnose();
    tell(wizard);
    const auto ran = [&](const std::function<void()> &start) {
        const QSignalSpy concluded(wizard.controller, &Controller::concluded);
        start();
        REQUIRE(waitFor([&] { return !concluded.isEmpty() && !wizard.controller->isRunning(); }));
    };
    ran([&] { wizard.click("runAll"); });
    CHECK(shown(wizard) == words);
    CHECK(wizard.controller->evidence()->told == words);
    wizard.window->show(ChapterId::Fix);
    ran([&] { wizard.click("checkAgain"); });
    CHECK(shown(wizard) == words);
    ran([&] { wizard.controller->pasteGuestReport("an answer"); });
    CHECK(shown(wizard) == words);
    wizard.diagnose(); // the same VM once more
    CHECK(shown(wizard) == words);
    CHECK(toldInSession(wizard, directory) == words);

    wizard.controller->choose(u"other"_s);
    CHECK(shown(wizard).isEmpty());
    wizard.controller->runAll();
    REQUIRE(waitFor([&] { return wizard.controller->conclusion() != nullptr; }));
    CHECK(shown(wizard).isEmpty());
    CHECK(toldInSession(wizard, directory).isEmpty());
}

TEST_CASE("a session that is opened shows what was told, and takes what is told now", "[told]")
{
    const QTemporaryDir directory;
    auto recorded = guestDropsEcho();
    recorded.told = words;
    const auto path = directory.filePath(u"case.bothways"_s);
    REQUIRE(evidence::save(recorded, path));
    Wizard wizard(engineGiving(mended()));
    wizard.diagnose();
    wizard.window->show(ChapterId::Symptom);
    const Person person(*wizard.window);
    person.type(u"toldBegan"_s, u"long ago"_s);
    wizard.controller->openSession(path);
    REQUIRE(waitFor([&] { return wizard.controller->isRecorded() && !wizard.controller->isRunning(); }));
    CHECK(shown(wizard) == words);
    REQUIRE(waitFor([&] { return person.canUse(u"runAll"_s) == false && wizard.controller->conclusion() != nullptr; }));
    CHECK(toldInSession(wizard, directory) == words);
    wizard.window->show(ChapterId::Symptom);
    person.type(u"toldBegan"_s, u"yesterday"_s);
    CHECK(toldInSession(wizard, directory) == evidence::Told{u"yesterday"_s, words.changed});
    CHECK(evidence::load(path)->told == words);
}

TEST_CASE("what is typed while a diagnosis runs is not lost, and the cursor stays where it is", "[told]")
{
    const QTemporaryDir directory;
    const auto goOn = std::make_shared<std::atomic<bool>>(false);
    Wizard wizard(engineWaitingFor(goOn));
    const Person person(*wizard.window);
    wizard.controller->choose(u"db7"_s);
    wizard.window->show(ChapterId::Symptom);
    person.type(u"toldBegan"_s, u"this "_s);
    wizard.controller->runAll();
    REQUIRE(wizard.controller->isRunning());
    auto *field = wizard.find<QLineEdit>("toldBegan");
    QTest::keyClicks(field, u"norning "_s);
    for (int i = 0; i < 8; ++i) {
        QTest::keyClick(field, Qt::Key_Left);
    }
    QTest::keyClick(field, Qt::Key_Delete);
    *goOn = true;
    REQUIRE(waitFor([&] { return !wizard.controller->isRunning() && wizard.controller->conclusion() != nullptr; }));
    CHECK(field->hasFocus());
    CHECK(field->text() == u"this orning ");
    QTest::keyClicks(field, u"m"_s);
    CHECK(field->text() == u"this morning ");
    CHECK(field->cursorPosition() == 6);
    CHECK(toldInSession(wizard, directory).began == u"this morning");
}

TEST_CASE("typing moves nothing on the page", "[told]")
{
    Wizard wizard(engineGiving(guestDropsEcho()));
    wizard.diagnose();
    wizard.window->resize(1024, 700);
    wizard.window->show(ChapterId::Symptom);
    const Person person(*wizard.window);
    auto *field = person.find(u"toldChanged"_s);
    field->setFocus();
    QTest::qWait(50);
    const auto place = [&] { return QRect(field->mapTo(wizard.window, QPoint()), field->size()); };
    const auto before = place();
    const QString title = wizard.textOf("pageSymptomTitle"); // a person would scroll to it
    for (const char letter : QByteArray("Docker was installed, and the bridge got another name")) {
        QTest::keyClick(field, letter);
        CHECK(place() == before);
    }
    CHECK(wizard.textOf("pageSymptomTitle") == title);
    CHECK(field->hasFocus());
}

TEST_CASE("the field in which a person types stays in sight while the VM is asked and after", "[told]")
{
    auto engine = engineGiving(guestDropsEcho());
    const auto goOn = std::make_shared<std::atomic<bool>>(false);
    engine.run = [goOn](const session::Plan &, const std::stop_token &stop,
                        const session::EventSink &sink) -> tl::expected<evidence::Evidence, session::Error> {
        sink(session::StageChanged{session::Stage::Listening, u"192.168.122.1"_s});
        while (!goOn->load() && !stop.stop_requested()) {
            std::this_thread::sleep_for(std::chrono::milliseconds(2));
        }
        return guestDropsEcho();
    };
    Wizard wizard(engine);
    wizard.window->resize(1024, 700);
    wizard.controller->choose(u"db7"_s);
    wizard.window->show(ChapterId::Symptom);
    const Person person(*wizard.window);
    person.type(u"toldChanged"_s, u"Docker"_s);
    auto *field = wizard.find<QLineEdit>("toldChanged");
    const auto inSight = [&] { return field->visibleRegion().boundingRect() == field->rect(); };
    REQUIRE(waitFor(inSight));
    wizard.controller->runAll();
    REQUIRE(waitFor([&] { return person.sees(u"askVm"_s); }));
    QTest::qWait(50);
    CHECK(inSight());
    *goOn = true;
    REQUIRE(waitFor([&] { return !person.sees(u"askVm"_s) && wizard.controller->conclusion() != nullptr; }));
    QTest::qWait(50);
    CHECK(inSight());
    CHECK(field->hasFocus());
    CHECK(field->text() == u"Docker");
}

TEST_CASE("a field takes so many characters and no control character", "[told]")
{
    Wizard wizard(engineGiving(guestDropsEcho()));
    wizard.window->show(ChapterId::Symptom);
    CHECK_FALSE(wizard.find<QLineEdit>("toldBegan")->isEnabled()); // of what VM?
    wizard.controller->choose(u"db7"_s);
    const Person person(*wizard.window);
    QApplication::clipboard()->setText(u"a\u202e\nb"_s + QString(1000, u'x'));
    person.type(u"toldBegan"_s, {});
    person.paste(u"toldBegan"_s);
    const auto began = wizard.controller->told().began;
    CHECK(began.startsWith(u"a bx"));
    CHECK(began.size() >= evidence::longestTold - 2);
    CHECK(began.size() <= evidence::longestTold);
}
