// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "style/state.h"
#include "watch/assessment.h"

#include <QWidget>

class QVBoxLayout;

namespace bothways::ui {

/// The score with its six dimensions and what each rests on; where there was one, beside how it was before.
class ScorePanel : public QWidget {
    Q_OBJECT

public:
    explicit ScorePanel(QWidget *parent = nullptr);
    /// Null: nothing was concluded; nothing to compare with.
    void setAssessments(const watch::Assessment *now, const watch::Assessment *before);

private:
    void addWhole(const watch::Assessment &now, const watch::Assessment *before);
    void addRating(const watch::Rating &rating, const watch::Rating *before);

    QVBoxLayout *m_layout;
};

/// "63 of 100", or "not measured"; translated.
QString scoreText(const std::optional<int> &score);
style::State scoreState(const std::optional<int> &score);
std::optional<int> scoreOf(const watch::Rating &rating);

} // namespace bothways::ui
