// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "diagnosis/diagnosis.h"
#include "style/tokens.h"

#include <QAbstractListModel>

#include <vector>

namespace bothways::ui {

style::Tone tone(diagnosis::Grade grade);

/// Ranked causes, as the diagnosis ranks them.
class CauseModel : public QAbstractListModel {
    Q_OBJECT

public:
    enum Role { TitleRole = Qt::UserRole, VariantRole, ObjectRole, ProbabilityRole, GradeRole, CountsRole };

    explicit CauseModel(QObject *parent = nullptr);
    void setCauses(std::vector<diagnosis::Cause> causes);
    const diagnosis::Cause *cause(const QModelIndex &index) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;

private:
    std::vector<diagnosis::Cause> m_causes;
};

} // namespace bothways::ui
