// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/cause_model.h"

#include "facts/object.h"
#include "shown/terms.h"
#include "words/numbers.h"

namespace bothways::ui {

using namespace Qt::Literals::StringLiterals;

style::Tone tone(diagnosis::Grade grade)
{
    switch (grade) {
    case diagnosis::Grade::Proven:
        return style::Tone::Bad;
    case diagnosis::Grade::Probable:
        return style::Tone::Caution;
    case diagnosis::Grade::Possible:
    case diagnosis::Grade::RuledOut:
        return style::Tone::Neutral;
    }
    return style::Tone::Neutral;
}

CauseModel::CauseModel(QObject *parent) : QAbstractListModel(parent) {}

void CauseModel::setCauses(std::vector<diagnosis::Cause> causes)
{
    beginResetModel();
    m_causes = std::move(causes);
    endResetModel();
}

const diagnosis::Cause *CauseModel::cause(const QModelIndex &index) const
{
    return index.isValid() && index.row() < rowCount() ? &m_causes[static_cast<std::size_t>(index.row())] : nullptr;
}

int CauseModel::rowCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : static_cast<int>(m_causes.size()); }

QVariant CauseModel::data(const QModelIndex &index, int role) const
{
    const auto *item = cause(index);
    if (item == nullptr) {
        return {};
    }
    const auto counts = tr("%1 for, %2 against").arg(item->supporting.size()).arg(item->opposing.size());
    switch (role) {
    case Qt::DisplayRole:
    case TitleRole:
        return diagnosis::title(item->id);
    case VariantRole:
        return diagnosis::title(item->id, item->variant);
    case ObjectRole:
        return item->object ? facts::describe(*item->object) : QString();
    case ProbabilityRole:
        return item->probability;
    case GradeRole:
        return static_cast<int>(item->grade);
    case CountsRole:
        return counts;
    case Qt::AccessibleTextRole:
        return u"%1. %2 %3, %4, %5. %6"_s.arg(diagnosis::title(item->id), diagnosis::title(item->id, item->variant),
                                              shown::word(item->grade), percent(item->probability), counts,
                                              item->object ? facts::describe(*item->object) : QString());
    default:
        return {};
    }
}

} // namespace bothways::ui
