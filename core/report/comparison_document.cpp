// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/comparison_document.h"

#include "comparison/comparison_words.h"
#include "shown/journeys_shown.h"
#include "words/punctuation.h"
#include "words/text.h"

namespace bothways::report {

namespace {

Columns columns(const QString &first = {})
{
    return {first, translate("comparison", "Before"), translate("comparison", "After")};
}

PairTable::Cell brief(const QString &text) { return {shown::shortened(text), {}, {}}; }

PairTable sessionsOf(const comparison::Comparison &comparison)
{
    const auto &was = comparison.before;
    const auto &is = comparison.after;
    const auto verdict = [](const comparison::ComparedSession &session) -> PairTable::Cell {
        return {shown::shortened(session.headline), shown::moodOf(session.status), {}};
    };
    return {
        {},
        columns(),
        true,
        {{translate("comparison", "VM"), {}, brief(was.target), brief(is.target)},
         {translate("comparison", "Measured on"), {}, brief(was.host), brief(is.host)},
         {translate("comparison", "Started (UTC)"), {}, brief(shown::rfc3339(was.started)), brief(shown::rfc3339(is.started))},
         {translate("comparison", "Verdict"), {}, verdict(was), verdict(is)}}};
}

PairTable::Cell pointsCell(const std::optional<int> &points)
{
    return {shown::pointsText(points), points ? shown::moodOf(static_cast<double>(*points)) : shown::Mood::NotMeasured, {}};
}

PairTable scoresOf(const comparison::Comparison &comparison)
{
    PairTable table{translate("comparison", "Score"), columns(translate("comparison", "Dimension")), false, {}};
    for (const auto &dimension : comparison.dimensions) {
        table.rows.push_back({dimension.title, {}, pointsCell(dimension.before), pointsCell(dimension.after)});
    }
    table.rows.push_back(
        {translate("comparison", "Score"), {}, pointsCell(comparison.before.score), pointsCell(comparison.after.score)});
    table.rows.push_back({translate("comparison", "Score over what was measured both times"),
                          {},
                          pointsCell(comparison.scoreBefore),
                          pointsCell(comparison.scoreAfter)});
    return table;
}

shown::Mood moodOf(comparison::Tendency tendency)
{
    return tendency == comparison::Tendency::Better  ? shown::Mood::Good
           : tendency == comparison::Tendency::Worse ? shown::Mood::Bad
                                                     : shown::Mood::NotMeasured;
}

PairTable measuredOf(const comparison::Comparison &comparison)
{
    PairTable table{translate("comparison", "Loss and round trips"), columns(translate("comparison", "What")), false, {}};
    for (const auto &value : comparison.measured) {
        table.rows.push_back({value.title,
                              State{moodOf(value.tendency), word(value.tendency)},
                              {value.before, {}, {}},
                              {value.after, {}, value.sentence}});
    }
    return table;
}

ChangeList::Part changesOf(const comparison::ComparedPart &part)
{
    const bool sentences = part.id == QLatin1String("causes") || part.id == QLatin1String("checks");
    ChangeList::Part shown{part.title, !sentences, {}, {}, shown::shortened(part.note)};
    for (const auto &difference : part.differences) {
        shown.rows.push_back({shown::shortened(difference.what), difference.change, shown::shortened(difference.before),
                              shown::shortened(difference.after)});
    }
    if (part.leftOut > 0) {
        shown.leftOut = translate("comparison", "Further differences, not shown: %1.").arg(part.leftOut);
    }
    return shown;
}

} // namespace

Document documentOf(const comparison::Comparison &comparison)
{
    Head head;
    head.subject = shown::shortened(comparison.after.target);
    head.headline = comparison::headlineOf(comparison);
    head.summary = comparison::summaryOf(comparison);
    head.summaryFollows = false;
    for (const auto &caution : comparison.cautions) {
        head.cautions << shown::shortened(caution);
    }
    ChangeList changed{translate("comparison", "What is different"), columns(translate("comparison", "What")), {}};
    RemarkList cannot{translate("comparison", "What could not be compared"), {}};
    RemarkList same{translate("comparison", "What is the same"), {}};
    for (const auto &part : comparison.parts) {
        if (!part.cannot.isEmpty()) {
            cannot.remarks.push_back({part.title, shown::shortened(part.cannot)});
        } else if (part.differences.empty()) {
            same.remarks.push_back({part.title, shown::shortened(together(comparison::alike(part), part.note))});
        } else {
            changed.parts.push_back(changesOf(part));
        }
    }
    Document document{std::move(head), sessionsOf(comparison), scoresOf(comparison)};
    if (!comparison.measured.empty()) {
        document.push_back(measuredOf(comparison));
    }
    if (!changed.parts.empty()) {
        document.push_back(std::move(changed));
    }
    for (auto *list : {&cannot, &same}) {
        if (!list->remarks.empty()) {
            document.push_back(std::move(*list));
        }
    }
    return document;
}

} // namespace bothways::report
