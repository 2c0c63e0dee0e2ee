// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/score_panel.h"

#include "shown/terms.h"
#include "widgets/labels.h"
#include "widgets/mood.h"
#include "words/punctuation.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

#include <algorithm>

namespace bothways::ui {

using namespace Qt::Literals::StringLiterals;

namespace {

/// What cost points, the worst first; a person reads the first few.
QString costs(const conclusion::Rating &rating)
{
    constexpr std::size_t most = 3;
    auto inputs = rating.inputs;
    std::erase_if(inputs, [](const conclusion::Input &input) { return input.points >= 100; });
    std::stable_sort(inputs.begin(), inputs.end(), [](const auto &a, const auto &b) { return a.points < b.points; });
    QStringList lines;
    for (std::size_t i = 0; i < std::min(inputs.size(), most); ++i) {
        lines << labelled(inputs[i].title, conclusion::shown(inputs[i]));
    }
    if (inputs.size() > most) {
        lines << ScorePanel::tr("and %1 more, see the report").arg(inputs.size() - most);
    }
    return lines.join(u'\n');
}

} // namespace

style::State scoreState(const std::optional<int> &score)
{
    if (!score) {
        return style::State::Skipped;
    }
    return stateOf(shown::moodOf(static_cast<double>(*score)));
}

std::optional<int> scoreOf(const conclusion::Rating &rating)
{
    return rating.points ? std::optional(conclusion::wholePoints(*rating.points)) : std::nullopt;
}

ScorePanel::ScorePanel(QWidget *parent) : QWidget(parent), m_layout(new QVBoxLayout(this))
{
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(2 * style::unit);
}

void ScorePanel::setAssessments(const conclusion::Assessment *now, const conclusion::Assessment *before)
{
    clear(m_layout);
    if (now == nullptr) {
        m_layout->addWidget(wrapping(u"grey"_s, tr("The score appears here when the evidence has been read.")));
    } else {
        addWhole(*now, before);
        for (const auto &rating : now->ratings) {
            m_layout->addWidget(rule());
            addRating(rating, before == nullptr ? nullptr : &before->of(rating.dimension));
        }
    }
    m_layout->addStretch();
}

void ScorePanel::addWhole(const conclusion::Assessment &now, const conclusion::Assessment *before)
{
    auto *whole = wrapping(u"heading"_s, tr("Score: %1").arg(shown::pointsText(now.score())));
    whole->setObjectName(u"score"_s);
    m_layout->addWidget(whole);
    if (before != nullptr) {
        auto *earlier = wrapping({}, tr("Before it was %1. Over what was measured both times: %2 before, %3 now.")
                                         .arg(shown::pointsText(before->score()), shown::pointsText(before->scoreBeside(now)),
                                              shown::pointsText(now.scoreBeside(*before))));
        earlier->setObjectName(u"scoreBefore"_s);
        m_layout->addWidget(earlier);
    }
    m_layout->addWidget(wrapping(u"small"_s, conclusion::formula()));
}

void ScorePanel::addRating(const conclusion::Rating &rating, const conclusion::Rating *before)
{
    auto *row = new QHBoxLayout;
    row->setSpacing(3 * style::unit);
    row->addWidget(label(u"strong"_s, conclusion::title(rating.dimension)));
    row->addStretch();
    if (before != nullptr) {
        row->addWidget(label(u"small"_s, tr("before: %1").arg(shown::pointsText(scoreOf(*before)))));
    }
    auto *state = new StateLabel;
    state->setMinimumWidth(30 * style::unit); // one below the other, whatever the number
    state->setObjectName(u"score_"_s + conclusion::name(rating.dimension));
    state->setState(scoreState(scoreOf(rating)), shown::pointsText(scoreOf(rating)));
    state->setAccessibleName(labelled(conclusion::title(rating.dimension), shown::pointsText(scoreOf(rating))));
    row->addWidget(state);
    m_layout->addLayout(row);
    if (!rating.points) {
        m_layout->addWidget(wrapping(u"small"_s, rating.leftOut));
        return;
    }
    if (const auto lost = costs(rating); !lost.isEmpty()) {
        m_layout->addWidget(wrapping({}, lost));
    }
    if (!rating.missing.isEmpty()) {
        m_layout->addWidget(wrapping(u"small"_s, rating.missing.mid(0, 4).join(u' ')));
    }
}

} // namespace bothways::ui
