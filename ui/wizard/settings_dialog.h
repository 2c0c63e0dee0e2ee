// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "session/preferences.h"

#include <QDialog>

#include <vector>

class QComboBox;
class QDoubleSpinBox;
class QGridLayout;
class QLabel;
class QLineEdit;
class QPushButton;

namespace bothways::ui {

class Controller;
class LanguageChoice;

/// What a person sets once for all runs. Every change holds at once and is kept; there is nothing to confirm.
class SettingsDialog : public QDialog {
    Q_OBJECT

public:
    SettingsDialog(Controller &controller, LanguageChoice &language, QWidget *parent = nullptr);
    /// What was typed last is taken, too.
    void done(int result) override;
    /// Dresses it before anybody waits for it.
    void prepare();

protected:
    void showEvent(QShowEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    /// A number, named by fields() in the .cpp.
    struct Number {
        QLabel *name;
        QDoubleSpinBox *box;
    };

    enum class Copying { Not, Looking, Done };

    QWidget *makeLook();
    QWidget *makeRun();
    QWidget *makeNumbers(std::size_t first, std::size_t count);
    QWidget *makeKept();
    QWidget *makeHelp();
    static QLabel *addRow(QGridLayout *grid, QWidget *field);
    void addNumbers(QGridLayout *grid, std::size_t first, std::size_t count);
    QWidget *makeBottom();

    void chooseLanguage(const QString &code);
    void takePorts();
    void showPorts();
    void showPortsNote();
    void clearSessions();
    void restoreDefaults();
    void showValues();
    void showSessions();
    void showCopying(Copying copying);
    void retranslate();

    Controller &m_controller;
    LanguageChoice &m_language;
    std::vector<QLabel *> m_headings;
    std::vector<Number> m_numbers;
    QComboBox *m_languages;
    QComboBox *m_themes;
    QLineEdit *m_ports;
    QLabel *m_languageName = nullptr;
    QLabel *m_themeName = nullptr;
    QLabel *m_portsName = nullptr;
    QLabel *m_portsNote;
    QLabel *m_captureNote;
    QLabel *m_keptText;
    QLabel *m_helpText;
    QLabel *m_copied;
    QPushButton *m_clear;
    QPushButton *m_copy;
    QPushButton *m_defaults;
    QPushButton *m_close;
    Copying m_copying = Copying::Not;
};

} // namespace bothways::ui
