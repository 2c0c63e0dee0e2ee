// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "report/conclusion.h"

#include <QString>

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

} // namespace bothways::ui
