// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/json.h"

#include "conclusion/hardening.h"
#include "shown/digest.h"
#include "shown/quotes.h"
#include "shown/terms.h"

#include "evidence/utc.h"
#include "facts/fates.h"
#include "facts/scene.h"
#include "words/text.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <cmath>

namespace bothways::report {
namespace {

QJsonValue orNull(const QString &value) { return value.isEmpty() ? QJsonValue() : QJsonValue(value); }

template <typename Address>
QJsonValue orNull(const std::optional<Address> &address)
{
    return address ? QJsonValue(text(address->toString())) : QJsonValue();
}

QJsonObject toolObject(const evidence::Tool &tool)
{
    return {{QStringLiteral("name"), tool.name},
            {QStringLiteral("version"), tool.version},
            {QStringLiteral("platform"), tool.platform}};
}

QJsonObject targetObject(const evidence::Target &target)
{
    return {{QStringLiteral("vm"), orNull(target.vm)},
            {QStringLiteral("host_address"), orNull(target.hostAddress)},
            {QStringLiteral("vm_address"), orNull(target.vmAddress)},
            {QStringLiteral("vm_mac"), orNull(target.vmMac)},
            {QStringLiteral("interface"), orNull(target.interface)},
            {QStringLiteral("hypervisor"), orNull(target.hypervisor.word())},
            {QStringLiteral("mode"), orNull(target.mode.word())}};
}

QJsonObject toldObject(const evidence::Told &told)
{
    return {{QStringLiteral("began"), orNull(told.began)}, {QStringLiteral("changed"), orNull(told.changed)}};
}

QJsonValue cellValue(const std::optional<facts::IcmpCell> &cell)
{
    if (!cell) {
        return {};
    }
    QJsonValue rtt;
    if (cell->rtt) {
        rtt = QJsonObject{{QStringLiteral("min"), cell->rtt->min},
                          {QStringLiteral("avg"), cell->rtt->avg},
                          {QStringLiteral("max"), cell->rtt->max},
                          {QStringLiteral("mdev"), cell->rtt->mdev},
                          {QStringLiteral("p95"), cell->rtt->p95}};
    }
    return QJsonObject{{QStringLiteral("sent"), cell->sent},
                       {QStringLiteral("received"), cell->received},
                       {QStringLiteral("loss"), cell->sent > 0 ? QJsonValue(cell->loss) : QJsonValue()},
                       {QStringLiteral("rtt_ms"), rtt},
                       {QStringLiteral("detail"), cell->detail}};
}

QJsonValue cellValue(const std::optional<facts::StateCell> &cell)
{
    if (!cell) {
        return {};
    }
    return QJsonObject{{QStringLiteral("works"), cell->works ? QJsonValue(*cell->works) : QJsonValue()},
                       {QStringLiteral("state"), cell->state.word()},
                       {QStringLiteral("detail"), cell->detail}};
}

template <typename Cell>
QJsonObject directions(const facts::BothDirections<Cell> &cells)
{
    return {{QStringLiteral("host_to_vm"), cellValue(cells.hostToVm)}, {QStringLiteral("vm_to_host"), cellValue(cells.vmToHost)}};
}

QJsonObject symptomObject(const facts::Symptom &symptom)
{
    return {{QStringLiteral("signature"), facts::name(symptom.signature)},
            {QStringLiteral("explanation"), symptom.explanation},
            {QStringLiteral("icmp"), directions(symptom.icmp)},
            {QStringLiteral("tcp"), directions(symptom.tcp)},
            {QStringLiteral("arp"), directions(symptom.arp)},
            {QStringLiteral("arp_cache"), directions(symptom.arpCache)}};
}

QJsonArray checksArray(const std::vector<checks::Finding> &findings)
{
    QJsonArray array;
    for (const auto &finding : findings) {
        QJsonArray evidence;
        for (const auto &item : finding.evidence) {
            const auto quote = shown::quoteOf(finding.id, item);
            evidence.append(QJsonObject{{QStringLiteral("source"), quote.source},
                                        {QStringLiteral("text"), quote.text},
                                        {QStringLiteral("at"), orNull(quote.time)},
                                        {QStringLiteral("sha256"), quote.digest}});
        }
        array.append(QJsonObject{{QStringLiteral("id"), finding.id},
                                 {QStringLiteral("status"), checks::name(finding.status)},
                                 {QStringLiteral("summary"), finding.summary},
                                 {QStringLiteral("reason"), finding.reason},
                                 {QStringLiteral("evidence"), evidence}});
    }
    return array;
}

QJsonArray reasonsArray(const std::vector<diagnosis::Reason> &reasons)
{
    QJsonArray array;
    for (const auto &reason : reasons) {
        array.append(reason.check.isEmpty() ? reason.text : QStringLiteral("%1: %2").arg(reason.check, reason.text));
    }
    return array;
}

QJsonArray causesArray(const std::vector<diagnosis::Cause> &causes)
{
    QJsonArray array;
    for (const auto &cause : causes) {
        array.append(QJsonObject{{QStringLiteral("id"), name(cause.id)},
                                 {QStringLiteral("variant"), name(cause.variant)},
                                 {QStringLiteral("title"), diagnosis::title(cause.id, cause.variant)},
                                 {QStringLiteral("object"), cause.object ? orNull(facts::describe(*cause.object)) : QJsonValue()},
                                 {QStringLiteral("probability"), cause.probability},
                                 {QStringLiteral("grade"), diagnosis::name(cause.grade)},
                                 {QStringLiteral("for"), reasonsArray(cause.supporting)},
                                 {QStringLiteral("against"), reasonsArray(cause.opposing)},
                                 {QStringLiteral("decided_by"), orNull(cause.decidedBy)},
                                 {QStringLiteral("second"), cause.second}});
    }
    return array;
}

QJsonObject trialObject(const remedy::Trial &trial)
{
    QJsonArray legs;
    for (const auto &leg : trial.legs) {
        legs.append(QJsonObject{{QStringLiteral("from"), way::name(leg.from)},
                                {QStringLiteral("part"), way::name(leg.part)},
                                {QStringLiteral("family"), leg.family == net::Family::v6 ? 6 : 4},
                                {QStringLiteral("fate"), way::name(leg.fate)}});
    }
    return {{QStringLiteral("passes"), remedy::name(trial.passes)},
            {QStringLiteral("legs"), legs},
            {QStringLiteral("also_changes"), QJsonArray::fromStringList(trial.alsoChanges)},
            {QStringLiteral("also_count"), trial.alsoCount}};
}

QJsonArray remediesArray(const std::vector<remedy::Remedy> &remedies)
{
    QJsonArray array;
    for (const auto &remedy : remedies) {
        array.append(QJsonObject{{QStringLiteral("id"), name(remedy.id)},
                                 {QStringLiteral("cause"), name(remedy.cause)},
                                 {QStringLiteral("variant"), name(remedy.variant)},
                                 {QStringLiteral("where"), facts::name(remedy.where)},
                                 {QStringLiteral("shell"), remedy::name(remedy.shell)},
                                 {QStringLiteral("title"), remedy.title},
                                 {QStringLiteral("changes"), remedy.changes},
                                 {QStringLiteral("risk"), remedy::name(remedy.risk)},
                                 {QStringLiteral("step"), QJsonArray{remedy.step, remedy.steps}},
                                 {QStringLiteral("trial"), trialObject(remedy.trial)},
                                 {QStringLiteral("owner"), orNull(remedy.owner)},
                                 {QStringLiteral("persistent"), remedy.persistent},
                                 {QStringLiteral("commands"), QJsonArray::fromStringList(remedy.commands)},
                                 {QStringLiteral("undo"), QJsonArray::fromStringList(remedy.undo)},
                                 {QStringLiteral("verify"), QJsonArray::fromStringList(remedy.verify)}});
    }
    return array;
}

QJsonArray hardeningArray(const facts::Case &given)
{
    QJsonArray array;
    for (const auto &advice : conclusion::hardeningOf(given)) {
        array.append(QJsonObject{{QStringLiteral("id"), advice.id},
                                 {QStringLiteral("state"), name(advice.state)},
                                 {QStringLiteral("layer"), advice.layer},
                                 {QStringLiteral("measure"), advice.measure},
                                 {QStringLiteral("where"), facts::name(advice.where)},
                                 {QStringLiteral("verify"), orNull(advice.verify)}});
    }
    return array;
}

QJsonArray pointsArray(const facts::JourneyFate &fate, const evidence::Captures &captures)
{
    QJsonArray array;
    if (fate.journey == nullptr) {
        return array;
    }
    for (const auto &sighting : fate.journey->sightings) {
        const auto index = static_cast<std::size_t>(sighting.point);
        if (sighting.point < 0 || index >= captures.points.size()) {
            continue;
        }
        // Nanoseconds do not fit the number type of JSON's readers, so the time is a text.
        const auto time = evidence::utc(sighting.timeNs / 1'000'000);
        const auto stamp = time.toString(QStringLiteral("yyyy-MM-ddTHH:mm:ss.")) +
                           QStringLiteral("%1Z").arg(sighting.timeNs % 1'000'000'000, 9, 10, QLatin1Char('0'));
        QJsonObject point{{QStringLiteral("name"), captures.points[index].name},
                          {QStringLiteral("time"), stamp},
                          {QStringLiteral("direction"), facts::direction(fate, sighting)},
                          {QStringLiteral("leg"), name(sighting.leg)}};
        if (sighting.vlan) {
            point.insert(QStringLiteral("vlan"), *sighting.vlan);
        }
        if (sighting.ttl > 0) {
            point.insert(QStringLiteral("ttl"), sighting.ttl);
        }
        if (sighting.source) {
            point.insert(QStringLiteral("source"), text(sighting.source->toString()));
        }
        if (sighting.destinationMac) {
            point.insert(QStringLiteral("to_mac"), text(sighting.destinationMac->toString()));
        }
        if (sighting.icmpType && sighting.icmpCode) {
            point.insert(QStringLiteral("icmp"),
                         QJsonObject{{QStringLiteral("type"), *sighting.icmpType}, {QStringLiteral("code"), *sighting.icmpCode}});
        }
        array.append(point);
    }
    return array;
}

QJsonArray journeysArray(const facts::Case &given)
{
    QJsonArray array;
    const auto &captures = given.evidence.captures.value;
    for (const auto &fate : given.scene.journeys) {
        const auto lost =
            fate.lostBetween.isThere() ? QJsonValue(QJsonArray{fate.lostBetween.from, fate.lostBetween.to}) : QJsonValue();
        array.append(QJsonObject{{QStringLiteral("kind"), name(fate.kind)},
                                 {QStringLiteral("id"), fate.id},
                                 {QStringLiteral("seq"), fate.sequence},
                                 {QStringLiteral("from"), text(fate.asker.toString())},
                                 {QStringLiteral("to"), text(fate.asked.toString())},
                                 {QStringLiteral("ours"), fate.ours},
                                 {QStringLiteral("bytes"), fate.journey ? QJsonValue(fate.journey->bytes) : QJsonValue()},
                                 {QStringLiteral("beside"), orNull(fate.besideAt)},
                                 {QStringLiteral("points"), pointsArray(fate, captures)},
                                 {QStringLiteral("end"), facts::name(fate.end)},
                                 {QStringLiteral("lost_between"), lost},
                                 {QStringLiteral("lost"), orNull(facts::name(fate.leg))},
                                 {QStringLiteral("says"), facts::describe(fate, captures)}});
    }
    return array;
}

QJsonArray legsArray(const std::vector<way::Leg> &legs)
{
    QJsonArray array;
    for (const auto &leg : legs) {
        QJsonArray stages;
        for (const auto &stage : leg.stages) {
            stages.append(
                QJsonObject{{QStringLiteral("place"), way::name(stage.place)},
                            {QStringLiteral("kind"), way::name(stage.kind)},
                            {QStringLiteral("result"), way::name(stage.result)},
                            {QStringLiteral("object"), stage.object ? QJsonValue(facts::describe(*stage.object)) : QJsonValue()},
                            {QStringLiteral("text"), stage.text},
                            {QStringLiteral("would_tell"), orNull(stage.wouldTell)},
                            {QStringLiteral("seen"), QJsonArray::fromStringList(stage.seen)}});
        }
        array.append(QJsonObject{{QStringLiteral("from"), way::name(leg.from)},
                                 {QStringLiteral("part"), way::name(leg.part)},
                                 {QStringLiteral("family"), leg.family == net::Family::v4 ? 4 : 6},
                                 {QStringLiteral("source"), text(leg.source.toString())},
                                 {QStringLiteral("destination"), text(leg.destination.toString())},
                                 {QStringLiteral("observed"), leg.observed},
                                 {QStringLiteral("fate"), way::name(leg.fate())},
                                 {QStringLiteral("stages"), stages}});
    }
    return array;
}

QJsonObject inputObject(const conclusion::Input &input)
{
    const auto unit = input.unit == QLatin1String("x") ? QStringLiteral("ratio") : input.unit;
    return {{QStringLiteral("id"), input.id},
            {QStringLiteral("title"), input.title},
            {QStringLiteral("value"), input.value},
            {QStringLiteral("unit"), unit},
            {QStringLiteral("points"), std::round(input.points * 10) / 10},
            {QStringLiteral("formula"), input.formula},
            {QStringLiteral("source"), input.source}};
}

QJsonObject assessmentObject(const conclusion::Assessment &assessment)
{
    QJsonArray measured;
    QJsonArray leftOut;
    for (const auto &rating : assessment.ratings) {
        const auto id = conclusion::name(rating.dimension);
        if (!rating.points) {
            leftOut.append(QJsonObject{{QStringLiteral("id"), id}, {QStringLiteral("reason"), rating.leftOut}});
            continue;
        }
        QJsonArray inputs;
        for (const auto &input : rating.inputs) {
            inputs.append(inputObject(input));
        }
        measured.append(QJsonObject{{QStringLiteral("id"), id},
                                    {QStringLiteral("title"), conclusion::title(rating.dimension)},
                                    {QStringLiteral("score"), conclusion::wholePoints(*rating.points)},
                                    {QStringLiteral("weight"), conclusion::weightOf(rating.dimension)},
                                    {QStringLiteral("formula"), conclusion::formula(rating.dimension)},
                                    {QStringLiteral("inputs"), inputs},
                                    {QStringLiteral("not_measured"), QJsonArray::fromStringList(rating.missing)}});
    }
    const auto score = assessment.score();
    return {{QStringLiteral("score"), score ? QJsonValue(*score) : QJsonValue()},
            {QStringLiteral("formula"), conclusion::formula()},
            {QStringLiteral("dimensions"), measured},
            {QStringLiteral("left_out"), leftOut}};
}

} // namespace

QByteArray toJson(const conclusion::Conclusion &conclusion)
{
    const auto &evidence = conclusion.given->evidence;
    QJsonObject document{
        {QStringLiteral("schema"), QStringLiteral("bothways/1")},
        {QStringLiteral("tool"), toolObject(evidence.tool)},
        {QStringLiteral("target"), targetObject(evidence.target)},
        {QStringLiteral("started"), orNull(shown::rfc3339(evidence.started))},
        {QStringLiteral("finished"), orNull(shown::rfc3339(evidence.finished))},
        {QStringLiteral("interrupted"), evidence.interrupted},
        {QStringLiteral("session_sha256"), shown::sessionDigest(evidence)},
        {QStringLiteral("symptom"), symptomObject(conclusion.given->symptom)},
        {QStringLiteral("checks"), checksArray(conclusion.findings)},
        {QStringLiteral("verdict"), QJsonObject{{QStringLiteral("status"), diagnosis::name(conclusion.diagnosis.status)},
                                                {QStringLiteral("headline"), conclusion.diagnosis.headline}}},
        {QStringLiteral("causes"), causesArray(conclusion.diagnosis.causes)},
        {QStringLiteral("legs"), legsArray(conclusion.legs)},
        {QStringLiteral("remedies"), remediesArray(conclusion.remedies)},
        {QStringLiteral("journeys"), journeysArray(*conclusion.given)},
        {QStringLiteral("hardening"), hardeningArray(*conclusion.given)},
        {QStringLiteral("assessment"), assessmentObject(conclusion.assessment)},
    };
    if (!evidence.told.isEmpty()) {
        document.insert(QStringLiteral("told"), toldObject(evidence.told));
    }
    return QJsonDocument(document).toJson(QJsonDocument::Indented);
}

} // namespace bothways::report
