// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "checks/checks.h"
#include "pages/page.h"

#include <memory>

class QFrame;
class QLineEdit;
class QListView;
class QPushButton;

namespace bothways::ui {

class CodeView;
class FindingModel;
class StateLabel;

/// One chapter of the checklist: its checks on the left, the chosen one in full on the right.
class ChapterPage : public Page {
    Q_OBJECT

public:
    ChapterPage(Controller &controller, checks::Chapter chapter, const QString &objectName, QWidget *parent = nullptr);
    style::State state() const override;
    void reveal(const QString &check) override;

protected:
    void refresh() override;

private:
    QWidget *makeDetail();
    void addResult(QVBoxLayout &layout);
    void addEvidence(QVBoxLayout &layout);
    void showCurrent();
    void showEvidence(const checks::Finding *finding);
    void search();
    QString summaryLine() const;

    checks::Chapter m_chapter;
    FindingModel *m_model;
    QListView *m_list;
    QLabel *m_question;
    QLabel *m_id;
    QPushButton *m_again;
    StateLabel *m_state;
    QLabel *m_summary;
    QLabel *m_meaningHeading;
    QLabel *m_meaning;
    QLabel *m_evidenceHeading;
    QLineEdit *m_search;
    CodeView *m_evidence;
    QLabel *m_blindHeading;
    QLabel *m_blind;
    QLabel *m_articleHeading;
    QLabel *m_article;
    std::shared_ptr<const void> m_shown; ///< conclusion the selection was made for
    bool m_stays = false;                ///< the selection does, whatever the next conclusion says
};

} // namespace bothways::ui
