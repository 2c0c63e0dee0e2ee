// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "conclusion/assessment.h"
#include "style/state.h"

#include <QWidget>

class QVBoxLayout;

namespace bothways::ui {

/// The score with its six dimensions and what each rests on; where there was one, beside how it was before.
class ScorePanel : public QWidget {
    Q_OBJECT

public:
    explicit ScorePanel(QWidget *parent = nullptr);
    /// Null: nothing was concluded; nothing to compare with.
    void setAssessments(const conclusion::Assessment *now, const conclusion::Assessment *before);

private:
    void addWhole(const conclusion::Assessment &now, const conclusion::Assessment *before);
    void addRating(const conclusion::Rating &rating, const conclusion::Rating *before);

    QVBoxLayout *m_layout;
};

style::State scoreState(const std::optional<int> &score);
std::optional<int> scoreOf(const conclusion::Rating &rating);

} // namespace bothways::ui
