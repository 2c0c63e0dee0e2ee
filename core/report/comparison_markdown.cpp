// SPDX-License-Identifier: GPL-3.0-or-later
#include "comparison/comparison.h"
#include "comparison/comparison_parts.h"
#include "report/markdown_parts.h"
#include "report/score_parts.h"
#include "shown/journeys_shown.h"

#include "report/report.h"
#include "shown/terms.h"
#include "words/punctuation.h"
#include "words/text.h"

namespace bothways::report {

namespace {

QString cell(const QString &text) { return inlineText(shown::shortened(text)); }

QString row(const QString &what, const QString &before, const QString &after)
{
    return QStringLiteral("| %1 | %2 | %3 |\n").arg(cell(what), cell(before), cell(after));
}

QString headRow(const QString &first)
{
    return row(first, translate("comparison", "Before"), translate("comparison", "After")) + QStringLiteral("|---|---|---|\n");
}

QString points(const std::optional<int> &value)
{
    return value ? shown::scoreText(value) : translate("comparison", "not measured");
}

QString sessions(const comparison::Comparison &comparison)
{
    const auto &was = comparison.before;
    const auto &is = comparison.after;
    return headRow({}) + row(translate("comparison", "VM"), was.target, is.target) +
           row(translate("comparison", "Measured on"), was.host, is.host) +
           row(translate("comparison", "Started (UTC)"), shown::rfc3339(was.started), shown::rfc3339(is.started)) +
           row(translate("comparison", "Verdict"), was.headline, is.headline) + u'\n';
}

QString scores(const comparison::Comparison &comparison)
{
    QString out = QStringLiteral("## %1\n\n").arg(inlineText(translate("comparison", "Score"))) +
                  headRow(translate("comparison", "Dimension"));
    for (const auto &dimension : comparison.dimensions) {
        out += row(dimension.title, points(dimension.before), points(dimension.after));
    }
    return out + row(translate("comparison", "Score"), points(comparison.before.score), points(comparison.after.score)) +
           row(translate("comparison", "Score over what was measured both times"), points(comparison.scoreBefore),
               points(comparison.scoreAfter)) +
           u'\n';
}

QString measured(const comparison::Comparison &comparison)
{
    if (comparison.measured.empty()) {
        return {};
    }
    QString out = QStringLiteral("## %1\n\n").arg(inlineText(translate("comparison", "Loss and round trips"))) +
                  headRow(translate("comparison", "What"));
    for (const auto &value : comparison.measured) {
        out += row(labelled(value.title, word(value.tendency)), value.before, together(value.after, value.sentence));
    }
    return out + u'\n';
}

QString changed(const comparison::ComparedPart &part)
{
    QString out = QStringLiteral("### %1\n\n").arg(inlineText(part.title)) + headRow(translate("comparison", "What"));
    for (const auto &difference : part.differences) {
        out += row(translate("comparison", "%1 (%2)").arg(shown::shortened(difference.what), word(difference.change)),
                   difference.before, difference.after);
    }
    if (part.leftOut > 0) {
        out += u'\n' + inlineText(translate("comparison", "Further differences, not shown: %1.").arg(part.leftOut)) + u'\n';
    }
    return out + (part.note.isEmpty() ? QString() : u'\n' + cell(part.note) + u'\n') + u'\n';
}

} // namespace

QByteArray toMarkdown(const comparison::Comparison &comparison)
{
    QString out = QStringLiteral("# %1\n\n%2\n\n")
                      .arg(inlineText(comparison::headlineOf(comparison)), inlineText(comparison::summaryOf(comparison)));
    for (const auto &caution : comparison.cautions) {
        out += QStringLiteral("**%1**\n\n").arg(cell(caution));
    }
    out += sessions(comparison) + scores(comparison) + measured(comparison);
    QString same;
    QString cannot;
    for (const auto &part : comparison.parts) {
        if (!part.cannot.isEmpty()) {
            cannot += QStringLiteral("- %1\n").arg(cell(labelled(part.title, part.cannot)));
        } else if (part.differences.empty()) {
            same += QStringLiteral("- %1\n").arg(cell(labelled(part.title, comparison::alike(part))));
        } else {
            out += changed(part);
        }
    }
    const auto list = [&](const QString &heading, const QString &items) {
        out += items.isEmpty() ? QString() : QStringLiteral("## %1\n\n%2\n").arg(inlineText(heading), items);
    };
    list(translate("comparison", "What could not be compared"), cannot);
    list(translate("comparison", "What is the same"), same);
    return out.toUtf8();
}

} // namespace bothways::report
