// SPDX-License-Identifier: GPL-3.0-or-later
// Two sessions beside each other, in the documents.
#include "catch.h"

#include "../conclusion/cases.h"
#include "comparison/comparison_words.h"
#include "report/writers.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

using namespace bothways;
using namespace bothways::test;

namespace {

comparison::Comparison compared(const evidence::Evidence &before, const evidence::Evidence &after)
{
    return comparison::compare(conclusion::conclude(before), conclusion::conclude(after));
}

} // namespace

TEST_CASE("what makes a comparison doubtful is in every document")
{
    auto after = healthy();
    after.target.vmMac = mac(strangerMac);
    const auto comparison = compared(healthy(), after);
    REQUIRE_FALSE(comparison.cautions.isEmpty());
    const auto caution = comparison.cautions.front();
    CHECK(report::toText(comparison, false).contains(caution));
    CHECK(QString::fromUtf8(report::toHtml(comparison)).contains(caution.toHtmlEscaped()));
    CHECK(QString::fromUtf8(report::toMarkdown(comparison)).contains(caution));
}

TEST_CASE("what is the same, and what was not compared in it, is in every document")
{
    const auto comparison = compared(guestDrops(), healthy());
    const auto noted = std::find_if(comparison.parts.begin(), comparison.parts.end(), [](const auto &part) {
        return part.differences.empty() && part.cannot.isEmpty() && !part.note.isEmpty();
    });
    REQUIRE(noted != comparison.parts.end());
    for (const auto &words : {noted->title, comparison::alike(*noted), noted->note}) {
        INFO(words.toStdString());
        CHECK(report::toText(comparison, false).contains(words));
        CHECK(QString::fromUtf8(report::toHtml(comparison)).contains(words.toHtmlEscaped()));
        CHECK(QString::fromUtf8(report::toMarkdown(comparison)).contains(words));
    }
}

TEST_CASE("the comparison as JSON")
{
    auto after = healthy();
    after.started = guestDrops().started.addSecs(9);
    const auto document = QJsonDocument::fromJson(report::toJson(compared(guestDrops(), after))).object();
    CHECK(document[u"schema"_s] == u"bothways/1"_s);
    CHECK(document[u"differs"_s].toBool());
    for (const auto &key : {u"before"_s, u"after"_s, u"same_target"_s, u"cautions"_s, u"parts"_s, u"measured"_s, u"score"_s}) {
        INFO(key.toStdString());
        CHECK(document.contains(key));
    }
}
