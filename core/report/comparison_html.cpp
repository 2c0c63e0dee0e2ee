// SPDX-License-Identifier: GPL-3.0-or-later
#include "comparison/comparison.h"
#include "comparison/comparison_parts.h"
#include "report/html_page.h"
#include "report/html_parts.h"
#include "report/score_parts.h"
#include "shown/journeys_shown.h"

#include "report/writers.h"
#include "shown/terms.h"
#include "words/punctuation.h"
#include "words/text.h"

namespace bothways::report {

namespace {

QString cell(const QString &text) { return safe(shown::shortened(text)); }

shown::Mood verdictMood(const QString &status)
{
    return status == diagnosis::name(diagnosis::Status::NoFault) ? shown::Mood::Good
           : status == diagnosis::name(diagnosis::Status::Fault) ? shown::Mood::Bad
                                                                 : shown::Mood::Caution;
}

shown::Mood tendencyMood(comparison::Tendency tendency)
{
    return tendency == comparison::Tendency::Better  ? shown::Mood::Good
           : tendency == comparison::Tendency::Worse ? shown::Mood::Bad
                                                     : shown::Mood::NotMeasured;
}

QString headRow(const QString &first)
{
    return QStringLiteral("<thead><tr><th scope=\"col\">%1</th><th scope=\"col\">%2</th><th scope=\"col\">%3</th></tr></thead>")
        .arg(safe(first), safe(translate("comparison", "Before")), safe(translate("comparison", "After")));
}

QString table(const QString &first, const QString &rows)
{
    return QStringLiteral("<table class=\"pair\">%1<tbody>%2</tbody></table>").arg(headRow(first), rows);
}

QString row(const QString &what, const QString &before, const QString &after)
{
    return QStringLiteral("<tr><th scope=\"row\">%1</th><td>%2</td><td>%3</td></tr>").arg(what, before, after);
}

QString sessionsSection(const comparison::Comparison &comparison)
{
    const auto &was = comparison.before;
    const auto &is = comparison.after;
    QString rows = row(safe(translate("comparison", "VM")), cell(was.target), cell(is.target));
    rows += row(safe(translate("comparison", "Measured on")), cell(was.host), cell(is.host));
    rows +=
        row(safe(translate("comparison", "Started (UTC)")), safe(shown::rfc3339(was.started)), safe(shown::rfc3339(is.started)));
    rows += row(safe(translate("comparison", "Verdict")), stateLabel(verdictMood(was.status), shown::shortened(was.headline)),
                stateLabel(verdictMood(is.status), shown::shortened(is.headline)));
    return QStringLiteral("<div class=\"card\">%1</div>").arg(table({}, rows));
}

QString pointsCell(const std::optional<int> &points)
{
    return points ? stateLabel(shown::moodOf(static_cast<double>(*points)), shown::scoreText(points))
                  : stateLabel(shown::Mood::NotMeasured, translate("comparison", "not measured"));
}

QString scoreSection(const comparison::Comparison &comparison)
{
    QString rows;
    for (const auto &dimension : comparison.dimensions) {
        rows += row(safe(dimension.title), pointsCell(dimension.before), pointsCell(dimension.after));
    }
    rows += row(safe(translate("comparison", "Score")), pointsCell(comparison.before.score), pointsCell(comparison.after.score));
    rows += row(safe(translate("comparison", "Score over what was measured both times")), pointsCell(comparison.scoreBefore),
                pointsCell(comparison.scoreAfter));
    return QStringLiteral("<h2>%1</h2><div class=\"card\">%2</div>")
        .arg(safe(translate("comparison", "Score")), table(translate("comparison", "Dimension"), rows));
}

QString measuredSection(const comparison::Comparison &comparison)
{
    QString rows;
    for (const auto &value : comparison.measured) {
        rows += row(QStringLiteral("%1<span class=\"facts\">%2</span>")
                        .arg(safe(value.title), stateLabel(tendencyMood(value.tendency), word(value.tendency))),
                    safe(value.before),
                    QStringLiteral("%1<span class=\"facts\">%2</span>").arg(safe(value.after), safe(value.sentence)));
    }
    return rows.isEmpty()
               ? QString()
               : QStringLiteral("<h2>%1</h2><div class=\"card\">%2</div>")
                     .arg(safe(translate("comparison", "Loss and round trips")), table(translate("comparison", "What"), rows));
}

QString partCard(const comparison::ComparedPart &part)
{
    // What machines say of themselves is quoted; causes and checks are sentences.
    const bool quotes = part.id != QStringLiteral("causes") && part.id != QStringLiteral("checks");
    const auto value = [quotes](const QString &text) {
        return quotes && !text.isEmpty() ? element("span", "mono", cell(text)) : cell(text);
    };
    QString rows;
    for (const auto &difference : part.differences) {
        rows += row(QStringLiteral("%1 <span class=\"chip\">%2</span>").arg(cell(difference.what), safe(word(difference.change))),
                    value(difference.before), value(difference.after));
    }
    auto html =
        QStringLiteral("<div class=\"card\"><h3>%1</h3>%2").arg(safe(part.title), table(translate("comparison", "What"), rows));
    if (part.leftOut > 0) {
        html += element("p", "note", safe(translate("comparison", "Further differences, not shown: %1.").arg(part.leftOut)));
    }
    if (!part.note.isEmpty()) {
        html += element("p", "note", safe(part.note));
    }
    return html + QStringLiteral("</div>");
}

QString quietTable(const QString &heading, const QString &rows)
{
    return rows.isEmpty()
               ? QString()
               : QStringLiteral("<h2>%1</h2><div class=\"card\"><table class=\"quiet\"><tbody>%2</tbody></table></div>")
                     .arg(safe(heading), rows);
}

QString quietRow(const QString &title, const QString &text)
{
    return QStringLiteral("<tr><th scope=\"row\">%1</th><td class=\"grey\">%2</td></tr>").arg(safe(title), cell(text));
}

} // namespace

QByteArray toHtml(const comparison::Comparison &comparison)
{
    QString html = QStringLiteral("<header><div class=\"target\"><b>%1</b></div><h1>%2</h1><p class=\"sub\">%3</p>")
                       .arg(cell(comparison.after.target), safe(comparison::headlineOf(comparison)),
                            safe(comparison::summaryOf(comparison)));
    for (const auto &caution : comparison.cautions) {
        html += element("p", "caution", cell(caution));
    }
    html += QStringLiteral("</header>") + sessionsSection(comparison) + scoreSection(comparison) + measuredSection(comparison);
    QString changed;
    QString same;
    QString cannot;
    for (const auto &part : comparison.parts) {
        if (!part.cannot.isEmpty()) {
            cannot += quietRow(part.title, part.cannot);
        } else if (part.differences.empty()) {
            same += quietRow(part.title, together(comparison::alike(part), part.note));
        } else {
            changed += partCard(part);
        }
    }
    if (!changed.isEmpty()) {
        html += QStringLiteral("<h2>%1</h2>%2").arg(safe(translate("comparison", "What is different")), changed);
    }
    html += quietTable(translate("comparison", "What could not be compared"), cannot);
    html += quietTable(translate("comparison", "What is the same"), same);
    return htmlPage(QStringLiteral("Bothways: ") + comparison::headlineOf(comparison), html);
}

} // namespace bothways::report
