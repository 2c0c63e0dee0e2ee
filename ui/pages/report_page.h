// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "pages/page.h"
#include "state/writing.h"

#include <array>
#include <memory>

class QCheckBox;
class QComboBox;
class QHBoxLayout;
class QPushButton;

namespace bothways::ui {

class Preview;

/// What can be taken away: a preview and the files.
class ReportPage : public Page {
    Q_OBJECT

public:
    ReportPage(Controller &controller, FileChooser &files, QWidget *parent = nullptr);
    style::State state() const override;

protected:
    void refresh() override;
    void showEvent(QShowEvent *event) override;

private:
    QHBoxLayout *makeChoices();
    void exportAs(int format);
    void chooseLanguage(int row);
    ReportManner manner() const;
    void previewAnew();
    void preview();
    void forgetWritten();
    void compare();

    FileChooser &m_files;
    QString m_chosenLanguage; ///< empty: the window's
    QLabel *m_languageName;
    QComboBox *m_language;
    QLabel *m_depthName;
    QComboBox *m_depth;
    QCheckBox *m_redact;
    std::array<QPushButton *, 5> m_buttons{};
    QLabel *m_exportHeading;
    QLabel *m_exportText;
    QLabel *m_note;
    QPushButton *m_compare;
    Preview *m_preview;
    bool m_stale = true;
    bool m_written = false;
};

} // namespace bothways::ui
