// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "pages/page.h"

class QFormLayout;
class QLabel;
class QPlainTextEdit;
class QPushButton;

namespace bothways::ui {

class StateLabel;
class TopologyView;

/// The way between host and VM, drawn from the evidence, and what was read of the element that is chosen.
class TopologyPage : public Page {
    Q_OBJECT

public:
    TopologyPage(Controller &controller, FileChooser &files, QWidget *parent = nullptr);
    style::State state() const override;

protected:
    void refresh() override;

private:
    void makeDrawing();
    void makeFacts();
    void draw();
    void showChosen();
    void save();

    FileChooser &m_files;
    TopologyView *m_view = nullptr;
    QWidget *m_drawing = nullptr;
    QWidget *m_facts = nullptr;
    QLabel *m_empty = nullptr;
    QLabel *m_hint = nullptr;
    QPushButton *m_in = nullptr;
    QPushButton *m_out = nullptr;
    QPushButton *m_fit = nullptr;
    QPushButton *m_save = nullptr;
    QLabel *m_name = nullptr;
    StateLabel *m_state = nullptr;
    QFormLayout *m_list = nullptr;
    QLabel *m_rawHeading = nullptr;
    QPlainTextEdit *m_raw = nullptr;
};

} // namespace bothways::ui
