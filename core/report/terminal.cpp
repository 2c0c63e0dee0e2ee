// SPDX-License-Identifier: GPL-3.0-or-later
#include "conclusion/conclusion.h"
#include "report/score_parts.h"
#include "shown/digest.h"
#include "shown/journeys_shown.h"
#include "shown/terms.h"

#include "report/writers.h"
#include "words/numbers.h"
#include "words/punctuation.h"
#include "words/text.h"

#include <algorithm>

namespace bothways::report {
namespace {

class Terminal {
public:
    explicit Terminal(bool colour) : m_colour(colour) {}

    void line(const QString &text = {}) { m_out += text + u'\n'; }
    /// Text from outside, made harmless.
    void shown(const QString &indent, const QString &text) { line(indent + shown::visible(text)); }
    QString bold(const QString &text) const { return paint("1", text); }
    QString inMood(shown::Mood mood, const QString &text) const
    {
        switch (mood) {
        case shown::Mood::Good:
            return paint("32", text);
        case shown::Mood::Bad:
            return paint("31", text);
        case shown::Mood::Caution:
            return paint("33", text);
        case shown::Mood::NotMeasured:
            break;
        }
        return paint("2", text);
    }
    QString result() const { return m_out; }

private:
    QString paint(const char *code, const QString &text) const
    {
        return m_colour ? QStringLiteral("\033[%1m%2\033[0m").arg(QLatin1String(code), text) : text;
    }

    bool m_colour;
    QString m_out;
};

template <typename Cell>
void row(Terminal &terminal, const QString &title, const facts::BothDirections<Cell> &cells)
{
    const auto cell = [&](const std::optional<Cell> &value) {
        return terminal.inMood(shown::moodOf(value), shown::visible(shown::describe(value)));
    };
    terminal.line(QStringLiteral("  %1").arg(title));
    terminal.line(QStringLiteral("    %1 %2").arg(translate("report", "host to VM:"), cell(cells.hostToVm)));
    terminal.line(QStringLiteral("    %1 %2").arg(translate("report", "VM to host:"), cell(cells.vmToHost)));
}

void writeCause(Terminal &terminal, const diagnosis::Cause &cause)
{
    terminal.line(QStringLiteral("  %1 (%2, %3)")
                      .arg(terminal.bold(shown::visible(diagnosis::title(cause.id, cause.variant))), shown::word(cause.grade),
                           percent(cause.probability)));
    if (cause.object) {
        terminal.shown(QStringLiteral("    "), facts::describe(*cause.object));
    }
    for (const auto &reason : cause.supporting) {
        terminal.shown(QStringLiteral("    + "), QStringLiteral("%1 [%2]").arg(reason.text, reason.check));
    }
    for (const auto &reason : cause.opposing) {
        terminal.shown(QStringLiteral("    - "), QStringLiteral("%1 [%2]").arg(reason.text, reason.check));
    }
    if (!cause.decidedBy.isEmpty()) {
        terminal.shown(QStringLiteral("    "), translate("report", "What would decide it: %1").arg(cause.decidedBy));
    }
}

void writeCauses(Terminal &terminal, const diagnosis::Diagnosis &diagnosis)
{
    int others = 0;
    bool first = true;
    for (const auto &cause : diagnosis.causes) {
        const bool worth = cause.grade == diagnosis::Grade::Proven || cause.grade == diagnosis::Grade::Probable;
        if (cause.grade == diagnosis::Grade::RuledOut) {
            continue;
        }
        if (!first && !worth) {
            ++others;
            continue;
        }
        if (first) {
            terminal.line();
            terminal.line(terminal.bold(translate("report", "Diagnosis")));
        }
        writeCause(terminal, cause);
        first = false;
    }
    if (others > 0) {
        terminal.line(QStringLiteral("  ") +
                      translate("report", "Further possible causes: %1, see --html or --json.").arg(others));
    }
}

void writeCommands(Terminal &terminal, const QString &label, const QStringList &commands)
{
    if (commands.isEmpty()) {
        return;
    }
    terminal.line(QStringLiteral("    ") + label);
    for (const auto &command : commands) {
        terminal.shown(QStringLiteral("      "), command);
    }
}

void writeRemedies(Terminal &terminal, const std::vector<remedy::Remedy> &remedies)
{
    if (remedies.empty()) {
        return;
    }
    const auto &best = remedies.front();
    terminal.line();
    terminal.line(terminal.bold(translate("report", "Fix")));
    terminal.shown(QStringLiteral("  "), labelled(name(best.id), best.title));
    writeCommands(terminal, labelled(shown::doLabel(best), {}), best.commands);
    writeCommands(terminal, labelled(translate("report", "Undo, at the same place"), {}), best.undo);
    writeCommands(terminal, labelled(translate("report", "Verify, on this host"), {}), best.verify);
    const int more = static_cast<int>(remedies.size()) - 1;
    if (more > 0) {
        terminal.line(QStringLiteral("  ") + translate("report", "Further remedies: %1, see --html or --json.").arg(more));
    }
}

void writeNotTested(Terminal &terminal, const std::vector<checks::Finding> &findings)
{
    const auto untested = shown::untested(findings);
    if (untested.couldNot.empty() && untested.notBuilt.isEmpty()) {
        return;
    }
    terminal.line();
    terminal.line(terminal.bold(translate("report", "Not tested")));
    for (const auto *finding : untested.couldNot) {
        terminal.shown(QStringLiteral("  "), finding->id + u' ' + shown::inFull(*finding));
    }
    if (!untested.notBuilt.isEmpty()) {
        terminal.shown(QStringLiteral("  "), untested.notBuilt);
    }
}

shown::Mood journeyMood(facts::JourneyEnd end)
{
    return end == facts::JourneyEnd::Answered ? shown::Mood::Good
           : end == facts::JourneyEnd::Lost   ? shown::Mood::Bad
                                              : shown::Mood::Caution;
}

void writeJourneys(Terminal &terminal, const shown::Journeys &journeys)
{
    constexpr std::size_t mostLines = 4;
    if (journeys.access != evidence::Access::Read) {
        return; // the checks that would have needed it say so
    }
    terminal.line();
    terminal.line(terminal.bold(translate("report", "Journeys of packets")));
    const auto shown = std::min(journeys.groups.size(), mostLines);
    for (std::size_t i = 0; i < shown; ++i) {
        const auto &group = journeys.groups[i];
        terminal.line(QStringLiteral("  ") +
                      terminal.inMood(journeyMood(group.end), shown::visible(shown::shortened(describe(group)))));
    }
    if (journeys.groups.empty()) {
        terminal.line(QStringLiteral("  ") + translate("report", "No packet between this host and the VM was captured."));
    }
    if (const auto more = journeys.groups.size() - shown; more > 0) {
        terminal.line(QStringLiteral("  ") +
                      translate("report", "Further kinds of journeys: %1, see --html or --json.").arg(more));
    }
    QStringList points;
    for (const auto &point : shown::shownPoints(journeys)) {
        points << (point.whole ? point.name : QStringLiteral("%1 (%2)").arg(point.name, shown::shortened(describe(point))));
    }
    terminal.shown(QStringLiteral("  "), labelled(translate("report", "Captured at"), listed(points)));
}

void writeScore(Terminal &terminal, const conclusion::Assessment &assessment)
{
    terminal.line();
    terminal.line(terminal.bold(translate("report", "Score")));
    for (const auto &line : assessmentLines(assessment)) {
        terminal.shown(QStringLiteral("  "), line);
    }
}

shown::Mood verdictMood(diagnosis::Status status)
{
    switch (status) {
    case diagnosis::Status::Fault:
        return shown::Mood::Bad;
    case diagnosis::Status::NoFault:
        return shown::Mood::Good;
    case diagnosis::Status::Unexplained:
        break;
    }
    return shown::Mood::Caution;
}

} // namespace

QString toText(const conclusion::Conclusion &conclusion, bool colour)
{
    const auto &evidence = conclusion.given->evidence;
    Terminal terminal(colour);
    const auto &target = evidence.target;
    terminal.shown(
        {}, labelled(shown::targetName(target), QStringLiteral("%1 - %2").arg(shown::hostEnd(target), shown::vmEnd(target))));
    terminal.line(
        terminal.inMood(verdictMood(conclusion.diagnosis.status), terminal.bold(shown::visible(conclusion.diagnosis.headline))));
    if (evidence.interrupted) {
        terminal.line(translate("report", "The run was stopped before its end: what was measured until then is here."));
    }
    terminal.line();
    terminal.line(terminal.bold(translate("report", "Symptom")));
    terminal.shown(QStringLiteral("  "), shown::title(conclusion.given->symptom.signature));
    if (!conclusion.given->symptom.explanation.isEmpty()) {
        terminal.shown(QStringLiteral("  "), conclusion.given->symptom.explanation);
    }
    for (const auto &line : shown::toldLines(evidence.told)) {
        terminal.shown(QStringLiteral("  "), line);
    }
    row(terminal, translate("report", "ICMP echo"), conclusion.given->symptom.icmp);
    row(terminal, translate("report", "TCP connect"), conclusion.given->symptom.tcp);
    row(terminal, translate("report", "ARP request"), conclusion.given->symptom.arp);
    row(terminal, translate("report", "ARP cache"), conclusion.given->symptom.arpCache);
    writeJourneys(terminal, shown::journeysOf(*conclusion.given));
    writeCauses(terminal, conclusion.diagnosis);
    writeRemedies(terminal, conclusion.remedies);
    writeScore(terminal, conclusion.assessment);
    writeNotTested(terminal, conclusion.findings);
    terminal.line();
    terminal.line(translate("report", "Session, SHA-256: %1").arg(shown::sessionDigest(evidence)));
    terminal.line(translate("report", "The whole report, with every remedy and all evidence: --html FILE"));
    return terminal.result();
}

} // namespace bothways::report
