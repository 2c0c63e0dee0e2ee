// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/assessment_shown.h"

#include "report/journeys_shown.h"
#include "report/markdown_parts.h"

#include "evidence/punctuation.h"
#include "evidence/text.h"

#include <QJsonArray>

#include <cmath>

namespace bothways::report {

namespace {

QString inputText(const watch::Input &input)
{
    return translate("report", "%1: %2, which gives %3 points")
        .arg(input.title, watch::shown(input), QString::number(watch::wholePoints(input.points)));
}

QJsonObject inputObject(const watch::Input &input)
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

QString markdownInputs(const watch::Rating &rating)
{
    QString out;
    for (const auto &input : rating.inputs) {
        const auto source = input.source.isEmpty() ? QString() : QStringLiteral(" (%1)").arg(inlineText(shortened(input.source)));
        out += QStringLiteral("  - %1%2. %3\n").arg(inlineText(inputText(input)), source, inlineText(asSentence(input.formula)));
    }
    for (const auto &missing : rating.missing) {
        out += QStringLiteral("  - %1\n").arg(inlineText(labelled(translate("report", "Not measured"), missing)));
    }
    return out;
}

} // namespace

Mood moodOf(double points) { return points >= 90 ? Mood::Good : points >= 50 ? Mood::Caution : Mood::Bad; }

QString scoreText(const std::optional<int> &score)
{
    return score ? translate("report", "%1 of 100").arg(*score)
                 : translate("report", "Nothing was measured that a score could rest on.");
}

QJsonObject assessmentObject(const watch::Assessment &assessment)
{
    QJsonArray measured;
    QJsonArray leftOut;
    for (const auto &rating : assessment.ratings) {
        const auto id = watch::name(rating.dimension);
        if (!rating.points) {
            leftOut.append(QJsonObject{{QStringLiteral("id"), id}, {QStringLiteral("reason"), rating.leftOut}});
            continue;
        }
        QJsonArray inputs;
        for (const auto &input : rating.inputs) {
            inputs.append(inputObject(input));
        }
        measured.append(QJsonObject{{QStringLiteral("id"), id},
                                    {QStringLiteral("title"), watch::title(rating.dimension)},
                                    {QStringLiteral("score"), watch::wholePoints(*rating.points)},
                                    {QStringLiteral("weight"), watch::weightOf(rating.dimension)},
                                    {QStringLiteral("formula"), watch::formula(rating.dimension)},
                                    {QStringLiteral("inputs"), inputs},
                                    {QStringLiteral("not_measured"), QJsonArray::fromStringList(rating.missing)}});
    }
    const auto score = assessment.score();
    return {{QStringLiteral("score"), score ? QJsonValue(*score) : QJsonValue()},
            {QStringLiteral("formula"), watch::formula()},
            {QStringLiteral("dimensions"), measured},
            {QStringLiteral("left_out"), leftOut}};
}

QString assessmentMarkdown(const watch::Assessment &assessment)
{
    QString out = QStringLiteral("## %1\n\n**%2** %3\n\n")
                      .arg(inlineText(labelled(translate("report", "Score"), scoreText(assessment.score()))),
                           inlineText(translate("report", "How it is made.")), inlineText(watch::formula()));
    for (const auto &rating : assessment.ratings) {
        const auto points = rating.points ? scoreText(watch::wholePoints(*rating.points)) : translate("report", "left out");
        const auto rest = rating.points ? watch::formula(rating.dimension) : rating.leftOut;
        out +=
            QStringLiteral("- **%1** %2\n").arg(inlineText(labelled(watch::title(rating.dimension), points)), inlineText(rest));
        out += rating.points ? markdownInputs(rating) : QString();
    }
    return out + u'\n';
}

QStringList assessmentLines(const watch::Assessment &assessment)
{
    QStringList lines{scoreText(assessment.score())};
    for (const auto &rating : assessment.ratings) {
        if (!rating.points) {
            continue;
        }
        lines << translate("report", "%1: %2 (weight %3)")
                     .arg(watch::title(rating.dimension), scoreText(watch::wholePoints(*rating.points)))
                     .arg(watch::weightOf(rating.dimension));
        for (const auto &input : rating.inputs) {
            if (input.points < 100) {
                lines << QStringLiteral("  - %1").arg(shortened(inputText(input)));
            }
        }
    }
    for (const auto &rating : assessment.ratings) {
        if (!rating.points) {
            lines << translate("report", "%1 is left out. %2").arg(watch::title(rating.dimension), rating.leftOut);
        }
    }
    return lines;
}

} // namespace bothways::report
