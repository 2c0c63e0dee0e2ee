// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/watch_models.h"

#include "watch/words.h"
#include "words/numbers.h"
#include "words/punctuation.h"

#include <QDateTime>
#include <QLocale>

#include <algorithm>

namespace bothways::ui {

using namespace Qt::Literals::StringLiterals;

namespace {

QString shareText(const watch::Tally &tally)
{
    const auto share = tally.failedShare();
    return share ? watch::shown(*share, watch::Measure::IcmpLoss) : u"\u2013"_s;
}

QString fitText(const watch::Bucket &bucket)
{
    QStringList unusual;
    auto best = watch::Fit::Nothing;
    for (std::size_t i = 0; i < watch::measures; ++i) {
        if (bucket.fit[i] == watch::Fit::Unusual) {
            unusual << watch::title(static_cast<watch::Measure>(i));
        }
        best = std::max(best, bucket.fit[i]);
    }
    return unusual.isEmpty() ? watch::word(best) : labelled(watch::word(watch::Fit::Unusual), listed(unusual));
}

QString timeText(qint64 ms, QStringView format) { return QDateTime::fromMSecsSinceEpoch(ms).toString(format); }

} // namespace

void BucketModel::setBuckets(const std::vector<watch::Bucket> &closed, const std::optional<watch::Bucket> &open)
{
    std::vector<watch::Bucket> rows(closed.rbegin(), closed.rend());
    if (open) {
        rows.insert(rows.begin(), *open);
    }
    // While nothing begins or ends, only the first row changes: the place that was scrolled to stays.
    if (rows.size() == m_rows.size() && open.has_value() == m_firstIsOpen && !rows.empty() &&
        rows.front().startMs == m_rows.front().startMs) {
        m_rows = std::move(rows);
        Q_EMIT dataChanged(index(0, 0), index(0, ColumnCount - 1));
        return;
    }
    beginResetModel();
    m_rows = std::move(rows);
    m_firstIsOpen = open.has_value();
    endResetModel();
}

void BucketModel::retranslate()
{
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, ColumnCount - 1);
    if (!m_rows.empty()) {
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
    }
}

int BucketModel::rowCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : static_cast<int>(m_rows.size()); }

int BucketModel::columnCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : ColumnCount; }

QString BucketModel::text(int row, int column) const
{
    const auto &bucket = m_rows[static_cast<std::size_t>(row)];
    switch (column) {
    case From:
        return timeText(bucket.startMs, u"MM-dd HH:mm");
    case Loss:
        return shareText(bucket.icmp);
    case Median:
        return millisecondsOf(bucket.icmp.medianNs);
    case Slow:
        return millisecondsOf(bucket.icmp.p95Ns);
    case Failures:
        return shareText(bucket.tcp);
    case Fit:
        return row == 0 && m_firstIsOpen ? tr("not over yet") : fitText(bucket);
    default:
        return {};
    }
}

QVariant BucketModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount()) {
        return {};
    }
    switch (role) {
    case Qt::DisplayRole:
        return text(index.row(), index.column());
    case Qt::AccessibleTextRole:
        return labelled(headerData(index.column(), Qt::Horizontal).toString(), text(index.row(), index.column()));
    case Qt::TextAlignmentRole:
        return index.column() == From || index.column() == Fit ? QVariant(Qt::AlignLeft | Qt::AlignVCenter)
                                                               : QVariant(Qt::AlignRight | Qt::AlignVCenter);
    default:
        return {};
    }
}

QVariant BucketModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) {
        return {};
    }
    const QString titles[] = {tr("From"), watch::title(watch::Measure::IcmpLoss),    tr("Median"),
                              tr("95 %"), watch::title(watch::Measure::TcpFailures), tr("Against the baseline")};
    return section >= 0 && section < ColumnCount ? titles[section] : QVariant();
}

void WatchEventModel::add(const watch::Event &event)
{
    beginInsertRows({}, 0, 0);
    m_events.push_front(event);
    endInsertRows();
    if (m_events.size() > watch::mostEvents) {
        beginRemoveRows({}, rowCount() - 1, rowCount() - 1);
        m_events.pop_back();
        endRemoveRows();
    }
}

void WatchEventModel::clear()
{
    beginResetModel();
    m_events.clear();
    endResetModel();
}

void WatchEventModel::retranslate()
{
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, ColumnCount - 1);
    if (!m_events.empty()) {
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
    }
}

int WatchEventModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_events.size());
}

int WatchEventModel::columnCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : ColumnCount; }

QVariant WatchEventModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount()) {
        return {};
    }
    const auto &event = m_events[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        return index.column() == At ? timeText(event.atMs, u"MM-dd HH:mm:ss") : watch::sentence(event);
    case Qt::ToolTipRole: // escaped: a headline holds names from outside
        return watch::sentence(event).toHtmlEscaped();
    default:
        return {};
    }
}

QVariant WatchEventModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) {
        return {};
    }
    const QString titles[] = {tr("At"), tr("What happened")};
    return section >= 0 && section < ColumnCount ? titles[section] : QVariant();
}

} // namespace bothways::ui
