// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/html_parts.h"
#include "shown/journeys_shown.h"

#include "conclusion/conclusion.h"
#include "shown/terms.h"
#include "words/numbers.h"
#include "words/text.h"

namespace bothways::report {
namespace {

QString reasonList(const QString &label, const std::vector<diagnosis::Reason> &reasons)
{
    if (reasons.empty()) {
        return {};
    }
    QString html = QStringLiteral("<div><p class=\"label\">%1</p><ul>").arg(safe(label));
    for (const auto &reason : reasons) {
        html += QStringLiteral("<li>%1 <span class=\"grey\">%2</span></li>")
                    .arg(safe(shown::shortened(reason.text)), safe(reason.check));
    }
    return html + QStringLiteral("</ul></div>");
}

QString gradeLabel(diagnosis::Grade grade)
{
    const char *css = "chip";
    switch (grade) {
    case diagnosis::Grade::Proven:
        css = "chip bad";
        break;
    case diagnosis::Grade::Probable:
        css = "chip caution";
        break;
    case diagnosis::Grade::Possible:
        break;
    case diagnosis::Grade::RuledOut:
        css = "chip good";
        break;
    }
    return element("span", css, safe(shown::word(grade)));
}

QString causeCard(const diagnosis::Cause &cause)
{
    QString html =
        QStringLiteral("<article class=\"card\"><div class=\"row\"><h3>%1</h3>%2<span class=\"end grey\">%3</span></div>")
            .arg(safe(shown::shortened(diagnosis::title(cause.id, cause.variant))), gradeLabel(cause.grade),
                 safe(percent(cause.probability)));
    if (cause.object) {
        html += element("p", "object mono", safe(shown::excerpt(facts::describe(*cause.object))));
    }
    html += QStringLiteral("<div class=\"two\">%1%2</div>")
                .arg(reasonList(translate("report", "Speaks for it"), cause.supporting),
                     reasonList(translate("report", "Speaks against it"), cause.opposing));
    if (!cause.decidedBy.isEmpty()) {
        html += element("p", "grey", safe(translate("report", "What would decide it: %1").arg(cause.decidedBy)));
    }
    return html + QStringLiteral("</article>");
}

} // namespace

QString causesHtml(const diagnosis::Diagnosis &diagnosis)
{
    QString open;
    QString ruledOut;
    for (const auto &cause : diagnosis.causes) {
        if (cause.grade != diagnosis::Grade::RuledOut) {
            open += causeCard(cause);
            continue;
        }
        const QString why = cause.opposing.empty() ? QString() : cause.opposing.front().text;
        ruledOut += QStringLiteral("<tr><th scope=\"row\">%1</th><td class=\"grey\">%2</td></tr>")
                        .arg(safe(diagnosis::title(cause.id, cause.variant)), safe(shown::shortened(why)));
    }
    QString html = QStringLiteral("<h2>%1</h2>").arg(safe(translate("report", "Diagnosis")));
    html += open.isEmpty() ? element("p", "grey", safe(translate("report", "No cause is left."))) : open;
    if (!ruledOut.isEmpty()) {
        html +=
            QStringLiteral("<div class=\"card\"><p class=\"label\">%1</p><table class=\"quiet\"><tbody>%2</tbody></table></div>")
                .arg(safe(translate("report", "Ruled out")), ruledOut);
    }
    return html;
}

namespace {

QString commandBlock(const QString &label, const QStringList &commands)
{
    if (commands.isEmpty()) {
        return {};
    }
    return QStringLiteral("<div><p class=\"label\">%1</p><pre data-copy>%2</pre></div>")
        .arg(safe(label), safe(commands.join(u'\n'), true));
}

QString riskLabel(remedy::Risk risk)
{
    const char *css = risk == remedy::Risk::Low ? "chip good" : risk == remedy::Risk::Medium ? "chip caution" : "chip bad";
    return element("span", css, safe(shown::word(risk)));
}

QString remedyCard(int number, const remedy::Remedy &remedy)
{
    QString html =
        QStringLiteral("<article class=\"card\"><div class=\"numbered\"><span class=\"number\">%1</span><h3>%2</h3></div>"
                       "<div class=\"row\"><span class=\"chip\">%3</span>%4<span class=\"grey\">%5</span></div>")
            .arg(QString::number(number), safe(remedy.title), safe(shown::title(remedy.where)), riskLabel(remedy.risk),
                 safe(shown::lasting(remedy)));
    html += element("p", "grey", safe(remedy.changes));
    html += QStringLiteral("<div class=\"blocks\">%1%2%3</div></article>")
                .arg(commandBlock(shown::doLabel(remedy), remedy.commands),
                     commandBlock(translate("report", "Undo, at the same place"), remedy.undo),
                     commandBlock(translate("report", "Verify, on this host"), remedy.verify));
    return html;
}

} // namespace

QString remediesHtml(const conclusion::Conclusion &conclusion)
{
    QString html = QStringLiteral("<h2>%1</h2>").arg(safe(translate("report", "Fix")));
    if (conclusion.remedies.empty()) {
        return html + element("p", "grey", safe(shown::nothingToFix(conclusion.diagnosis.status)));
    }
    int number = 0;
    for (const auto &remedy : conclusion.remedies) {
        html += remedyCard(++number, remedy);
    }
    return html;
}

} // namespace bothways::report
