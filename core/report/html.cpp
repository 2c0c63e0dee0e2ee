// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/assessment_shown.h"
#include "report/conclusion.h"
#include "report/format.h"
#include "report/html_parts.h"
#include "report/html_style.h"
#include "report/journeys_shown.h"
#include "report/topology.h"

#include "evidence/punctuation.h"
#include "evidence/text.h"

#include <QCryptographicHash>
#include <QLocale>

#include <algorithm>

namespace bothways::report {
namespace {

template <typename Cell>
QString tableCell(const std::optional<Cell> &cell)
{
    const auto text = cellText(cell);
    return QStringLiteral("<td>%1<span class=\"facts\">%2</span></td>")
        .arg(stateLabel(moodOf(cell), text.state), safe(text.facts));
}

template <typename Cell>
QString tableRow(const QString &title, const checks::BothDirections<Cell> &cells)
{
    return QStringLiteral("<tr><th scope=\"row\">%1</th>%2%3</tr>")
        .arg(safe(title), tableCell(cells.hostToVm), tableCell(cells.vmToHost));
}

QString symptomSection(const checks::Symptom &symptom)
{
    QString html =
        QStringLiteral("<h2>%1</h2><div class=\"card\"><table class=\"symptom\"><thead><tr><td></td><th scope=\"col\">%2</th><th "
                       "scope=\"col\">%3</th></tr></thead><tbody>")
            .arg(safe(translate("report", "Symptom")), safe(translate("report", "This host to the VM")),
                 safe(translate("report", "The VM to this host")));
    html += tableRow(translate("report", "ICMP echo"), symptom.icmp);
    html += tableRow(translate("report", "TCP connect"), symptom.tcp);
    html += tableRow(translate("report", "ARP request"), symptom.arp);
    html += tableRow(translate("report", "ARP cache"), symptom.arpCache);
    html += QStringLiteral("</tbody></table></div>");
    return symptom.explanation.isEmpty() ? html : html + element("p", "note", safe(symptom.explanation));
}

QString reasonList(const QString &label, const std::vector<diagnosis::Reason> &reasons)
{
    if (reasons.empty()) {
        return {};
    }
    QString html = QStringLiteral("<div><p class=\"label\">%1</p><ul>").arg(safe(label));
    for (const auto &reason : reasons) {
        html += QStringLiteral("<li>%1 <span class=\"grey\">%2</span></li>").arg(safe(reason.text), safe(reason.check));
    }
    return html + QStringLiteral("</ul></div>");
}

QString topologySection(const evidence::Evidence &evidence, const Conclusion &conclusion)
{
    const auto topology = topologyOf(evidence, conclusion);
    return QStringLiteral("<h2>%1</h2><div class=\"card\"><h3>%2</h3>%3</div>")
        .arg(safe(translate("report", "Topology")), safe(topology.sentence), toSvg(topology));
}

Mood moodOf(checks::JourneyEnd end)
{
    switch (end) {
    case checks::JourneyEnd::Answered:
        return Mood::Good;
    case checks::JourneyEnd::Refused:
        return Mood::Caution;
    case checks::JourneyEnd::Lost:
        return Mood::Bad;
    case checks::JourneyEnd::Open:
        break;
    }
    return Mood::NotMeasured;
}

QString groupRow(const JourneyLine &group)
{
    return QStringLiteral("<tr><td>%1</td><td>%2</td></tr>")
        .arg(stateLabel(moodOf(group.end), word(group.end)), safe(shortened(describe(group))));
}

QString pointRow(const PointLine &point)
{
    return QStringLiteral("<tr><th scope=\"row\" class=\"mono\">%1</th><td class=\"grey\">%2</td><td>%3</td></tr>")
        .arg(safe(shortened(point.name)), safe(point.caption),
             stateLabel(point.whole    ? Mood::Good
                        : point.opened ? Mood::Caution
                                       : Mood::NotMeasured,
                        shortened(describe(point))));
}

QString journeysSection(const Journeys &journeys)
{
    if (journeys.access == evidence::Access::NotTried) {
        return {};
    }
    QString html = QStringLiteral("<h2>%1</h2>").arg(safe(translate("report", "Journeys of packets")));
    for (const auto *group : decisive(journeys)) {
        html += QStringLiteral("<div class=\"card\"><h3>%1</h3>%2<p class=\"grey\">%3</p></div>")
                    .arg(safe(shortened(describe(*group))), toSvg(group->timeline), safe(shortened(group->timeline.sentence)));
    }
    QString rows;
    const auto shown = std::min(journeys.groups.size(), mostJourneyRows);
    for (std::size_t i = 0; i < shown; ++i) {
        rows += groupRow(journeys.groups[i]);
    }
    if (!rows.isEmpty()) {
        html += QStringLiteral("<div class=\"card\"><table class=\"untested\"><tbody>%1</tbody></table></div>").arg(rows);
    }
    rows.clear();
    for (const auto &point : shownPoints(journeys)) {
        rows += pointRow(point);
    }
    if (!rows.isEmpty()) {
        html += QStringLiteral(
                    "<div class=\"card\"><p class=\"label\">%1</p><table class=\"untested\"><tbody>%2</tbody></table></div>")
                    .arg(safe(translate("report", "Where frames were captured")), rows);
    }
    const auto rest = notShown(journeys);
    return rest.isEmpty() ? html : html + element("p", "note", safe(rest));
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
    return element("span", css, safe(word(grade)));
}

QString causeCard(const diagnosis::Cause &cause)
{
    QString html =
        QStringLiteral("<article class=\"card\"><div class=\"row\"><h3>%1</h3>%2<span class=\"end grey\">%3</span></div>")
            .arg(safe(diagnosis::title(cause.id, cause.variant)), gradeLabel(cause.grade), safe(percent(cause.probability)));
    if (cause.object) {
        html += element("p", "object mono", safe(checks::describe(*cause.object)));
    }
    html += QStringLiteral("<div class=\"two\">%1%2</div>")
                .arg(reasonList(translate("report", "Speaks for it"), cause.supporting),
                     reasonList(translate("report", "Speaks against it"), cause.opposing));
    if (!cause.decidedBy.isEmpty()) {
        html += element("p", "grey", safe(translate("report", "What would decide it: %1").arg(cause.decidedBy)));
    }
    return html + QStringLiteral("</article>");
}

QString causesSection(const diagnosis::Diagnosis &diagnosis)
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
                        .arg(safe(diagnosis::title(cause.id, cause.variant)), safe(why));
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
    switch (risk) {
    case remedy::Risk::Low:
        return element("span", "chip good", safe(translate("report", "low risk")));
    case remedy::Risk::Medium:
        return element("span", "chip caution", safe(translate("report", "medium risk")));
    case remedy::Risk::High:
        break;
    }
    return element("span", "chip bad", safe(translate("report", "high risk")));
}

QString remedyCard(int number, const remedy::Remedy &remedy)
{
    QString html =
        QStringLiteral("<article class=\"card\"><div class=\"numbered\"><span class=\"number\">%1</span><h3>%2</h3></div>"
                       "<div class=\"row\"><span class=\"chip\">%3</span>%4<span class=\"grey\">%5</span></div>")
            .arg(QString::number(number), safe(remedy.title), safe(title(remedy.where)), riskLabel(remedy.risk),
                 safe(remedy.persistent ? translate("report", "kept after reboot") : translate("report", "until reboot")));
    html += element("p", "grey", safe(remedy.changes));
    html += QStringLiteral("<div class=\"blocks\">%1%2%3</div></article>")
                .arg(commandBlock(doLabel(remedy), remedy.commands),
                     commandBlock(translate("report", "Undo, at the same place"), remedy.undo),
                     commandBlock(translate("report", "Verify, on this host"), remedy.verify));
    return html;
}

QString remediesSection(const Conclusion &conclusion)
{
    QString html = QStringLiteral("<h2>%1</h2>").arg(safe(translate("report", "Fix")));
    if (conclusion.remedies.empty()) {
        return html + element("p", "grey", safe(nothingToFix(conclusion.diagnosis.status)));
    }
    int number = 0;
    for (const auto &remedy : conclusion.remedies) {
        html += remedyCard(++number, remedy);
    }
    return html;
}

QString findingDetails(const checks::Finding &finding)
{
    QString html =
        QStringLiteral("<details><summary>%1<span class=\"mono\">%2</span><span>%3</span></summary><div class=\"inside\">")
            .arg(stateLabel(statusMood(finding.status), word(finding.status)), safe(finding.id), safe(finding.summary));
    const auto *check = checks::find(finding.id);
    if (check != nullptr) {
        html += element("p", "grey", safe(checks::question(*check)));
    }
    const QString reason = reasonOf(finding);
    if (!reason.isEmpty()) {
        html += QStringLiteral("<p>%1</p>").arg(safe(reason));
    }
    for (const auto &item : finding.evidence) {
        html += QStringLiteral("<p class=\"label\">%1 %2</p><pre>%3</pre>")
                    .arg(safe(item.source), safe(rfc3339(item.at)), safe(excerpt(item.text), true));
    }
    if (check != nullptr && !checks::cannotSee(*check).isEmpty()) {
        html += element("p", "grey", safe(translate("report", "What it cannot see: %1").arg(checks::cannotSee(*check))));
    }
    return html + QStringLiteral("</div></details>");
}

QString checksSection(const std::vector<checks::Finding> &findings)
{
    QString html = QStringLiteral("<h2>%1</h2>").arg(safe(translate("report", "Checks")));
    QString chapter;
    QString inside;
    const auto flush = [&] {
        if (!inside.isEmpty()) {
            html += QStringLiteral("<section class=\"card\"><h3>%1</h3>%2</section>").arg(safe(chapter), inside);
            inside.clear();
        }
    };
    for (const auto &finding : findings) {
        if (!isBuilt(finding)) {
            continue;
        }
        const auto *check = checks::find(finding.id);
        const QString title = check == nullptr ? QString() : checks::name(check->chapter);
        if (title != chapter) {
            flush();
            chapter = title;
        }
        inside += findingDetails(finding);
    }
    flush();
    return html;
}

QString notTestedSection(const std::vector<checks::Finding> &findings)
{
    const auto untested = report::untested(findings);
    QString rows;
    for (const auto *finding : untested.couldNot) {
        rows += QStringLiteral("<tr><th scope=\"row\" class=\"mono\">%1</th><td>%2 <span class=\"grey\">%3</span></td></tr>")
                    .arg(safe(finding->id), safe(finding->summary), safe(reasonOf(*finding)));
    }
    if (rows.isEmpty() && untested.notBuilt.isEmpty()) {
        return {};
    }
    QString html =
        QStringLiteral("<h2>%1</h2>").arg(safe(translate("report", "What could not be tested, and what would enable it")));
    if (!rows.isEmpty()) {
        html += QStringLiteral("<div class=\"card\"><table class=\"untested\"><tbody>%1</tbody></table></div>").arg(rows);
    }
    return untested.notBuilt.isEmpty() ? html : html + element("p", "note", safe(untested.notBuilt));
}

QString headSection(const evidence::Evidence &evidence, const Conclusion &conclusion)
{
    const auto &target = evidence.target;
    QString html = QStringLiteral("<header><div class=\"target\"><b>%1</b>").arg(safe(targetName(target)));
    const QString kind = QStringList{target.hypervisor, target.mode, target.network}.join(u' ').simplified();
    if (!kind.isEmpty()) {
        html += element("span", "chip", safe(kind));
    }
    html += element("span", "mono", safe(hostEnd(target) + QStringLiteral(" \u21c4 ") + vmEnd(target)));
    html += QStringLiteral("</div><h1>%1</h1>").arg(safe(conclusion.diagnosis.headline));
    html += element("p", "sub", safe(asSentence(title(conclusion.symptom.signature))));
    if (evidence.interrupted) {
        html += element("p", "caution",
                        safe(translate("report", "The run was stopped before its end: what was measured until then is here.")));
    }
    return html + QStringLiteral("</header>");
}

QString footer(const evidence::Evidence &evidence)
{
    return QStringLiteral("<footer><p>%1</p><p>%2</p></footer>")
        .arg(safe(translate("report",
                            "Commands for Linux are POSIX shell and run as root; each undo restores what was there before.")),
             safe(translate("report", "%1 %2 on %3. Started %4, finished %5 (UTC).")
                      .arg(evidence.tool.name, evidence.tool.version, evidence.tool.platform, rfc3339(evidence.started),
                           rfc3339(evidence.finished))));
}

/// The language of the page's own words: that of the translation in use, which carries its code as this text's translation.
QString languageCode() { return translate("report", "en", "the BCP 47 code of this translation, such as zh-CN"); }

} // namespace

QByteArray toHtml(const evidence::Evidence &evidence, const Conclusion &conclusion)
{
    const QByteArray hash = QCryptographicHash::hash(QByteArray(copyScript), QCryptographicHash::Sha256).toBase64();
    QString html = QStringLiteral("<!doctype html>\n<html lang=\"%1\"><head><meta charset=\"utf-8\">").arg(safe(languageCode()));
    html +=
        QStringLiteral("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; "
                       "script-src 'sha256-%1'; base-uri 'none'; form-action 'none'\">")
            .arg(QString::fromLatin1(hash));
    html +=
        QStringLiteral(
            "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>%1</title><style>%2</style></head>")
            .arg(safe(QStringLiteral("Bothways: ") + conclusion.diagnosis.headline),
                 QLatin1String(styleSheet) + svgStyle() + timelineStyle());
    html += QStringLiteral("<body data-copy=\"%1\" data-copied=\"%2\"><main>")
                .arg(safe(translate("report", "Copy")), safe(translate("report", "Copied")));
    html += headSection(evidence, conclusion);
    html += symptomSection(conclusion.symptom);
    html += topologySection(evidence, conclusion);
    html += journeysSection(journeysOf(evidence));
    html += causesSection(conclusion.diagnosis);
    html += remediesSection(conclusion);
    html += assessmentHtml(conclusion.assessment);
    html += notTestedSection(conclusion.findings);
    html += checksSection(conclusion.findings);
    html += footer(evidence);
    html += QStringLiteral("</main><script>%1</script></body></html>\n").arg(QLatin1String(copyScript));
    return html.toUtf8();
}

} // namespace bothways::report
