// SPDX-License-Identifier: GPL-3.0-or-later
// The assessment in every report: each dimension, each input with its value, and what was left out.
#include "catch.h"

#include "../conclusion/cases.h"
#include "report/writers.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace bothways;
using namespace bothways::test;

TEST_CASE("the document holds score, formula, inputs and what was left out")
{
    const auto evidence = guestDrops();
    const auto conclusion = conclusion::conclude(evidence);
    const auto assessment = QJsonDocument::fromJson(report::toJson(conclusion)).object()[u"assessment"_s].toObject();
    CHECK(assessment[u"score"_s].toInt(-1) == *conclusion.assessment.score());
    CHECK(assessment[u"formula"_s].toString().contains(u"Reachability 40"_s));
    const auto measured = assessment[u"dimensions"_s].toArray();
    const auto leftOut = assessment[u"left_out"_s].toArray();
    CHECK(measured.size() + leftOut.size() == static_cast<qsizetype>(conclusion::dimensions));
    CHECK(leftOut.size() >= 1);
    for (const auto &each : measured) {
        const auto dimension = each.toObject();
        INFO(dimension[u"id"_s].toString().toStdString());
        CHECK(dimension[u"score"_s].toInt(-1) >= 0);
        CHECK(dimension[u"weight"_s].toInt() > 0);
        CHECK_FALSE(dimension[u"formula"_s].toString().isEmpty());
        REQUIRE_FALSE(dimension[u"inputs"_s].toArray().isEmpty());
        for (const auto &input : dimension[u"inputs"_s].toArray()) {
            for (const auto &key : {u"id"_s, u"value"_s, u"unit"_s, u"points"_s, u"formula"_s, u"source"_s}) {
                CHECK(input.toObject().contains(key));
            }
        }
    }
    for (const auto &each : leftOut) {
        CHECK_FALSE(each.toObject()[u"reason"_s].toString().isEmpty());
    }
}

TEST_CASE("a person reads the same score everywhere, with the anchors it rests on")
{
    const auto evidence = guestDrops();
    const auto conclusion = conclusion::conclude(evidence);
    const auto score = u"%1 of 100"_s.arg(*conclusion.assessment.score());
    const auto html = QString::fromUtf8(report::toHtml(conclusion));
    const auto markdown = QString::fromUtf8(report::toMarkdown(conclusion));
    const auto text = report::toText(conclusion, false);
    for (const auto &shown : {html, markdown, text}) {
        CHECK(shown.contains(score));
        CHECK(shown.contains(u"Reachability"_s));
        CHECK(shown.contains(u"Handshakes"_s)); // left out, and named
        CHECK(shown.contains(u"echo requests answered, this host to the VM: 0 %"_s));
    }
    for (const auto &shown : {html, markdown}) {
        CHECK(shown.contains(u"90 % (alert below it) gives 50"_s));
    }
}

TEST_CASE("where nothing was measured there is no score")
{
    const auto conclusion = conclusion::conclude(evidence::Evidence());
    const auto assessment = QJsonDocument::fromJson(report::toJson(conclusion)).object()[u"assessment"_s].toObject();
    CHECK(assessment[u"score"_s].isNull());
    CHECK(assessment[u"dimensions"_s].toArray().isEmpty());
    CHECK(assessment[u"left_out"_s].toArray().size() == static_cast<qsizetype>(conclusion::dimensions));
    CHECK(report::toText(conclusion, false).contains(u"Nothing was measured that a score could rest on."_s));
}
