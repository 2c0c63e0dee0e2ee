// SPDX-License-Identifier: GPL-3.0-or-later
#include "shown/journeys_shown.h"

#include "words/punctuation.h"

#include <algorithm>

namespace bothways::shown {

namespace {

constexpr qsizetype longest = 600;

} // namespace

QString shortened(const QString &text)
{
    if (text.size() <= longest) {
        return text;
    }
    return text.left(text.at(longest - 1).isHighSurrogate() ? longest - 1 : longest) + u'\u2026';
}

std::vector<const JourneyLine *> decisive(const Journeys &journeys)
{
    std::vector<const JourneyLine *> chosen;
    for (const auto &group : journeys.groups) {
        if (group.end == facts::JourneyEnd::Lost && group.way != facts::Way::Other && chosen.size() < mostDecisive) {
            chosen.push_back(&group);
        }
    }
    if (chosen.empty() && !journeys.groups.empty()) {
        chosen.push_back(&journeys.groups.front());
    }
    return chosen;
}

std::vector<PointLine> shownPoints(const Journeys &journeys)
{
    const auto count = std::min(journeys.points.size(), mostPointRows);
    return {journeys.points.begin(), journeys.points.begin() + static_cast<std::ptrdiff_t>(count)};
}

QString whyNone(const Journeys &journeys)
{
    if (journeys.access != evidence::Access::Read) {
        return journeys.problem.isEmpty() ? translate("report", "Nothing was captured.")
                                          : labelled(translate("report", "Nothing was captured"), asSentence(journeys.problem));
    }
    return journeys.groups.empty() ? translate("report", "No packet between this host and the VM was captured.") : QString();
}

QString notFollowed(const Journeys &journeys)
{
    return journeys.journeysLeftOut == 0
               ? QString()
               : translate("report", "Packets that the capture had no room to follow: %1.").arg(journeys.journeysLeftOut);
}

QString pointsHeading() { return translate("report", "Where frames were captured"); }

QString notShown(const Journeys &journeys)
{
    auto text = whyNone(journeys);
    const auto rows = std::min(journeys.groups.size(), mostJourneyRows);
    const auto groups = journeys.groupsLeftOut + static_cast<qint64>(journeys.groups.size() - rows);
    if (groups > 0) {
        text = together(text, translate("report", "Kinds of journeys that are not listed here: %1.").arg(groups));
    }
    if (journeys.points.size() > mostPointRows) {
        text = together(
            text,
            translate("report", "Points of capture that are not listed here: %1.").arg(journeys.points.size() - mostPointRows));
    }
    return together(text, notFollowed(journeys));
}

} // namespace bothways::shown
