// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/journey_model.h"

namespace bothways::ui {

using namespace Qt::Literals::StringLiterals;

style::State state(facts::JourneyEnd end)
{
    switch (end) {
    case facts::JourneyEnd::Answered:
        return style::State::Passed;
    case facts::JourneyEnd::Refused:
        return style::State::Warning;
    case facts::JourneyEnd::Lost:
        return style::State::Failed;
    case facts::JourneyEnd::Open:
        break;
    }
    return style::State::Unknown;
}

JourneyModel::JourneyModel(QObject *parent) : QAbstractListModel(parent) {}

void JourneyModel::setGroups(std::vector<shown::JourneyLine> groups)
{
    beginResetModel();
    m_groups = std::move(groups);
    endResetModel();
}

const shown::JourneyLine *JourneyModel::group(const QModelIndex &index) const
{
    return index.isValid() && index.row() < rowCount() ? &m_groups[static_cast<std::size_t>(index.row())] : nullptr;
}

int JourneyModel::rowCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : static_cast<int>(m_groups.size()); }

QVariant JourneyModel::data(const QModelIndex &index, int role) const
{
    const auto *item = group(index);
    if (item == nullptr) {
        return {};
    }
    switch (role) {
    case Qt::DisplayRole:
    case NameRole:
        return item->name;
    case FateRole:
        return item->fate;
    case StateRole:
        return static_cast<int>(state(item->end));
    case Qt::AccessibleTextRole:
        return shown::describe(*item);
    default:
        return {};
    }
}

} // namespace bothways::ui
