// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "pages/page.h"

class QGridLayout;
class QPushButton;

namespace bothways::remedy {
struct Remedy;
}

namespace bothways::ui {

class FileChooser;

/// One card a remedy, best first, and what changed after checking again.
class FixPage : public Page {
    Q_OBJECT

public:
    FixPage(Controller &controller, FileChooser &files, QWidget *parent = nullptr);
    style::State state() const override;

protected:
    void refresh() override;

private:
    enum class Advice { Now, Earlier };
    static QWidget *makeCard(const remedy::Remedy &remedy, int number, Advice advice);
    void fillHeading();
    void fillCards();
    void fillComparison();
    void fillMeasured(QGridLayout *grid) const;
    void fillScores(QGridLayout *grid) const;
    void fillChanged(QGridLayout *grid) const;
    void paste();
    void saveScripts();

    FileChooser &m_files;
    QVBoxLayout *m_cards;
    QPushButton *m_again;
    QPushButton *m_paste;
    QPushButton *m_script;
    QLabel *m_againText;
    QLabel *m_scriptText;
    QWidget *m_comparison;
    QVBoxLayout *m_comparisonLayout;
};

} // namespace bothways::ui
