// SPDX-License-Identifier: GPL-3.0-or-later
// The JSON document, field by field.
#include "catch.h"

#include "../conclusion/cases.h"
#include "report/writers.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <limits>

using namespace bothways;
using namespace bothways::test;

namespace {

QJsonObject documentOf(const evidence::Evidence &evidence)
{
    QJsonParseError error;
    const auto document = QJsonDocument::fromJson(report::toJson(conclusion::conclude(evidence)), &error);
    REQUIRE(error.error == QJsonParseError::NoError);
    REQUIRE(document.isObject());
    return document.object();
}

void checkKeys(const QJsonObject &object, const QStringList &keys)
{
    for (const auto &key : keys) {
        INFO(key.toStdString());
        CHECK(object.contains(key));
    }
}

void checkText(const QJsonValue &value, bool orNull = false)
{
    CHECK((value.isString() || (orNull && value.isNull())));
    CHECK_FALSE((orNull && value.isString() && value.toString().isEmpty()));
}

void checkWord(const QJsonValue &value, const QStringList &words)
{
    INFO(value.toString().toStdString());
    CHECK(words.contains(value.toString()));
}

void checkTime(const QJsonValue &value)
{
    REQUIRE(value.isString());
    const auto time = value.toString();
    INFO(time.toStdString());
    CHECK(time.endsWith(u"+00:00"_s));
    CHECK(QDateTime::fromString(time, Qt::ISODateWithMs).isValid());
}

void checkTexts(const QJsonValue &value, int atLeast)
{
    REQUIRE(value.isArray());
    CHECK(value.toArray().size() >= atLeast);
    for (const auto &entry : value.toArray()) {
        checkText(entry);
    }
}

void checkIcmp(const QJsonValue &value)
{
    if (value.isNull()) {
        return;
    }
    const auto cell = value.toObject();
    checkKeys(cell, {u"sent"_s, u"received"_s, u"loss"_s, u"rtt_ms"_s});
    CHECK(cell[u"sent"_s].toInt(-1) >= cell[u"received"_s].toInt(-1));
    CHECK(cell[u"received"_s].toInt(-1) >= 0);
    const auto rtt = cell[u"rtt_ms"_s];
    CHECK((rtt.isNull() == (cell[u"received"_s].toInt() == 0)));
    if (rtt.isObject()) {
        for (const auto &key : {u"min"_s, u"avg"_s, u"max"_s, u"mdev"_s, u"p95"_s}) {
            INFO(key.toStdString());
            CHECK(rtt.toObject()[key].isDouble());
        }
        CHECK(rtt.toObject()[u"min"_s].toDouble() <= rtt.toObject()[u"avg"_s].toDouble());
        CHECK(rtt.toObject()[u"avg"_s].toDouble() <= rtt.toObject()[u"max"_s].toDouble());
    }
}

void checkSymptom(const QJsonObject &symptom)
{
    checkWord(symptom[u"signature"_s],
              {u"one-way"_s, u"wrong-address"_s, u"both-ways"_s, u"above-icmp"_s, u"partial"_s, u"healthy"_s, u"unobserved"_s});
    for (const auto &row : {u"icmp"_s, u"tcp"_s, u"arp"_s, u"arp_cache"_s}) {
        INFO(row.toStdString());
        REQUIRE(symptom[row].isObject());
        const auto cells = symptom[row].toObject();
        for (const auto &direction : {u"host_to_vm"_s, u"vm_to_host"_s}) {
            REQUIRE(cells.contains(direction));
            CHECK((cells[direction].isNull() || cells[direction].isObject()));
            if (row == u"icmp"_s) {
                checkIcmp(cells[direction]);
            }
        }
    }
}

void checkChecks(const QJsonArray &array)
{
    QStringList ids;
    for (const auto &value : array) {
        const auto check = value.toObject();
        INFO(check[u"id"_s].toString().toStdString());
        ids << check[u"id"_s].toString();
        checkWord(check[u"status"_s], {u"pass"_s, u"warn"_s, u"fail"_s, u"skipped"_s, u"unknown"_s});
        checkText(check[u"summary"_s]);
        CHECK_FALSE(check[u"summary"_s].toString().isEmpty());
        checkText(check[u"reason"_s]);
        const bool looked = check[u"status"_s] != u"skipped"_s && check[u"status"_s] != u"unknown"_s;
        const auto *known = checks::find(check[u"id"_s].toString());
        REQUIRE(known != nullptr);
        if (!looked && known->run != nullptr) { // of the others the summary says it all
            CHECK_FALSE(check[u"reason"_s].toString().isEmpty());
        }
        REQUIRE(check[u"evidence"_s].isArray());
        for (const auto &item : check[u"evidence"_s].toArray()) {
            checkText(item.toObject()[u"source"_s]);
            checkText(item.toObject()[u"text"_s]);
            checkText(item.toObject()[u"at"_s], true);
        }
    }
    CHECK(ids.size() == 38);
    CHECK(ids.removeDuplicates() == 0);
}

void checkCauses(const QJsonArray &causes)
{
    for (const auto &value : causes) {
        const auto cause = value.toObject();
        INFO(cause[u"id"_s].toString().toStdString());
        checkKeys(cause, {u"id"_s, u"variant"_s, u"object"_s, u"probability"_s, u"grade"_s, u"for"_s, u"against"_s});
        checkWord(cause[u"grade"_s], {u"proven"_s, u"probable"_s, u"possible"_s, u"ruled-out"_s});
        checkText(cause[u"object"_s], true);
        CHECK(cause[u"probability"_s].toDouble(-1) >= 0);
        CHECK(cause[u"probability"_s].toDouble(2) <= 1);
        checkTexts(cause[u"for"_s], 0);
        checkTexts(cause[u"against"_s], cause[u"grade"_s] == u"ruled-out"_s ? 1 : 0);
    }
}

void checkRemedies(const QJsonArray &remedies)
{
    for (const auto &value : remedies) {
        const auto remedy = value.toObject();
        INFO(remedy[u"id"_s].toString().toStdString());
        checkKeys(remedy, {u"id"_s, u"cause"_s, u"title"_s});
        checkWord(remedy[u"where"_s], {u"host"_s, u"guest"_s, u"hypervisor"_s, u"switch"_s, u"cloud"_s});
        checkWord(remedy[u"shell"_s], {u"bash"_s, u"powershell"_s, u"cmd"_s, u"ios"_s, u"aws"_s, u"virsh"_s, u"esxcli"_s});
        checkWord(remedy[u"risk"_s], {u"low"_s, u"medium"_s, u"high"_s});
        checkTexts(remedy[u"commands"_s], 1);
        checkTexts(remedy[u"undo"_s], 1);
        checkTexts(remedy[u"verify"_s], 1);
    }
}

void checkDocument(const QJsonObject &document)
{
    CHECK(document[u"schema"_s] == u"bothways/1"_s);
    checkKeys(document, {u"tool"_s, u"target"_s, u"started"_s, u"finished"_s, u"symptom"_s, u"checks"_s, u"verdict"_s,
                         u"causes"_s, u"remedies"_s, u"journeys"_s, u"assessment"_s});
    for (const auto &key : {u"name"_s, u"version"_s, u"platform"_s}) {
        checkText(document[u"tool"_s].toObject()[key]);
    }
    const auto target = document[u"target"_s].toObject();
    for (const auto &key :
         {u"vm"_s, u"host_address"_s, u"vm_address"_s, u"vm_mac"_s, u"interface"_s, u"hypervisor"_s, u"mode"_s}) {
        INFO(key.toStdString());
        REQUIRE(target.contains(key));
        checkText(target[key], true);
    }
    checkSymptom(document[u"symptom"_s].toObject());
    checkChecks(document[u"checks"_s].toArray());
    checkWord(document[u"verdict"_s].toObject()[u"status"_s], {u"fault"_s, u"no-fault"_s, u"unexplained"_s});
    CHECK_FALSE(document[u"verdict"_s].toObject()[u"headline"_s].toString().isEmpty());
    checkCauses(document[u"causes"_s].toArray());
    checkRemedies(document[u"remedies"_s].toArray());
    CHECK(document[u"journeys"_s].isArray());
    CHECK(document[u"assessment"_s].toObject()[u"dimensions"_s].isArray());
    CHECK(document[u"assessment"_s].toObject().contains(u"score"_s));
}

} // namespace

TEST_CASE("every document has every field of the contract, whatever was measured")
{
    for (const auto &evidence :
         {evidence::Evidence(), healthy(), guestDrops(), bothWays(), oneWay(evidence::EchoOutcome::SendDenied),
          bothWays(evidence::EchoOutcome::NeighbourUnresolved)}) {
        checkDocument(documentOf(evidence));
    }
}

TEST_CASE("the document holds what was measured")
{
    const auto document = documentOf(guestDrops());
    const auto target = document[u"target"_s].toObject();
    CHECK(target[u"vm"_s] == u"db7"_s);
    CHECK(target[u"host_address"_s] == u"10.0.0.1"_s);
    CHECK(target[u"vm_address"_s] == u"10.0.0.10"_s);
    CHECK(target[u"vm_mac"_s] == u"02:00:00:00:00:10"_s);
    CHECK(target[u"interface"_s] == u"br0"_s);
    CHECK(target[u"hypervisor"_s] == u"libvirt"_s);
    CHECK(target[u"mode"_s] == u"nat"_s);
    CHECK(document[u"started"_s] == u"2026-11-23T03:12:00.250+00:00"_s);
    checkTime(document[u"started"_s]);
    CHECK(document[u"finished"_s] == u"2026-11-23T03:12:04.750+00:00"_s);
    CHECK(document[u"tool"_s].toObject()[u"version"_s] == u"1.2.3"_s);

    const auto icmp = document[u"symptom"_s].toObject()[u"icmp"_s].toObject();
    const auto forward = icmp[u"host_to_vm"_s].toObject();
    CHECK(forward[u"sent"_s] == 10);
    CHECK(forward[u"received"_s] == 0);
    CHECK(forward[u"loss"_s] == 1.0);
    CHECK(forward[u"rtt_ms"_s].isNull());
    const auto rtt = icmp[u"vm_to_host"_s].toObject()[u"rtt_ms"_s].toObject();
    CHECK(rtt[u"min"_s].toDouble() == Approx(0.300));
    CHECK(rtt[u"avg"_s].toDouble() == Approx(0.3045));
    CHECK(rtt[u"max"_s].toDouble() == Approx(0.309));
    CHECK(rtt[u"mdev"_s].toDouble() == Approx(0.00287228).epsilon(1e-4));
    CHECK(rtt[u"p95"_s].toDouble() == Approx(0.309));
    CHECK(document[u"symptom"_s].toObject()[u"signature"_s] == u"one-way"_s);

    CHECK(document[u"verdict"_s].toObject()[u"status"_s] == u"fault"_s);
    const auto cause = document[u"causes"_s].toArray().at(0).toObject();
    CHECK(cause[u"id"_s] == u"guest-firewall"_s);
    CHECK(cause[u"variant"_s] == u"input-drops-request"_s);
    CHECK(cause[u"object"_s].toString().contains(u"handle 6"_s));
    const auto remedy = document[u"remedies"_s].toArray().at(0).toObject();
    CHECK(remedy[u"id"_s] == u"R05"_s);
    CHECK(remedy[u"cause"_s] == u"guest-firewall"_s);
    CHECK(remedy[u"where"_s] == u"guest"_s);
    CHECK(remedy[u"shell"_s] == u"bash"_s);
}

TEST_CASE("what nobody measured is null, never zero")
{
    const auto document = documentOf({});
    for (const auto &value : document[u"target"_s].toObject()) {
        CHECK(value.isNull());
    }
    CHECK(document[u"started"_s].isNull());
    CHECK(document[u"finished"_s].isNull());
    const auto symptom = document[u"symptom"_s].toObject();
    for (const auto &row : {u"icmp"_s, u"tcp"_s, u"arp"_s, u"arp_cache"_s}) {
        INFO(row.toStdString());
        CHECK(symptom[row].toObject()[u"host_to_vm"_s].isNull());
        CHECK(symptom[row].toObject()[u"vm_to_host"_s].isNull());
    }
    CHECK(document[u"assessment"_s].toObject()[u"score"_s].isNull());

    auto noGuest = oneWay();
    noGuest.guest = denied<evidence::Guest>();
    CHECK(documentOf(noGuest)[u"symptom"_s].toObject()[u"icmp"_s].toObject()[u"vm_to_host"_s].isNull());
    CHECK(documentOf(noGuest)[u"symptom"_s].toObject()[u"icmp"_s].toObject()[u"host_to_vm"_s].isObject());
}

TEST_CASE("what was told stands beside what was measured, and only where something was")
{
    auto evidence = guestDrops();
    const auto before = documentOf(evidence);
    CHECK_FALSE(before.contains(u"told"_s));
    evidence.told.changed = u"\"Docker\" was installed"_s;
    auto after = documentOf(evidence);
    CHECK(after[u"told"_s].toObject()[u"changed"_s] == evidence.told.changed);
    CHECK(after[u"told"_s].toObject()[u"began"_s].isNull());
    after.remove(u"told"_s);
    after[u"session_sha256"_s] = before[u"session_sha256"_s]; // it is another session
    CHECK(after == before);
}
