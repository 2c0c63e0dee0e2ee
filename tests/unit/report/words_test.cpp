// SPDX-License-Identifier: GPL-3.0-or-later
// What a person reads: nothing twice, everything there, the same every time, in the language in use.
#include "catch.h"

#include "../conclusion/cases.h"
#include "report/writers.h"
#include "shown/terms.h"

#include <QCoreApplication>
#include <QTranslator>

using namespace bothways;
using namespace bothways::test;

namespace {

struct Outputs {
    QString html;
    QString markdown;
    QString text;
};

Outputs outputsOf(const conclusion::Conclusion &conclusion)
{
    return {QString::fromUtf8(report::toHtml(conclusion)), QString::fromUtf8(report::toMarkdown(conclusion)),
            report::toText(conclusion, false)};
}

Outputs outputsOf(const evidence::Evidence &evidence) { return outputsOf(conclusion::conclude(evidence)); }

/// Puts brackets around every text and gives the language's code, as a .qm for Chinese does.
class Brackets : public QTranslator {
public:
    QString translate(const char *, const char *source, const char *disambiguation, int) const override
    {
        if (qstrcmp(source, "en") == 0 && disambiguation != nullptr) {
            return QStringLiteral("zh-CN");
        }
        return u'\u3010' + QString::fromUtf8(source) + u'\u3011';
    }
    bool isEmpty() const override { return false; }
};

} // namespace

TEST_CASE("what is not built is named in one sentence, and has its line in the appendix")
{
    const auto conclusion = conclusion::conclude(guestDrops());
    const auto notBuilt = shown::untested(conclusion.findings).notBuilt;
    REQUIRE_FALSE(notBuilt.isEmpty());
    const auto outputs = outputsOf(guestDrops());
    for (const auto &output : {outputs.html, outputs.markdown, outputs.text}) {
        CHECK(output.count(notBuilt) == 1);
        CHECK(output.contains(QStringLiteral("PHY-5, ")));
    }
    CHECK(outputs.text.contains(QStringLiteral("  ") + notBuilt + u'\n'));
}

TEST_CASE("a reason that repeats its summary is left out")
{
    auto conclusion = conclusion::conclude(evidence::Evidence());
    checks::Finding finding;
    finding.id = u"NET-7"_s;
    finding.status = checks::Status::Unknown;
    finding.summary = finding.reason = u"Only once."_s;
    conclusion.findings = {finding};
    const auto outputs = outputsOf(conclusion);
    CHECK(outputs.text.count(finding.summary) == 1);
    // Among the checks, and among what was not tested.
    CHECK(outputs.markdown.count(finding.summary) == 2);
    CHECK(outputs.html.count(finding.summary) == 2);
    finding.reason = u"And why."_s;
    finding.summary = u"10 sent, 0 received"_s;
    conclusion.findings = {finding};
    CHECK(outputsOf(conclusion).text.contains(u"  NET-7 10 sent, 0 received. And why.\n"_s));
}

TEST_CASE("every report names the finding, both ends, the best remedy and what was not tested")
{
    const auto outputs = outputsOf(guestDrops());
    const auto conclusion = conclusion::conclude(guestDrops());
    REQUIRE_FALSE(conclusion.remedies.empty());
    for (const auto &output : {outputs.html, outputs.markdown, outputs.text}) {
        CHECK(output.contains(u"db7"_s));
        CHECK(output.contains(u"10.0.0.1 (br0)"_s));
        CHECK(output.contains(u"10.0.0.10"_s));
        CHECK(output.contains(u"0 of 10 answered"_s));
        CHECK(output.contains(u"100 % lost"_s));
        CHECK(output.contains(u"handle 6: icmp type echo-request drop"_s));
    }
    for (const auto &command : conclusion.remedies.front().commands) {
        CHECK(outputs.text.contains(command));
        CHECK(outputs.markdown.contains(command));
        CHECK(outputs.html.contains(command.toHtmlEscaped()));
    }
    for (const auto *finding : shown::untested(conclusion.findings).couldNot) {
        CHECK(outputs.text.contains(finding->reason));
    }
}

TEST_CASE("what was told is in every report as told, not measured, and moves no verdict")
{
    auto evidence = guestDrops();
    const auto silent = outputsOf(evidence);
    for (const auto &output : {silent.html, silent.markdown, silent.text}) {
        CHECK_FALSE(output.contains(u"As told"_s));
    }
    const auto concluded = conclusion::conclude(evidence);
    evidence.told = {u"after the <b>reboot</b> & the *update* %1"_s, u"10.0.0.10 was given to | another"_s};
    const auto again = conclusion::conclude(evidence);
    CHECK(again.diagnosis.headline == concluded.diagnosis.headline);
    CHECK(again.diagnosis.causes.front().probability == concluded.diagnosis.causes.front().probability);
    const auto outputs = outputsOf(evidence);
    CHECK(outputs.text.contains(u"  As told, not measured: it began “after the <b>reboot</b> & the *update* %1”.\n"
                                "  As told, not measured: what was changed before is “10.0.0.10 was given to | another”.\n"_s));
    CHECK(outputs.html.contains(
        u"<p class=\"note\">As told, not measured: it began “after the &lt;b&gt;reboot&lt;/b&gt; &amp; the *update* %1”.</p>"
        "<p class=\"note\">As told, not measured: what was changed before is “10.0.0.10 was given to | another”.</p>"_s));
    CHECK(outputs.markdown.contains(
        u"\n\nAs told, not measured: it began “after the &lt;b\\>reboot&lt;/b\\> &amp; the \\*update\\* %1”.\n\n"
        "As told, not measured: what was changed before is “10.0.0.10 was given to &#124; another”.\n\n"_s));
    evidence.told.began.clear();
    CHECK(outputsOf(evidence).text.count(u"As told"_s) == 1);
}

TEST_CASE("the page needs no network and no script")
{
    const auto html = outputsOf(guestDrops()).html;
    for (const auto &outside : {u"http:"_s, u"https:"_s, u"src="_s, u"url("_s, u"@import"_s, u"<link"_s, u"<iframe"_s}) {
        INFO(outside.toStdString());
        CHECK_FALSE(html.contains(outside, Qt::CaseInsensitive));
    }
    CHECK(html.contains(u"default-src 'none'"_s));
    CHECK(html.count(u"<script>"_s) == 1);
    CHECK(html.indexOf(u"<script>"_s) > html.indexOf(u"</main>"_s));
    CHECK_FALSE(html.contains(u"<button"_s));
    CHECK_FALSE(html.contains(u"hidden"_s));
}

TEST_CASE("the same evidence gives the same bytes")
{
    for (const auto &evidence : {healthy(), guestDrops(), bothWays()}) {
        const auto first = conclusion::conclude(evidence);
        const auto second = conclusion::conclude(evidence);
        CHECK(report::toJson(first) == report::toJson(second));
        CHECK(report::toHtml(first) == report::toHtml(second));
        CHECK(report::toMarkdown(first) == report::toMarkdown(second));
        CHECK(report::toText(first, true) == report::toText(second, true));
    }
}

TEST_CASE("a report is in the language in use, its commands are not")
{
    const auto evidence = guestDrops();
    const auto commands = conclusion::conclude(evidence).remedies.front().commands;
    CHECK(outputsOf(evidence).html.contains(u"<html lang=\"en\">"_s));

    Brackets brackets;
    int argc = 1;
    char name[] = "report_test";
    char *argv[] = {name, nullptr};
    const QCoreApplication application(argc, argv);
    REQUIRE(QCoreApplication::installTranslator(&brackets));
    const auto conclusion = conclusion::conclude(evidence);
    const auto outputs = outputsOf(conclusion);
    CHECK(outputs.html.contains(u"<html lang=\"zh-CN\">"_s));
    CHECK(conclusion.remedies.front().commands == commands);
    for (const auto &output : {outputs.html, outputs.markdown, outputs.text}) {
        for (const auto *word : {"Symptom", "ICMP echo", "not measured"}) {
            INFO(word);
            CHECK(output.contains(u'\u3010' + QLatin1String(word) + u'\u3011'));
        }
    }
    const auto document = report::toJson(conclusion);
    CHECK(document.contains("\"grade\": \"proven\""));
    CHECK(document.contains("\"status\": \"fault\""));
    QCoreApplication::removeTranslator(&brackets);
}

TEST_CASE("a run that was stopped says so in every document")
{
    const auto stopped = u"The run was stopped before its end"_s;
    auto evidence = guestDrops();
    for (const bool interrupted : {false, true}) {
        evidence.interrupted = interrupted;
        const auto conclusion = conclusion::conclude(evidence);
        CHECK(QString::fromUtf8(report::toHtml(conclusion)).contains(stopped) == interrupted);
        CHECK(QString::fromUtf8(report::toMarkdown(conclusion)).contains(stopped) == interrupted);
        CHECK(report::toText(conclusion, false).contains(stopped) == interrupted);
    }
}
