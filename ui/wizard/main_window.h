// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "pages/page.h"

#include <QMainWindow>
#include <QTimer>

#include <vector>

class QLabel;
class QPushButton;
class QStackedWidget;
class QVBoxLayout;

namespace bothways::ui {

class ChartDock;
class LanguageChoice;
class Rail;
class SettingsDialog;
class TargetBar;

/// The frame: rail, target, page, chart, Back / Skip / Next.
class MainWindow : public QMainWindow {
    Q_OBJECT

public:
    MainWindow(Controller &controller, LanguageChoice &language, FileChooser &files, QWidget *parent = nullptr);
    void show(ChapterId id);
    using QMainWindow::show;
    ChapterId current() const;

protected:
    void changeEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void closeEvent(QCloseEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;

private:
    QWidget *makeBottom();
    void makeNext();
    Page &page(int row);
    void makeDock();
    void makeShortcuts();
    void go(int row);
    void showCheck(const QString &id);
    void describe();
    void skip();
    void updateState(std::size_t row);
    void updateStates();
    void showDock();
    void updateTitle();
    void retranslate();
    void openFile();
    void openSettings();
    void makeSettings();
    void showProblem(const QString &sentence);

    Controller &m_controller;
    LanguageChoice &m_language;
    FileChooser &m_files;
    Rail *m_rail;
    TargetBar *m_target;
    QStackedWidget *m_stack;
    ChartDock *m_dock = nullptr; ///< nullptr until there is a target, or nothing else to make
    QWidget *m_problem;
    QLabel *m_problemText;
    QPushButton *m_dismiss;
    QVBoxLayout *m_column;
    QLabel *m_step = nullptr;
    QLabel *m_note = nullptr;
    QPushButton *m_back = nullptr;
    QPushButton *m_skip = nullptr;
    QPushButton *m_next = nullptr;
    std::vector<Page *> m_pages; ///< one for each of chapters(), nullptr until page() is asked for it
    int m_row = 0;               ///< of the chapter that is shown
    QTimer m_rest;
    std::vector<bool> m_skipped;
    SettingsDialog *m_settings = nullptr; ///< made when there is nothing else to do
};

} // namespace bothways::ui
