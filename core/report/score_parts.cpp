// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/score_parts.h"

#include "shown/journeys_shown.h"

#include "shown/terms.h"
#include "words/punctuation.h"
#include "words/text.h"

#include <QJsonArray>

#include <cmath>

namespace bothways::report {

namespace {

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

} // namespace

QString inputText(const conclusion::Input &input)
{
    return translate("report", "%1: %2, which gives %3 points")
        .arg(input.title, conclusion::shown(input), QString::number(conclusion::wholePoints(input.points)));
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

QStringList assessmentLines(const conclusion::Assessment &assessment)
{
    QStringList lines{shown::scoreText(assessment.score())};
    for (const auto &rating : assessment.ratings) {
        if (!rating.points) {
            continue;
        }
        lines << translate("report", "%1: %2 (weight %3)")
                     .arg(conclusion::title(rating.dimension), shown::scoreText(conclusion::wholePoints(*rating.points)))
                     .arg(conclusion::weightOf(rating.dimension));
        for (const auto &input : rating.inputs) {
            if (input.points < 100) {
                lines << QStringLiteral("  - %1").arg(shown::shortened(inputText(input)));
            }
        }
    }
    for (const auto &rating : assessment.ratings) {
        if (!rating.points) {
            lines << translate("report", "%1 is left out. %2").arg(conclusion::title(rating.dimension), rating.leftOut);
        }
    }
    return lines;
}

} // namespace bothways::report
