// SPDX-License-Identifier: GPL-3.0-or-later
// The settings: they hold at once, for the next run, and at the next start; whatever their file says.
#include "catch.h"
#include "evidence/session_file.h"
#include "person.h"
#include "style/appearance.h"
#include "support.h"

#include <QClipboard>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTest>

#include <mutex>

using namespace Qt::Literals::StringLiterals;
using namespace bothways::ui;
using namespace bothways::ui::test;
namespace session = bothways::session;
namespace evidence = bothways::evidence;

namespace {

/// The plan of the last run.
struct Asked {
    std::mutex mutex;
    session::Plan plan;
};

Engine engineAsking(const std::shared_ptr<Asked> &asked)
{
    auto engine = engineGiving(guestDropsEcho());
    engine.run = [asked, run = engine.run](const session::Plan &plan, const std::stop_token &stop,
                                           const session::EventSink &sink) {
        {
            const std::scoped_lock lock(asked->mutex);
            asked->plan = plan;
        }
        return run(plan, stop, sink);
    };
    return engine;
}

/// The program with a memory of its own; the last lines of main().
struct Started {
    Started(const QString &file, const QString &language = {}, const std::shared_ptr<Asked> &asked = std::make_shared<Asked>())
        : memory(file)
    {
        application();
        program = std::make_unique<WizardProgram>(
            engineAsking(asked), files,
            WizardProgram::Opening{.session = {}, .language = language, .memory = &memory, .appearance = &appearance()});
        REQUIRE(QTest::qWaitForWindowActive(&program->window()));
        REQUIRE(waitFor([&] { return !Person(program->window()).page().isEmpty(); })); // after the first frame
        REQUIRE(waitFor([this] { return program->controller().inventory().access != evidence::Access::NotTried; }));
        REQUIRE(
            waitFor([this] { return program->window().findChild<QWidget *>(u"chartDock"_s) != nullptr; })); // with it all pages
    }
    ~Started()
    {
        program->language().set(u"en"_s);
        appearance().setMode(style::Mode::Light);
        program->window().close();
    }
    Started(const Started &) = delete;
    Started &operator=(const Started &) = delete;

    void openSettings() const
    {
        const Person person(program->window());
        person.press(Qt::Key_Comma, Qt::ControlModifier);
        REQUIRE(waitFor([&] { return person.sees(u"settingsDialog"_s); }));
        REQUIRE(QTest::qWaitForWindowActive(find<QWidget>("settingsDialog")));
    }
    template <typename Type>
    Type *find(const char *name) const
    {
        auto *found = program->window().findChild<Type *>(QString::fromLatin1(name));
        REQUIRE(found != nullptr);
        return found;
    }
    void choose(const char *box, int row) const
    {
        auto *combo = find<QComboBox>(box);
        combo->setFocus();
        QTest::keyClick(combo, Qt::Key_Home);
        for (int i = 0; i < row; ++i) {
            QTest::keyClick(combo, Qt::Key_Down);
        }
        CHECK(combo->currentIndex() == row);
    }
    void typeNumber(const char *box, const QString &number) const
    {
        const Person person(program->window());
        person.type(QString::fromLatin1(box), number);
        QTest::keyClick(find<QWidget>(box), Qt::Key_Return);
    }

    FileChooser files;
    Memory memory;
    std::unique_ptr<WizardProgram> program;
};

} // namespace

TEST_CASE("settings hold at once, for the next run, and at the next start", "[settings]")
{
    const QTemporaryDir directory;
    const auto file = directory.filePath(u"bothways.ini"_s);
    {
        const auto asked = std::make_shared<Asked>();
        const Started started(file, {}, asked);
        const Person person(started.program->window());
        started.program->language().set(u"en"_s);
        person.click(u"openSettings"_s);
        REQUIRE(waitFor([&] { return person.sees(u"settingsDialog"_s); }));
        REQUIRE(QTest::qWaitForWindowActive(started.find<QWidget>("settingsDialog")));
        person.type(u"settingsPorts"_s, u"22, 8080"_s);
        started.typeNumber("settingsEchoCount", u"7"_s);
        started.typeNumber("settingsDeadline", u"45"_s);
        started.typeNumber("settingsBytes", u"300"_s);
        started.typeNumber("settingsPoints", u"2"_s);
        started.typeNumber("settingsFollowed", u"999"_s);
        started.typeNumber("settingsGuestPackets", u"1234"_s);
        started.typeNumber("settingsGuestSeconds", u"15"_s);
        started.typeNumber("settingsSuccess", u"80.5"_s);
        started.typeNumber("settingsFailures", u"12"_s);
        started.choose("settingsTheme", 2);
        CHECK(style::isDark(QApplication::palette()));
        started.choose("settingsLanguage", 2);
        CHECK(started.program->language().current() == u"zh_CN");
        CHECK(waitFor([&] { return started.find<QPushButton>("next")->text() == u"下一步"; }));
        person.click(u"settingsClose"_s);
        CHECK(waitFor([&] { return !person.sees(u"settingsDialog"_s); }));
        CHECK(started.find<QDoubleSpinBox>("watchSuccess")->value() == Approx(80.5));
        CHECK(started.find<QDoubleSpinBox>("watchFailures")->value() == Approx(12));

        person.type(u"typedTarget"_s, u"db7"_s);
        person.click(u"diagnoseTyped"_s);
        REQUIRE(waitFor([&] { return started.program->controller().conclusion() != nullptr; }));
        const std::scoped_lock lock(asked->mutex);
        CHECK(asked->plan.vm == u"db7");
        CHECK(asked->plan.ports == std::vector<int>{22, 8080});
        CHECK(asked->plan.echoCount == 7);
        CHECK(asked->plan.deadline == std::chrono::seconds(45));
        CHECK(asked->plan.capture == session::CaptureLimits{300, 2, 999, 1234, 15});
        CHECK(started.program->controller().watchTarget().ports == std::vector<int>{22, 8080});
    }
    {
        const Started started(file);
        CHECK(started.program->language().current() == u"zh_CN");
        CHECK(style::isDark(QApplication::palette()));
        started.openSettings();
        CHECK(started.find<QLineEdit>("settingsPorts")->text() == u"22, 8080");
        CHECK(started.find<QDoubleSpinBox>("settingsEchoCount")->value() == 7);
        CHECK(started.find<QDoubleSpinBox>("settingsSuccess")->value() == Approx(80.5));
        CHECK(started.find<QComboBox>("settingsTheme")->currentIndex() == 2);
    }
    {
        const Started started(file, u"en"_s); // the command line goes before
        CHECK(started.program->language().current() == u"en");
        started.openSettings();
        CHECK(started.find<QComboBox>("settingsLanguage")->currentIndex() == 2);
        started.typeNumber("settingsEchoCount", u"8"_s);
        CHECK(started.program->language().current() == u"en");
        const Person person(started.program->window());
        person.click(u"settingsDefaults"_s);
        CHECK(started.program->controller().preferences() == session::Preferences());
        CHECK(started.find<QLineEdit>("settingsPorts")->text() == u"22, 80, 443");
        CHECK(started.find<QDoubleSpinBox>("settingsSuccess")->value() == Approx(90));
        CHECK(started.find<QDoubleSpinBox>("watchSuccess")->value() == Approx(90));
        CHECK(started.find<QComboBox>("settingsLanguage")->currentIndex() == 0);
    }
    CHECK(Memory(file).preferences() == session::Preferences());
}

TEST_CASE("a wrong list of ports is said in a sentence and changes nothing", "[settings]")
{
    const QTemporaryDir directory;
    const Started started(directory.filePath(u"bothways.ini"_s), u"en"_s);
    const Person person(started.program->window());
    started.openSettings();
    const auto *note = started.find<QLabel>("settingsPortsNote");
    for (const auto &[typed, word] : {std::pair(u"22,frog"_s, u"“frog”"_s), std::pair(u"70000"_s, u"“70000”"_s),
                                      std::pair(u"22 80"_s, u"“22 80”"_s), std::pair(u"<b>x</b>"_s, u"“<b>x</b>”"_s)}) {
        person.type(u"settingsPorts"_s, typed);
        CHECK(note->text().startsWith(word));
        CHECK(note->textFormat() == Qt::PlainText);
        CHECK(started.find<QLineEdit>("settingsPorts")->accessibleDescription() == note->text());
        CHECK(started.program->controller().preferences().ports == session::Plan().ports);
    }
    QStringList many;
    for (int port = 1; port <= 65; ++port) {
        many << QString::number(port);
    }
    person.type(u"settingsPorts"_s, u"443"_s);
    QTest::keyClick(started.find<QLineEdit>("settingsPorts"), Qt::Key_Return);
    started.find<QLineEdit>("settingsPorts")->setText(many.join(u','));
    QTest::keyClick(started.find<QLineEdit>("settingsPorts"), Qt::Key_Comma);
    CHECK(note->text().startsWith(u"At most 64"));
    CHECK(started.program->controller().preferences().ports == std::vector<int>{443});
    person.type(u"settingsPorts"_s, u"8080,22"_s);
    QTest::keyClick(started.find<QLineEdit>("settingsPorts"), Qt::Key_Tab);
    CHECK_FALSE(note->text().contains(u"kept"));
    CHECK(started.program->controller().preferences().ports == std::vector<int>{8080, 22});
    person.type(u"settingsPorts"_s, u"443"_s);
    QTest::keyClick(started.find<QWidget>("settingsDialog"),
                    Qt::Key_Escape); // what was typed holds, however the dialog is closed
    CHECK(waitFor([&] { return !person.sees(u"settingsDialog"_s); }));
    CHECK(started.program->controller().preferences().ports == std::vector<int>{443});
    person.click(u"openSettings"_s);
    REQUIRE(waitFor([&] { return person.sees(u"settingsDialog"_s); }));
    person.type(u"settingsPorts"_s, u"x"_s);
    person.click(u"settingsDefaults"_s);
    CHECK(started.find<QLineEdit>("settingsPorts")->text() == u"22, 80, 443");
    CHECK_FALSE(note->text().contains(u"kept"));
}

TEST_CASE("the page Watch and the settings have the same thresholds", "[settings]")
{
    const QTemporaryDir directory;
    const auto file = directory.filePath(u"bothways.ini"_s);
    const Started started(file, u"en"_s);
    started.program->window().show(ChapterId::Watch);
    started.find<QDoubleSpinBox>("watchSuccess")->setValue(66.6);
    CHECK(started.program->controller().preferences().icmpSuccess == 666);
    CHECK(Memory(file).preferences().icmpSuccess == 666);
    started.openSettings();
    CHECK(started.find<QDoubleSpinBox>("settingsSuccess")->value() == Approx(66.6));
    started.typeNumber("settingsFailures", u"33"_s);
    CHECK(started.find<QDoubleSpinBox>("watchFailures")->value() == Approx(33));
}

TEST_CASE("a damaged settings file means defaults, is put aside, and nothing else happens", "[settings]")
{
    const QTemporaryDir directory;
    const auto path = directory.filePath(u"bothways.ini"_s);
    const auto *const bytes =
        GENERATE("\xff\x01[[[=\nsessions=@Variant(\\0\\0\\0\\xb\\xff\\xff\\xff\\xf0)\n",
                 "language=../../x\ntheme=@Invalid()\n[run]\nports=@ByteArray(\xff)\n[window]\ngeometry=@ByteArray(x)\n",
                 "[run\n=\n==\n[capture]\nbytes[=\n");
    QFile file(path);
    REQUIRE(file.open(QIODevice::WriteOnly));
    file.write(bytes);
    file.close();
    const Started started(path, u"en"_s);
    CHECK(session::differences(started.program->controller().preferences()).join(u'\n').toStdString() == std::string());
    CHECK(started.memory.sessions().isEmpty());
    CHECK(QFile::exists(path + u".damaged"_s) == QByteArray(bytes).contains("@Variant"));
    started.openSettings();
    started.typeNumber("settingsEchoCount", u"9"_s);
    CHECK(Memory(path).preferences().echoCount == 9);
}

TEST_CASE("the list of recent sessions is reached with the keyboard, cleared, and without what is gone", "[settings]")
{
    const QTemporaryDir directory;
    const auto path = directory.filePath(u"case.bothways"_s);
    const auto other = directory.filePath(u"other.bothways"_s);
    REQUIRE(evidence::save(guestDropsEcho(), path));
    REQUIRE(evidence::save(guestDropsEcho(), other));
    const auto file = directory.filePath(u"bothways.ini"_s);
    Started started(file, u"en"_s);
    const Person person(started.program->window());
    CHECK_FALSE(person.sees(u"recentSession"_s));
    started.memory.addSession(path);
    started.memory.addSession(other);
    REQUIRE(waitFor([&] { return person.sees(u"recentSession"_s); }));
    QFile::remove(other);
    started.program->window().show(ChapterId::Symptom);
    started.program->window().show(ChapterId::Start);
    REQUIRE(waitFor([&] { return person.sees(u"recentSession"_s) && person.text(u"recentSession"_s) == u"case.bothways"; }));
    auto *recent = person.find(u"recentSession"_s);
    recent->setFocus(Qt::TabFocusReason);
    QTest::keyClick(recent, Qt::Key_Space);
    REQUIRE(waitFor([&] { return started.program->controller().isRecorded(); }));

    started.openSettings();
    CHECK(person.text(u"settingsKept"_s).contains(u"1"));
    person.click(u"settingsClearRecent"_s);
    CHECK(started.memory.sessions().isEmpty());
    CHECK(QFile::exists(path));
    CHECK_FALSE(person.canUse(u"settingsClearRecent"_s));
    started.program->window().show(ChapterId::Start);
    CHECK_FALSE(person.sees(u"recentSession"_s));
    CHECK(waitFor([&] { // it is written with the next events
        QFile kept(file);
        return kept.open(QIODevice::ReadOnly) && !kept.readAll().contains("case.bothways");
    }));
}

TEST_CASE("the debug information is copied, and the window serves meanwhile", "[settings]")
{
    const QTemporaryDir directory;
    const Started started(directory.filePath(u"bothways.ini"_s), u"en"_s);
    const Person person(started.program->window());
    started.program->controller().choose(u"secret-vm"_s);
    started.openSettings();
    started.typeNumber("settingsEchoCount", u"11"_s);
    QApplication::clipboard()->clear();
    person.click(u"settingsCopyDebug"_s);
    CHECK(person.text(u"settingsDebugNote"_s) == u"Looking…");
    REQUIRE(waitFor([&] { return person.text(u"settingsDebugNote"_s) == u"Copied"; }, 30'000));
    const auto text = QApplication::clipboard()->text();
    INFO(text.toStdString());
    for (const auto *line :
         {"Bothways\n", "  Qt running: 6", "Programs\n", "  run/echo-count: 11", "Desktop\n", "  style: ", "  screen 1: "}) {
        CHECK(text.contains(QLatin1String(line), Qt::CaseInsensitive));
    }
    CHECK_FALSE(text.contains(u"secret-vm"));
}
