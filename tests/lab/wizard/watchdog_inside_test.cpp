// SPDX-License-Identifier: GPL-3.0-or-later
// Run by outside_test.cpp inside the host's namespace: a whole diagnosis with all that a person does meanwhile, and the GUI
// thread is measured.
#include "catch.h"

#include "person.h"
#include "state/file_chooser.h"
#include "watchdog.h"
#include "wizard/contents.h"
#include "wizard/wizard_program.h"
#include "world/here/here.h"

#include <QApplication>
#include <QClipboard>
#include <QProcess>
#include <QTest>

using namespace Qt::Literals::StringLiterals;
using namespace bothways::ui;
using namespace bothways::ui::test;

namespace {

constexpr int longRun = 40'000;

/// What the person does in the VM: no part of the window's work.
QByteArray inGuest(Watchdog &watchdog, const QString &script)
{
    const Watchdog::Pause pause(watchdog);
    QProcess shell;
    shell.start(u"ip"_s, {u"netns"_s, u"exec"_s, qEnvironmentVariable("BOTHWAYS_LAB_GUEST"), u"sh"_s, u"-s"_s});
    REQUIRE(shell.waitForStarted());
    shell.write(script.toUtf8());
    shell.closeWriteChannel();
    REQUIRE(shell.waitForFinished(60'000));
    return shell.readAllStandardOutput();
}

void lookAtEveryPage(WizardProgram &program, Watchdog &watchdog, const QString &when)
{
    for (const auto &chapter : chapters()) {
        watchdog.act(u"page %1 %2"_s.arg(QString::fromUtf8(chapter.title), when), [&] { program.window().show(chapter.id); });
        serve(120);
    }
}

} // namespace

TEST_CASE("inside: a whole diagnosis never blocks the window", "[.][never-blocks]")
{
    application();
    FileChooser files;
    WizardProgram program(liveEngine(bothways::world::here()), files, WizardProgram::Opening{.session = {}, .language = u"en"_s});
    REQUIRE(QTest::qWaitForWindowActive(&program.window()));
    REQUIRE(waitFor([&] { return !Person(program.window()).page().isEmpty(); })); // after the first frame
    const Person person(program.window());
    auto &controller = program.controller();
    serve(200);

    Watchdog watchdog;
    watchdog.act(u"type the address and run"_s, [&] {
        person.type(u"typedTarget"_s, u"10.9.0.10"_s);
        person.click(u"diagnoseTyped"_s);
    });
    lookAtEveryPage(program, watchdog, u"while it runs"_s);
    program.window().show(ChapterId::Symptom);
    watchdog.step(u"until the VM is asked for a ping"_s);
    REQUIRE(serveUntil([&] { return person.sees(u"askVm"_s); }, longRun));
    person.click(u"askLinuxCopy"_s);
    inGuest(watchdog, QApplication::clipboard()->text());
    watchdog.step(u"until the run ends"_s);
    REQUIRE(serveUntil([&] { return !controller.isRunning(); }, longRun));
    serve(300);
    lookAtEveryPage(program, watchdog, u"after the run"_s);

    watchdog.step(u"paste the VM's answer"_s);
    program.window().show(ChapterId::Symptom);
    person.click(u"pasteAnswer"_s);
    REQUIRE(serveUntil([&] { return person.sees(u"pasteDialog"_s); }));
    person.click(u"guestScriptCopy"_s);
    const auto report = inGuest(watchdog, QApplication::clipboard()->text());
    QApplication::clipboard()->setText(QString::fromUtf8(report));
    person.paste(u"guestAnswer"_s);
    serve(100);
    person.click(u"guestAnswerUse"_s);
    watchdog.step(u"until the second run ends"_s);
    REQUIRE(serveUntil([&] { return controller.isRunning(); }));
    REQUIRE(serveUntil([&] { return !controller.isRunning(); }, longRun));
    serve(300);
    lookAtEveryPage(program, watchdog, u"after the second run"_s);
    watchdog.step(u"check again"_s);
    program.window().show(ChapterId::Fix);
    person.click(u"checkAgain"_s);
    REQUIRE(serveUntil([&] { return controller.isRunning(); }));
    REQUIRE(serveUntil([&] { return !controller.isRunning(); }, longRun));
    lookAtEveryPage(program, watchdog, u"after the check"_s);

    INFO(watchdog.report(longestBlock));
    if (qEnvironmentVariableIsSet("BOTHWAYS_STRETCHES")) {
        std::fputs(watchdog.report(longestBlock).c_str(), stdout);
    }
    CHECK(controller.conclusion()->diagnosis.status == bothways::diagnosis::Status::Fault);
    CHECK(watchdog.beats() > 300);
    CHECK(watchdog.longerThan(longestBlock).empty());
    program.window().close();
}
