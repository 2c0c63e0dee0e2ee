// SPDX-License-Identifier: GPL-3.0-or-later
// Hashes, round-trip times, hardening and appendix: what each section of a report rests on.
#include "catch.h"

#include "cases.h"
#include "evidence/gzip.h"
#include "evidence/session_file.h"
#include "evidence/utc.h"
#include "report/digest.h"
#include "report/hardening.h"
#include "report/quotes.h"
#include "report/rtt_chart.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>

using namespace bothways;
using namespace bothways::test;
using report::Advice;

namespace {

QString sha(const QByteArray &bytes)
{
    return QString::fromLatin1(QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex());
}

QJsonObject jsonOf(const evidence::Evidence &evidence)
{
    return QJsonDocument::fromJson(report::toJson(evidence, report::conclude(evidence))).object();
}

std::optional<Advice> adviceOf(const evidence::Evidence &evidence, const QString &id)
{
    for (const auto &advice : report::hardeningOf(evidence)) {
        if (advice.id == id) {
            return advice;
        }
    }
    return std::nullopt;
}

Advice::State stateOf(const evidence::Evidence &evidence, const QString &id)
{
    const auto advice = adviceOf(evidence, id);
    REQUIRE(advice);
    return advice->state;
}

evidence::EchoSeries timedSeries(int count)
{
    auto series = echoes(vmAddress, hostAddress, evidence::EchoOutcome::Reply);
    series.samples.clear();
    const auto begin = QDateTime::fromString(u"2026-11-23T03:12:00.000Z"_s, Qt::ISODateWithMs);
    for (int i = 0; i < count; ++i) {
        evidence::EchoSample sample;
        sample.sequence = i;
        sample.sentAt = begin.addMSecs(200LL * i);
        const bool lost = i % 5 == 4;
        sample.outcome = lost ? evidence::EchoOutcome::Silence : evidence::EchoOutcome::Reply;
        if (!lost) {
            sample.rttNs = 300'000 + 1'000 * (i % 50);
        }
        series.samples.push_back(sample);
    }
    return series;
}

QString chartOf(const evidence::Evidence &evidence)
{
    return report::toSvg(report::rttChartOf(evidence, report::conclude(evidence)));
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
    const auto conclusion = report::conclude(evidence);
    const auto quotes = report::decisiveQuotes(conclusion);
    REQUIRE_FALSE(quotes.empty());
    CHECK(quotes.front().check == u"POL-3"_s); // the rule that the verdict names
    const auto html = QString::fromUtf8(report::toHtml(evidence, conclusion));
    const auto markdown = QString::fromUtf8(report::toMarkdown(evidence, conclusion));
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
        for (const auto &finding : report::conclude(*loaded).findings) {
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
        const auto conclusion = report::conclude(evidence);
        CHECK(jsonOf(evidence)[u"session_sha256"_s].toString() == digest);
        CHECK(report::toHtml(evidence, conclusion).contains(digest.toUtf8()));
        CHECK(report::toMarkdown(evidence, conclusion).contains(digest.toUtf8()));
        CHECK(report::toText(evidence, conclusion, false).contains(digest));
        const auto again = evidence::load(path);
        REQUIRE(again);
        CHECK(report::sessionDigest(*again) == digest);
    }
}

TEST_CASE("the chart marks what was lost and joins what was answered", "[report]")
{
    auto evidence = guestDrops();
    auto chart = report::rttChartOf(evidence, report::conclude(evidence));
    REQUIRE(chart.lanes.size() == 2);
    CHECK(chart.lanes[0].lost() == 10);
    CHECK(report::lostNumbers(chart.lanes[0]) == u"1\u201310"_s);
    CHECK(chart.lanes[1].lost() == 0);
    CHECK(report::lostNumbers(chart.lanes[1]).isEmpty());
    CHECK_FALSE(chart.lanes[0].timed); // nobody noted when they were sent

    evidence.probes.echoes = {seen(timedSeries(15))};
    chart = report::rttChartOf(evidence, report::conclude(evidence));
    CHECK(chart.lanes[0].timed);
    CHECK(report::lostNumbers(chart.lanes[0]) == u"5, 10, 15"_s);
    const auto svg = report::toSvg(chart);
    CHECK(svg.contains(u"role=\"img\""_s));
    CHECK(svg.contains(u"<title>"_s));
    CHECK(svg.contains(u"lost: 5, 10, 15"_s));
    CHECK(svg.contains(u">2.8 s<"_s));
    CHECK(svg.count(u"class=\"b\""_s) == 2 * 3 + 2); // a cross is two lines; one more explains it
    CHECK(svg.count(u"class=\"i\""_s) == 12 + 10 + 1);
    CHECK(svg.contains(u">0.500 ms<"_s));
}

TEST_CASE("a chart of any evidence stays small and inside its frame", "[report]")
{
    auto evidence = guestDrops();
    evidence.probes.echoes = {seen(timedSeries(200'000))};
    CHECK(chartOf(evidence).size() < 100'000);

    auto wild = timedSeries(6);
    const qint64 times[] = {-5, 0, 1, 1'000'000, 9'000'000'000'000'000'000, 3};
    for (std::size_t i = 0; i < wild.samples.size(); ++i) {
        wild.samples[i].outcome = evidence::EchoOutcome::Reply;
        wild.samples[i].rttNs = times[i];
        wild.samples[i].sentAt = evidence::utc(i % 2 == 0 ? 0 : 253'402'300'799'000);
    }
    evidence.probes.echoes = {seen(wild)};
    const auto svg = chartOf(evidence);
    static const QRegularExpression number(u" (?:c?x1?|x2)=\"(-?[0-9]+)\""_s);
    int seenNumbers = 0;
    for (auto found = number.globalMatch(svg); found.hasNext(); ++seenNumbers) {
        const int x = found.next().captured(1).toInt();
        CHECK((x >= 0 && x <= 920));
    }
    CHECK(seenNumbers > 20);

    evidence.probes.echoes.clear();
    evidence.guest = {};
    CHECK(report::rttChartOf(evidence, report::conclude(evidence)).isEmpty());
    CHECK_FALSE(report::toHtml(evidence, report::conclude(evidence)).contains("Round-trip times"));
}

TEST_CASE("hardening is concrete where the evidence tells, and general where it does not", "[report]")
{
    auto evidence = healthy();
    CHECK(stateOf(evidence, u"echo-width"_s) == Advice::State::Advised); // no rule at all: everybody may
    CHECK(stateOf(evidence, u"reverse-path-vm"_s) == Advice::State::Advised);
    CHECK_FALSE(adviceOf(evidence, u"reverse-path-host"_s)); // was not read
    CHECK_FALSE(adviceOf(evidence, u"port-width"_s));        // no port is open
    evidence.probes.ports.front().value.outcome = evidence::PortOutcome::Open;
    REQUIRE(adviceOf(evidence, u"port-width"_s));
    CHECK(adviceOf(evidence, u"port-width"_s)->measure.contains(u": 22."_s));

    auto &guest = evidence.guest.value.facts;
    guest.rulesets = {dump(u"nft-json"_s, {}, nft(u"input"_s, u"drop"_s, {sourceAccept(u"10.0.0.1"_s), establishedAccept()}))};
    CHECK(stateOf(evidence, u"echo-width"_s) == Advice::State::Done);
    CHECK_FALSE(adviceOf(evidence, u"port-width"_s));
    guest.rulesets.front().text = denied<QString>();
    CHECK(stateOf(evidence, u"echo-width"_s) == Advice::State::General);

    guest.sysctls.value[u"net.ipv4.conf.all.rp_filter"_s] = u"1"_s; // the higher one counts
    CHECK(stateOf(evidence, u"reverse-path-vm"_s) == Advice::State::Done);
    guest.addresses.value.push_back({u"eth1"_s, prefix("10.0.0.11/24"), u"global"_s});
    CHECK(stateOf(evidence, u"reverse-path-vm"_s) == Advice::State::Advised); // strict, and two in one subnet
    CHECK(stateOf(evidence, u"arp-policy-vm"_s) == Advice::State::Advised);
    guest.sysctls.value[u"net.ipv4.conf.all.arp_ignore"_s] = u"1"_s;
    guest.sysctls.value[u"net.ipv4.conf.all.arp_announce"_s] = u"2"_s;
    CHECK(stateOf(evidence, u"arp-policy-vm"_s) == Advice::State::Done);

    CHECK(stateOf(evidence, u"mac-pinned"_s) == Advice::State::General);
    evidence.target.vmMac = mac("52:54:00:12:34:56");
    CHECK(stateOf(evidence, u"mac-pinned"_s) == Advice::State::Advised);

    CHECK(stateOf(evidence, u"neighbour-table"_s) == Advice::State::General);
    evidence.host.value.sysctls.value[u"net.ipv4.neigh.default.gc_thresh3"_s] = u"1024"_s;
    CHECK(stateOf(evidence, u"neighbour-table"_s) == Advice::State::Done);
    evidence.host.value.sysctls.value[u"net.ipv4.neigh.default.gc_thresh3"_s] = u"1"_s;
    CHECK(stateOf(evidence, u"neighbour-table"_s) == Advice::State::Advised);

    evidence.host.value.links.value.front().mtu = 1500;
    guest.links.value.front().mtu = 1400;
    const auto mtu = adviceOf(evidence, u"mtu"_s);
    REQUIRE(mtu);
    CHECK(mtu->state == Advice::State::Advised);
    CHECK(mtu->verify == u"ping -c 3 -M do -s 1372 10.0.0.10"_s);
}

TEST_CASE("hardening of nothing is general, and names that cannot be pasted are in no command", "[report]")
{
    for (const auto &advice : report::hardeningOf({})) {
        INFO(advice.id.toStdString());
        CHECK(advice.state == Advice::State::General);
        CHECK_FALSE(advice.measure.isEmpty());
        CHECK_FALSE(advice.layer.isEmpty());
    }
    auto evidence = healthy();
    evidence.target.vm = u"a; reboot"_s;
    CHECK(adviceOf(evidence, u"waf"_s)->verify.contains(u"--vm 'a; reboot' "_s));
    evidence.target.vm = u"a\u202Eb"_s;
    CHECK(adviceOf(evidence, u"waf"_s)->verify.isEmpty());
}

TEST_CASE("the appendix has all 38 checks, whatever the run left out", "[report]")
{
    const auto evidence = guestDrops();
    const auto some = report::conclude(evidence, {u"NET-7"_s});
    const auto html = QString::fromUtf8(report::toHtml(evidence, some));
    const auto markdown = QString::fromUtf8(report::toMarkdown(evidence, some));
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
    auto conclusion = report::conclude(evidence);
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
    const auto html = report::toHtml(evidence, conclusion);
    CHECK(html.size() <= 1'000'000);
    CHECK(html.size() > 500'000); // what there is room for is there
    CHECK(html.contains("Further pieces of evidence, in the JSON report: "));
}
