// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "conclusion/conclusion.h"
#include "models/samples_csv.h"
#include "report/writers.h"

#include <QImage>
#include <QString>

#include <memory>
#include <stop_token>
#include <vector>

#include <tl/expected.hpp>

namespace bothways::ui {

enum class ReportFormat { Html, Pdf, Markdown, Json, Session };

/// Blocks. To a temporary beside it, then renamed. The error is a translated sentence that names the file.
tl::expected<void, QString> writeFile(const QString &path, const QByteArray &bytes);

/// What a report is made from. Both are there.
struct ReportSource {
    std::shared_ptr<const evidence::Evidence> evidence;
    std::shared_ptr<const conclusion::Conclusion> conclusion;
    QString language;    ///< in which was concluded
    evidence::Told told; ///< by the person, up to now; what the evidence holds was told when it came
};

/// How it is made, whatever its format.
struct ReportManner {
    QString language;                           ///< of LanguageChoice::available()
    report::Depth depth = report::Depth::Whole; ///< JSON and sessions are always whole
    bool redact = false;                        ///< with other addresses and names, for strangers to read
};

/// Blocks. Not of a session, which is evidence. Any thread.
QByteArray makeReport(ReportFormat format, const ReportSource &source, const ReportManner &manner);
/// Blocks. The error is a translated sentence that names the file, in the window's language.
tl::expected<void, QString> writeReport(ReportFormat format, const QString &path, const ReportSource &source,
                                        const ReportManner &manner);

/// PNG. Blocks, as writeSamples() does.
tl::expected<void, QString> writePicture(const QString &path, const QImage &picture);
/// As samplesCsv() says. Stopped, it leaves what was there before.
tl::expected<void, QString> writeSamples(const QString &path, const std::vector<NamedSamples> &series,
                                         const std::stop_token &stop);

/// A file name without an end, that says whom it is about.
QString fileStem(const evidence::Target &target);

} // namespace bothways::ui
