// SPDX-License-Identifier: GPL-3.0-or-later
// Run by outside_test.cpp inside the host's namespace: the wizard as the program opens it, measuring live, used as a person uses
// it. The commands that it shows are run word for word where it says.
#include "catch.h"

#include "person.h"
#include "state/file_chooser.h"
#include "wizard/contents.h"
#include "wizard/wizard_program.h"
#include "world/here/here.h"

#include <QClipboard>
#include <QElapsedTimer>
#include <QLabel>
#include <QProcess>
#include <QTest>

using namespace Qt::Literals::StringLiterals;
using namespace bothways::ui;
using namespace bothways::ui::test;

namespace {

const QString guestAddress = u"10.9.0.10"_s;
constexpr int longRun = 40'000;

/// The whole program, opened on its first page.
struct Window {
    Window()
    {
        application();
        program = std::make_unique<WizardProgram>(liveEngine(bothways::world::here()), files,
                                                  WizardProgram::Opening{.session = {}, .language = u"en"_s});
        REQUIRE(QTest::qWaitForWindowActive(&program->window()));
        REQUIRE(waitFor([&] { return !Person(program->window()).page().isEmpty(); })); // after the first frame
    }
    ~Window() { program->window().close(); }
    Window(const Window &) = delete;
    Window &operator=(const Window &) = delete;

    FileChooser files;
    std::unique_ptr<WizardProgram> program;
};

QByteArray runIn(const QStringList &prefix, const QByteArray &script)
{
    QProcess shell;
    auto command = prefix;
    command << u"sh"_s << u"-s"_s;
    shell.start(command.takeFirst(), command);
    REQUIRE(shell.waitForStarted());
    shell.write(script);
    shell.closeWriteChannel();
    REQUIRE(shell.waitForFinished(60'000));
    INFO(script.toStdString() << shell.readAllStandardError().toStdString());
    CHECK(shell.exitCode() == 0);
    return shell.readAllStandardOutput();
}

QByteArray inGuest(const QString &script)
{
    return runIn({u"ip"_s, u"netns"_s, u"exec"_s, qEnvironmentVariable("BOTHWAYS_LAB_GUEST")}, script.toUtf8());
}
QByteArray onHost(const QString &script) { return runIn({u"env"_s}, script.toUtf8()); }

bool hostPingsGuest()
{
    return QProcess::execute(u"ping"_s, {u"-q"_s, u"-n"_s, u"-c"_s, u"2"_s, u"-i"_s, u"0.2"_s, u"-W"_s, u"1"_s, guestAddress}) ==
           0;
}

void awaitEnd(WizardProgram &program)
{
    REQUIRE(waitFor([&] { return program.controller().isRunning(); }));
    REQUIRE(waitFor([&] { return !program.controller().isRunning(); }, longRun));
    QTest::qWait(50); // what was made anew is shown with the next events
}

/// Copies the script out of the dialog, runs it in the guest and pastes what it printed.
void bringReport(const Person &person, const QString &button)
{
    person.click(button);
    REQUIRE(waitFor([&] { return person.sees(u"pasteDialog"_s); }));
    person.click(u"guestScriptCopy"_s);
    const auto report = inGuest(QApplication::clipboard()->text());
    REQUIRE_FALSE(report.isEmpty());
    QApplication::clipboard()->setText(QString::fromUtf8(report));
    person.paste(u"guestAnswer"_s);
    person.click(u"guestAnswerUse"_s);
}

QString copied(const Person &person, const QString &button)
{
    QApplication::clipboard()->clear();
    person.click(button);
    REQUIRE_FALSE(QApplication::clipboard()->text().isEmpty());
    return QApplication::clipboard()->text();
}

enum class Asked { Runs, GoesOn };

/// No channel leads into the VM, so the page asks for a ping there: the person runs it, or goes on without it.
void typeAddress(WizardProgram &program, const Person &person, Asked asked = Asked::GoesOn)
{
    REQUIRE(person.page() == u"pageStart");
    person.type(u"typedTarget"_s, guestAddress);
    person.click(u"diagnoseTyped"_s);
    REQUIRE(person.page() == u"pageSymptom");
    REQUIRE(waitFor([&] { return person.sees(u"askVm"_s); }, longRun));
    if (asked == Asked::Runs) {
        inGuest(copied(person, u"askLinuxCopy"_s));
    } else {
        person.click(u"stopListening"_s);
    }
    REQUIRE(waitFor([&] { return !program.controller().isRunning(); }, longRun));
    QTest::qWait(50); // what was made anew is shown with the next events
}

void goTo(WizardProgram &program, const Person &person, const QString &page)
{
    while (person.page() != page) {
        const QString before = person.page();
        person.click(u"next"_s);
        REQUIRE(person.page() != before);
        CHECK(program.window().windowTitle().contains(person.title()));
    }
}

/// The verdict is gone, the comparison says so in numbers, and what would undo the change is still there.
void seesItMended(const Person &person, const QString &undo)
{
    CHECK(person.title() == u"Nothing to mend");
    CHECK(person.lead() == u"The fault is gone.");
    REQUIRE(person.sees(u"comparison"_s));
    QStringList shown;
    for (const auto *label : person.find(u"comparison"_s)->findChildren<QLabel *>()) {
        shown << label->text();
    }
    INFO(shown.join(u" | "_s).toStdString());
    const auto row = shown.indexOf(u"host → VM"_s);
    REQUIRE(row >= 0);
    const auto numbers = shown.mid(row + 1).filter(u" of 10"_s);
    REQUIRE(numbers.size() >= 2);
    CHECK(numbers.at(0) == u"0 of 10 answered");
    CHECK(numbers.at(1) == u"10 of 10 answered");
    CHECK(shown.contains(u"NET-7"_s));
    CHECK(copied(person, u"remedy1UndoCopy"_s) == undo);
}

} // namespace

TEST_CASE("inside: a guest's rule is found, mended by the commands shown and checked again", "[.][guest-rule]")
{
    Window window;
    auto &program = *window.program;
    const Person person(program.window());
    typeAddress(program, person, Asked::Runs);
    CHECK(person.title() == u"One-way: the VM reaches this host, this host does not reach the VM");
    CHECK(person.find(u"icmpVmToHost"_s)->accessibleName().contains(u"4 of 4"));
    CHECK(person.text(u"channelText"_s).contains(u"The button gives the script"));

    bringReport(person, u"pasteAnswer"_s);
    awaitEnd(program);
    CHECK(person.title() == u"One-way: the VM reaches this host, this host does not reach the VM");
    CHECK(person.find(u"icmpHostToVm"_s)->accessibleName().contains(u"0 of 10"));
    CHECK(person.text(u"channelText"_s) == u"From the report that was brought from the VM.");

    goTo(program, person, u"pagePolicy"_s);
    CHECK(person.read().contains(u"icmp type echo-request drop"));
    goTo(program, person, u"pageDiagnosis"_s);
    CHECK(person.lead().startsWith(u"Proven"));
    CHECK(person.text(u"journeySentence"_s).contains(u"no answer came back from beyond vnet0"));
    CHECK(person.rows(u"journeyList"_s).constFirst().contains(u"10 of 10"));
    person.click(u"turnReasons"_s);
    CHECK(person.text(u"causeDetailHeading"_s) == u"The guest's packet filter drops the echo request");
    for (const auto *word : {"guest: ", "inet", "fw", "input", "handle", "icmp type echo-request", "drop"}) {
        CHECK(person.text(u"causeObject"_s).contains(QLatin1String(word)));
    }

    goTo(program, person, u"pageFix"_s);
    CHECK(person.read().contains(u"in the VM"));
    const auto undo = copied(person, u"remedy1UndoCopy"_s);
    const auto verify = copied(person, u"remedy1VerifyCopy"_s);
    const auto commands = copied(person, u"remedy1DoCopy"_s);
    CHECK(commands == person.text(u"remedy1DoText"_s));
    CHECK(commands.startsWith(u"nft insert rule inet fw input"));
    REQUIRE_FALSE(hostPingsGuest());
    inGuest(commands);
    onHost(verify);
    bringReport(person, u"pasteNewAnswer"_s);
    awaitEnd(program);
    seesItMended(person, undo);
    goTo(program, person, u"pageReport"_s);
    CHECK(
        waitFor([&] { return person.text(u"reportPreview"_s).contains(program.controller().conclusion()->diagnosis.headline); }));
}

TEST_CASE("inside: a wrong neighbour of the host is found, mended and checked again", "[.][host-neighbour]")
{
    Window window;
    auto &program = *window.program;
    const Person person(program.window());
    typeAddress(program, person);
    bringReport(person, u"pasteAnswer"_s);
    awaitEnd(program);
    goTo(program, person, u"pageDiagnosis"_s);
    CHECK(person.lead().startsWith(u"Proven"));
    person.click(u"turnReasons"_s);
    CHECK(person.text(u"causeObject"_s).contains(u"02:00:00:00:00:99"));
    goTo(program, person, u"pageFix"_s);
    CHECK(person.read().contains(u"on this host"));
    const auto undo = copied(person, u"remedy1UndoCopy"_s);
    REQUIRE_FALSE(hostPingsGuest());
    onHost(copied(person, u"remedy1DoCopy"_s));
    onHost(copied(person, u"remedy1VerifyCopy"_s));
    person.click(u"checkAgain"_s); // without a new answer the VM's side stays as it was
    awaitEnd(program);
    REQUIRE(person.sees(u"comparison"_s));
    CHECK(person.read().contains(u"10 of 10"));
    CHECK(person.read().contains(u"The VM’s side stays as it was pasted"));
    CHECK(copied(person, u"remedy1UndoCopy"_s) == undo);
}

TEST_CASE("inside: two healthy ends give no cause and nothing to mend", "[.][healthy]")
{
    Window window;
    auto &program = *window.program;
    const Person person(program.window());
    typeAddress(program, person);
    CHECK(person.text(u"channelText"_s).contains(u"The button gives the script"));
    bringReport(person, u"pasteAnswer"_s);
    awaitEnd(program);
    CHECK(person.title() == u"Both directions work");
    goTo(program, person, u"pageDiagnosis"_s);
    CHECK(person.lead() == u"Both directions were measured and nothing stands in the way.");
    goTo(program, person, u"pageFix"_s);
    CHECK(person.title() == u"Nothing to mend");
    CHECK_FALSE(person.sees(u"remedy1Do"_s));
}

TEST_CASE("inside: a live run is cancelled on every page and what was found stands", "[.][live-cancel]")
{
    Window window;
    auto &program = *window.program;
    const Person person(program.window());
    typeAddress(program, person);
    const auto headline = program.controller().conclusion()->diagnosis.headline;
    for (const auto &chapter : chapters()) {
        program.window().show(chapter.id);
        INFO("chapter " << chapter.title);
        const QString title = person.title();
        person.press(Qt::Key_F5);
        REQUIRE(waitFor([&] { return program.controller().isRunning(); }));
        QTest::qWait(300);
        person.click(u"runAll"_s); // which says "Cancel" now
        QElapsedTimer since;
        since.start();
        REQUIRE(waitFor([&] { return !program.controller().isRunning(); }));
        CHECK(since.elapsed() < 3000);
        CHECK(person.title() == title);
        CHECK(program.controller().conclusion()->diagnosis.headline == headline);
        CHECK_FALSE(program.controller().evidence()->interrupted);
    }
}
