// SPDX-License-Identifier: GPL-3.0-or-later
#include "state/file_writer.h"

#include "report/writers.h"
#include "state/workers.h"

namespace bothways::ui {

FileWriter::FileWriter(Workers &workers, QObject *parent) : QObject(parent), m_workers(workers) {}

void FileWriter::start(const QString &path, Write write, void (FileWriter::*done)(const QString &))
{
    m_workers.start([this, path, write = std::move(write), done](const std::stop_token &stop) -> Workers::Done {
        auto result = write(stop);
        return [this, path, done, result = std::move(result)] {
            if (result) {
                Q_EMIT(this->*done)(path);
            } else {
                Q_EMIT problem(result.error());
            }
        };
    });
}

void FileWriter::writeReport(ReportFormat format, const QString &path, const ReportSource &source, const ReportManner &manner)
{
    if (!source.evidence || !source.conclusion) {
        return;
    }
    start(
        path, [format, path, source, manner](const std::stop_token &) { return ui::writeReport(format, path, source, manner); },
        &FileWriter::written);
}

void FileWriter::writeComparison(const std::shared_ptr<const comparison::Comparison> &comparison, const QString &path)
{
    start(
        path, [comparison, path](const std::stop_token &) { return writeFile(path, report::toHtml(*comparison)); },
        &FileWriter::written);
}

void FileWriter::writeChartPicture(const QString &path, const QImage &picture)
{
    start(
        path, [path, picture](const std::stop_token &) { return writePicture(path, picture); }, &FileWriter::chartWritten);
}

void FileWriter::writeChartData(const QString &path, const std::vector<NamedSamples> &series)
{
    start(
        path, [path, series](const std::stop_token &stop) { return writeSamples(path, series, stop); },
        &FileWriter::chartWritten);
}

} // namespace bothways::ui
