// SPDX-License-Identifier: GPL-3.0-or-later
// The whole wizard on the recorded case, by what a person can do: click, type, read. What the pages say is compared with what the
// command line says of the same case.
#include "catch.h"
#include "checks/checks.h"
#include "person.h"
#include "support.h"
#include "world/here/here.h"

#include <QClipboard>
#include <QComboBox>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLabel>
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include <map>

using namespace Qt::Literals::StringLiterals;
using namespace bothways::ui;
using namespace bothways::ui::test;

namespace {

QJsonObject fromCommandLine(const QStringList &arguments)
{
    QProcess program;
    program.start(QStringLiteral(BOTHWAYS_CLI), arguments);
    REQUIRE(program.waitForFinished());
    REQUIRE(program.exitStatus() == QProcess::NormalExit);
    return QJsonDocument::fromJson(program.readAllStandardOutput()).object();
}

QJsonObject recordedCase(const QString &language = u"en"_s)
{
    const auto json =
        fromCommandLine({u"diagnose"_s, u"--demo"_s, u"seed-topology"_s, u"--json"_s, u"-"_s, u"--lang"_s, language});
    REQUIRE(json.value("verdict"_L1).toObject().value("status"_L1) == u"fault"_s);
    return json;
}

QString string(const QJsonObject &object, const char *key) { return object.value(QLatin1String(key)).toString(); }

QString lines(const QJsonObject &remedy, const char *key)
{
    QStringList result;
    for (const auto entry : remedy.value(QLatin1String(key)).toArray()) {
        result << entry.toString();
    }
    return result.join(u'\n');
}

/// Checks of a chapter by their status in the document of the command line.
std::map<QString, int> counted(const QJsonObject &json, bothways::checks::Chapter chapter)
{
    std::map<QString, int> counts;
    for (const auto entry : json.value("checks"_L1).toArray()) {
        const auto finding = entry.toObject();
        const auto *check = bothways::checks::find(string(finding, "id"));
        REQUIRE(check != nullptr);
        if (check->chapter == chapter) {
            ++counts[string(finding, "status")];
        }
    }
    return counts;
}

struct ChapterOfPage {
    const char *page;
    bothways::checks::Chapter chapter;
};
constexpr ChapterOfPage chapterPages[] = {
    {"pagePreparation", bothways::checks::Chapter::Preparation}, {"pagePhysical", bothways::checks::Chapter::Physical},
    {"pageDataLink", bothways::checks::Chapter::DataLink},       {"pageNetwork", bothways::checks::Chapter::Network},
    {"pageTransport", bothways::checks::Chapter::Transport},     {"pagePolicy", bothways::checks::Chapter::Policy},
};

/// "7 checks: 1 failed · 5 passed" against the counts of the command line.
void comparesCounts(const QString &lead, const std::map<QString, int> &counts)
{
    static constexpr std::pair<const char *, const char *> words[] = {
        {"fail", "failed"}, {"warn", "warning"}, {"pass", "passed"}, {"unknown", "unknown"}, {"skipped", "skipped"}};
    int all = 0;
    INFO("lead: " << lead.toStdString());
    for (const auto &[status, word] : words) {
        const auto found = counts.find(QLatin1String(status));
        const int count = found == counts.end() ? 0 : found->second;
        all += count;
        const QString part = u"%1 %2"_s.arg(count).arg(QLatin1String(word));
        CHECK(lead.contains(QRegularExpression(u"[: ]"_s + part)) == (count > 0));
    }
    CHECK(lead.startsWith(u"%1 checks: "_s.arg(all)));
}

void startRecordedCase(const Wizard &wizard, const Person &person)
{
    REQUIRE(person.page() == u"pageStart");
    person.click(u"playDemo_seed-topology"_s);
    REQUIRE(person.page() == u"pageSymptom");
    REQUIRE(waitFor([&] { return person.title() == u"One-way: the VM reaches this host, this host does not reach the VM"; }));
    CHECK(wizard.window->windowTitle() ==
          u"Symptom: One-way: the VM reaches this host, this host does not reach the VM – bw-guest");
}

void readsSymptom(const Wizard &wizard, const Person &person)
{
    CHECK(person.title() == u"One-way: the VM reaches this host, this host does not reach the VM");
    CHECK(wizard.find<QWidget>("icmpVmToHost")->accessibleName().contains(u"3 of 3"));
    CHECK(wizard.find<QWidget>("icmpHostToVm")->accessibleName().contains(u"0 of 10"));
    CHECK(person.text(u"icmpHostToVmDetail"_s).contains(u"silence"));
    CHECK(person.text(u"channelText"_s).contains(u"QEMU guest agent"));
    CHECK(person.read().contains(u"This is a recording; nothing was sent now."));
    CHECK_FALSE(person.canUse(u"runAll"_s));
    CHECK(person.text(u"targetRecorded"_s) == u"recorded");
}

void readsTopology(const Person &person)
{
    REQUIRE(person.page() == u"pageTopology");
    CHECK(person.title() == u"The request dies in the VM, at its hook input");
    CHECK(person.lead().contains(u"security-group ingress handle 5"));
    CHECK(person.text(u"topologyName"_s) == u"hook: input");
    CHECK(person.text(u"topologyRaw"_s).contains(u"icmp type echo-request counter drop"));
}

void readsDiagnosis(const Person &person, const QJsonObject &json)
{
    const auto cause = json.value("causes"_L1).toArray().first().toObject();
    CHECK(person.title() == string(json.value("verdict"_L1).toObject(), "headline"));
    CHECK(person.lead().startsWith(u"Proven"));
    person.click(u"turnReasons"_s);
    CHECK(person.text(u"causeDetailHeading"_s) == string(cause, "title"));
    CHECK(person.text(u"causeObject"_s) == string(cause, "object"));
    for (const auto *word : {"security-group", "ingress", "handle 5", "echo-request", "drop"}) {
        CHECK(person.text(u"causeObject"_s).contains(QLatin1String(word)));
    }
    const auto causes = person.rows(u"causeList"_s);
    CHECK(causes.size() == json.value("causes"_L1).toArray().size());
    CHECK(causes.first().contains(string(cause, "title")));
    for (const auto reason : cause.value("for"_L1).toArray()) {
        const QString sentence = reason.toString();
        CHECK(person.read().contains(sentence.section(u": "_s, 1)));
    }
}

void readsAndCopiesFix(const Person &person, const QJsonObject &json)
{
    CHECK(person.title() == u"One way to mend it");
    const auto remedy = json.value("remedies"_L1).toArray().first().toObject();
    CHECK(person.text(u"remedy1Title"_s) == string(remedy, "title"));
    CHECK(person.read().contains(string(remedy, "changes")));
    const struct {
        const char *part;
        const char *key;
    } blocks[] = {{"Do", "commands"}, {"Undo", "undo"}, {"Verify", "verify"}};
    for (const auto &[part, key] : blocks) {
        const QString name = u"remedy1"_s + QLatin1String(part);
        CHECK(person.text(name + u"Text"_s) == lines(remedy, key));
        person.click(name + u"Copy"_s);
        CHECK(QApplication::clipboard()->text() == lines(remedy, key));
    }
    CHECK_FALSE(person.canUse(u"checkAgain"_s)); // a recording is not measured again
    CHECK(person.read().contains(u"This is a recording."));
}

QByteArray exported(Wizard &wizard, const Person &person, const QString &button, const QString &path)
{
    wizard.files.path = path;
    person.click(button);
    REQUIRE(waitFor([&] { return person.text(u"exportNote"_s).contains(path); }));
    QFile file(path);
    REQUIRE(file.open(QIODevice::ReadOnly));
    return file.readAll();
}

void exportsReport(Wizard &wizard, const Person &person, const QJsonObject &json)
{
    const QTemporaryDir directory;
    const QString headline = string(json.value("verdict"_L1).toObject(), "headline");
    CHECK(person.lead() == headline);
    CHECK(waitFor([&] { return person.text(u"reportPreview"_s).contains(headline); }));

    const auto html = exported(wizard, person, u"exportHtml"_s, directory.filePath(u"report.html"_s));
    CHECK(html.contains("<html"));
    CHECK(html.contains("inet security-group ingress handle 5"));
    const auto markdown = exported(wizard, person, u"exportMarkdown"_s, directory.filePath(u"report.md"_s));
    CHECK(markdown.startsWith("# "));
    CHECK(markdown.contains(lines(json.value("remedies"_L1).toArray().first().toObject(), "commands").toUtf8()));
    const auto document =
        QJsonDocument::fromJson(exported(wizard, person, u"exportJson"_s, directory.filePath(u"report.json"_s))).object();
    for (const auto *key : {"verdict", "symptom", "causes", "remedies", "checks"}) {
        INFO(key);
        CHECK(document.value(QLatin1String(key)) == json.value(QLatin1String(key)));
    }
    const auto session = directory.filePath(u"again.bothways"_s);
    exported(wizard, person, u"exportSession"_s, session);
    const auto again = fromCommandLine({u"diagnose"_s, u"--session"_s, session, u"--json"_s, u"-"_s});
    CHECK(again.value("verdict"_L1) == json.value("verdict"_L1));
    CHECK(again.value("remedies"_L1) == json.value("remedies"_L1));
}

void speak(const Wizard &wizard, const Person &person, const QString &code)
{
    auto *box = qobject_cast<QComboBox *>(person.find(u"language"_s));
    REQUIRE(box != nullptr);
    const int row = box->findData(code);
    box->setFocus();
    while (box->currentIndex() != row) {
        QTest::keyClick(box, box->currentIndex() < row ? Qt::Key_Down : Qt::Key_Up);
    }
    REQUIRE(waitFor([&] { return wizard.language->current() == code; }));
    QTest::qWait(50);
}

/// Words that stay as machines write them are taken out; what is left has no English sentence.
void isChinese(const QWidget &page)
{
    static const QRegularExpression sentence(u"[A-Za-z]{2,}(?:[ ,]+[A-Za-z]{2,}){2}"_s);
    static const QRegularExpression machineText(
        u"(?:inet )?security-group ingress(?: handle \\d+(?:: [^，。）]*)?)?|accept ip saddr [^，。]*|QEMU guest agent"_s);
    static const QRegularExpression latinStop(u"[\\x{4e00}-\\x{9fff}][.,:;!?](?:\\s|$)"_s);
    for (const auto *label : page.findChildren<QLabel *>()) {
        // What the hypervisor's library says of itself is quoted as it says it.
        const bool quotes = label->objectName() == u"vmEmpty";
        QString text = label->isVisible() && !quotes ? label->text() : QString();
        text.remove(machineText);
        INFO(page.objectName().toStdString() << " " << label->objectName().toStdString() << ": " << text.toStdString());
        CHECK_FALSE(sentence.match(text).hasMatch());
        CHECK_FALSE(latinStop.match(text).hasMatch());
    }
}

} // namespace

TEST_CASE("a person goes through the recorded case from Start to Report", "[drive]")
{
    Wizard wizard(liveEngine(bothways::world::here()));
    const Person person(*wizard.window);
    const auto json = recordedCase();
    CHECK(person.title() == u"Which VM does not answer?");
    startRecordedCase(wizard, person);
    readsSymptom(wizard, person);
    person.click(u"next"_s);
    readsTopology(person);
    for (const auto &[page, chapter] : chapterPages) {
        person.click(u"next"_s);
        REQUIRE(person.page() == QLatin1String(page));
        INFO(page);
        CHECK(wizard.window->windowTitle().contains(person.title()));
        comparesCounts(person.lead(), counted(json, chapter));
        const auto rows = person.rows(QLatin1String(page) + u"List"_s);
        for (int row = 0; row < rows.size(); ++row) {
            person.choose(QLatin1String(page) + u"List"_s, row);
            INFO(rows.at(row).toStdString());
            CHECK(rows.at(row).contains(person.text(QLatin1String(page) + u"Summary"_s)));
        }
    }
    person.click(u"next"_s);
    REQUIRE(person.page() == u"pageDiagnosis");
    readsDiagnosis(person, json);
    person.click(u"next"_s);
    REQUIRE(person.page() == u"pageFix");
    readsAndCopiesFix(person, json);
    person.click(u"next"_s);
    REQUIRE(person.page() == u"pageWatch");
    person.click(u"next"_s);
    REQUIRE(person.page() == u"pageReport");
    exportsReport(wizard, person, json);
    CHECK_FALSE(person.canUse(u"next"_s));
    for (int steps = 0; steps < 12; ++steps) {
        person.click(u"back"_s);
    }
    CHECK(person.page() == u"pageStart");
    person.click(u"next"_s);
    readsSymptom(wizard, person); // Back lost nothing
}

TEST_CASE("the recorded case with the keyboard alone", "[drive]")
{
    const Wizard wizard(liveEngine(bothways::world::here()));
    const Person person(*wizard.window);
    auto *play = person.find(u"playDemo_seed-topology"_s);
    for (int tabs = 0; tabs < 60 && !play->hasFocus(); ++tabs) {
        person.press(Qt::Key_Tab);
    }
    REQUIRE(play->hasFocus());
    person.press(Qt::Key_Space);
    REQUIRE(waitFor([&] { return person.page() == u"pageSymptom" && wizard.window->windowTitle().contains(u"bw-guest"); }));
    for (const auto *page : {"pageTopology", "pagePreparation", "pagePhysical", "pageDataLink", "pageNetwork", "pageTransport",
                             "pagePolicy", "pageDiagnosis", "pageFix", "pageWatch", "pageReport"}) {
        person.press(Qt::Key_Right, Qt::AltModifier);
        CHECK(person.page() == QLatin1String(page));
    }
    person.press(Qt::Key_Left, Qt::AltModifier);
    person.press(Qt::Key_Left, Qt::AltModifier);
    REQUIRE(person.page() == u"pageFix");
    auto *copy = person.find(u"remedy1DoCopy"_s);
    for (int tabs = 0; tabs < 60 && !copy->hasFocus(); ++tabs) {
        person.press(Qt::Key_Tab);
    }
    REQUIRE(copy->hasFocus());
    QApplication::clipboard()->clear();
    person.press(Qt::Key_Space);
    CHECK(QApplication::clipboard()->text() == person.text(u"remedy1DoText"_s));
}

TEST_CASE("in Chinese no page keeps an English sentence or a Latin full stop", "[drive]")
{
    const Wizard wizard(liveEngine(bothways::world::here()));
    const Person person(*wizard.window);
    startRecordedCase(wizard, person);
    speak(wizard, person, u"zh_CN"_s);
    const auto json = recordedCase(u"zh_CN"_s);
    REQUIRE(waitFor([&] { return person.text(u"next"_s) == u"下一步"; }));
    const auto cause = json.value("causes"_L1).toArray().first().toObject();
    person.press(Qt::Key_Left, Qt::AltModifier);
    REQUIRE(person.page() == u"pageStart");
    for (int steps = 0; steps < 13; ++steps) {
        isChinese(*person.find(person.page()));
        if (person.page() == u"pageDiagnosis") {
            person.click(u"turnReasons"_s);
            CHECK(person.title() == string(json.value("verdict"_L1).toObject(), "headline"));
            CHECK(person.text(u"causeObject"_s) == string(cause, "object"));
        }
        person.press(Qt::Key_Right, Qt::AltModifier);
    }
    CHECK(person.page() == u"pageReport");
    speak(wizard, person, u"en"_s);
    CHECK(person.title() == u"The report is ready");
}
