// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shown/journey_timeline.h"
#include "style/state.h"

#include <QAbstractListModel>

#include <vector>

namespace bothways::ui {

style::State state(facts::JourneyEnd end);

/// Journeys over the points of capture, those of one kind and fate together, in the order of the report.
class JourneyModel : public QAbstractListModel {
    Q_OBJECT

public:
    enum Role { NameRole = Qt::UserRole, FateRole, StateRole };

    explicit JourneyModel(QObject *parent = nullptr);
    void setGroups(std::vector<shown::JourneyLine> groups);
    const shown::JourneyLine *group(const QModelIndex &index) const; ///< nullptr where there is none

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;

private:
    std::vector<shown::JourneyLine> m_groups;
};

} // namespace bothways::ui
