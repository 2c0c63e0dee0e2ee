// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "checks/checks.h"
#include "style/state.h"

#include <QAbstractListModel>

#include <vector>

namespace bothways::ui {

style::State state(checks::Status status);

/// The checks of one chapter with what they found.
class FindingModel : public QAbstractListModel {
    Q_OBJECT

public:
    enum Role { StateRole = Qt::UserRole, IdRole, QuestionRole, SummaryRole };

    explicit FindingModel(checks::Chapter chapter, QObject *parent = nullptr);
    void setFindings(const std::vector<checks::Finding> &findings); ///< all chapters; takes its own
    void setRunning(bool running);
    void retranslate();

    const checks::Check *check(const QModelIndex &index) const;
    const checks::Finding *finding(const QModelIndex &index) const; ///< nullptr: not run yet
    style::State state(int row) const;
    int firstWithWorstState() const;

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;

private:
    struct Row {
        const checks::Check *check = nullptr;
        std::optional<checks::Finding> finding;
    };
    std::vector<Row> m_rows;
    bool m_running = false;
};

} // namespace bothways::ui
