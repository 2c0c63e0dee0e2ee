// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "watch/monitor.h"

#include <QAbstractTableModel>

#include <deque>
#include <optional>
#include <vector>

namespace bothways::ui {

/// Five minutes a row, the latest first; the first may still go on.
class BucketModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { From, Loss, Median, Slow, Failures, Fit, ColumnCount };

    explicit BucketModel(QObject *parent = nullptr) : QAbstractTableModel(parent) {}
    /// `closed` oldest first.
    void setBuckets(const std::vector<watch::Bucket> &closed, const std::optional<watch::Bucket> &open);
    void retranslate();

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    QString text(int row, int column) const;

    std::vector<watch::Bucket> m_rows;
    bool m_firstIsOpen = false;
};

/// What happened, the latest first.
class WatchEventModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { At, Text, ColumnCount };

    explicit WatchEventModel(QObject *parent = nullptr) : QAbstractTableModel(parent) {}
    void add(const watch::Event &event);
    void clear();
    void retranslate();

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    std::deque<watch::Event> m_events; ///< latest first
};

} // namespace bothways::ui
