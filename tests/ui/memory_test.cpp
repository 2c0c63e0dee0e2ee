// SPDX-License-Identifier: GPL-3.0-or-later
// What is remembered from one start to the next, and files dropped on the window.
#include "catch.h"
#include "evidence/session_file.h"
#include "person.h"
#include "support.h"

#include <QDragEnterEvent>
#include <QDropEvent>
#include <QFile>
#include <QMimeData>
#include <QTemporaryDir>
#include <QUrl>

using namespace Qt::Literals::StringLiterals;
using namespace bothways::ui;
using namespace bothways::ui::test;
namespace evidence = bothways::evidence;

namespace {

QString savedCase(const QTemporaryDir &directory, const QString &name)
{
    const auto path = directory.filePath(name);
    REQUIRE(evidence::save(guestDropsEcho(), path));
    return path;
}

bool takes(QWidget &window, const QMimeData &data)
{
    QDragEnterEvent enter({100, 100}, Qt::CopyAction, &data, Qt::LeftButton, {});
    QApplication::sendEvent(&window, &enter);
    return enter.isAccepted();
}

} // namespace

TEST_CASE("window, last target and recent sessions are remembered", "[memory]")
{
    application();
    const QTemporaryDir directory;
    const auto path = savedCase(directory, u"a & b.bothways"_s);
    const auto file = directory.filePath(u"memory.ini"_s);
    FixedChooser files;
    files.path = path;
    {
        Memory memory(file);
        WizardProgram program(engineGiving(guestDropsEcho()), files, {.session = {}, .language = u"en"_s, .memory = &memory});
        const Person person(program.window());
        REQUIRE(waitFor([&] { return person.sees(u"typedTarget"_s); }));
        CHECK(person.text(u"typedTarget"_s).isEmpty());
        CHECK_FALSE(person.sees(u"recentSession"_s));
        program.window().resize(1280, 720);
        person.type(u"typedTarget"_s, u"db7"_s);
        person.click(u"diagnoseTyped"_s);
        REQUIRE(waitFor([&] { return program.controller().conclusion() != nullptr; }));
        program.window().show(ChapterId::Start);
        person.click(u"openSession"_s);
        REQUIRE(waitFor([&] { return program.controller().isRecorded(); }));
        program.window().close();
    }
    Memory memory(file);
    WizardProgram program(engineGiving(guestDropsEcho()), files, {.session = {}, .language = u"en"_s, .memory = &memory});
    const Person person(program.window());
    CHECK(program.window().height() == 720); // the offscreen platform has a screen of 800 x 800, so the width is cut
    REQUIRE(waitFor([&] { return person.sees(u"typedTarget"_s); }));
    CHECK(person.text(u"typedTarget"_s) == u"db7");
    REQUIRE(waitFor([&] { return person.sees(u"recentSession"_s); }));
    CHECK(person.text(u"recentSession"_s) == u"a && b.bothways");
    person.click(u"recentSession"_s);
    REQUIRE(waitFor([&] { return program.controller().isRecorded(); }));
    CHECK(person.page() == u"pageSymptom");
    program.window().close();
}

TEST_CASE("a session that is gone is not offered, and a damaged memory is an empty one", "[memory]")
{
    const QTemporaryDir directory;
    const auto file = directory.filePath(u"memory.ini"_s);
    {
        Memory memory(file);
        for (int i = 0; i < 9; ++i) {
            memory.addSession(savedCase(directory, u"%1.bothways"_s.arg(i)));
        }
        REQUIRE(memory.sessions().size() == 5);
        CHECK(memory.sessions().constFirst().endsWith(u"8.bothways"));
        QFile::remove(directory.filePath(u"8.bothways"_s));
        CHECK(memory.sessions().size() == 4);
        memory.addSession(directory.filePath(u"5.bothways"_s));
        CHECK(memory.sessions().constFirst().endsWith(u"5.bothways"));
        CHECK(memory.sessions().count(memory.sessions().constFirst()) == 1);
    }
    QFile damaged(file);
    REQUIRE(damaged.open(QIODevice::WriteOnly));
    damaged.write("\xff\x00[[[=\nsessions=@Variant(\x00\x7f", 30);
    damaged.close();
    const Memory memory(file);
    CHECK(memory.sessions().isEmpty());
    CHECK(memory.target().isEmpty());
}

TEST_CASE("a session dropped on the window is opened, another file is not taken", "[memory]")
{
    const QTemporaryDir directory;
    const auto path = savedCase(directory, u"dropped.bothways"_s);
    const Wizard wizard(engineGiving(mended()));
    QMimeData other;
    other.setUrls({QUrl::fromLocalFile(directory.filePath(u"picture.png"_s))});
    CHECK_FALSE(takes(*wizard.window, other));
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(path)});
    REQUIRE(takes(*wizard.window, data));
    QDropEvent drop({100, 100}, Qt::CopyAction, &data, Qt::LeftButton, {});
    QApplication::sendEvent(wizard.window, &drop);
    REQUIRE(waitFor([&] { return wizard.controller->isRecorded(); }));
    CHECK(wizard.window->current() == ChapterId::Symptom);
}
