// SPDX-License-Identifier: GPL-3.0-or-later
#include "conclusion/conclusion.h"
#include "report/markdown_parts.h"
#include "report/score_parts.h"
#include "shown/journeys_shown.h"
#include "shown/terms.h"

#include "report/report.h"
#include "words/punctuation.h"
#include "words/text.h"

#include <algorithm>

namespace bothways::report {
namespace {

template <typename Cell>
QString tableRow(const QString &title, const facts::BothDirections<Cell> &cells)
{
    return QStringLiteral("| %1 | %2 | %3 |\n")
        .arg(inlineText(title), inlineText(shown::describe(cells.hostToVm)), inlineText(shown::describe(cells.vmToHost)));
}

QString symptom(const facts::Symptom &symptom, const evidence::Told &told)
{
    QString out = QStringLiteral("## %1\n\n|  | %2 | %3 |\n|---|---|---|\n")
                      .arg(inlineText(translate("report", "Symptom")), inlineText(translate("report", "This host to the VM")),
                           inlineText(translate("report", "The VM to this host")));
    out += tableRow(translate("report", "ICMP echo"), symptom.icmp);
    out += tableRow(translate("report", "TCP connect"), symptom.tcp);
    out += tableRow(translate("report", "ARP request"), symptom.arp);
    out += tableRow(translate("report", "ARP cache"), symptom.arpCache);
    out += QStringLiteral("\n%1\n\n").arg(inlineText(together(asSentence(shown::title(symptom.signature)), symptom.explanation)));
    for (const auto &line : shown::toldLines(told)) {
        out += inlineText(line) + QStringLiteral("\n\n");
    }
    return out;
}

QString reasons(const QString &label, const std::vector<diagnosis::Reason> &list)
{
    QString out;
    for (const auto &reason : list) {
        out += QStringLiteral("- %1 (%2)\n").arg(labelled(inlineText(label), inlineText(reason.text)), inlineText(reason.check));
    }
    return out;
}

QString cause(const diagnosis::Cause &cause)
{
    QString out = QStringLiteral("### %1\n\n")
                      .arg(inlineText(translate("report", "%1: %2, %3")
                                          .arg(diagnosis::title(cause.id, cause.variant), shown::word(cause.grade),
                                               shown::percent(cause.probability))));
    if (cause.object) {
        out += fenced(facts::describe(*cause.object)) + u'\n';
    }
    out += reasons(translate("report", "Speaks for it"), cause.supporting);
    out += reasons(translate("report", "Speaks against it"), cause.opposing);
    if (!cause.decidedBy.isEmpty()) {
        out += QStringLiteral("\n%1\n").arg(inlineText(translate("report", "What would decide it: %1").arg(cause.decidedBy)));
    }
    return out + u'\n';
}

QString causes(const diagnosis::Diagnosis &diagnosis)
{
    QString open;
    QString ruledOut;
    for (const auto &candidate : diagnosis.causes) {
        if (candidate.grade != diagnosis::Grade::RuledOut) {
            open += cause(candidate);
            continue;
        }
        const auto why = candidate.opposing.empty() ? QString() : shown::shortened(candidate.opposing.front().text);
        ruledOut += QStringLiteral("- %1\n").arg(inlineText(labelled(diagnosis::title(candidate.id, candidate.variant), why)));
    }
    QString out = QStringLiteral("## %1\n\n").arg(inlineText(translate("report", "Diagnosis")));
    out += open.isEmpty() ? inlineText(translate("report", "No cause is left.")) + QStringLiteral("\n\n") : open;
    return ruledOut.isEmpty()
               ? out
               : out + QStringLiteral("### %1\n\n%2\n").arg(inlineText(translate("report", "Ruled out")), ruledOut);
}

/// A row a sighting, in the order in which they were made.
QString timeline(const shown::Timeline &timeline)
{
    struct Row {
        qint64 since;
        QString line;
    };
    std::vector<Row> rows;
    for (const auto &pass : timeline.passes) {
        for (const auto &seen : pass.sightings) {
            const auto &station = timeline.stations[static_cast<std::size_t>(seen.station)];
            rows.push_back({seen.sinceNs, QStringLiteral("| +%1 | %2 | %3 |\n")
                                              .arg(shown::duration(seen.sinceNs), inlineText(pass.word),
                                                   inlineText(shown::shortened(station.name)))});
        }
    }
    std::stable_sort(rows.begin(), rows.end(), [](const Row &one, const Row &other) { return one.since < other.since; });
    QString out;
    for (const auto &row : rows) {
        out += row.line;
    }
    if (timeline.loss) {
        const auto &loss = *timeline.loss;
        const auto name = [&](int station) {
            return shown::shortened(timeline.stations[static_cast<std::size_t>(station)].name);
        };
        const auto place = loss.to < 0 ? translate("report", "after %1").arg(name(loss.from))
                                       : translate("report", "%1 to %2").arg(name(loss.from), name(loss.to));
        out += QStringLiteral("| \u2715 | **%1** | %2 |\n").arg(inlineText(loss.words), inlineText(place));
    }
    return out.isEmpty() ? out
                         : QStringLiteral("| %1 | %2 | %3 |\n|---|---|---|\n%4\n")
                               .arg(inlineText(translate("report", "Time")), inlineText(translate("report", "What")),
                                    inlineText(translate("report", "Where")), out);
}

QString journeys(const shown::Journeys &journeys, Drawings drawings)
{
    if (journeys.access == evidence::Access::NotTried) {
        return {};
    }
    QString out = QStringLiteral("## %1\n\n").arg(inlineText(translate("report", "Journeys of packets")));
    const auto shown = std::min(journeys.groups.size(), shown::mostJourneyRows);
    for (std::size_t i = 0; i < shown; ++i) {
        out += QStringLiteral("- %1\n").arg(inlineText(shown::shortened(describe(journeys.groups[i]))));
    }
    out += shown > 0 ? QStringLiteral("\n") : QString();
    int number = 0;
    for (const auto *group : shown::decisive(journeys)) {
        out += inlineText(shown::shortened(group->timeline.sentence)) + QStringLiteral("\n\n");
        out += drawings == Drawings::Yes ? drawing(QStringLiteral("journey%1").arg(++number)) : timeline(group->timeline);
    }
    QString points;
    for (const auto &point : shown::shownPoints(journeys)) {
        points += QStringLiteral("| %1 | %2 | %3 |\n")
                      .arg(inlineText(shown::shortened(point.name)), inlineText(point.caption),
                           inlineText(shown::shortened(describe(point))));
    }
    if (!points.isEmpty()) {
        out += QStringLiteral("| %1 | %2 | %3 |\n|---|---|---|\n%4\n")
                   .arg(inlineText(translate("report", "Captured at")), inlineText(translate("report", "What it is")),
                        inlineText(translate("report", "What it caught")), points);
    }
    const auto rest = shown::notShown(journeys);
    return rest.isEmpty() ? out : out + inlineText(rest) + QStringLiteral("\n\n");
}

QString block(const QString &label, const QStringList &commands, const QString &language)
{
    return commands.isEmpty()
               ? QString()
               : QStringLiteral("%1\n\n%2\n").arg(inlineText(labelled(label, {})), fenced(commands.join(u'\n'), language));
}

QString remedies(const conclusion::Conclusion &conclusion)
{
    QString out = QStringLiteral("## %1\n\n").arg(inlineText(translate("report", "Fix")));
    if (conclusion.remedies.empty()) {
        out += inlineText(shown::nothingToFix(conclusion.diagnosis.status)) + QStringLiteral("\n\n");
    }
    int number = 0;
    for (const auto &remedy : conclusion.remedies) {
        const QString shell = remedy.shell == remedy::Shell::Bash ? QStringLiteral("sh") : remedy::name(remedy.shell);
        const auto traits =
            clauses({shown::title(remedy.where), shown::word(remedy.risk),
                     remedy.persistent ? translate("report", "kept after reboot") : translate("report", "until reboot")});
        out += QStringLiteral("### %1. %2\n\n%3\n\n%4\n\n")
                   .arg(QString::number(++number), inlineText(remedy.title), inlineText(asSentence(traits)),
                        inlineText(remedy.changes));
        out += block(shown::doLabel(remedy), remedy.commands, shell);
        out += block(translate("report", "Undo, at the same place"), remedy.undo, shell);
        out += block(translate("report", "Verify, on this host"), remedy.verify, QString());
    }
    return out;
}

} // namespace

QString drawing(const QString &name) { return QStringLiteral("![%1](drawing:%1)\n\n").arg(name); }

QString markdownOf(const conclusion::Conclusion &conclusion, Drawings drawings, Depth depth)
{
    const auto &evidence = conclusion.given->evidence;
    const auto &target = evidence.target;
    QString out = QStringLiteral("# %1\n\n%2\n\n")
                      .arg(inlineText(conclusion.diagnosis.headline),
                           inlineText(labelled(shown::targetName(target),
                                               QStringLiteral("%1 ⇄ %2").arg(shown::hostEnd(target), shown::vmEnd(target)))));
    out += depth == Depth::Short ? inlineText(shown::shortNote()) + QStringLiteral("\n\n") : QString();
    out += symptom(conclusion.given->symptom, evidence.told);
    out += causes(conclusion.diagnosis);
    out += evidenceMarkdown(conclusion);
    out += notTestedMarkdown(conclusion.findings);
    out += remedies(conclusion);
    out += chartMarkdown(conclusion, drawings);
    out += topologyMarkdown(conclusion, drawings);
    out += journeys(shown::journeysOf(*conclusion.given), drawings);
    if (depth == Depth::Whole) {
        out += assessmentMarkdown(conclusion.assessment);
        out += hardeningMarkdown(*conclusion.given);
        out += checksMarkdown(conclusion.findings);
    }
    return out +
           QStringLiteral("\n%1\n").arg(inlineText(
               QStringLiteral("%1 %2, %3").arg(evidence.tool.name, evidence.tool.version, shown::rfc3339(evidence.finished))));
}

QByteArray toMarkdown(const conclusion::Conclusion &conclusion, Depth depth)
{
    return markdownOf(conclusion, Drawings::No, depth).toUtf8();
}

} // namespace bothways::report
