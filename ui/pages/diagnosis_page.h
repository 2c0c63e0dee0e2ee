// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "pages/page.h"

#include <memory>

class QListView;
class QPushButton;
class QStackedWidget;

namespace bothways::diagnosis {
struct Reason;
}

namespace bothways::ui {

class CauseModel;
class CodeView;
class JourneyPanel;
class MatrixView;
class ScorePanel;

/// Ranked causes; beside them, in turn, what speaks for and against each with the matrix it comes from, and the journey of the
/// packet over the points of capture.
class DiagnosisPage : public Page {
    Q_OBJECT

public:
    DiagnosisPage(Controller &controller, FileChooser &files, QWidget *parent = nullptr);
    style::State state() const override;

protected:
    void refresh() override;

private:
    QWidget *makeCauses();
    QWidget *makeSide();
    QWidget *makeReasons();
    QWidget *makeJourneys();
    QWidget *makeScore();
    void showCurrent();
    void addReason(const diagnosis::Reason &reason);
    void showJourneys();
    void turnTo(int side);
    void addCapture();

    FileChooser &m_files;
    CauseModel *m_model;
    QListView *m_list = nullptr;
    QLabel *m_empty = nullptr;
    QLabel *m_causeHeading = nullptr;
    CodeView *m_object = nullptr;
    QLabel *m_decided = nullptr;
    QVBoxLayout *m_reasons = nullptr;
    QLabel *m_matrixHeading = nullptr;
    MatrixView *m_matrix = nullptr;
    QLabel *m_cell = nullptr;
    QLabel *m_detailHeading = nullptr;
    QWidget *m_detail = nullptr;
    QPushButton *m_turnReasons = nullptr;
    QPushButton *m_turnJourneys = nullptr;
    QPushButton *m_turnScore = nullptr;
    QStackedWidget *m_sides = nullptr;
    JourneyPanel *m_journeys = nullptr;
    ScorePanel *m_score = nullptr;
    std::weak_ptr<const void> m_turnedFor; ///< the evidence for which a side was chosen
};

} // namespace bothways::ui
