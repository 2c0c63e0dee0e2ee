// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "pages/page.h"

#include <QTimer>

class QFrame;
class QLineEdit;
class QPushButton;
class QTableView;

namespace bothways::ui {

class VmModel;

/// Choosing what to diagnose: a VM of this host, an address, a session file or a recorded case.
class StartPage : public Page {
    Q_OBJECT

public:
    StartPage(Controller &controller, FileChooser &files, QWidget *parent = nullptr);
    style::State state() const override;

protected:
    void refresh() override;
    void showEvent(QShowEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    QWidget *makeMachines();
    void fillTable();
    QWidget *makeSide();
    void fillRights();
    void fillUnlock();
    QString unlockNote() const;
    void fillDemos();
    void fillRecent();
    void takeInventory();
    void chooseSelected();
    void chooseTyped();
    void run(); ///< and shows what comes of it
    void openFile();

    FileChooser &m_files;
    VmModel *m_model;
    QLabel *m_machinesHeading;
    QTableView *m_table;
    QLabel *m_empty;
    QPushButton *m_diagnose;
    QLabel *m_typeLabel;
    QLineEdit *m_typed;
    QPushButton *m_use;
    QLabel *m_openHeading;
    QLabel *m_openText;
    QPushButton *m_open;
    QVBoxLayout *m_recent;
    QLabel *m_demoHeading;
    QLabel *m_demoText;
    QVBoxLayout *m_demos;
    QLabel *m_rightsHeading;
    QVBoxLayout *m_rights;
    QPushButton *m_unlock;
    QLabel *m_unlockNote;
    QTimer m_refresh;
    bool m_looked = true; ///< for VMs and rights since the page was shown
};

/// Recorded cases this program carries, by name.
QStringList demoCases();
QString demoPath(const QString &name);

} // namespace bothways::ui
