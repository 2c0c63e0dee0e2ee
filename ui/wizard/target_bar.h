// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLabel;
class QProgressBar;
class QPushButton;

namespace bothways::ui {

class Controller;
class ElidedLabel;

/// The line on top: what is diagnosed, with which rights, and the button that does it.
class TargetBar : public QWidget {
    Q_OBJECT

public:
    explicit TargetBar(Controller &controller, QWidget *parent = nullptr);

protected:
    void changeEvent(QEvent *event) override;

private:
    void refresh();
    void showStage();

    Controller &m_controller;
    ElidedLabel *m_name;
    QLabel *m_badge;
    QLabel *m_recorded;
    ElidedLabel *m_addresses;
    QLabel *m_rights;
    QProgressBar *m_progress;
    ElidedLabel *m_stage;
    QPushButton *m_run;
};

} // namespace bothways::ui
