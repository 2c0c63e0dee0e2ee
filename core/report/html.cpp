// SPDX-License-Identifier: GPL-3.0-or-later
#include "conclusion/conclusion.h"
#include "report/html_page.h"
#include "report/html_parts.h"
#include "report/score_parts.h"
#include "shown/journeys_shown.h"
#include "shown/topology.h"

#include "report/svg.h"
#include "report/writers.h"
#include "shown/terms.h"
#include "words/punctuation.h"
#include "words/text.h"

#include <algorithm>

namespace bothways::report {
namespace {

/// Bytes of a page but for what stands around the evidence quoted in its appendix: a megabyte at most together.
constexpr qsizetype largestPage = 890'000;

template <typename Cell>
QString tableCell(const std::optional<Cell> &cell)
{
    const auto text = shown::cellText(cell);
    return QStringLiteral("<td>%1<span class=\"facts\">%2</span></td>")
        .arg(stateLabel(shown::moodOf(cell), text.state), safe(text.facts));
}

template <typename Cell>
QString tableRow(const QString &title, const facts::BothDirections<Cell> &cells)
{
    return QStringLiteral("<tr><th scope=\"row\">%1</th>%2%3</tr>")
        .arg(safe(title), tableCell(cells.hostToVm), tableCell(cells.vmToHost));
}

QString symptomSection(const facts::Symptom &symptom, const evidence::Told &told)
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
    html += symptom.explanation.isEmpty() ? QString() : element("p", "note", safe(symptom.explanation));
    for (const auto &line : shown::toldLines(told)) {
        html += element("p", "note", safe(line));
    }
    return html;
}

QString topologySection(const conclusion::Conclusion &conclusion)
{
    const auto topology = shown::topologyOf(conclusion);
    return QStringLiteral("<h2>%1</h2><div class=\"card\"><h3>%2</h3>%3</div>")
        .arg(safe(translate("report", "Topology")), safe(topology.sentence), toSvg(drawingOf(topology)));
}

shown::Mood journeyMood(facts::JourneyEnd end)
{
    switch (end) {
    case facts::JourneyEnd::Answered:
        return shown::Mood::Good;
    case facts::JourneyEnd::Refused:
        return shown::Mood::Caution;
    case facts::JourneyEnd::Lost:
        return shown::Mood::Bad;
    case facts::JourneyEnd::Open:
        break;
    }
    return shown::Mood::NotMeasured;
}

QString groupRow(const shown::JourneyLine &group)
{
    return QStringLiteral("<tr><td>%1</td><td>%2</td></tr>")
        .arg(stateLabel(journeyMood(group.end), shown::word(group.end)), safe(shown::shortened(describe(group))));
}

QString pointRow(const shown::PointLine &point)
{
    return QStringLiteral("<tr><th scope=\"row\" class=\"mono\">%1</th><td class=\"grey\">%2</td><td>%3</td></tr>")
        .arg(safe(shown::shortened(point.name)), safe(point.caption),
             stateLabel(point.whole    ? shown::Mood::Good
                        : point.opened ? shown::Mood::Caution
                                       : shown::Mood::NotMeasured,
                        shown::shortened(describe(point))));
}

QString journeysSection(const shown::Journeys &journeys)
{
    if (journeys.access == evidence::Access::NotTried) {
        return {};
    }
    QString html = QStringLiteral("<h2>%1</h2>").arg(safe(translate("report", "Journeys of packets")));
    for (const auto *group : shown::decisive(journeys)) {
        html += QStringLiteral("<div class=\"card\"><h3>%1</h3>%2<p class=\"grey\">%3</p></div>")
                    .arg(safe(shown::shortened(describe(*group))), toSvg(drawingOf(group->timeline)),
                         safe(shown::shortened(group->timeline.sentence)));
    }
    QString rows;
    const auto shown = std::min(journeys.groups.size(), shown::mostJourneyRows);
    for (std::size_t i = 0; i < shown; ++i) {
        rows += groupRow(journeys.groups[i]);
    }
    if (!rows.isEmpty()) {
        html += QStringLiteral("<div class=\"card\"><table class=\"untested\"><tbody>%1</tbody></table></div>").arg(rows);
    }
    rows.clear();
    for (const auto &point : shown::shownPoints(journeys)) {
        rows += pointRow(point);
    }
    if (!rows.isEmpty()) {
        html += QStringLiteral(
                    "<div class=\"card\"><p class=\"label\">%1</p><table class=\"untested\"><tbody>%2</tbody></table></div>")
                    .arg(safe(translate("report", "Where frames were captured")), rows);
    }
    const auto rest = shown::notShown(journeys);
    return rest.isEmpty() ? html : html + element("p", "note", safe(rest));
}

QString headSection(const conclusion::Conclusion &conclusion, Depth depth)
{
    const auto &evidence = conclusion.given->evidence;
    const auto &target = evidence.target;
    QString html = QStringLiteral("<header><div class=\"target\"><b>%1</b>").arg(safe(shown::targetName(target)));
    const QString kind = QStringList{target.hypervisor.word(), target.mode.word(), target.network}.join(u' ').simplified();
    if (!kind.isEmpty()) {
        html += element("span", "chip", safe(kind));
    }
    html += element("span", "mono", safe(shown::hostEnd(target) + QStringLiteral(" \u21c4 ") + shown::vmEnd(target)));
    html += QStringLiteral("</div><h1>%1</h1>").arg(safe(conclusion.diagnosis.headline));
    html += element("p", "sub", safe(asSentence(shown::title(conclusion.given->symptom.signature))));
    html += depth == Depth::Short ? element("p", "grey", safe(shown::shortNote())) : QString();
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
                      .arg(evidence.tool.name, evidence.tool.version, evidence.tool.platform, shown::rfc3339(evidence.started),
                           shown::rfc3339(evidence.finished))));
}

} // namespace

QByteArray toHtml(const conclusion::Conclusion &conclusion, Depth depth)
{
    const auto &evidence = conclusion.given->evidence;
    QString html = headSection(conclusion, depth);
    html += symptomSection(conclusion.given->symptom, evidence.told);
    html += causesHtml(conclusion.diagnosis);
    html += evidenceHtml(conclusion);
    html += notTestedHtml(conclusion.findings);
    html += remediesHtml(conclusion);
    html += chartHtml(conclusion);
    html += topologySection(conclusion);
    html += journeysSection(shown::journeysOf(*conclusion.given));
    if (depth == Depth::Whole) {
        html += assessmentHtml(conclusion.assessment);
        html += hardeningHtml(*conclusion.given);
        html += checksHtml(conclusion.findings, largestPage - html.toUtf8().size());
    }
    html += footer(evidence);
    return htmlPage(QStringLiteral("Bothways: ") + conclusion.diagnosis.headline, html);
}

} // namespace bothways::report
