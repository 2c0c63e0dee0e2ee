// SPDX-License-Identifier: GPL-3.0-or-later
#include "state/controller.h"

#include "state/workers.h"
#include "state/writing.h"

namespace bothways::ui {

void Controller::write(ReportFormat format, const QString &path, const ReportManner &manner)
{
    if (!m_evidence || !m_conclusion) {
        return;
    }
    m_workers->start([this, format, path, manner, source = reportSource()](const std::stop_token &) -> Workers::Done {
        auto result = writeReport(format, path, source, manner);
        return [this, path, result = std::move(result)] {
            if (result) {
                Q_EMIT written(path);
            } else {
                Q_EMIT problem(result.error());
            }
        };
    });
}

void Controller::writeChart(const QString &path, std::function<tl::expected<void, QString>(const std::stop_token &)> write)
{
    m_workers->start([this, path, write = std::move(write)](const std::stop_token &stop) -> Workers::Done {
        auto result = write(stop);
        return [this, path, result = std::move(result)] {
            if (result) {
                Q_EMIT chartWritten(path);
            } else {
                Q_EMIT problem(result.error());
            }
        };
    });
}

void Controller::writeChartPicture(const QString &path, const QImage &picture)
{
    writeChart(path, [path, picture](const std::stop_token &) { return writePicture(path, picture); });
}

void Controller::writeChartData(const QString &path, const std::vector<NamedSamples> &series)
{
    writeChart(path, [path, series](const std::stop_token &stop) { return writeSamples(path, series, stop); });
}

} // namespace bothways::ui
