// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/finding_model.h"

#include <algorithm>

namespace bothways::ui {

using namespace Qt::Literals::StringLiterals;

style::State state(checks::Status status)
{
    switch (status) {
    case checks::Status::Pass:
        return style::State::Passed;
    case checks::Status::Warn:
        return style::State::Warning;
    case checks::Status::Fail:
        return style::State::Failed;
    case checks::Status::Skipped:
        return style::State::Skipped;
    case checks::Status::Unknown:
        return style::State::Unknown;
    }
    return style::State::Unknown;
}

FindingModel::FindingModel(checks::Chapter chapter, QObject *parent) : QAbstractListModel(parent)
{
    for (const auto &check : checks::table()) {
        if (check.chapter == chapter) {
            m_rows.push_back({&check, {}});
        }
    }
}

void FindingModel::setFindings(const std::vector<checks::Finding> &findings)
{
    for (auto &row : m_rows) {
        row.finding.reset();
        for (const auto &finding : findings) {
            if (finding.id == QLatin1StringView(row.check->id)) {
                row.finding = finding;
            }
        }
    }
    retranslate();
}

void FindingModel::setRunning(bool running)
{
    m_running = running;
    retranslate();
}

void FindingModel::retranslate()
{
    if (!m_rows.empty()) {
        Q_EMIT dataChanged(index(0), index(rowCount() - 1));
    }
}

const checks::Check *FindingModel::check(const QModelIndex &index) const
{
    return index.isValid() && index.row() < rowCount() ? m_rows[static_cast<std::size_t>(index.row())].check : nullptr;
}

const checks::Finding *FindingModel::finding(const QModelIndex &index) const
{
    if (!index.isValid() || index.row() >= rowCount()) {
        return nullptr;
    }
    const auto &finding = m_rows[static_cast<std::size_t>(index.row())].finding;
    return finding ? &*finding : nullptr;
}

style::State FindingModel::state(int row) const
{
    if (m_running) {
        return style::State::Running;
    }
    const auto *found = finding(index(row));
    return found == nullptr ? style::State::Open : ui::state(found->status);
}

int FindingModel::firstWithWorstState() const
{
    for (const auto wanted : {style::State::Failed, style::State::Warning, style::State::Unknown, style::State::Passed}) {
        for (int row = 0; row < rowCount(); ++row) {
            if (state(row) == wanted) {
                return row;
            }
        }
    }
    return 0;
}

int FindingModel::rowCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : static_cast<int>(m_rows.size()); }

QVariant FindingModel::data(const QModelIndex &index, int role) const
{
    const auto *entry = check(index);
    if (entry == nullptr) {
        return {};
    }
    const auto *found = finding(index);
    switch (role) {
    case Qt::DisplayRole:
    case QuestionRole:
        return checks::question(*entry);
    case StateRole:
        return static_cast<int>(state(index.row()));
    case IdRole:
        return QString::fromLatin1(entry->id);
    case SummaryRole:
        return found == nullptr ? QString() : found->summary;
    case Qt::AccessibleTextRole:
        return u"%1, %2. %3 %4"_s.arg(QString::fromLatin1(entry->id), style::word(state(index.row())), checks::question(*entry),
                                      found == nullptr ? QString() : found->summary);
    default:
        return {};
    }
}

} // namespace bothways::ui
