// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/document.h"

#include "shown/journeys_shown.h"
#include "shown/terms.h"
#include "words/punctuation.h"
#include "words/text.h"

namespace bothways::report {

using namespace Qt::Literals::StringLiterals;

namespace {

Text brief(const QString &text) { return plain(shown::shortened(text)); }

Row row(const QString &what, const QString &before, const QString &after) { return {brief(what), brief(before), brief(after)}; }

Row headRow(const QString &first) { return row(first, translate("comparison", "Before"), translate("comparison", "After")); }

QString points(const std::optional<int> &value)
{
    return value ? shown::scoreText(value) : translate("comparison", "not measured");
}

Table sessions(const comparison::Comparison &comparison)
{
    const auto &was = comparison.before;
    const auto &is = comparison.after;
    return {headRow({}),
            {row(translate("comparison", "VM"), was.target, is.target),
             row(translate("comparison", "Measured on"), was.host, is.host),
             row(translate("comparison", "Started (UTC)"), shown::rfc3339(was.started), shown::rfc3339(is.started)),
             row(translate("comparison", "Verdict"), was.headline, is.headline)}};
}

Table scores(const comparison::Comparison &comparison)
{
    Table table{headRow(translate("comparison", "Dimension")), {}};
    for (const auto &dimension : comparison.dimensions) {
        table.rows.push_back(row(dimension.title, points(dimension.before), points(dimension.after)));
    }
    table.rows.push_back(row(translate("comparison", "Score"), points(comparison.before.score), points(comparison.after.score)));
    table.rows.push_back(row(translate("comparison", "Score over what was measured both times"), points(comparison.scoreBefore),
                             points(comparison.scoreAfter)));
    return table;
}

void addMeasured(Document &document, const comparison::Comparison &comparison)
{
    if (comparison.measured.empty()) {
        return;
    }
    Table table{headRow(translate("comparison", "What")), {}};
    for (const auto &value : comparison.measured) {
        table.rows.push_back(
            row(labelled(value.title, word(value.tendency)), value.before, together(value.after, value.sentence)));
    }
    document.push_back(Heading{2, plain(translate("comparison", "Loss and round trips"))});
    document.push_back(std::move(table));
}

void addChanged(Document &document, const comparison::ComparedPart &part)
{
    document.push_back(Heading{3, plain(part.title)});
    Table table{headRow(translate("comparison", "What")), {}};
    for (const auto &difference : part.differences) {
        table.rows.push_back(
            row(translate("comparison", "%1 (%2)").arg(shown::shortened(difference.what), word(difference.change)),
                difference.before, difference.after));
    }
    document.push_back(std::move(table));
    if (part.leftOut > 0) {
        document.push_back(Paragraph{plain(translate("comparison", "Further differences, not shown: %1.").arg(part.leftOut))});
    }
    if (!part.note.isEmpty()) {
        document.push_back(Paragraph{brief(part.note)});
    }
}

} // namespace

Document documentOf(const comparison::Comparison &comparison)
{
    Document document{Heading{1, plain(comparison::headlineOf(comparison))}, Paragraph{plain(comparison::summaryOf(comparison))}};
    for (const auto &caution : comparison.cautions) {
        document.push_back(Paragraph{{{shown::shortened(caution), Span::Kind::Strong}}});
    }
    document.push_back(sessions(comparison));
    document.push_back(Heading{2, plain(translate("comparison", "Score"))});
    document.push_back(scores(comparison));
    addMeasured(document, comparison);
    List same;
    List cannot;
    for (const auto &part : comparison.parts) {
        if (!part.cannot.isEmpty()) {
            cannot.items.push_back({brief(labelled(part.title, part.cannot)), {}});
        } else if (part.differences.empty()) {
            same.items.push_back({brief(labelled(part.title, comparison::alike(part))), {}});
        } else {
            addChanged(document, part);
        }
    }
    const auto add = [&](const QString &heading, List list) {
        if (!list.items.empty()) {
            document.push_back(Heading{2, plain(heading)});
            document.push_back(std::move(list));
        }
    };
    add(translate("comparison", "What could not be compared"), std::move(cannot));
    add(translate("comparison", "What is the same"), std::move(same));
    return document;
}

} // namespace bothways::report
