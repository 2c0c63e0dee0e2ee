// SPDX-License-Identifier: GPL-3.0-or-later
#include "comparison/comparison.h"
#include "report/score_parts.h"
#include "shown/journeys_shown.h"

#include "report/writers.h"
#include "shown/terms.h"
#include "words/punctuation.h"
#include "words/text.h"

namespace bothways::report {

namespace {

class Writer {
public:
    explicit Writer(bool colour) : m_colour(colour) {}

    /// `text` is from anywhere: it cannot do anything to a terminal.
    void line(int indent, const QString &text, const char *code = "")
    {
        const auto shown = shown::visible(shown::shortened(text));
        m_out += QString(indent, u' ') +
                 (m_colour && *code != '\0' ? QStringLiteral("\033[%1m%2\033[0m").arg(QLatin1String(code), shown) : shown) +
                 u'\n';
    }
    void heading(const QString &text)
    {
        m_out += u'\n';
        line(0, text, "1");
    }
    const QString &result() const { return m_out; }

private:
    bool m_colour;
    QString m_out;
};

void write(Writer &writer, const comparison::Difference &difference)
{
    switch (difference.change) {
    case comparison::Change::Added:
        writer.line(2, QStringLiteral("+ ") + labelled(difference.what, difference.after), "32");
        break;
    case comparison::Change::Removed:
        writer.line(2, QStringLiteral("- ") + labelled(difference.what, difference.before), "31");
        break;
    case comparison::Change::Moved:
        writer.line(
            2,
            QStringLiteral("~ ") +
                labelled(translate("comparison", "%1 (%2)").arg(difference.what, word(difference.change)), difference.after),
            "33");
        break;
    case comparison::Change::Changed:
        writer.line(2, QStringLiteral("! ") + difference.what, "33");
        writer.line(4, QStringLiteral("- ") + difference.before, "31");
        writer.line(4, QStringLiteral("+ ") + difference.after, "32");
        break;
    }
}

void write(Writer &writer, const comparison::ComparedPart &part)
{
    writer.heading(part.title);
    for (const auto &difference : part.differences) {
        write(writer, difference);
    }
    if (part.leftOut > 0) {
        writer.line(2, translate("comparison", "Further differences, not shown: %1.").arg(part.leftOut));
    }
    if (!part.note.isEmpty()) {
        writer.line(2, part.note);
    }
}

void writeMeasured(Writer &writer, const comparison::Comparison &comparison)
{
    if (comparison.measured.empty()) {
        return;
    }
    writer.heading(translate("comparison", "Loss and round trips"));
    for (const auto &value : comparison.measured) {
        const char *code = value.tendency == comparison::Tendency::Better  ? "32"
                           : value.tendency == comparison::Tendency::Worse ? "31"
                                                                           : "";
        writer.line(2, labelled(value.title, word(value.tendency)), code);
        writer.line(4, QStringLiteral("%1 \u2192 %2").arg(value.before, value.after));
        writer.line(4, value.sentence);
    }
}

QString points(const std::optional<int> &value)
{
    return value ? QString::number(*value) : translate("comparison", "not measured");
}

void writeScores(Writer &writer, const comparison::Comparison &comparison)
{
    const auto line = [&](const QString &title, const std::optional<int> &before, const std::optional<int> &after) {
        writer.line(2, labelled(title, QStringLiteral("%1 \u2192 %2").arg(points(before), points(after))));
    };
    writer.heading(translate("comparison", "Score"));
    line(translate("comparison", "Score"), comparison.before.score, comparison.after.score);
    line(translate("comparison", "Score over what was measured both times"), comparison.scoreBefore, comparison.scoreAfter);
    for (const auto &dimension : comparison.dimensions) {
        line(dimension.title, dimension.before, dimension.after);
    }
}

} // namespace

QString toText(const comparison::Comparison &comparison, bool colour)
{
    Writer writer(colour);
    writer.line(0, comparison::headlineOf(comparison), "1");
    writer.line(0, comparison::summaryOf(comparison));
    for (const auto &caution : comparison.cautions) {
        writer.line(0, caution, "33");
    }
    for (const auto *session : {&comparison.before, &comparison.after}) {
        writer.heading(session == &comparison.before ? translate("comparison", "Before") : translate("comparison", "After"));
        writer.line(2, QStringLiteral("%1  %2").arg(session->target, shown::rfc3339(session->started)));
        writer.line(2, session->headline);
    }
    writeScores(writer, comparison);
    writeMeasured(writer, comparison);
    QStringList same;
    QStringList cannot;
    for (const auto &part : comparison.parts) {
        if (!part.differences.empty()) {
            write(writer, part);
        } else if (part.cannot.isEmpty()) {
            same << part.title;
        } else {
            cannot << labelled(part.title, part.cannot);
        }
    }
    const auto list = [&](const QString &heading, const QStringList &lines) {
        if (!lines.isEmpty()) {
            writer.heading(heading);
        }
        for (const auto &line : lines) {
            writer.line(2, line);
        }
    };
    list(translate("comparison", "What could not be compared"), cannot);
    list(translate("comparison", "What is the same"), same);
    return writer.result();
}

} // namespace bothways::report
