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
    VmModel *m_model = nullptr;
    QLabel *m_machinesHeading = nullptr;
    QTableView *m_table = nullptr;
    QLabel *m_empty = nullptr;
    QPushButton *m_diagnose = nullptr;
    QLabel *m_typeLabel = nullptr;
    QLineEdit *m_typed = nullptr;
    QPushButton *m_use = nullptr;
    QLabel *m_openHeading = nullptr;
    QLabel *m_openText = nullptr;
    QPushButton *m_open = nullptr;
    QVBoxLayout *m_recent = nullptr;
    QLabel *m_demoHeading = nullptr;
    QLabel *m_demoText = nullptr;
    QVBoxLayout *m_demos = nullptr;
    QLabel *m_rightsHeading = nullptr;
    QVBoxLayout *m_rights = nullptr;
    QPushButton *m_unlock = nullptr;
    QLabel *m_unlockNote = nullptr;
    QTimer m_refresh;
    bool m_looked = true; ///< for VMs and rights since the page was shown
};

/// Recorded cases this program carries, by name.
QStringList demoCases();
QString demoPath(const QString &name);

} // namespace bothways::ui
