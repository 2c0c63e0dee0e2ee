// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "pages/page.h"

#include <array>

class QGridLayout;
class QPushButton;

namespace bothways::ui {

class StateLabel;

/// The source's symptom table, four tests in two directions, and how the VM's side was read.
class SymptomPage : public Page {
    Q_OBJECT

public:
    explicit SymptomPage(Controller &controller, QWidget *parent = nullptr);
    style::State state() const override;

protected:
    void refresh() override;

private:
    struct Cell {
        QWidget *box = nullptr;
        StateLabel *state = nullptr;
        QLabel *detail = nullptr;
    };
    struct Row {
        QLabel *name = nullptr;
        QLabel *note = nullptr;
        Cell vmToHost;
        Cell hostToVm;
    };
    QWidget *makeTable();
    QWidget *makeSide();
    Cell makeCell(const QString &objectName);
    void fillTable();
    void fillLive();
    void fillSide();
    void paste();

    std::array<QLabel *, 3> m_columns{};
    std::array<Row, 4> m_rows;
    QLabel *m_channelHeading = nullptr;
    QLabel *m_channelText = nullptr;
    QPushButton *m_paste = nullptr;
    QLabel *m_measuredHeading = nullptr;
    QLabel *m_measuredText = nullptr;
};

} // namespace bothways::ui
