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
    FindingModel *m_model = nullptr;
    QListView *m_list = nullptr;
    QLabel *m_question = nullptr;
    QLabel *m_id = nullptr;
    QPushButton *m_again = nullptr;
    StateLabel *m_state = nullptr;
    QLabel *m_summary = nullptr;
    QLabel *m_meaningHeading = nullptr;
    QLabel *m_meaning = nullptr;
    QLabel *m_evidenceHeading = nullptr;
    QLineEdit *m_search = nullptr;
    CodeView *m_evidence = nullptr;
    QLabel *m_blindHeading = nullptr;
    QLabel *m_blind = nullptr;
    QLabel *m_articleHeading = nullptr;
    QLabel *m_article = nullptr;
    std::shared_ptr<const void> m_shown; ///< conclusion the selection was made for
    bool m_stays = false;                ///< the selection does, whatever the next conclusion says
};

} // namespace bothways::ui
