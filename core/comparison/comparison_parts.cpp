// SPDX-License-Identifier: GPL-3.0-or-later
#include "comparison/comparison_parts.h"

#include "words/punctuation.h"
#include "words/text.h"

#include <algorithm>

namespace bothways::comparison {

using namespace Qt::Literals::StringLiterals;

void Facts::add(const QString &key, const QString &value)
{
    auto &times = m_times[key];
    auto name = ++times == 1 ? key : u"%1 #%2"_s.arg(key).arg(times);
    while (m_facts.contains(name)) {
        name = u"%1 #%2"_s.arg(key).arg(++times);
    }
    m_facts.insert(name, value);
}

void note(ComparedPart &part, Difference difference)
{
    if (part.differences.size() < mostDifferences) {
        part.differences.push_back(std::move(difference));
    } else {
        ++part.leftOut;
    }
}

void compareFacts(ComparedPart &part, const Facts &before, const Facts &after)
{
    for (auto was = before.all().begin(); was != before.all().end(); ++was) {
        const auto is = after.all().find(was.key());
        if (is == after.all().end()) {
            note(part, {Change::Removed, was.key(), was.value(), {}});
        } else if (is.value() != was.value()) {
            note(part, {Change::Changed, was.key(), was.value(), is.value()});
        } else {
            ++part.same;
        }
    }
    for (auto is = after.all().begin(); is != after.all().end(); ++is) {
        if (!before.all().contains(is.key())) {
            note(part, {Change::Added, is.key(), {}, is.value()});
        }
    }
}

namespace {

/// Which of the places, in the order given, stay where they are: a longest rising run of them. The others moved.
std::vector<bool> staying(const std::vector<qsizetype> &places)
{
    std::vector<std::size_t> ends; // of the best run of each length
    std::vector<std::size_t> previous(places.size());
    for (std::size_t i = 0; i < places.size(); ++i) {
        const auto place = std::lower_bound(ends.begin(), ends.end(), places[i],
                                            [&](std::size_t end, qsizetype value) { return places[end] < value; });
        previous[i] = place == ends.begin() ? places.size() : *(place - 1);
        place == ends.end() ? ends.push_back(i) : static_cast<void>(*place = i);
    }
    std::vector<bool> stays(places.size());
    for (auto i = ends.empty() ? places.size() : ends.back(); i < places.size(); i = previous[i]) {
        stays[i] = true;
    }
    return stays;
}

} // namespace

void compareOrdered(ComparedPart &part, const QString &what, const QStringList &before, const QStringList &after)
{
    QHash<QString, QList<qsizetype>> places; // of each line before, the first one last
    for (qsizetype i = before.size(); i-- > 0;) {
        places[before[i]] << i;
    }
    std::vector<qsizetype> common;
    QStringList kept;
    QStringList added;
    for (const auto &line : after) {
        auto &left = places[line];
        if (left.isEmpty()) {
            added << line;
        } else {
            common.push_back(left.takeLast());
            kept << line;
        }
    }
    for (const auto &line : before) {
        if (auto &left = places[line]; !left.isEmpty()) {
            left.removeLast();
            note(part, {Change::Removed, what, line, {}});
        }
    }
    for (const auto &line : added) {
        note(part, {Change::Added, what, {}, line});
    }
    const auto stays = staying(common);
    for (std::size_t i = 0; i < stays.size(); ++i) {
        if (stays[i]) {
            ++part.same;
        } else {
            const auto &line = kept[static_cast<qsizetype>(i)];
            note(part, {Change::Moved, what, line, line});
        }
    }
}

QString whyUnread(evidence::Access access, const QString &problem)
{
    using evidence::Access;
    switch (access) {
    case Access::Read:
    case Access::Absent:
        return {};
    case Access::NotTried:
        return problem.isEmpty() ? translate("comparison", "it was not asked for") : problem;
    case Access::Denied:
        return problem.isEmpty() ? translate("comparison", "the rights did not reach it") : problem;
    case Access::Failed:
        return problem.isEmpty() ? translate("comparison", "reading it failed") : problem;
    case Access::TimedOut:
        return problem.isEmpty() ? translate("comparison", "there was no answer in time") : problem;
    }
    return {};
}

QString cannotCompare(const QString &whyBefore, const QString &whyAfter)
{
    QStringList reasons;
    if (!whyBefore.isEmpty()) {
        reasons << labelled(translate("comparison", "in the first session"), whyBefore);
    }
    if (!whyAfter.isEmpty()) {
        reasons << labelled(translate("comparison", "in the second session"), whyAfter);
    }
    return reasons.isEmpty() ? QString() : asSentence(translate("comparison", "Cannot be compared; %1").arg(clauses(reasons)));
}

} // namespace bothways::comparison
