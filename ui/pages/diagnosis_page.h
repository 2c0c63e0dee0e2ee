// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "pages/page.h"

class QListView;

namespace bothways::ui {

class CauseModel;
class CodeView;
class MatrixView;

/// Ranked causes with what speaks for and against each, and the matrix they come from.
class DiagnosisPage : public Page {
    Q_OBJECT

public:
    explicit DiagnosisPage(Controller &controller, QWidget *parent = nullptr);
    style::State state() const override;

protected:
    void refresh() override;

private:
    QWidget *makeCauses();
    QWidget *makeSide();
    void showCurrent();

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
};

} // namespace bothways::ui
