// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/comparison_json.h"

#include "comparison/comparison_words.h"
#include "shown/terms.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace bothways::report {

namespace {

template <typename Number>
QJsonValue orNull(const std::optional<Number> &value)
{
    return value ? QJsonValue(*value) : QJsonValue();
}

QJsonValue orNull(const QString &value) { return value.isEmpty() ? QJsonValue() : QJsonValue(value); }

QJsonObject sessionObject(const comparison::ComparedSession &session)
{
    return {{QStringLiteral("target"), session.target},
            {QStringLiteral("host"), orNull(session.host)},
            {QStringLiteral("started"), orNull(shown::rfc3339(session.started))},
            {QStringLiteral("verdict"), QJsonObject{{QStringLiteral("status"), diagnosis::name(session.status)},
                                                    {QStringLiteral("headline"), session.headline}}},
            {QStringLiteral("score"), orNull(session.score)}};
}

QJsonObject partObject(const comparison::ComparedPart &part)
{
    QJsonArray differences;
    for (const auto &difference : part.differences) {
        differences.append(QJsonObject{{QStringLiteral("change"), name(difference.change)},
                                       {QStringLiteral("what"), difference.what},
                                       {QStringLiteral("before"), orNull(difference.before)},
                                       {QStringLiteral("after"), orNull(difference.after)}});
    }
    return {{QStringLiteral("id"), part.id},
            {QStringLiteral("title"), part.title},
            {QStringLiteral("compared"), part.cannot.isEmpty()},
            {QStringLiteral("reason"), orNull(part.cannot)},
            {QStringLiteral("note"), orNull(part.note)},
            {QStringLiteral("same"), part.cannot.isEmpty() ? QJsonValue(part.same) : QJsonValue()},
            {QStringLiteral("differences"), differences},
            {QStringLiteral("left_out"), part.leftOut}};
}

QJsonObject measuredObject(const comparison::MeasuredTwice &value)
{
    return {{QStringLiteral("id"), value.id},
            {QStringLiteral("title"), value.title},
            {QStringLiteral("before"), value.before},
            {QStringLiteral("after"), value.after},
            {QStringLiteral("result"), name(value.tendency)},
            {QStringLiteral("p"), orNull(value.probability)},
            {QStringLiteral("effect"), orNull(value.effect)},
            {QStringLiteral("says"), value.sentence}};
}

} // namespace

QByteArray toJson(const comparison::Comparison &comparison)
{
    QJsonArray parts;
    for (const auto &part : comparison.parts) {
        parts.append(partObject(part));
    }
    QJsonArray measured;
    for (const auto &value : comparison.measured) {
        measured.append(measuredObject(value));
    }
    QJsonArray dimensions;
    for (const auto &dimension : comparison.dimensions) {
        dimensions.append(QJsonObject{{QStringLiteral("id"), dimension.id},
                                      {QStringLiteral("before"), orNull(dimension.before)},
                                      {QStringLiteral("after"), orNull(dimension.after)}});
    }
    const QJsonObject document{
        {QStringLiteral("schema"), QStringLiteral("bothways/1")},
        {QStringLiteral("before"), sessionObject(comparison.before)},
        {QStringLiteral("after"), sessionObject(comparison.after)},
        {QStringLiteral("same_target"), comparison.sameTarget},
        {QStringLiteral("differs"), comparison.differs()},
        {QStringLiteral("headline"), comparison::headlineOf(comparison)},
        {QStringLiteral("summary"), comparison::summaryOf(comparison)},
        {QStringLiteral("cautions"), QJsonArray::fromStringList(comparison.cautions)},
        {QStringLiteral("parts"), parts},
        {QStringLiteral("measured"), measured},
        {QStringLiteral("score"), QJsonObject{{QStringLiteral("before"), orNull(comparison.scoreBefore)},
                                              {QStringLiteral("after"), orNull(comparison.scoreAfter)},
                                              {QStringLiteral("dimensions"), dimensions}}},
    };
    return QJsonDocument(document).toJson(QJsonDocument::Indented);
}

} // namespace bothways::report
