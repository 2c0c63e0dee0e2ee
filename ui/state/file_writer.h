// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "comparison/comparison.h"
#include "state/writing.h"

#include <QObject>

#include <functional>

namespace bothways::ui {

class Workers;

/// Writes files while the window goes on. GUI thread; each call is answered by a signal, problem() where it failed.
class FileWriter : public QObject {
    Q_OBJECT

public:
    explicit FileWriter(Workers &workers, QObject *parent = nullptr);

    /// Answered by written(). Nothing where the source lacks evidence or conclusion.
    void writeReport(ReportFormat format, const QString &path, const ReportSource &source, const ReportManner &manner);
    /// As HTML. Answered by written().
    void writeComparison(const std::shared_ptr<const comparison::Comparison> &comparison, const QString &path);
    /// Answered by chartWritten().
    void writeChartPicture(const QString &path, const QImage &picture);
    void writeChartData(const QString &path, const std::vector<bothways::ui::NamedSamples> &series);

Q_SIGNALS:
    void written(const QString &path);
    void chartWritten(const QString &path);
    void problem(const QString &sentence);

private:
    using Write = std::function<tl::expected<void, QString>(const std::stop_token &)>;
    void start(const QString &path, Write write, void (FileWriter::*done)(const QString &));

    Workers &m_workers;
};

} // namespace bothways::ui
