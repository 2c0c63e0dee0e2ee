// SPDX-License-Identifier: GPL-3.0-or-later
// Hashes, quotes and appendix: what each section of a report rests on.
#include "catch.h"

#include "../conclusion/cases.h"
#include "evidence/gzip.h"
#include "evidence/session_file.h"
#include "evidence/utc.h"
#include "report/writers.h"
#include "shown/digest.h"
#include "shown/quotes.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>

using namespace bothways;
using namespace bothways::test;

namespace {

QString sha(const QByteArray &bytes)
{
    return QString::fromLatin1(QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex());
}

QJsonObject jsonOf(const evidence::Evidence &evidence)
{
    return QJsonDocument::fromJson(report::toJson(conclusion::conclude(evidence))).object();
}

} // namespace

TEST_CASE("every quoted piece of evidence has its SHA-256", "[report]")
{
    int quoted = 0;
    const auto evidence = guestDrops();
    const auto document = jsonOf(evidence);
    for (const auto &check : document[u"checks"_s].toArray()) {
        for (const auto &item : check[u"evidence"_s].toArray()) {
            CHECK(item[u"sha256"_s].toString() == sha(item[u"text"_s].toString().toUtf8()));
            ++quoted;
        }
    }
    CHECK(quoted > 10);
    const auto conclusion = conclusion::conclude(evidence);
    const auto quotes = shown::decisiveQuotes(conclusion);
    REQUIRE_FALSE(quotes.empty());
    CHECK(quotes.front().check == u"POL-3"_s); // the rule that the verdict names
    const auto html = QString::fromUtf8(report::toHtml(conclusion));
    const auto markdown = QString::fromUtf8(report::toMarkdown(conclusion));
    for (const auto &quote : quotes) {
        const auto shown = u"SHA-256 "_s + quote.digest.left(12);
        CHECK(html.contains(shown));
        CHECK(markdown.contains(shown));
    }
}

TEST_CASE("every quoted piece of a recorded case has its time", "[report]")
{
    const QDir demos(QStringLiteral(BOTHWAYS_DEMOS));
    const auto recorded = demos.entryList({u"*.bothways"_s});
    REQUIRE_FALSE(recorded.isEmpty());
    for (const auto &file : recorded) {
        const auto loaded = evidence::load(demos.filePath(file));
        REQUIRE(loaded);
        for (const auto &finding : conclusion::conclude(*loaded).findings) {
            for (const auto &item : finding.evidence) {
                INFO(file.toStdString() << ' ' << finding.id.toStdString() << ' ' << item.source.toStdString());
                CHECK(item.at.isValid());
            }
        }
    }
}

TEST_CASE("a report names the session that it belongs to", "[report]")
{
    QTemporaryDir folder;
    auto evidence = guestDrops();
    for (const bool large : {false, true}) {
        if (large) { // such a file is compressed
            evidence.host.value.sysctls.value.insert(u"net.note"_s, QString(400'000, u'x'));
        }
        const auto path = folder.filePath(u"s.bothways"_s);
        REQUIRE(evidence::save(evidence, path));
        QFile file(path);
        REQUIRE(file.open(QIODevice::ReadOnly));
        auto bytes = file.readAll();
        CHECK(evidence::looksGzipped(bytes) == large);
        if (large) {
            bytes = evidence::gunzip(bytes, evidence::maximumSessionBytes).value_or(QByteArray());
        }
        const auto digest = sha(bytes);
        const auto conclusion = conclusion::conclude(evidence);
        CHECK(jsonOf(evidence)[u"session_sha256"_s].toString() == digest);
        CHECK(report::toHtml(conclusion).contains(digest.toUtf8()));
        CHECK(report::toMarkdown(conclusion).contains(digest.toUtf8()));
        CHECK(report::toText(conclusion, false).contains(digest));
        const auto again = evidence::load(path);
        REQUIRE(again);
        CHECK(shown::sessionDigest(*again) == digest);
    }
}

TEST_CASE("the appendix has all 38 checks, whatever the run left out", "[report]")
{
    const auto evidence = guestDrops();
    const auto some = conclusion::conclude(evidence, {u"NET-7"_s});
    const auto html = QString::fromUtf8(report::toHtml(some));
    const auto markdown = QString::fromUtf8(report::toMarkdown(some));
    REQUIRE(checks::table().size() == 38);
    for (const auto &check : checks::table()) {
        const auto id = QString::fromLatin1(check.id);
        INFO(check.id);
        CHECK(html.contains(u"<span class=\"mono\">%1</span>"_s.arg(id)));
        CHECK(markdown.contains(u"\n| %1 | "_s.arg(id)));
    }
    CHECK(html.count(u"This run did not include it."_s) == 37);
    CHECK(markdown.count(u"| skipped | This run did not include it. |"_s) == 37);
}

TEST_CASE("a page of the largest evidence stays below a megabyte", "[report]")
{
    auto evidence = guestDrops();
    evidence.captures = seen(captured());
    evidence.probes.echoes = {seen(timedSeries(50'000))};
    auto conclusion = conclusion::conclude(evidence);
    for (auto &finding : conclusion.findings) {
        finding.summary = QString(50'000, u'<');
        finding.reason = QString(50'000, u'&');
        finding.evidence.assign(64, {QString(5'000, u'"'), QString(4'000, u'<'), evidence.started});
    }
    for (auto &cause : conclusion.diagnosis.causes) {
        for (auto *reasons : {&cause.supporting, &cause.opposing}) {
            for (auto &reason : *reasons) {
                reason.text = QString(50'000, u'<');
            }
        }
    }
    const auto html = report::toHtml(conclusion);
    CHECK(html.size() <= 1'000'000);
    CHECK(html.size() > 500'000); // what there is room for is there
    CHECK(html.contains("Further pieces of evidence, in the JSON report: "));
}
