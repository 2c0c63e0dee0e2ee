// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "pages/page.h"

#include <array>

class QFrame;
class QGridLayout;
class QLineEdit;
class QPushButton;
class QVBoxLayout;

namespace bothways::ui {

class StateLabel;

/// The source's symptom table, four tests in two directions, how the VM's side was read, and what the person says of the fault.
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
    QFrame *makeAsk();
    QFrame *makeTold();
    static Cell makeCell(const QString &objectName);
    void fillTable();
    void fillLive();
    void fillSide();
    void fillAsk();
    void fillTold();
    void showAsk(bool shown);
    void paste();

    std::array<QLabel *, 3> m_columns{};
    std::array<Row, 4> m_rows;
    QFrame *m_ask = nullptr; ///< what to run in the VM, while the capture watches for it
    QLabel *m_askHeading = nullptr;
    QLabel *m_askText = nullptr;
    QVBoxLayout *m_askCommands = nullptr;
    QPushButton *m_askNoMore = nullptr;
    QLabel *m_channelHeading = nullptr;
    QLabel *m_channelText = nullptr;
    QPushButton *m_paste = nullptr;
    QLabel *m_toldHeading = nullptr;
    QLabel *m_toldNote = nullptr;
    QLabel *m_beganLabel = nullptr;
    QLineEdit *m_began = nullptr;
    QLabel *m_changedLabel = nullptr;
    QLineEdit *m_changed = nullptr;
    QLabel *m_measuredHeading = nullptr;
    QLabel *m_measuredText = nullptr;
};

} // namespace bothways::ui
