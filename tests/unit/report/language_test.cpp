// SPDX-License-Identifier: GPL-3.0-or-later
// A report in another language than the program's: each thread has its own, and nothing of a report is in the program's.
#include "catch.h"

#include "../conclusion/cases.h"
#include "evidence/session_file.h"
#include "report/writers.h"
#include "words/text.h"
#include "words/translation_scope.h"

#include <QCoreApplication>
#include <QDir>
#include <QRegularExpression>
#include <QTranslator>

#include <latch>
#include <thread>

using namespace bothways;
using namespace bothways::test;

namespace {

const QTranslator &chinese()
{
    static QTranslator translator;
    static const bool loaded = translator.load(QStringLiteral(BOTHWAYS_QM));
    REQUIRE(loaded);
    return translator;
}

/// Everything that is made of the evidence.
std::vector<QByteArray> reportsOf(const evidence::Evidence &evidence)
{
    const auto conclusion = conclusion::conclude(evidence);
    return {report::toHtml(conclusion), report::toHtml(conclusion, report::Depth::Short), report::toMarkdown(conclusion),
            report::toJson(conclusion), report::toText(conclusion, true).toUtf8()};
}

std::vector<QByteArray> reportsIn(const QTranslator *language, const evidence::Evidence &evidence)
{
    const TranslationScope speaks(language);
    return reportsOf(evidence);
}

std::vector<evidence::Evidence> recordedCases()
{
    std::vector<evidence::Evidence> cases;
    const QDir demos(QStringLiteral(BOTHWAYS_DEMOS));
    for (const auto &file : demos.entryList({u"*.bothways"_s})) {
        const auto loaded = evidence::load(demos.filePath(file));
        REQUIRE(loaded);
        cases.push_back(*loaded);
    }
    REQUIRE(cases.size() >= 5);
    return cases;
}

/// What a person reads, a text a line: without commands, quotations and what machines call things.
QString prose(QString html)
{
    static const QRegularExpression quoted(u"<(style|script|pre|code)[ >].*?</\\1>"_s,
                                           QRegularExpression::DotMatchesEverythingOption);
    static const QRegularExpression tag(u"<[^>]*>"_s);
    return html.remove(quoted).replace(tag, u"\n"_s);
}

/// Three Latin words in a row, as the wizard's pages are tested (tests/ui/drive_demo_test.cpp), and one of them no rule or
/// command has. What was written down when it was measured is quoted as it stands there.
QStringList englishSentences(const QString &text, const evidence::Evidence &evidence)
{
    static const QRegularExpression sentence(u"[A-Za-z]{2,}(?:[ ,]+[A-Za-z]{2,}){2,}"_s);
    static const QRegularExpression ofPeople(u"\\b(?:the|is|are|was|were|has|have|not|of|and|this|that|which|with|does|can)\\b"_s,
                                             QRegularExpression::CaseInsensitiveOption);
    const auto recorded = QString::fromUtf8(evidence::toJson(evidence));
    QStringList found;
    for (const auto &line : text.split(u'\n', Qt::SkipEmptyParts)) {
        for (auto match = sentence.globalMatch(line); match.hasNext();) {
            const auto words = match.next().captured();
            if (words.contains(ofPeople) && !recorded.contains(words)) {
                found << line;
            }
        }
    }
    return found;
}

/// Numbers are put in by the language that has the text.
class Plurals : public QTranslator {
public:
    QString translate(const char *, const char *source, const char *, int n) const override
    {
        if (qstrcmp(source, "%n rules of %1") != 0) {
            return {};
        }
        return n == 1 ? u"%n Regel von %1"_s : u"%n Regeln von %1, %n"_s;
    }
    bool isEmpty() const override { return false; }
};

struct Application {
    int count = 1;
    char name[12] = "report_test";
    char *arguments[2] = {name, nullptr};
    QCoreApplication application{count, arguments};
};

} // namespace

TEST_CASE("a text that a language lacks is in the language of the sources", "[language]")
{
    const Plurals plurals;
    const TranslationScope speaks(&plurals);
    CHECK(translate("report", "%n rules of %1", nullptr, 1).arg(u"%n"_s) == u"1 Regel von %n"_s);
    CHECK(translate("report", "%n rules of %1", nullptr, 7) == u"7 Regeln von %1, 7"_s);
    CHECK(translate("report", "%n ways", nullptr, 2) == u"2 ways"_s);
    CHECK(translate("report", "Symptom") == u"Symptom"_s);
}

TEST_CASE("numbers come into a text as they do without a scope", "[language]")
{
    Plurals plurals;
    const Application application;
    REQUIRE(QCoreApplication::installTranslator(&plurals));
    for (const int n : {0, 1, 2, 40}) {
        const auto ofTheProgram = translate("report", "%n rules of %1", nullptr, n);
        const TranslationScope speaks(&plurals);
        CHECK(translate("report", "%n rules of %1", nullptr, n) == ofTheProgram);
    }
    QCoreApplication::removeTranslator(&plurals);
}

TEST_CASE("the inmost language counts, and each ends with its scope", "[language]")
{
    const auto said = [] { return translate("report", "Symptom"); };
    const TranslationScope outer(&chinese());
    CHECK(said() == u"症状"_s);
    {
        const TranslationScope inner(nullptr);
        CHECK(said() == u"Symptom"_s);
    }
    CHECK(said() == u"症状"_s);
}

TEST_CASE("one thread's language leaves another thread alone", "[language]")
{
    const auto evidence = guestDrops();
    const auto english = reportsOf(evidence);
    const auto translated = reportsIn(&chinese(), evidence);
    REQUIRE(english != translated);
    constexpr int each = 3;
    std::latch begun(2 * each); // else the first could be done before the last begins
    std::vector<std::vector<QByteArray>> made(2 * each);
    std::vector<std::jthread> threads;
    for (std::size_t i = 0; i < made.size(); ++i) {
        threads.emplace_back([&, i] {
            if (i % 2 == 0) {
                begun.arrive_and_wait();
                made[i] = reportsOf(evidence);
            } else {
                const TranslationScope speaks(&chinese());
                begun.arrive_and_wait();
                made[i] = reportsOf(evidence);
            }
        });
    }
    threads.clear();
    for (std::size_t i = 0; i < made.size(); ++i) {
        INFO("thread " << i);
        CHECK(made[i] == (i % 2 == 0 ? english : translated));
    }
    CHECK(reportsOf(evidence) == english);
}

TEST_CASE("a report in Chinese from an English program is that of a Chinese program, byte for byte", "[language]")
{
    QTranslator installed;
    REQUIRE(installed.load(QStringLiteral(BOTHWAYS_QM)));
    const Application application;
    auto cases = recordedCases();
    cases.push_back(guestDrops());
    cases.back().captures = seen(captured());
    for (const auto &evidence : cases) {
        INFO(evidence.target.requested.toStdString());
        const auto english = reportsOf(evidence);
        const auto fromEnglish = reportsIn(&chinese(), evidence);
        REQUIRE(QCoreApplication::installTranslator(&installed));
        const auto fromChinese = reportsOf(evidence);
        const auto back = reportsIn(nullptr, evidence);
        QCoreApplication::removeTranslator(&installed);
        CHECK(english != fromEnglish);
        CHECK(fromEnglish == fromChinese);
        CHECK(back == english);
    }
}

TEST_CASE("a report in Chinese from an English program has a Chinese verdict and no English sentence", "[language]")
{
    for (const auto &evidence : recordedCases()) {
        INFO(evidence.target.requested.toStdString());
        const TranslationScope speaks(&chinese());
        const auto conclusion = conclusion::conclude(evidence);
        static const QRegularExpression han(u"[\\x{4e00}-\\x{9fff}]{4}"_s);
        CHECK(han.match(conclusion.diagnosis.headline).hasMatch());
        const auto html = QString::fromUtf8(report::toHtml(conclusion));
        CHECK(html.contains(u"<html lang=\"zh-CN\">"_s));
        CHECK(html.contains(u"<h1>%1</h1>"_s.arg(conclusion.diagnosis.headline.toHtmlEscaped())));
        CHECK(englishSentences(prose(html), evidence).join(u'\n') == QString());
        const TranslationScope english(nullptr); // which they would be found in
        const auto source = QString::fromUtf8(report::toHtml(conclusion::conclude(evidence)));
        CHECK(englishSentences(prose(source), evidence).size() > 100);
    }
}
