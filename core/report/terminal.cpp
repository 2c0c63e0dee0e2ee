// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/terminal.h"

#include "comparison/comparison_words.h"
#include "report/comparison_document.h"
#include "report/document.h"
#include "shown/journeys_shown.h"
#include "words/punctuation.h"
#include "words/text.h"

#include <algorithm>

namespace bothways::report {
namespace {

constexpr std::size_t mostJourneyLines = 4;

/// Text of ours and from outside, which is made harmless, in lines and colours.
class Terminal {
public:
    explicit Terminal(bool colour) : m_colour(colour) {}

    void gap() { m_out += u'\n'; }
    void line(int indent, const QString &text) { raw(indent, shown::visible(text)); }
    void line(int indent, const QString &text, shown::Mood mood) { raw(indent, inMood(mood, shown::visible(text))); }
    /// `label` is ours and stays without colour.
    void line(int indent, const QString &label, const QString &text, shown::Mood mood)
    {
        raw(indent, label + u' ' + inMood(mood, shown::visible(text)));
    }
    void strongLine(int indent, const QString &text, const std::optional<shown::Mood> &mood = {}, const QString &rest = {})
    {
        const auto strong = paint("1", shown::visible(text));
        raw(indent, (mood ? inMood(*mood, strong) : strong) + rest);
    }
    void heading(const QString &text)
    {
        gap();
        strongLine(0, text);
    }
    const QString &result() const { return m_out; }

private:
    void raw(int indent, const QString &text) { m_out += QString(indent, u' ') + text + u'\n'; }
    QString paint(const char *code, const QString &text) const
    {
        return m_colour ? QStringLiteral("\033[%1m%2\033[0m").arg(QLatin1String(code), text) : text;
    }
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

    bool m_colour;
    QString m_out;
};

void write(Terminal &terminal, const Head &head)
{
    if (!head.hostEnd.isEmpty()) {
        terminal.line(0, labelled(head.subject, QStringLiteral("%1 - %2").arg(head.hostEnd, head.vmEnd)));
    }
    terminal.strongLine(0, head.headline, head.mood);
    if (!head.summaryFollows) {
        terminal.line(0, head.summary);
    }
    for (const auto &caution : head.cautions) {
        terminal.line(0, caution, shown::Mood::Caution);
    }
}

void write(Terminal &terminal, const SymptomTable &symptom)
{
    terminal.heading(symptom.heading);
    terminal.line(2, symptom.summary);
    if (!symptom.explanation.isEmpty()) {
        terminal.line(2, symptom.explanation);
    }
    for (const auto &line : symptom.told) {
        terminal.line(2, line);
    }
    for (const auto &row : symptom.rows) {
        terminal.line(2, row.title);
        terminal.line(4, translate("report", "host to VM:"), inLine(row.hostToVm.text), row.hostToVm.mood);
        terminal.line(4, translate("report", "VM to host:"), inLine(row.vmToHost.text), row.vmToHost.mood);
    }
}

void write(Terminal &terminal, const JourneyList &list)
{
    if (!list.captured) {
        return; // the checks that would have needed it say so
    }
    terminal.heading(list.heading);
    const auto shown = std::min(list.kinds.size(), mostJourneyLines);
    for (std::size_t i = 0; i < shown; ++i) {
        terminal.line(2, list.kinds[i].text, list.kinds[i].end.mood);
    }
    if (list.kinds.empty()) {
        terminal.line(2, list.none);
    }
    if (const auto more = static_cast<qint64>(list.kinds.size() - shown) + list.kindsLeftOut; more > 0) {
        terminal.line(2, translate("report", "Further kinds of journeys: %1, see --html or --json.").arg(more));
    }
    QStringList points;
    for (const auto &point : list.points) {
        const bool whole = point.caught.mood == shown::Mood::Good;
        points << (whole ? point.name : QStringLiteral("%1 (%2)").arg(point.name, point.caught.words));
    }
    terminal.line(2, labelled(list.pointColumns[0], listed(points)));
}

void write(Terminal &terminal, const CauseList::Cause &cause)
{
    terminal.strongLine(2, cause.title, {}, QStringLiteral(" (%1, %2)").arg(cause.grade.word, cause.probability));
    if (!cause.object.isEmpty()) {
        terminal.line(4, cause.object);
    }
    for (std::size_t side = 0; side < cause.reasons.size(); ++side) {
        for (const auto &reason : cause.reasons[side].reasons) {
            const auto sign = side == 0 ? QStringLiteral("+ ") : QStringLiteral("- ");
            terminal.line(4, sign + QStringLiteral("%1 [%2]").arg(reason.text, reason.check));
        }
    }
    if (!cause.decider.isEmpty()) {
        terminal.line(4, cause.decider);
    }
}

/// The first, and whatever else is likely.
void write(Terminal &terminal, const CauseList &list)
{
    if (list.open.empty()) {
        return;
    }
    terminal.heading(list.heading);
    int others = 0;
    for (const auto &cause : list.open) {
        if (cause.likely || &cause == &list.open.front()) {
            write(terminal, cause);
        } else {
            ++others;
        }
    }
    if (others > 0) {
        terminal.line(2, translate("report", "Further possible causes: %1, see --html or --json.").arg(others));
    }
}

/// The best alone, or all that only mend together.
void write(Terminal &terminal, const RemedyList &list)
{
    if (list.remedies.empty()) {
        return;
    }
    terminal.heading(list.heading);
    for (std::size_t i = 0; i < list.planned; ++i) {
        const auto &best = list.remedies[i];
        terminal.line(2, labelled(best.id, best.title));
        if (list.planned > 1) {
            terminal.line(4, best.changes);
        }
        for (const auto &step : best.steps) {
            terminal.line(4, labelled(step.label, {}));
            for (const auto &command : step.commands) {
                terminal.line(6, command);
            }
        }
    }
    if (const auto more = list.remedies.size() - list.planned; more > 0) {
        terminal.line(2, translate("report", "Further remedies: %1, see --html or --json.").arg(more));
    }
}

/// Each dimension, the inputs that cost points, and what is left out.
void write(Terminal &terminal, const ScoreTable &table)
{
    terminal.heading(table.heading);
    terminal.line(2, table.total);
    for (const auto &rating : table.ratings) {
        if (!rating.measured) {
            continue;
        }
        terminal.line(
            2, translate("report", "%1: %2 (weight %3)").arg(rating.title, rating.points.words, QString::number(rating.weight)));
        for (const auto &input : rating.inputs) {
            if (!input.full) {
                terminal.line(4, QStringLiteral("- ") + shown::shortened(input.text));
            }
        }
    }
    for (const auto &rating : table.ratings) {
        if (!rating.measured) {
            terminal.line(2, translate("report", "%1 is left out. %2").arg(rating.title, rating.how));
        }
    }
}

void write(Terminal &terminal, const NotTested &block)
{
    if (block.rows.empty() && block.notBuilt.isEmpty()) {
        return;
    }
    terminal.heading(translate("report", "Not tested"));
    for (const auto &row : block.rows) {
        terminal.line(2, row.check + u' ' + together(row.summary, row.reason));
    }
    if (!block.notBuilt.isEmpty()) {
        terminal.line(2, block.notBuilt);
    }
}

void write(Terminal &terminal, const EvidenceList &list)
{
    terminal.gap();
    terminal.line(0, translate("report", "Session, SHA-256: %1").arg(list.digest));
    terminal.line(0, translate("report", "The whole report, with every remedy and all evidence: --html FILE"));
}

void writeWide(Terminal &terminal, const PairTable &table)
{
    for (const bool after : {false, true}) {
        terminal.heading(table.columns[after ? 2 : 1]);
        for (const auto &row : table.rows) {
            terminal.line(2, labelled(row.what, (after ? row.after : row.before).text));
        }
    }
}

void write(Terminal &terminal, const PairTable &table)
{
    if (table.wide) {
        writeWide(terminal, table);
        return;
    }
    terminal.heading(table.heading);
    for (const auto &row : table.rows) {
        const auto values = QStringLiteral("%1 \u2192 %2").arg(row.before.text, row.after.text);
        if (!row.tendency) {
            terminal.line(2, labelled(row.what, values));
            continue;
        }
        terminal.line(2, labelled(row.what, row.tendency->words), row.tendency->mood);
        terminal.line(4, values);
        terminal.line(4, row.after.facts);
    }
}

void write(Terminal &terminal, const ChangeList::Row &row)
{
    switch (row.change) {
    case comparison::Change::Added:
        terminal.line(2, QStringLiteral("+ ") + labelled(row.what, row.after), shown::Mood::Good);
        break;
    case comparison::Change::Removed:
        terminal.line(2, QStringLiteral("- ") + labelled(row.what, row.before), shown::Mood::Bad);
        break;
    case comparison::Change::Moved:
        terminal.line(
            2, QStringLiteral("~ ") + labelled(translate("comparison", "%1 (%2)").arg(row.what, word(row.change)), row.after),
            shown::Mood::Caution);
        break;
    case comparison::Change::Changed:
        terminal.line(2, QStringLiteral("! ") + row.what, shown::Mood::Caution);
        terminal.line(4, QStringLiteral("- ") + row.before, shown::Mood::Bad);
        terminal.line(4, QStringLiteral("+ ") + row.after, shown::Mood::Good);
        break;
    }
}

void write(Terminal &terminal, const ChangeList &list)
{
    for (const auto &part : list.parts) {
        terminal.heading(part.title);
        for (const auto &row : part.rows) {
            write(terminal, row);
        }
        for (const auto &sentence : {part.leftOut, part.note}) {
            if (!sentence.isEmpty()) {
                terminal.line(2, sentence);
            }
        }
    }
}

void write(Terminal &terminal, const RemarkList &list)
{
    terminal.heading(list.heading);
    for (const auto &remark : list.remarks) {
        terminal.line(2, labelled(remark.title, remark.text));
    }
}

template <typename Kind>
void writeEach(Terminal &terminal, const Document &document)
{
    for (const auto &block : document) {
        if (const auto *one = std::get_if<Kind>(&block)) {
            write(terminal, *one);
        }
    }
}

/// In this order, so that what decides stands on one screen. Drawings, advice and the appendix are left to larger media.
template <typename... Kinds>
QString linesOf(const Document &document, bool colour)
{
    Terminal terminal(colour);
    (writeEach<Kinds>(terminal, document), ...);
    return terminal.result();
}

} // namespace

QString toText(const conclusion::Conclusion &conclusion, bool colour)
{
    return linesOf<Head, SymptomTable, JourneyList, CauseList, RemedyList, ScoreTable, NotTested, EvidenceList>(
        documentOf(conclusion, Depth::Whole), colour);
}

QString toText(const comparison::Comparison &comparison, bool colour)
{
    return linesOf<Head, PairTable, ChangeList, RemarkList>(documentOf(comparison), colour);
}

} // namespace bothways::report
