// SPDX-License-Identifier: GPL-3.0-or-later
// The page Report: in which language, how deep and for whom a report is made, whatever the window speaks.
#include "catch.h"
#include "evidence/session_file.h"
#include "pages/start_page.h"
#include "person.h"
#include "report/writers.h"
#include "support.h"
#include "wizard/contents.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::Literals::StringLiterals;
using namespace bothways::ui;
using namespace bothways::ui::test;
using bothways::report::Depth;

namespace {

/// "VM", of which the verdict speaks.
QString chineseWord() { return u"虚拟机"_s; }

/// With the keyboard, as a person does.
void choose(const Person &person, const QString &name, const QVariant &data)
{
    auto *box = qobject_cast<QComboBox *>(person.find(name));
    REQUIRE(box != nullptr);
    const int row = box->findData(data);
    REQUIRE(row >= 0);
    box->setFocus();
    while (box->currentIndex() != row) {
        QTest::keyClick(box, box->currentIndex() < row ? Qt::Key_Down : Qt::Key_Up);
    }
}

void chooseDepth(const Person &person, Depth depth) { choose(person, u"reportDepth"_s, static_cast<int>(depth)); }

QString chosenLanguage(const Person &person)
{
    return qobject_cast<QComboBox *>(person.find(u"reportLanguage"_s))->currentData().toString();
}

/// Shows the recorded case, on the page Report.
void showReport(const Wizard &wizard, const Person &person)
{
    wizard.controller->openSession(demoPath(u"seed-topology"_s));
    REQUIRE(waitFor([&] { return wizard.controller->conclusion() != nullptr; }));
    wizard.window->show(ChapterId::Report);
    REQUIRE(person.page() == u"pageReport");
    REQUIRE(waitFor([&] { return !person.text(u"reportPreview"_s).isEmpty(); }));
}

/// A folder of files that were exported.
class Exports {
public:
    Exports(Wizard &wizard, const Person &person) : m_wizard(wizard), m_person(person) {}

    QString pathOf(const QString &button)
    {
        m_wizard.files.path = m_folder.filePath(QString::number(++m_count));
        m_person.click(button);
        REQUIRE(waitFor([&] { return m_person.text(u"exportNote"_s).contains(m_wizard.files.path); }));
        return m_wizard.files.path;
    }

    QByteArray bytesOf(const QString &button)
    {
        QFile file(pathOf(button));
        REQUIRE(file.open(QIODevice::ReadOnly));
        return file.readAll();
    }

private:
    Wizard &m_wizard;
    const Person &m_person;
    QTemporaryDir m_folder;
    int m_count = 0;
};

/// As the whole program makes it in that language.
QByteArray fromCommandLine(const QString &language, const QString &option, const QStringList &more = {})
{
    const QTemporaryDir folder;
    const auto path = folder.filePath(u"out"_s);
    QProcess program;
    program.start(QStringLiteral(BOTHWAYS_CLI),
                  QStringList{u"diagnose"_s, u"--demo"_s, u"seed-topology"_s, u"--lang"_s, language, option, path} + more);
    REQUIRE(program.waitForFinished());
    QFile file(path);
    REQUIRE(file.open(QIODevice::ReadOnly));
    return file.readAll();
}

QString headlineOf(const Wizard &wizard) { return wizard.controller->conclusion()->diagnosis.headline; }

} // namespace

TEST_CASE("a report in Chinese is saved from a window that stays English", "[report]")
{
    Wizard wizard(engineGiving(guestDropsEcho()));
    const Person person(*wizard.window);
    showReport(wizard, person);
    Exports exports(wizard, person);
    const auto headline = headlineOf(wizard);
    CHECK(chosenLanguage(person) == u"en");
    CHECK(exports.bytesOf(u"exportHtml"_s) == fromCommandLine(u"en"_s, u"--html"_s));

    choose(person, u"reportLanguage"_s, u"zh_CN"_s);
    REQUIRE(waitFor([&] { return person.text(u"reportPreview"_s).contains(chineseWord()); }));
    CHECK_FALSE(person.text(u"reportPreview"_s).contains(headline));
    CHECK(exports.bytesOf(u"exportHtml"_s) == fromCommandLine(u"zh_CN"_s, u"--html"_s));
    CHECK(exports.bytesOf(u"exportMarkdown"_s) == fromCommandLine(u"zh_CN"_s, u"--markdown"_s));
    CHECK(exports.bytesOf(u"exportJson"_s) == fromCommandLine(u"zh_CN"_s, u"--json"_s));
    CHECK(wizard.language->current() == u"en");
    CHECK(person.title() == u"The report is ready");
    CHECK(person.lead() == headline);
    CHECK(headlineOf(wizard) == headline);
    CHECK(person.text(u"exportNote"_s).startsWith(u"Saved: "));

    choose(person, u"reportLanguage"_s, u"en"_s);
    CHECK(waitFor([&] { return person.text(u"reportPreview"_s).contains(headline); }));
}

TEST_CASE("what goes wrong is told in the window's language, not in the report's", "[report]")
{
    Wizard wizard(engineGiving(guestDropsEcho()));
    const Person person(*wizard.window);
    showReport(wizard, person);
    choose(person, u"reportLanguage"_s, u"zh_CN"_s);
    for (const auto *kind : {"exportHtml", "exportSession"}) {
        wizard.files.path = u"/proc/no/such/"_s + QLatin1String(kind);
        person.click(QLatin1String(kind));
        REQUIRE(waitFor([&] { return person.sees(u"problem"_s) && person.text(u"problem"_s).contains(QLatin1String(kind)); }));
        CHECK_FALSE(person.text(u"problem"_s).contains(QRegularExpression(u"[\\x{4e00}-\\x{9fff}]"_s)));
    }
}

TEST_CASE("the report follows the window's language until another is chosen", "[report]")
{
    const Wizard wizard(engineGiving(guestDropsEcho()));
    const Person person(*wizard.window);
    showReport(wizard, person);
    const auto headline = headlineOf(wizard);
    wizard.language->set(u"zh_CN"_s);
    REQUIRE(waitFor([&] { return chosenLanguage(person) == u"zh_CN"; }));
    CHECK(waitFor([&] { return person.text(u"reportPreview"_s).contains(chineseWord()); }));

    choose(person, u"reportLanguage"_s, u"en"_s);
    REQUIRE(waitFor([&] { return person.text(u"reportPreview"_s).contains(headline); }));
    CHECK(person.lead().contains(chineseWord()));
    wizard.language->set(u"en"_s);
    REQUIRE(waitFor([&] { return person.lead() == headline; }));
    wizard.language->set(u"zh_CN"_s);
    REQUIRE(waitFor([&] { return person.lead().contains(chineseWord()); }));
    CHECK(chosenLanguage(person) == u"en");
    CHECK(waitFor([&] { return person.text(u"reportPreview"_s).contains(headline); }));
}

TEST_CASE("a short report reaches preview and files, JSON and sessions are whole", "[report]")
{
    Wizard wizard(engineGiving(guestDropsEcho()));
    const Person person(*wizard.window);
    showReport(wizard, person);
    Exports exports(wizard, person);
    const auto json = exports.bytesOf(u"exportJson"_s);
    const auto whole = exports.bytesOf(u"exportHtml"_s);
    CHECK(whole.contains("<h2>Checks</h2>"));
    REQUIRE(waitFor([&] { return person.text(u"reportPreview"_s).contains(u"Hardening and tuning"); }));

    chooseDepth(person, Depth::Short);
    const auto note = u"This is the short report"_s;
    REQUIRE(waitFor([&] { return person.text(u"reportPreview"_s).contains(note); }));
    CHECK_FALSE(person.text(u"reportPreview"_s).contains(u"\nHardening and tuning"_s));
    const auto html = exports.bytesOf(u"exportHtml"_s);
    CHECK(html.contains(note.toUtf8()));
    CHECK_FALSE(html.contains("<h2>Checks</h2>"));
    CHECK(html.contains("inet security-group ingress handle 5"));
    const auto markdown = exports.bytesOf(u"exportMarkdown"_s);
    CHECK(markdown.contains(note.toUtf8()));
    CHECK_FALSE(markdown.contains("## Checks"));
    CHECK(exports.bytesOf(u"exportJson"_s) == json);
    const auto session = bothways::evidence::load(exports.pathOf(u"exportSession"_s));
    REQUIRE(session);
    CHECK(*session == *wizard.controller->evidence());

    chooseDepth(person, Depth::Whole);
    REQUIRE(waitFor([&] { return !person.text(u"reportPreview"_s).contains(note); }));
    CHECK(exports.bytesOf(u"exportHtml"_s) == whole);
}

TEST_CASE("on paper, too, a short report is short, and its contents name what is in it", "[report]")
{
    Wizard wizard(engineGiving(guestDropsEcho()));
    const Person person(*wizard.window);
    showReport(wizard, person);
    Exports exports(wizard, person);
    const auto pages = [](const QByteArray &pdf) { return pdf.count("/Type /Page\n"); };
    const auto whole = exports.bytesOf(u"exportPdf"_s);
    chooseDepth(person, Depth::Short);
    const auto path = exports.pathOf(u"exportPdf"_s);
    QFile file(path);
    REQUIRE(file.open(QIODevice::ReadOnly));
    const auto brief = file.readAll();
    CHECK(pages(brief) > 0);
    CHECK(pages(brief) < pages(whole));

    const auto reader = QStandardPaths::findExecutable(u"pdftotext"_s);
    REQUIRE_FALSE(reader.isEmpty()); // tests/run installs it
    QProcess program;
    program.start(reader, {u"-layout"_s, path, u"-"_s});
    REQUIRE(program.waitForFinished());
    const auto words = QString::fromUtf8(program.readAllStandardOutput());
    CHECK(words.contains(u"This is the short report"_s));
    const auto listed = [&](const char *heading) {
        return words.contains(
            QRegularExpression(u"^ *%1 +[0-9]+$"_s.arg(QLatin1String(heading)), QRegularExpression::MultilineOption));
    };
    for (const auto *heading : {"Symptom", "Diagnosis", "Evidence", "Fix", "Topology"}) {
        INFO(heading);
        CHECK(listed(heading));
    }
    for (const auto *heading : {"Score", "Hardening and tuning", "Checks"}) {
        INFO(heading);
        CHECK_FALSE(listed(heading));
    }
}

TEST_CASE("a report that hides who it is does so in every language and depth", "[report]")
{
    Wizard wizard(engineGiving(guestDropsEcho()));
    const Person person(*wizard.window);
    showReport(wizard, person);
    Exports exports(wizard, person);
    choose(person, u"reportLanguage"_s, u"zh_CN"_s);
    auto *redact = qobject_cast<QCheckBox *>(person.find(u"redact"_s));
    QTest::keyClick(redact, Qt::Key_Space);
    REQUIRE(redact->isChecked());
    CHECK(exports.bytesOf(u"exportHtml"_s) == fromCommandLine(u"zh_CN"_s, u"--html"_s, {u"--redact"_s}));
    chooseDepth(person, Depth::Short);
    for (const auto *kind : {"exportHtml", "exportMarkdown", "exportJson", "exportSession"}) {
        const auto bytes = exports.bytesOf(QLatin1String(kind));
        INFO(kind);
        for (const auto *secret : {"192.168.1.100", "bw-guest", "bw-host", "bb:00:01"}) {
            INFO(secret);
            CHECK_FALSE(bytes.contains(secret));
        }
        const bool says = bytes.contains(chineseWord().toUtf8());
        CHECK(says == (qstrcmp(kind, "exportSession") != 0)); // a session holds what was observed, no words about it
    }
    const auto html = exports.bytesOf(u"exportHtml"_s);
    CHECK(html.contains("<html lang=\"zh-CN\">"));
    CHECK_FALSE(html.contains("<details>"));
}

TEST_CASE("a language that is chosen while a run is being concluded is that of its verdict", "[report]")
{
    const Wizard wizard(engineGiving(guestDropsEcho()));
    wizard.controller->choose(u"db7"_s);
    const QSignalSpy concluded(wizard.controller, &Controller::concluded);
    // Told of the evidence that came, before what follows from it.
    QObject::connect(wizard.controller, &Controller::targetChanged, wizard.language, [&] {
        QMetaObject::invokeMethod(
            wizard.language, [&] { wizard.language->set(u"zh_CN"_s); }, Qt::QueuedConnection);
    });
    wizard.controller->runAll();
    REQUIRE(waitFor([&] { return wizard.controller->conclusion() != nullptr; }));
    CHECK(headlineOf(wizard).contains(chineseWord()));
    CHECK(concluded.count() == 1);
    CHECK_FALSE(wizard.controller->isRunning());
    CHECK(wizard.controller->reportSource().language == u"zh_CN");
}
