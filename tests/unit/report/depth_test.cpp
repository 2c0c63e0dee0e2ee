// SPDX-License-Identifier: GPL-3.0-or-later
// A short report is the whole one without its end, and says so.
#include "catch.h"

#include "../conclusion/cases.h"
#include "report/writers.h"
#include "shown/terms.h"

#include <QRegularExpression>

using namespace bothways;
using namespace bothways::test;
using report::Depth;

namespace {

evidence::Evidence withCaptures()
{
    auto evidence = guestDrops();
    evidence.captures = seen(captured());
    return evidence;
}

QString html(const evidence::Evidence &evidence, Depth depth)
{
    return QString::fromUtf8(report::toHtml(conclusion::conclude(evidence), depth));
}

QString markdown(const evidence::Evidence &evidence, Depth depth)
{
    return QString::fromUtf8(report::toMarkdown(conclusion::conclude(evidence), depth));
}

/// `whole` without what stands from the heading of the score to the last part.
QString withoutEnd(const QString &whole, const QString &score, qsizetype last)
{
    const auto from = whole.indexOf(score);
    REQUIRE(from > 0);
    REQUIRE(last > from);
    return whole.left(from) + whole.mid(last);
}

/// How many empty lines are between two blocks says nothing in Markdown.
QString evenly(QString text)
{
    static const QRegularExpression lines(u"\n{3,}"_s);
    return text.replace(lines, u"\n\n"_s);
}

} // namespace

TEST_CASE("a short report is the whole one without score, hardening and appendix", "[depth]")
{
    for (const auto &evidence : {guestDrops(), withCaptures(), healthy(), evidence::Evidence()}) {
        const auto whole = html(evidence, Depth::Whole);
        auto brief = html(evidence, Depth::Short);
        const auto note = u"<p class=\"grey\">%1</p>"_s.arg(shown::shortNote());
        CHECK(brief.count(note) == 1);
        CHECK(brief.indexOf(note) < brief.indexOf(u"<h2>"_s));
        CHECK(brief.remove(note) == withoutEnd(whole, u"<h2>Score</h2>"_s, whole.indexOf(u"<footer>"_s)));

        const auto wholeText = markdown(evidence, Depth::Whole);
        auto briefText = markdown(evidence, Depth::Short);
        CHECK(briefText.count(shown::shortNote()) == 1);
        CHECK(briefText.indexOf(shown::shortNote()) < briefText.indexOf(u"## "_s));
        CHECK(evenly(briefText.remove(shown::shortNote() + u"\n\n"_s)) ==
              evenly(withoutEnd(wholeText, u"## Score"_s, wholeText.lastIndexOf(u'\n', wholeText.size() - 2))));
    }
}

TEST_CASE("a short report keeps what is proven, open, to be done and drawn", "[depth]")
{
    const auto evidence = withCaptures();
    const auto brief = html(evidence, Depth::Short);
    const auto briefText = markdown(evidence, Depth::Short);
    for (const auto *heading : {"Symptom", "Diagnosis", "Evidence", "What could not be tested, and what would enable it", "Fix",
                                "Round-trip times", "Topology", "Journeys of packets"}) {
        INFO(heading);
        CHECK(brief.count(u"<h2>%1</h2>"_s.arg(QLatin1String(heading))) == 1);
        CHECK(briefText.count(u"## %1\n"_s.arg(QLatin1String(heading))) == 1);
    }
    for (const auto *heading : {"Score", "Hardening and tuning", "Checks"}) {
        INFO(heading);
        CHECK_FALSE(brief.contains(u"<h2>%1</h2>"_s.arg(QLatin1String(heading))));
        CHECK_FALSE(briefText.contains(u"## %1"_s.arg(QLatin1String(heading))));
    }
    CHECK_FALSE(brief.contains(u"<details>"_s));
    CHECK(brief.count(u"<svg "_s) == html(evidence, Depth::Whole).count(u"<svg "_s));
    for (const auto *step : {"Do, as root", "Undo, at the same place", "Verify, on this host"}) {
        INFO(step);
        CHECK(brief.contains(QLatin1String(step)));
        CHECK(briefText.contains(QLatin1String(step)));
    }
}

TEST_CASE("a whole report is what is made where nobody asks for a depth, and says nothing of it", "[depth]")
{
    const auto evidence = withCaptures();
    const auto conclusion = conclusion::conclude(evidence);
    CHECK(report::toHtml(conclusion) == report::toHtml(conclusion, Depth::Whole));
    CHECK(report::toMarkdown(conclusion) == report::toMarkdown(conclusion, Depth::Whole));
    CHECK_FALSE(report::toHtml(conclusion).contains(shown::shortNote().toUtf8()));
    CHECK_FALSE(report::toMarkdown(conclusion).contains(shown::shortNote().toUtf8()));
}

TEST_CASE("every document of a run that was stopped says so", "[depth]")
{
    auto evidence = guestDrops();
    const auto told = u"The run was stopped before its end"_s;
    CHECK_FALSE(markdown(evidence, Depth::Whole).contains(told));
    evidence.interrupted = true;
    for (const auto depth : {Depth::Whole, Depth::Short}) {
        CHECK(markdown(evidence, depth).count(told) == 1);
        CHECK(html(evidence, depth).count(told) == 1);
    }
    CHECK(report::toText(conclusion::conclude(evidence), false).count(told) == 1);
}
