// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/html_parts.h"
#include "report/score_parts.h"
#include "shown/journeys_shown.h"

#include "shown/terms.h"
#include "words/punctuation.h"
#include "words/text.h"

namespace bothways::report {

namespace {

QString inputItem(const conclusion::Input &input)
{
    const auto facts = input.source.isEmpty()
                           ? asSentence(input.formula)
                           : QStringLiteral("%1 \u00b7 %2").arg(shown::shortened(input.source), asSentence(input.formula));
    return QStringLiteral("<li>%1<span class=\"facts\">%2</span></li>").arg(safe(inputText(input)), safe(facts));
}

QString ratingRow(const conclusion::Rating &rating)
{
    QString items;
    for (const auto &input : rating.points ? rating.inputs : std::vector<conclusion::Input>()) {
        items += inputItem(input);
    }
    for (const auto &missing : rating.points ? rating.missing : QStringList()) {
        items += QStringLiteral("<li><span class=\"grey\">%1</span></li>")
                     .arg(safe(labelled(translate("report", "Not measured"), missing)));
    }
    const auto state = rating.points
                           ? stateLabel(shown::moodOf(*rating.points), shown::scoreText(conclusion::wholePoints(*rating.points)))
                           : stateLabel(shown::Mood::NotMeasured, translate("report", "left out"));
    const auto weight = translate("report", "weight %1").arg(conclusion::weightOf(rating.dimension));
    return QStringLiteral("<tr><th scope=\"row\">%1<span class=\"facts\">%2</span></th><td>%3</td><td>%4%5</td></tr>")
        .arg(safe(conclusion::title(rating.dimension)), safe(weight), state,
             safe(rating.points ? conclusion::formula(rating.dimension) : rating.leftOut),
             items.isEmpty() ? QString() : QStringLiteral("<ul>%1</ul>").arg(items));
}

} // namespace

QString assessmentHtml(const conclusion::Assessment &assessment)
{
    QString rows;
    for (const auto &rating : assessment.ratings) {
        rows += ratingRow(rating);
    }
    return QStringLiteral(
               "<h2>%1</h2><div class=\"card\"><h3>%2</h3><p class=\"grey\">%3</p><table class=\"score\"><tbody>%4</tbody>"
               "</table></div>")
        .arg(safe(translate("report", "Score")), safe(shown::scoreText(assessment.score())), safe(conclusion::formula()), rows);
}

} // namespace bothways::report
