// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "charts/samples_csv.h"
#include "report/conclusion.h"

#include <QImage>
#include <QString>

#include <stop_token>
#include <vector>

#include <tl/expected.hpp>

namespace bothways::ui {

enum class ReportFormat { Html, Pdf, Markdown, Json, Session };

/// Blocks. To a temporary beside it, then renamed. The error is a translated sentence that names the file.
tl::expected<void, QString> writeFile(const QString &path, const QByteArray &bytes);
/// Blocks. The error is a translated sentence that names the file.
tl::expected<void, QString> writeReport(ReportFormat format, const QString &path, const evidence::Evidence &evidence,
                                        const report::Conclusion &conclusion);
/// With other addresses and names, for strangers to read.
tl::expected<void, QString> writeRedacted(ReportFormat format, const QString &path, const evidence::Evidence &evidence);

/// PNG. Blocks, as writeSamples() does.
tl::expected<void, QString> writePicture(const QString &path, const QImage &picture);
/// As samplesCsv() says. Stopped, it leaves what was there before.
tl::expected<void, QString> writeSamples(const QString &path, const std::vector<NamedSamples> &series,
                                         const std::stop_token &stop);

/// A file name without an end, that says whom it is about.
QString fileStem(const evidence::Target &target);

} // namespace bothways::ui
